import hashlib
import io
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from news import cards, drafting, images, sharing
from news.models import Edition, Photo, Publication
from news.models.article import Verb
from news.picturing import bounded_name
from news.workflow import perform

ADDRESS = re.compile(r"/media/bagikan/([0-9]+)-([0-9a-f]{64})\.jpg")


class FullDisk(FileSystemStorage):
    """A storage on which a file begins, and then there is no room."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        raise OSError(28, "No space left on device")


FULL_DISK = {
    "default": {"BACKEND": f"{__name__}.FullDisk"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def photo(humas, picture):
    """Return a function that puts a picture into the library."""

    def store(**drawn):
        return images.store(SimpleUploadedFile("x.jpg", picture(**drawn)), humas)

    return store


def head_of(reader, edition):
    page = reader.get(edition.get_absolute_url()).content.decode()
    return dict(
        re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page)
    )


def card(edition):
    with default_storage.open(edition.share_image) as file:
        return file.read()


def change(article, by, approver, **fields):
    """Publish a correction that changes these fields."""
    perform(Verb.REVISE, article, by)
    article.refresh_from_db()
    for name, value in fields.items():
        setattr(article, name, value)
    article.change_class, article.change_note = "pembaruan", "Ada yang baru."
    article.save()
    drafting.record(article, by)
    perform(Verb.SUBMIT, article, by)
    digest = article.latest_revision.digest
    return perform(Verb.APPROVE, article, approver, digest=digest)


def test_a_link_shared_in_the_second_of_publication_has_its_picture(
    publish, humas, commissioner, reader
):
    edition = publish(humas, commissioner, "Pleno & rekapitulasi").edition
    head = head_of(reader, edition)
    found = ADDRESS.search(head["og:image"])
    response = reader.get(found[0])
    content = b"".join(response)
    assert head["og:image"].startswith("http://127.0.0.1:8000/media/bagikan/")
    assert found[1] == str(edition.pk)
    assert found[2] == hashlib.sha256(content).hexdigest()
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(content)).size == (1200, 630)
    assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert head["og:image:alt"] == "Judul: Pleno &amp; rekapitulasi"
    assert head["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize(
    ("drawn", "shows_cover"),
    [
        ({"size": (1200, 800)}, True),
        ({"size": (800, 1200)}, True),
        ({"size": (3000, 2000)}, True),
        ({"size": (64, 64)}, False),
        ({"size": (1200, 100)}, False),
    ],
)
def test_a_cover_is_what_the_card_shows_if_it_is_large_enough(
    drawn, shows_cover, publish, humas, commissioner, reader, photo
):
    cover = photo(colour="#123456", **drawn)
    article = publish(humas, commissioner, cover=cover, cover_alt="Rapat pleno")
    head = head_of(reader, article.edition)
    with Image.open(io.BytesIO(card(article.edition))) as shown:
        red, green, blue = shown.getpixel((600, 20))
    assert (blue < 100) == shows_cover
    expected = "Rapat pleno" if shows_cover else f"Judul: {article.title}"
    assert head["og:image:alt"] == expected


def test_a_transparent_cover_stands_on_paper(
    publish, humas, commissioner, photo, media
):
    output = io.BytesIO()
    Image.new("RGBA", (900, 600)).save(output, "PNG")
    cover = images.store(SimpleUploadedFile("x.png", output.getvalue()), humas)
    article = publish(humas, commissioner, cover=cover, cover_alt="Lambang")
    with Image.open(io.BytesIO(card(article.edition))) as shown:
        assert shown.getpixel((600, 20)) == (255, 255, 255)


def test_equal_input_has_one_name_and_another_title_or_cover_another(
    publish, humas, commissioner, photo
):
    article = publish(humas, commissioner, "Judul")
    names = [article.edition.share_image]
    assert sharing.make(article.edition) == names[0]
    for fields in (
        {"body": "<p>Isi lain.</p>"},
        {"title": "Judul baru"},
        {"cover": photo(), "cover_alt": "Rapat"},
    ):
        change(article, humas, commissioner, **fields)
        names.append(Edition.objects.get().share_image)
    assert names[0] == names[1]
    assert len(set(names)) == 3
    # Whoever was sent an older link still sees its picture.
    assert sorted(set(names)) == sorted(sharing.stored())


def test_an_opinion_is_marked_as_one(publish, humas, commissioner):
    opinion = publish(
        humas, commissioner, "Judul", category="opini", byline_name="Siti"
    ).edition
    release = publish(humas, commissioner, "Judul").edition
    assert card(opinion) != card(release)


def test_without_the_sites_secret_nobody_can_tell_a_cards_name(
    publish, humas, commissioner, settings
):
    edition = publish(humas, commissioner, "Judul").edition
    settings.SECRET_KEY = "z" * 60
    assert sharing.make(edition) != edition.share_image


def test_a_full_disk_stops_no_publication(
    publish, humas, commissioner, reader, media, caplog
):
    with override_settings(STORAGES=FULL_DISK):
        edition = publish(humas, commissioner).edition
    assert edition.share_image == ""
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert f"Gambar bagikan naskah {edition.pk} tidak dapat dibuat." in caplog.messages
    head = head_of(reader, edition)
    assert re.fullmatch(
        r"http://127\.0\.0\.1:8000/static/img/bagikan\.[0-9a-f]+\.jpg",
        head["og:image"],
    )
    assert reader.get(edition.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x")])
def test_a_broken_cover_stops_no_publication(
    damage, publish, humas, commissioner, reader, photo
):
    cover = photo(size=(3000, 2000))
    damage(Path(default_storage.path(bounded_name(cover.file.name, cover.width))))
    edition = publish(humas, commissioner, cover=cover, cover_alt="Rapat").edition
    assert edition.share_image == ""
    head = head_of(reader, edition)
    assert head["og:image"].endswith(cover.bounded_url)
    assert (head["og:image:width"], head["og:image:height"]) == ("1600", "1067")


def test_a_worker_makes_what_is_missing(publish, archived, humas, commissioner, media):
    public = publish(humas, commissioner)
    scheduled = archived("Kelak", timezone.now() + timedelta(days=1))
    withdrawn, erased = publish(humas, commissioner), publish(humas, commissioner)
    perform(Verb.WITHDRAW, withdrawn, commissioner, note="Keliru.")
    perform(Verb.ERASE, erased, commissioner, note="Memuat NIK.")
    made = {edition.pk: edition.share_image for edition in Edition.objects.all()}
    Edition.objects.update(share_image="")
    shutil.rmtree(media)
    sharing.make_missing()
    found = Edition.objects.exclude(share_image="")
    assert dict(found.values_list("pk", "share_image")) == {
        article.pk: made[article.pk] for article in (public, scheduled)
    }
    assert len(sharing.stored()) == 2


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_told_to(publish, humas, commissioner):
    edition = publish(humas, commissioner).edition
    Edition.objects.update(share_image="")
    call_command("worker", "--once")
    assert Edition.objects.get().share_image == edition.share_image


def test_one_run_makes_a_bounded_number(archived, monkeypatch):
    monkeypatch.setattr(sharing, "BATCH", 2)
    for n in range(3):
        archived(f"Naskah {n}", timezone.now())
    Edition.objects.update(share_image="")
    sharing.make_missing()
    assert Edition.objects.filter(share_image="").count() == 1


def test_a_full_disk_is_tried_once_a_run(archived, media, caplog):
    for n in range(3):
        archived(f"Naskah {n}", timezone.now())
    shutil.rmtree(media)
    Edition.objects.update(share_image="")
    with override_settings(STORAGES=FULL_DISK):
        sharing.make_missing()
    assert len(caplog.records) == 1


def test_a_new_focal_point_makes_new_cards_of_that_photo_alone(
    publish, humas, commissioner, media
):
    tall = Image.new("RGB", (800, 1600), "#000000")
    tall.paste("#ffffff", (0, 800, 800, 1600))
    output = io.BytesIO()
    tall.save(output, "PNG")
    cover = images.store(SimpleUploadedFile("x.png", output.getvalue()), humas)
    shown = publish(humas, commissioner, cover=cover, cover_alt="Rapat").edition
    other = publish(humas, commissioner).edition
    Photo.objects.update(focal_y=100)
    sharing.refresh_of(cover)
    assert dict(Edition.objects.values_list("pk", "share_image")) == {
        shown.pk: "",
        other.pk: other.share_image,
    }
    sharing.make_missing()
    with Image.open(io.BytesIO(card(Edition.objects.get(pk=shown.pk)))) as now:
        assert now.getpixel((600, 20)) == (255, 255, 255)


def test_a_scheduled_title_stands_on_no_page(write, humas, commissioner, reader):
    public = write(humas, "Publik")
    perform(Verb.SUBMIT, public, humas)
    perform(Verb.APPROVE, public, commissioner, digest=public.latest_revision.digest)
    article = write(humas, "KATAKENARI")
    later = timezone.now() + timedelta(days=1)
    perform(Verb.SUBMIT, article, humas, release="waktu", publish_at=later)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    name = Edition.objects.get(pk=article.pk).share_image
    assert name
    for address in (
        *("/", "/berita/", "/kategori/siaran-pers/"),
        public.edition.get_absolute_url(),
        article.edition.get_absolute_url(),
    ):
        page = reader.get(address).content.decode()
        assert name not in page
        assert "katakenari" not in page.lower()


def test_an_unscheduled_article_leaves_no_card(
    write, humas, commissioner, django_capture_on_commit_callbacks
):
    article = write(humas)
    later = timezone.now() + timedelta(days=1)
    perform(Verb.SUBMIT, article, humas, release="waktu", publish_at=later)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    assert len(sharing.stored()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.UNSCHEDULE, article, humas)
    assert sharing.stored() == []


def test_a_withdrawn_article_links_no_card(publish, humas, commissioner, reader):
    article = publish(humas, commissioner)
    name = article.edition.share_image
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    assert name not in reader.get(article.edition.get_absolute_url()).content.decode()


def test_an_old_version_links_no_card(publish, humas, commissioner, reader):
    article = publish(humas, commissioner, "Judul")
    change(article, humas, commissioner, title="Judul baru")
    page = reader.get(f"/berita/{article.pk}/versi/1/").content.decode()
    assert "og:image" not in page


def test_erasure_deletes_every_card_of_the_article(
    publish, humas, commissioner, django_capture_on_commit_callbacks
):
    article, other = publish(humas, commissioner), publish(humas, commissioner)
    change(article, humas, commissioner, title="Judul baru")
    assert len(sharing.stored()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Memuat NIK.")
    assert sharing.stored() == [other.edition.share_image]
    assert Edition.objects.get(pk=article.pk).share_image == ""


def test_a_replayed_erasure_deletes_them_too(
    publish, humas, commissioner, media, django_capture_on_commit_callbacks
):
    article = publish(humas, commissioner)
    line = (
        f'{{"article":{article.pk},"digests":["{article.latest_revision.digest}"],'
        '"reason":"Memuat NIK.","version":1}\n'
    )
    (media / "penghapusan.jsonl").write_text(line)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_erasures")
    assert sharing.stored() == []
    assert Publication.objects.last().kind == Publication.Kind.ERASED


@pytest.mark.parametrize(
    "name",
    ["1-x.jpg", f"1-{'0' * 64}.png", f"{'0' * 64}.jpg", f"1-{'0' * 64}.jpg", "../x"],
)
def test_other_names_are_not_there(name, reader, db):
    assert reader.get(f"/media/bagikan/{name}").status_code == 404


def test_pages_without_a_card_of_their_own_show_the_sites(reader, db):
    page = reader.get("/berita/").content.decode()
    address = re.search(r'og:image" content="http://127.0.0.1:8000([^"]+)"', page)[1]
    content = (Path(__file__).parents[2] / "static/img/bagikan.jpg").read_bytes()
    assert b"".join(reader.get(address)) == content
    assert len(content) < 100_000
    assert Image.open(io.BytesIO(content)).size == cards.SIZE
