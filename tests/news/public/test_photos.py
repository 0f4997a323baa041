import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from news import drafting, images
from news.models.article import Verb
from news.picturing import thumbnail_name
from news.workflow import perform


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def photo(humas, picture):
    """Return a function that puts a picture of a colour into the library."""

    def store(colour="#8b1a1e", **drawn):
        upload = SimpleUploadedFile("x.jpg", picture(colour=colour, **drawn))
        return images.store(upload, humas)

    return store


@pytest.fixture
def cover(photo):
    return photo(size=(3000, 2000))


@pytest.fixture
def public(publish, humas, commissioner, cover):
    return publish(
        humas,
        commissioner,
        "Pleno <terbuka>",
        cover=cover,
        cover_alt="Meja rapat",
        cover_caption="Petugas & saksi.",
        cover_credit="Foto: Laras",
    )


def address(article, photo):
    return f"/berita/{article.pk}/foto/{photo.file.name.removeprefix('foto/')}"


def link(page):
    return re.search(r'<a href="([^"]+)" download>(Unduh foto.*?)</a>', page)


def test_the_page_offers_its_cover_in_full(public, cover, reader):
    page = reader.get(public.edition.get_absolute_url()).content.decode()
    where, words = link(page).groups()
    assert where == address(public, cover)
    assert words == "Unduh foto (3.000&nbsp;×&nbsp;2.000&nbsp;piksel)"
    response = reader.get(where)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == (
        f'attachment; filename="pleno-terbuka-{cover.digest[:8]}.jpg"'
    )
    assert response["Content-Length"] == str(len(response.content))
    with (
        Image.open(io.BytesIO(response.content)) as given,
        cover.file.open() as file,
        Image.open(file) as stored,
    ):
        assert given.size == (3000, 2000)
        assert given.tobytes() == stored.tobytes()
        said = given.info["xmp"].decode()
    for words in (
        *("Petugas &amp; saksi.", "<photoshop:Credit>Foto: Laras<", "“Foto: Laras”"),
        f"http://127.0.0.1:8000{public.edition.get_absolute_url()}",
        "<photoshop:Source>KPU Kabupaten Serang<",
    ):
        assert words in said


def test_a_picture_of_the_body_has_the_words_of_its_figure(
    publish, humas, commissioner, photo, reader
):
    first, second, bare = photo("#111111"), photo("#222222"), photo("#333333")
    body = (
        f'<figure class="image"><img src="{first.file.url}" alt="Satu">'
        "<figcaption>Ket <strong>satu</strong> &amp; lagi</figcaption></figure>"
        f'<figure class="image"><img src="{second.thumb_url}" alt="Dua"></figure>'
        f'<p><img src="{bare.file.url}" alt="Tiga &quot;T&quot;"></p>'
    )
    article = publish(humas, commissioner, body=body)
    for picture, description in (
        (first, "Ket satu &amp; lagi"),
        (second, "Dua"),
        (bare, 'Tiga "T"'),
    ):
        content = reader.get(address(article, picture)).content
        with Image.open(io.BytesIO(content)) as given:
            assert given.size == (1200, 800)
            said = given.info["xmp"].decode()
        assert f">{description}</rdf:li>" in said
        assert "<dc:creator>" not in said
        assert "“KPU Kabupaten Serang”" in said


def test_a_png_is_given_as_one(publish, humas, commissioner, reader):
    output = io.BytesIO()
    Image.new("RGBA", (30, 20)).save(output, "PNG")
    cover = images.store(SimpleUploadedFile("x.png", output.getvalue()), humas)
    article = publish(humas, commissioner, cover=cover, cover_alt="Lambang")
    response = reader.get(address(article, cover))
    assert response["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as given:
        assert "Lambang" in given.info["XML:com.adobe.xmp"]


def test_a_copy_that_is_still_good_is_not_sent_again(
    public, cover, humas, commissioner, reader
):
    where = address(public, cover)
    etag = reader.get(where)["ETag"]
    again = reader.get(where, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "public, max-age=60"
    perform(Verb.REVISE, public, humas)
    public.refresh_from_db()
    public.cover_caption = "Keterangan yang benar."
    public.change_class, public.change_note = "ralat", "Keterangan foto keliru."
    public.save()
    drafting.record(public, humas)
    assert reader.get(where)["ETag"] == etag
    perform(Verb.SUBMIT, public, humas)
    digest = public.latest_revision.digest
    perform(Verb.APPROVE, public, commissioner, digest=digest)
    changed = reader.get(where, headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert b"Keterangan yang benar." in changed.content


def test_only_what_the_public_text_shows_is_given(
    public, cover, photo, write, humas, reader
):
    other = photo("#010101")
    draft = write(humas, cover=other, cover_alt="x")
    name = Path(cover.file.name).name
    for where in (
        address(public, other),
        address(draft, other),
        f"/berita/{public.pk}/foto/{name.replace('.jpg', '.png')}",
        f"/berita/{public.pk}/foto/{thumbnail_name(name)}",
        f"/berita/{2**70}/foto/{name}",
        f"/berita/{public.pk}/foto/x.jpg",
    ):
        assert reader.get(where).status_code == 404


def test_a_scheduled_texts_picture_is_not_given(
    write, humas, commissioner, cover, reader
):
    article = write(humas, cover=cover, cover_alt="x")
    later = timezone.now() + timedelta(days=1)
    perform(Verb.SUBMIT, article, humas, release="waktu", publish_at=later)
    digest = article.latest_revision.digest
    perform(Verb.APPROVE, article, commissioner, digest=digest)
    assert reader.get(address(article, cover)).status_code == 404


def test_a_withdrawn_texts_picture_is_gone(public, cover, commissioner, reader):
    perform(Verb.WITHDRAW, public, commissioner, note="Keliru.")
    response = reader.get(address(public, cover))
    assert response.status_code == 410
    assert "Keliru." in response.content.decode()


def test_a_file_that_is_missing_is_404(public, cover, reader):
    default_storage.delete(cover.file.name)
    assert reader.get(address(public, cover)).status_code == 404


def test_a_picture_takes_one_query(public, cover, reader, django_assert_num_queries):
    with django_assert_num_queries(1):
        reader.get(address(public, cover))


def test_pages_that_are_not_the_public_text_offer_no_picture(
    public, reader, browser_of, humas, commissioner
):
    perform(Verb.REVISE, public, humas)
    public.refresh_from_db()
    public.title = "Judul lain"
    public.change_class, public.change_note = "pembaruan", "Judulnya baru."
    public.save()
    drafting.record(public, humas)
    staff = browser_of(humas)
    for where in (public.desk_url, f"/admin/news/article/{public.pk}/revisi/1/"):
        page = staff.get(where).content.decode()
        assert "Petugas &amp; saksi." in page
        assert link(page) is None
    perform(Verb.SUBMIT, public, humas)
    digest = public.latest_revision.digest
    perform(Verb.APPROVE, public, commissioner, digest=digest)
    page = reader.get(f"/berita/{public.pk}/versi/1/").content.decode()
    assert "Petugas &amp; saksi." in page
    assert link(page) is None
