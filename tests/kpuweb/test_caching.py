"""What may be kept, and for how long; and that an unchanged page is not sent again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kpuweb.middleware import PUBLIC
from news import counting, images
from news.models.article import Verb
from news.public.sitemaps import chunk_of
from news.workflow import perform


@pytest.fixture
def article(publish, humas, commissioner):
    return publish(humas, commissioner, tags=["umum"])


@pytest.fixture
def pages(article):
    return [
        *("/", "/berita/", "/kategori/siaran-pers/", "/topik/umum/"),
        article.edition.get_absolute_url(),
        *("/umpan/rss/", "/umpan/atom/", "/umpan/json/", "/sitemap.xml"),
        *("/kategori/siaran-pers/umpan/atom/", "/sitemap-halaman.xml"),
        *("/sitemap-berita.xml", "/robots.txt", "/site.webmanifest"),
        f"/sitemap-naskah-{chunk_of(article.pk)}.xml",
    ]


def test_an_unchanged_page_is_not_sent_again(pages, reader):
    for address in pages:
        first = reader.get(address)
        assert first["Cache-Control"] == PUBLIC
        assert first["ETag"].startswith('"')
        assert not first.has_header("Last-Modified")
        again = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == PUBLIC
        # As nginx sends it on when it has compressed the page.
        weak = reader.get(address, headers={"if-none-match": f"W/{first['ETag']}"})
        assert weak.status_code == 304
        other = reader.get(address, headers={"if-none-match": '"lain"'})
        assert (other.status_code, other.content) == (200, first.content)


def headers_of(response):
    """Return the headers but for the number that each request has for itself."""
    return {**response.headers, "X-Request-ID": None}


def test_head_says_what_get_says(pages, reader):
    for address in [*pages, "/favicon.ico", "/healthz/", "/tidak/ada/"]:
        got, head = reader.get(address), reader.head(address)
        assert head.status_code == got.status_code
        assert head.content == b""
        assert headers_of(head) == headers_of(got)
        if got.has_header("ETag"):
            asked = reader.head(address, headers={"if-none-match": got["ETag"]})
            assert asked.status_code == 304


def test_no_public_answer_sets_or_heeds_a_cookie(pages, reader, browser_of, humas):
    staff = browser_of(humas)
    for address in pages:
        response = reader.get(address)
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")
        assert staff.get(address)["ETag"] == response["ETag"]


def test_a_reading_changes_the_pages_that_count_it(article, reader):
    addresses = ("/", article.edition.get_absolute_url())
    for who, address in zip(("203.0.113.1", "203.0.113.2"), addresses, strict=True):
        before = reader.get(address)["ETag"]
        reader.post(f"/berita/{article.pk}/dibaca/", headers={"x-real-ip": who})
        counting.roll_up()
        changed = reader.get(address, headers={"if-none-match": before})
        assert changed.status_code == 200


def test_a_withdrawal_is_seen_at_once(article, reader, commissioner):
    address = article.edition.get_absolute_url()
    etag = reader.get(address)["ETag"]
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    response = reader.get(address, headers={"if-none-match": etag})
    assert response.status_code == 410
    assert response["Cache-Control"] == PUBLIC
    assert not response.has_header("ETag")


def test_what_does_not_exist_and_what_moved_is_kept_as_briefly(article, reader):
    for address in ("/tidak/ada/", "/berita/9999999/x/", f"/berita/{article.pk}/x/"):
        response = reader.get(address)
        assert response.status_code in {301, 404}
        assert response["Cache-Control"] == PUBLIC


def test_staff_pages_are_never_kept(article, browser_of, humas, reader):
    staff = browser_of(humas)
    for client, address in (
        *((staff, "/admin/"), (staff, "/admin/news/article/add/")),
        *((staff, article.desk_url), (staff, "/admin/tidak-ada/")),
        *((reader, "/admin/"), (reader, "/akun/"), (reader, "/akun/masuk/")),
        (staff, "/admin/jsi18n/"),
    ):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"], address
        assert "public" not in response["Cache-Control"]
        assert not response.has_header("ETag")


def test_answers_that_are_of_one_moment_are_never_kept(article, reader):
    for response in (
        reader.get("/healthz/"),
        reader.get("/readyz/"),
        reader.get("/", headers={"host": "evil.example"}),
        reader.get("/%00/"),
        reader.post(f"/berita/{article.pk}/dibaca/"),
        reader.post("/"),
    ):
        assert "no-store" in response["Cache-Control"]
        assert not response.has_header("ETag")


def test_a_picture_is_kept_for_ever_and_shown_by_feed_readers(reader, humas, picture):
    photo = images.store(SimpleUploadedFile("a.jpg", picture()), humas)
    response = reader.get(photo.file.url)
    assert b"".join(response.streaming_content)
    assert "immutable" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
