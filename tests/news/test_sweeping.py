"""Real files and real transactions, on two connections where two are at work."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from news import drafting, files, images, sharing, sweeping
from news.models import ArticleAttachment, Attachment, Edition, Photo, Publication
from news.models.article import Verb
from news.picturing import thumbnail_name
from news.workflow import perform

LONG_AGO = timezone.now() - timedelta(days=40)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def photo(humas, picture):
    """Return a function that uploads a picture of a colour, long ago unless told."""

    def store(colour="#8b1a1e", at=LONG_AGO, **drawn):
        upload = SimpleUploadedFile("x.jpg", picture(colour=colour, **drawn))
        photo = images.store(upload, humas, f"Foto {colour}")
        Photo.objects.filter(pk=photo.pk).update(uploaded_at=at)
        return photo

    return store


@pytest.fixture
def pdf(humas):
    """Return a function that adds an attachment, long ago."""

    def store(digit):
        name = default_storage.save(f"lampiran/{digit * 64}.pdf", ContentFile(b"%PDF"))
        found = Attachment.objects.create(
            file=name, digest=digit * 64, size=4, name="Berkas", uploaded_by=humas
        )
        Attachment.objects.update(uploaded_at=LONG_AGO)
        return found

    return store


def sweep(capsys, *arguments):
    """Run the command; return what it said, a list of lines."""
    capsys.readouterr()
    call_command("sweep_files", *arguments)
    return capsys.readouterr().out.splitlines()


def stored(media):
    return sorted(
        str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()
    )


def age(media):
    """Make every file on the disk old."""
    for path in media.rglob("*"):
        os.utime(path, (LONG_AGO.timestamp(), LONG_AGO.timestamp()))


def shows(photo):
    return f'<p>Isi.</p><img src="{photo.file.url}" alt="Rapat">'


def test_a_photo_that_no_text_uses_goes_with_every_file_of_it(photo, media, capsys):
    lonely = photo(size=(3000, 2000))
    copy = f"foto/{lonely.digest}/3-2/800w.avif"
    default_storage.save(copy, ContentFile(b"x"))
    assert len(stored(media)) == 4
    lines = sweep(capsys)
    assert stored(media) == []
    assert list((media / "foto").iterdir()) == []
    assert not Photo.objects.exists()
    assert lines[0].startswith("Foto “Foto #8b1a1e”: 4 berkas, ")
    assert lines[1].startswith("Dibuang: 4 berkas, ")
    assert lines[1].endswith((" KB.", " MB."))
    assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]


def test_what_is_used_new_or_kept_stays(photo, media, write, humas, capsys):
    kept = photo("#100000")
    Photo.objects.filter(pk=kept.pk).update(is_kept=True)
    photo("#200000", at=timezone.now() - timedelta(days=29))
    in_body, as_cover, was_cover = photo("#300000"), photo("#400000"), photo("#500000")
    write(humas, "Isi", body=shows(in_body))
    write(humas, "Sampul", cover=as_cover, cover_alt="Rapat")
    was = write(humas, "Dahulu", cover=was_cover, cover_alt="Rapat")
    was.cover, was.cover_alt = None, ""
    was.save()
    drafting.record(was, humas)
    # A desk copy alone, as an upgrade or a repair may leave it.
    unrecorded = photo("#600000")
    type(was).objects.filter(pk=was.pk).update(body=shows(unrecorded))
    before = stored(media)
    assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]
    assert stored(media) == before
    assert Photo.objects.count() == 6


def test_a_grace_of_other_length(photo, capsys):
    photo(at=timezone.now() - timedelta(days=5))
    sweep(capsys, "--grace-days=6")
    assert Photo.objects.count() == 1
    sweep(capsys, "--grace-days=4")
    assert not Photo.objects.exists()


@pytest.mark.parametrize("days", ["0", "-1", "9999999"])
def test_a_grace_that_is_none_is_refused(days, photo):
    photo()
    with pytest.raises(CommandError, match="Isi dengan 1 sampai"):
        call_command("sweep_files", f"--grace-days={days}")
    assert Photo.objects.exists()


def test_a_dry_run_takes_nothing_away(photo, media, capsys):
    photo()
    before = stored(media)
    lines = sweep(capsys, "--dry-run")
    assert lines[0].startswith("Foto “Foto #8b1a1e”: 2 berkas, ")
    assert lines[1].startswith("Akan dibuang: 2 berkas, ")
    assert stored(media) == before
    assert Photo.objects.exists()


def test_attachments_that_no_text_uses_go(pdf, media, write, humas, capsys):
    lonely, on_desk = pdf("a"), pdf("b")
    named = pdf("c")
    ArticleAttachment.objects.create(
        article=write(humas), attachment=on_desk, name="Pengumuman"
    )
    write(humas, body=f'<p><a href="{named.file.url}">Unduh</a></p>')
    assert sweep(capsys)[0] == "Lampiran “Berkas”: 1 berkas, 4 bita"
    assert set(Attachment.objects.all()) == {on_desk, named}
    assert not default_storage.exists(lonely.file.name)
    assert len(stored(media)) == 2


def test_files_without_a_row_go_once_they_are_old(photo, media, capsys):
    lost = photo("#100000")
    other = photo("#200000")
    Photo.objects.filter(pk=other.pk).update(is_kept=True)
    Photo.objects.filter(pk=lost.pk).delete()
    default_storage.save(f"foto/{'d' * 64}/800w.avif", ContentFile(b"x"))
    default_storage.save(f"lampiran/{'e' * 64}.pdf", ContentFile(b"x"))
    default_storage.save(f"bagikan/999999-{'f' * 64}.jpg", ContentFile(b"x"))
    for name in ("penghapusan.jsonl", "foto/catatan.txt", "lampiran/a.pdf", "lain/a"):
        default_storage.save(name, ContentFile(b"x"))
    everything = stored(media)
    assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]
    assert stored(media) == everything
    age(media)
    lines = sweep(capsys)
    assert lines[-1].startswith("Dibuang: 5 berkas, ")
    assert stored(media) == sorted(
        [
            *("penghapusan.jsonl", "foto/catatan.txt", "lampiran/a.pdf", "lain/a"),
            *(other.file.name, thumbnail_name(other.file.name)),
        ]
    )
    assert not (media / f"foto/{'d' * 64}").exists()


def test_a_card_goes_a_grace_after_another_took_its_place(
    publish, humas, commissioner, media, capsys
):
    article = publish(humas, commissioner, "Judul")
    first = article.edition.share_image
    edition = Edition.objects.get()
    edition.title = "Judul baru"
    second = sharing.make(edition)
    Edition.objects.update(share_image=second)
    old = LONG_AGO.timestamp()
    os.utime(default_storage.path(first), (old, old))
    sweep(capsys)
    assert sharing.stored() == sorted([first, second])
    os.utime(default_storage.path(second), (old, old))
    assert sweep(capsys)[0].startswith(f"Berkas tanpa catatan {first}: 1 berkas, ")
    assert sharing.stored() == [second]


def test_a_card_of_what_was_withdrawn_goes_a_grace_after(
    publish, humas, commissioner, media, capsys
):
    article = publish(humas, commissioner)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    age(media)
    sweep(capsys)
    assert len(sharing.stored()) == 1
    Edition.objects.update(withdrawn_at=LONG_AGO)
    sweep(capsys)
    assert sharing.stored() == []


@pytest.mark.parametrize("name", ["", f"bagikan/1-{'0' * 64}.jpg"])
def test_cards_stay_while_the_one_that_replaces_them_is_not_there(
    name, publish, humas, commissioner, media, capsys
):
    publish(humas, commissioner)
    Edition.objects.update(share_image=name)
    age(media)
    sweep(capsys)
    assert len(sharing.stored()) == 1
    assert Publication.objects.count() == 1


def test_a_picture_sent_again_is_as_good_as_new(photo, humas, picture, capsys):
    old = photo()
    upload = SimpleUploadedFile("x.jpg", picture(colour="#8b1a1e"))
    assert images.store(upload, humas) == old
    assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]


def test_a_file_that_a_full_disk_cut_short_is_written_anew(media):
    name = f"foto/{'a' * 64}.jpg"
    default_storage.save(name, ContentFile(b"wh"))
    files.keep(name, b"whole")
    assert Path(default_storage.path(name)).read_bytes() == b"whole"
    assert stored(media) == [name]


def beside(act):
    """Start an act on a connection of its own; return its thread."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_not_yet_committed_keeps_its_pictures(
    photo, write, humas, capsys
):
    in_body, as_cover = photo("#100000"), photo("#200000")
    article = write(humas)
    saved, swept = threading.Event(), threading.Event()

    def save():
        with transaction.atomic():
            article.body = shows(in_body)
            article.cover, article.cover_alt = as_cover, "Rapat"
            article.save()
            drafting.record(article, humas)
            saved.set()
            swept.wait(20)

    thread = beside(save)
    assert saved.wait(20)
    lines = sweep(capsys)
    swept.set()
    thread.join()
    assert lines == ["Tidak ada berkas yang perlu dibuang."]
    assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]
    for each in (in_body, as_cover):
        assert Photo.objects.filter(pk=each.pk).exists()
        assert default_storage.exists(each.file.name)


