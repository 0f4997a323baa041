"""The whole story, in a real browser, against the real server."""

import re

from news import counting
from news.models import Article, Photo
from tests.browser.conftest import beyond_the_editors


def views(page):
    return int(page.locator("data.views").first.get_attribute("value"))


def test_from_the_editor_to_the_reader(
    site, signed_in, opened, complaints, humas, commissioner, archived, picture
):
    archived("Naskah lama", "2022-01-28T05:00Z", baseline=78)

    # Humas write, with CKEditor and a photo, and submit.
    page = signed_in(humas, width=1280, height=900)
    page.get_by_role("link", name="Tulis naskah baru").click()
    page.get_by_label("Judul:", exact=True).fill("Pleno terbuka di aula")
    page.get_by_label("Teras:", exact=True).fill("KPU menggelar pleno terbuka.")
    editor = page.locator(".ck-editor__editable")
    editor.click()
    page.keyboard.type("Pleno dibuka pukul 09.00 ")
    page.keyboard.press("Control+b")
    page.keyboard.type("tepat waktu")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kutipan").click()
    page.keyboard.type("Semua boleh hadir.")
    with page.expect_response("**/admin/news/photo/unggah/") as upload:
        page.locator(
            ".ck-file-dialog-button input, input.ck-hidden"
        ).first.set_input_files(
            {"name": "aula.png", "mimeType": "image/png", "buffer": picture("PNG")}
        )
    assert upload.value.status == 200
    editor.locator("figure.image img[src^='/media/foto/']").wait_for()
    editor.locator("figure.image img").click()
    page.get_by_role("button", name="Ganti alternatif teks gambar").click()
    alternative = page.get_by_role("textbox", name="Alternatif teks")
    alternative.last.fill("Aula kantor yang penuh peserta")
    page.keyboard.press("Enter")
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    page.get_by_label("Unggah foto sampul").set_input_files(
        {
            "name": "pleno.jpg",
            "mimeType": "image/jpeg",
            "buffer": picture(colour="#1f4b73"),
        }
    )
    page.get_by_label("Teks alternatif").fill("Peserta pleno duduk di aula")
    page.get_by_role("button", name="Simpan dan tinjau").click()
    page.get_by_role("button", name="Ajukan ke komisioner").click()
    page.get_by_text("Naskah diajukan.").wait_for()

    article = Article.objects.get(title="Pleno terbuka di aula")
    assert "<strong>tepat waktu</strong>" in article.body
    assert "<blockquote><p>Semua boleh hadir.</p>" in article.body
    assert re.search(r'<img src="/media/foto/[0-9a-f]{64}\.jpg"', article.body)
    assert Photo.objects.count() == 2

    # Not one word of it is public before a commissioner approves, on a phone.
    reader = opened()
    reader.goto(f"{site}/berita/")
    assert reader.get_by_text("Pleno terbuka").count() == 0
    phone = signed_in(commissioner)
    phone.get_by_role("link", name="Pleno terbuka di aula").click()
    phone.get_by_role("button", name="Setujui dan terbitkan").click()
    phone.get_by_text("Naskah kini tayang.").wait_for()

    # A reader finds it at the top of the feed and opens it; the counter rises by one.
    reader.goto(f"{site}/berita/")
    top = reader.locator("article").first
    assert top.locator("h2").inner_text() == "Pleno terbuka di aula"
    assert views(reader) == 0
    top.get_by_role("link", name=re.compile("^Selengkapnya")).click()
    assert reader.locator("h1").inner_text() == "Pleno terbuka di aula"
    with reader.expect_response("**/dibaca/", timeout=15_000) as counted:
        pass
    assert counted.value.status == 204
    counting.roll_up()
    reader.goto(f"{site}/berita/")
    assert views(reader) == 1
    assert reader.context.cookies() == []
    assert beyond_the_editors(complaints) == []
