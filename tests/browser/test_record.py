"""The public record in a browser: narrow, by keyboard, without JavaScript."""

import pytest

from news.models import Publication
from news.models.article import Verb
from news.workflow import perform

LONG = "Kalimat awal yang tidak berubah. " * 5


@pytest.fixture
def recorded(publish, change, humas, commissioner):
    article = publish(
        humas,
        commissioner,
        "Indeks Kepuasan Masyarakat Triwulan III mendapat nilai baik",
        body=f"<p>{LONG}Hasil survei mendapat nilai 74,29 dengan kategori baik dari "
        f"responden. {LONG}</p>",
    )
    gone = publish(humas, commissioner, "Judul yang keliru")
    perform(Verb.WITHDRAW, gone, commissioner, note="Memuat keterangan yang keliru.")
    change(
        article,
        humas,
        commissioner,
        body=f"<p>{LONG}Hasil survei mendapat nilai 47,29 dengan kategori baik dari "
        f"responden. {LONG}</p>",
    )
    return article


def test_the_record_is_no_wider_than_a_narrow_phone(site, opened, recorded, complaints):
    page = opened(width=320)
    address = recorded.edition.get_absolute_url()
    for path in (
        "/koreksi/",
        "/catatan-publikasi/",
        "/catatan-publikasi/kepala/",
        f"{address}?v=1",
    ):
        page.goto(site + path)
        for details in page.locator("main details").all():
            details.evaluate("each => each.open = true")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path
    assert complaints == []


def test_the_record_is_filtered_and_walked_without_javascript(site, opened, recorded):
    page = opened(java_script_enabled=False)
    page.goto(f"{site}/catatan-publikasi/")
    page.get_by_label("Jenis").select_option("tarik")
    page.get_by_role("button", name="Tampilkan").click()
    assert page.locator(".record > li").count() == 1
    assert "Judul yang keliru" not in page.content()
    page.goto(f"{site}{recorded.edition.get_absolute_url()}")
    page.get_by_text("Tentang naskah ini").click()
    page.get_by_role("link", name="Nomor 4").click()
    line = page.locator(":target")
    assert line.get_attribute("id") == "catatan-4"
    line.locator("summary").click()
    assert line.get_by_text(Publication.objects.head().hash).is_visible()