@pytest.mark.django_db(transaction=True)
def test_a_save_just_before_the_row_is_locked_is_seen(photo, write, humas):
    """What the list found unused is looked at again under the lock."""
    lonely = photo()
    found = list(sweeping.unused(timezone.now() - timedelta(days=30)))
    write(humas, body=shows(lonely))
    assert [each.sweep() for each in found] == [False]
    assert default_storage.exists(lonely.file.name)


@pytest.mark.django_db(transaction=True)
def test_a_save_and_a_sweep_at_once_leave_a_picture_whole_or_none(
    photo, write, humas, capsys
):
    article = write(humas)
    for n in range(30):
        shown = photo(f"#{n * 8:02x}2040", size=(60, 40))
        barrier = threading.Barrier(2)

        def save(shown=shown, barrier=barrier):
            barrier.wait()
            with transaction.atomic():
                article.body = shows(shown)
                article.save()
                drafting.record(article, humas)

        thread = beside(save)
        barrier.wait()
        # Both orders happen.
        time.sleep(n % 5 / 500)
        sweep(capsys)
        thread.join()
        # A sweep that came first took all of it; one that came later took nothing.
        is_there = Photo.objects.filter(pk=shown.pk).exists()
        assert default_storage.exists(shown.file.name) == is_there
        assert default_storage.exists(thumbnail_name(shown.file.name)) == is_there
        assert sweep(capsys) == ["Tidak ada berkas yang perlu dibuang."]


@pytest.mark.django_db(transaction=True)
def test_a_picture_sent_again_in_the_middle_of_a_sweep_is_whole(
    photo, humas, picture, capsys
):
    for n in range(30):
        colour = f"#{n * 8:02x}2040"
        photo(colour, size=(60, 40))
        barrier = threading.Barrier(2)
        content = picture(colour=colour, size=(60, 40))

        def send(content=content, barrier=barrier):
            barrier.wait()
            images.store(SimpleUploadedFile("x.jpg", content), humas)

        thread = beside(send)
        barrier.wait()
        sweep(capsys)
        thread.join()
        sent = Photo.objects.get()
        assert default_storage.exists(sent.file.name)
        assert default_storage.exists(thumbnail_name(sent.file.name))
        Photo.objects.all().delete()
