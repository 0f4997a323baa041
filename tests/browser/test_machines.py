"""What pages hold for machines, as a browser and the real server treat it."""

import http.client
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(
        humas, commissioner, "]]> & </script><script>alert(1)</script> \U0001f5f3"
    )


def test_the_policy_lets_the_page_hold_its_data(site, opened, public, complaints):
    page = opened()
    page.goto(site + public.edition.get_absolute_url())
    article, way = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]')"
        ".textContent)['@graph']"
    )
    assert article["headline"] == public.edition.title
    assert article["@id"] == page.locator("[itemid]").get_attribute("itemid")
    assert way["@type"] == "BreadcrumbList"
    assert complaints == []


def test_the_browser_takes_the_manifest_and_its_icons(site, opened, complaints, db):
    page = opened()
    page.goto(f"{site}/")
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["url"] == f"{site}/site.webmanifest"
    assert found["errors"] == []
    for icon in page.evaluate(
        "fetch('/site.webmanifest').then(answer => answer.json())"
    )["icons"]:
        drawn = page.evaluate(
            "async source => { const image = new Image(); image.src = source;"
            " await image.decode(); return image.naturalWidth; }",
            icon["src"],
        )
        assert icon["sizes"] == f"{drawn}x{drawn}"
    assert complaints == []


def test_the_server_answers_head_and_304_without_a_body(site, public):
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=10)
    for address in (public.edition.get_absolute_url(), "/umpan/rss/", "/sitemap.xml"):
        connection.request("GET", address)
        got = connection.getresponse()
        body = got.read()
        connection.request("HEAD", address)
        head = connection.getresponse()
        assert (head.status, head.read()) == (200, b"")
        assert head.headers["ETag"] == got.headers["ETag"]
        assert int(head.headers["Content-Length"]) == len(body)
        connection.request(
            "GET", address, headers={"If-None-Match": got.headers["ETag"]}
        )
        same = connection.getresponse()
        assert (same.status, same.read()) == (304, b"")
    connection.close()
