"""Headers, cookies and error pages that every response of the site has."""

import pytest
from django.test import Client, override_settings

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "https://www.youtube-nocookie.com",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(response):
    return dict(
        part.strip().split(" ", 1)
        for part in response["Content-Security-Policy"].split(";")
    )


@pytest.fixture
def pages(publish, humas, commissioner):
    article = publish(humas, commissioner, tags=["umum"])
    return [
        *("/", "/berita/", "/kategori/opini/", "/topik/umum/", "/akun/masuk/"),
        *("/tidak/ada/", "/healthz/"),
        article.edition.get_absolute_url(),
    ]


def test_every_page_has_the_policy_and_no_inline_code(pages, reader):
    for address in pages:
        response = reader.get(address)
        assert CSP.items() <= policy(response).items()
        text = response.content.decode()
        for inline in ("<script>", "<style", " style=", " onclick=", "javascript:"):
            assert inline not in text
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["X-Frame-Options"] == "DENY"


def test_readers_get_no_cookie(pages, reader):
    for address in pages:
        if address != "/akun/masuk/":
            response = reader.get(address)
            assert response.cookies == {}
            assert "Cookie" not in response.get("Vary", "")


def test_a_page_is_the_same_for_staff_and_for_readers(pages, browser_of, humas, reader):
    staff = browser_of(humas)
    for address in pages:
        if address != "/akun/masuk/":
            assert staff.get(address).content == reader.get(address).content


def test_nothing_is_asked_of_another_site(pages, reader):
    for address in pages:
        for part in reader.get(address).content.decode().split("<")[1:]:
            tag = part.split(">")[0]
            if tag.startswith(("script", "img", 'link rel="stylesheet', "iframe")):
                assert "http" not in tag


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_an_unknown_host_is_refused_on_a_page_of_our_own(host, reader, db):
    response = reader.get("/", headers={"host": host})
    assert response.status_code == 400
    assert 'lang="id"' in response.content.decode()


def test_a_forwarded_host_changes_nothing(reader, db):
    text = reader.get("/", headers={"x-forwarded-host": "evil.example"}).content
    assert b"evil.example" not in text


@pytest.mark.parametrize("address", ["/berita/?page=%00", "/%00/", "/admin/?q=a%00"])
def test_a_nul_in_an_address_is_refused(address, reader, db):
    response = reader.get(address)
    assert response.status_code == 400
    assert 'lang="id"' in response.content.decode()


def test_an_unknown_page_offers_a_way_back(reader, db):
    response = reader.get("/tidak/ada/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


@override_settings(ROOT_URLCONF="tests.kpuweb.broken_urls")
def test_an_error_of_ours_is_a_page_of_ours(db):
    response = Client(raise_request_exception=False).get("/rusak/")
    assert response.status_code == 500
    text = response.content.decode()
    assert 'lang="id"' in text
    assert "rahasia" not in text


@override_settings(ROOT_URLCONF="tests.kpuweb.broken_urls")
def test_a_database_that_is_away_is_a_503(db):
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert 'lang="id"' in response.content.decode()


def test_a_missing_token_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/akun/masuk/")
    assert response.status_code == 403
    assert 'lang="id"' in response.content.decode()
