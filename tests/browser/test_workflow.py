"""The workflow in real browsers: on a phone, and two people at once."""

from news import drafting
from news.models import Article, Edition
from news.models.article import State, Verb
from news.workflow import perform
from tests.browser.conftest import beyond_the_editors


def address(site, article):
    return f"{site}/admin/news/article/{article.pk}/"


def test_a_correction_is_approved_on_a_phone(
    site, signed_in, opened, complaints, publish, humas, commissioner
):
    article = publish(humas, commissioner, "Hasil pleno", body="<p>Hadir 47 orang.</p>")
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Hadir 74 orang.</p>"
    article.change_class, article.change_note = "ralat", "Angka tertukar."
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)

    phone = signed_in(commissioner)
    phone.get_by_role("link", name="Hasil pleno").first.click()
    change = phone.get_by_role("region", name="Yang berubah dari naskah yang tayang")
    assert "Angka tertukar." in change.inner_text()
    assert "47" in change.get_by_role("listitem").first.inner_text()
    assert "[dihapus: 47]" in change.inner_text()
    assert "[baru: 74]" in change.inner_text()
    approve = phone.get_by_role("button", name="Setujui dan terbitkan")
    assert approve.bounding_box()["height"] >= 48
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    approve.focus()
    phone.keyboard.press("Enter")
    phone.get_by_text("Naskah kini tayang.").wait_for()

    reader = opened()
    reader.goto(site + Edition.objects.get().get_absolute_url())
    assert "Hadir 74 orang." in reader.locator("[itemprop=articleBody]").inner_text()
    reader.get_by_role("link", name="Naskah sebelum perubahan ini").click()
    assert "Hadir 47 orang." in reader.locator("[itemprop=articleBody]").inner_text()
    assert complaints == []


def test_a_return_takes_one_thumb(site, signed_in, write, submit, humas, commissioner):
    article = submit(write(humas, "Hasil pleno"), humas)
    phone = signed_in(commissioner)
    phone.goto(f"{address(site, article)}tinjau/")
    phone.get_by_text("Kembalikan kepada penulis").first.click()
    phone.get_by_text("Tanggal", exact=True).click()
    phone.get_by_role("button", name="Kembalikan kepada penulis").click()
    phone.get_by_text("Naskah dikembalikan").wait_for()
    article.refresh_from_db()
    assert article.state == State.RETURNED
    assert article.transitions.first().note == "Tanggal"


def test_two_editors_clash_and_no_word_is_lost(
    site, signed_in, complaints, write, humas, humas_two
):
    article = write(humas, "Judul awal", body="<p>Isi awal.</p>")
    pages = [signed_in(by, width=1280) for by in (humas, humas_two)]
    for page in pages:
        page.goto(f"{address(site, article)}change/")
        page.locator(".ck-editor__editable").wait_for()
    for page, words in zip(pages, ("orang pertama", "orang kedua"), strict=True):
        page.get_by_label("Judul:", exact=True).fill(f"Judul {words}")
        page.locator(".ck-editor__editable").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(f" Tambahan {words}.")
        page.get_by_role("button", name="Simpan dan tinjau").click()
    second = pages[1]
    second.get_by_text("Tidak disimpan").first.wait_for()
    assert second.get_by_label("Judul:", exact=True).input_value() == (
        "Judul orang kedua"
    )
    second.locator(".ck-editor__editable").get_by_text(
        "Tambahan orang kedua"
    ).wait_for()
    clash = second.get_by_role("region", name="Bedanya tulisan Anda")
    assert "[dihapus: pertama" in clash.inner_text()
    assert "[baru: kedua" in clash.inner_text()
    second.get_by_label("Saya sudah membandingkan").check()
    second.get_by_role("button", name="Simpan dan tinjau").click()
    second.wait_for_url("**/tinjau/")
    assert Article.objects.get().title == "Judul orang kedua"
    assert article.revisions.count() == 3
    assert beyond_the_editors(complaints) == []


def test_a_release_is_countersigned(
    site, signed_in, opened, complaints, write, humas, commissioner
):
    article = write(humas, "TPS dipindahkan karena banjir")
    page = signed_in(humas)
    page.goto(f"{address(site, article)}tinjau/")
    page.get_by_text("Siarkan darurat, tanpa menunggu").first.click()
    page.get_by_label("Mengapa tidak dapat menunggu").fill("Pemungutan besok pagi.")
    page.get_by_label("Publik akan membaca").check()
    page.get_by_role("button", name="Siarkan darurat").click()
    page.get_by_text("Naskah tayang sebagai siaran darurat.").wait_for()

    reader = opened()
    public = site + Edition.objects.get().get_absolute_url()
    reader.goto(public)
    assert reader.get_by_text("Siaran darurat, menunggu persetujuan").is_visible()

    phone = signed_in(commissioner)
    desk = phone.get_by_role("region", name="Siaran darurat belum disahkan")
    desk.get_by_role("link", name="TPS dipindahkan").click()
    phone.get_by_role("button", name="Sahkan siaran darurat ini").click()
    phone.get_by_text("Pengesahan Anda tercatat.").wait_for()
    reader.goto(public)
    assert reader.get_by_text("menunggu persetujuan").count() == 0
    phone.goto(f"{site}/admin/")
    desk = phone.get_by_role("region", name="Siaran darurat belum disahkan")
    assert desk.get_by_role("link").count() == 0
    assert complaints == []
