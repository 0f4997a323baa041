import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from news import attachments, drafting, erasure, images, renditions
from news.models import (
    Article,
    Attachment,
    Category,
    Edition,
    Photo,
    Publication,
    Revision,
)
from news.models.article import Verb
from news.workflow import perform

SECRET = "NIKRAHASIA"


@pytest.fixture
def journal(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "penghapusan.jsonl"


@pytest.fixture
def photo(journal, humas, picture):
    upload = SimpleUploadedFile("x.jpg", picture(colour="#123456", size=(2000, 1000)))
    return images.store(upload, humas, SECRET)


@pytest.fixture
def public(publish, humas, commissioner, photo):
    return publish(
        humas,
        commissioner,
        SECRET,
        body=f'<p>{SECRET}</p><img src="{photo.file.url}" alt="x">',
        cover=photo,
        cover_alt=SECRET,
        tags=[SECRET],
    )


def everywhere():
    """Return every table of the database that still holds the word."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t'  # noqa: S608 - our own tables
                " WHERE t::text ILIKE %s",
                [f"%{SECRET}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_nothing_of_the_text_is_left(
    public, commissioner, reader, django_capture_on_commit_callbacks
):
    address = public.edition.get_absolute_url()
    digests = list(Revision.objects.values_list("digest", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, public, commissioner, note="Memuat nomor identitas.")
    assert everywhere() == []
    response = reader.get(address)
    assert response.status_code == 410
    assert "Memuat nomor identitas." in response.content.decode()
    assert reader.get(f"/berita/{public.pk}/versi/1/").status_code == 410
    assert list(Revision.objects.values_list("digest", flat=True)) == digests
    assert [line.kind for line in Publication.objects.all()] == ["terbit", "hapus"]


def test_files_go_that_no_other_text_shows(
    public, photo, commissioner, django_capture_on_commit_callbacks
):
    renditions.make(photo)
    names = images.files_of(photo.digest)
    assert len(names) > 3
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, public, commissioner, note="Alasan.")
    assert not any(default_storage.exists(name) for name in names)
    assert not Photo.objects.exists()


def test_a_picture_goes_of_which_the_text_shows_a_copy_alone(
    publish, humas, commissioner, photo, django_capture_on_commit_callbacks
):
    body = f'<p>Isi.</p><img src="{photo.thumb_url}" alt="x">'
    article = publish(humas, commissioner, body=body)
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert not default_storage.exists(photo.file.name)
    assert not Photo.objects.exists()


def test_files_stay_that_another_text_shows(
    public, photo, write, humas, commissioner, django_capture_on_commit_callbacks
):
    write(humas, "Lain", cover=photo, cover_alt="x")
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, public, commissioner, note="Alasan.")
    assert default_storage.exists(photo.file.name)
    assert Photo.objects.count() == 1


def test_a_document_is_emptied_by_no_other_way(public):
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(document="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(title="", body="")


def test_an_erased_revision_takes_no_other_text(
    public, commissioner, django_capture_on_commit_callbacks
):
    perform(Verb.ERASE, public, commissioner, note="Alasan.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(document="lain")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.update(document="", digest="0" * 64)


def test_staff_pages_of_an_erased_article_still_open(public, commissioner, browser_of):
    perform(Verb.ERASE, public, commissioner, note="Alasan.")
    client = browser_of(commissioner)
    for address in (
        public.desk_url,
        f"/admin/news/article/{public.pk}/riwayat/",
        "/admin/",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert SECRET not in response.content.decode()
    revision = f"/admin/news/article/{public.pk}/revisi/1/"
    assert client.get(revision).status_code == 404


def remember(callbacks):
    """Let an erasure write its line, and do nothing else of what follows a commit."""
    first = next(act for act in callbacks if act.__module__ == erasure.__name__)
    first()


def test_a_restored_backup_is_erased_again(
    public, commissioner, journal, django_capture_on_commit_callbacks
):
    """The erasure is rolled back, as if a backup from before it had been restored."""
    with pytest.raises(RuntimeError), transaction.atomic():
        with django_capture_on_commit_callbacks() as callbacks:
            perform(Verb.ERASE, public, commissioner, note="Memuat NIK.")
        raise RuntimeError
    remember(callbacks)
    assert "news_article" in everywhere()
    assert json.loads(journal.read_text())["article"] == public.pk
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_erasures")
    assert everywhere() == []
    assert Publication.objects.last().note == "Memuat NIK."
    assert erasure.replay() == []


def test_the_journal_never_erases_another_article_of_that_number(
    publish, humas, commissioner, journal
):
    article = publish(humas, commissioner)
    line = {"article": article.pk, "digests": ["0" * 64], "reason": "x", "version": 1}
    journal.write_text(json.dumps(line) + "\n")
    assert erasure.replay() == []
    assert Article.objects.get().title == article.title


def test_a_draft_is_discarded_and_not_erased(write, humas, commissioner):
    article = write(humas)
    assert drafting.document(article)["title"] == article.title
    with pytest.raises(Exception, match="cukup dibuang"):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")


def test_what_was_typed_in_the_admin_leaves_no_trace(
    browser_of, humas, commissioner, django_capture_on_commit_callbacks
):
    category = Category.objects.get(slug="siaran-pers").pk
    browser_of(humas).post(
        "/admin/news/article/add/",
        {
            "base_revision": 0,
            "title": SECRET,
            "body": f"<p>{SECRET}</p>",
            "tags": SECRET,
            "category": category,
        },
    )
    article = Article.objects.get()
    perform(Verb.SUBMIT, article, humas)
    digest = article.latest_revision.digest
    perform(Verb.APPROVE, article, commissioner, digest=digest)
    perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert everywhere() == []


def test_a_backup_from_before_publication_is_erased_too(write, humas, journal):
    article = write(humas, SECRET)
    line = {
        "article": article.pk,
        "digests": [article.latest_revision.digest],
        "reason": "Memuat NIK.",
        "version": 1,
    }
    journal.write_text(json.dumps(line) + "\n")
    assert erasure.replay() == [article.pk]
    assert everywhere() == []
    assert erasure.replay() == []


def test_a_file_that_cannot_be_deleted_does_not_undo_the_erasure(
    public, photo, commissioner, journal, django_capture_on_commit_callbacks
):
    path = default_storage.path(photo.file.name)
    Path(path).unlink()
    Path(path).mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, public, commissioner, note="Alasan.")
    assert everywhere() == []
    assert json.loads(journal.read_text())["article"] == public.pk


@pytest.fixture
def attached(journal, write, humas, commissioner, pdf):
    """Return a function that publishes an article with an attachment."""

    def make(title=SECRET, text="a"):
        article = write(humas, title)
        upload = SimpleUploadedFile(f"{SECRET}.pdf", pdf(text))
        attachments.attach(article, [(attachments.store(upload, humas), SECRET)])
        drafting.record(article, humas)
        perform(Verb.SUBMIT, article, humas)
        digest = article.latest_revision.digest
        return perform(Verb.APPROVE, article, commissioner, digest=digest)

    return make


def test_an_attachment_goes_with_its_rows_and_its_file(
    attached, commissioner, django_capture_on_commit_callbacks
):
    article = attached()
    name = Attachment.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert everywhere() == []
    assert not Attachment.objects.exists()
    assert not article.attachments.exists()
    assert not default_storage.exists(name)


def test_an_attachment_of_an_older_revision_goes_too(
    attached, humas, commissioner, django_capture_on_commit_callbacks
):
    article = attached()
    name = Attachment.objects.get().file.name
    perform(Verb.REVISE, article, humas)
    attachments.attach(article, [])
    drafting.record(article, humas)
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert not Attachment.objects.exists()
    assert not default_storage.exists(name)


def test_an_attachment_stays_that_another_text_has(
    attached, commissioner, django_capture_on_commit_callbacks
):
    article, other = attached(), attached("Lain")
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    kept = Attachment.objects.get()
    assert default_storage.exists(kept.file.name)
    assert other.attachments.get().attachment == kept


def test_a_link_from_another_text_keeps_no_attachment(
    attached, write, humas, commissioner, django_capture_on_commit_callbacks
):
    article = attached()
    one = Attachment.objects.get()
    link = f"/berita/{article.pk}/lampiran/{one.digest}/nik.pdf"
    other = write(humas, "Lain", body=f'<p><a href="{link}">x</a></p>')
    assert one.digest in other.latest_revision.files
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert not default_storage.exists(one.file.name)


def test_a_restored_backup_loses_its_attachments_again(
    attached, commissioner, django_capture_on_commit_callbacks
):
    article = attached()
    name = Attachment.objects.get().file.name
    with pytest.raises(RuntimeError), transaction.atomic():
        with django_capture_on_commit_callbacks() as callbacks:
            perform(Verb.ERASE, article, commissioner, note="Memuat NIK.")
        raise RuntimeError
    remember(callbacks)
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_erasures")
    assert everywhere() == []
    assert not default_storage.exists(name)


def test_one_file_that_cannot_be_deleted_keeps_no_other(
    attached, photo, commissioner, humas, django_capture_on_commit_callbacks
):
    article = attached()
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.cover, article.cover_alt = photo, "x"
    article.save()
    drafting.record(article, humas)
    path = Path(default_storage.path(photo.file.name))
    path.unlink()
    path.mkdir()
    (path / "isi").touch()
    name = Attachment.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert not default_storage.exists(name)
