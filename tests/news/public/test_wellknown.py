import io
import json

import pytest
from django.contrib.staticfiles import finders
from PIL import Image


def test_crawlers_may_read_what_the_public_reads(reader, db, settings):
    response = reader.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert response.content.decode() == (
        "User-agent: *\n"
        "Allow: /\n"
        "Disallow: /admin/\n"
        "Disallow: /akun/\n"
        "\n"
        f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml\n"
        f"Sitemap: {settings.SITE_ORIGIN}/sitemap-berita.xml\n"
    )


def test_the_manifest_names_icons_of_the_size_that_it_says(reader, db):
    response = reader.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert (manifest["name"], manifest["display"]) == (
        "KPU Kabupaten Serang",
        "browser",
    )
    found = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert found == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in manifest["icons"]:
        content = file_at(icon["src"])
        assert len(content) < 5000
        width, height = Image.open(io.BytesIO(content)).size
        assert f"{width}x{height}" == icon["sizes"]


def file_at(address):
    """Return a static file's bytes, whatever hash its address carries."""
    stem, *_, suffix = address.removeprefix("/static/").split(".")
    with open(finders.find(f"{stem}.{suffix}"), "rb") as file:
        return file.read()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/favicon.ico", "favicon"),
        ("/apple-touch-icon.png", "apple-touch-icon"),
        ("/apple-touch-icon-precomposed.png", "apple-touch-icon"),
    ],
)
def test_icons_answer_at_the_root(address, name, reader, db):
    response = reader.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(f"/static/img/{name}")


def test_every_page_links_to_the_manifest(reader, db):
    for address in ("/", "/tidak/ada/"):
        text = reader.get(address).content.decode()
        assert '<link rel="manifest" href="/site.webmanifest">' in text
