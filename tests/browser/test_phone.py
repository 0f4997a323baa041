"""Writing on a phone: the plain box, photos over a bad signal, and nothing lost."""

import io
import os
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from news import richtext
from news.models import Article, Photo
from news.models.article import State
from tests.browser.conftest import PASSWORD, beyond_the_editors
from tests.browser.test_editor import WHATSAPP

PHONE = {"width": 360, "height": 740, "has_touch": True, "is_mobile": True}
# Longer than the device may take to keep what was typed.
KEPT = 1_000


@pytest.fixture
def add_form(site):
    return f"{site}/admin/news/article/add/"


@pytest.fixture
def phone(signed_in, humas, add_form):
    """Return a phone's page with an empty form in it."""
    page = signed_in(humas, **PHONE)
    page.goto(add_form)
    return page


def plain(page):
    return page.get_by_label("Isi:", exact=True)


def title(page):
    return page.get_by_label("Judul:", exact=True)


def button(page, name):
    return page.get_by_role("button", name=name)


def photos(page):
    return page.get_by_role("region", name="Foto dalam naskah")


def cards(page):
    return photos(page).get_by_role("listitem")


def alt(card):
    return card.get_by_label("Teks alternatif")


def status(page):
    return page.locator("[data-drafts-status]")


def body(page):
    return page.locator("#id_body").input_value()


def file(name, content, kind="image/jpeg"):
    return {"name": name, "mimeType": kind, "buffer": content}


def add_photos(page, *files):
    with page.expect_file_chooser() as chooser:
        button(page, "Tambah foto").click()
    chooser.value.set_files(list(files))


def save(page, heading="Judul naskah"):
    title(page).fill(heading)
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    button(page, "Simpan dan tinjau").click()
    page.wait_for_url("**/tinjau/")
    page.get_by_role("heading", name=heading).wait_for()
    return Article.objects.get()


def camera_picture():
    """Return a JPEG as large as a phone's camera makes them, and like no other."""
    noise = Image.frombytes("L", (40, 30), os.urandom(40 * 30))
    picture = noise.resize((4000, 3000), Image.Resampling.BICUBIC).convert("RGB")
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=90)
    return output.getvalue()


def test_the_plain_box_saves_what_the_full_editor_would(phone, add_form):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(add_form)
    plain(phone).fill("Pleno dibuka.\nDi aula <besar> & ramai.\n\n\nSelesai pukul 12.")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert not [address for address in asked if "django_ckeditor_5" in address]
    typed = body(phone)
    assert typed == (
        "<p>Pleno dibuka.<br>Di aula &lt;besar&gt; &amp; ramai.</p>"
        "<p>Selesai pukul 12.</p>"
    )

    button(phone, "Buka penyunting lengkap").click()
    editor = phone.locator(".ck-editor__editable")
    expect(editor).to_be_focused()
    expect(plain(phone)).to_be_hidden()
    assert phone.evaluate("window.editors.id_body.getData()") == typed
    assert save(phone).body == typed


def test_reopening_and_saving_changes_nothing(phone, site, write, humas, picture):
    add_photos(phone, file("a.jpg", picture(), "image/jpeg"))
    expect(photos(phone).get_by_text("Foto terkirim.")).to_be_attached()
    alt(cards(phone)).fill('Ketua "Budi" & tamu')
    cards(phone).get_by_label("Keterangan dan kredit").fill("Di aula. Foto: Humas")
    plain(phone).fill("Satu.\n\nDua.")
    article = save(phone)
    assert re.fullmatch(
        r"<p>Satu\.</p><p>Dua\.</p>"
        r'<figure class="image"><img src="/media/foto/\w+\.jpg" alt="[^"]+" '
        r'width="1200" height="800">'
        r"<figcaption>Di aula\. Foto: Humas</figcaption></figure>",
        article.body,
    )

    phone.goto(f"{site}/admin/news/article/{article.pk}/change/")
    expect(alt(cards(phone))).to_have_value('Ketua "Budi" & tamu')
    plain(phone).fill("Satu.\n\nDua. ")
    plain(phone).fill("Satu.\n\nDua.")
    save(phone)
    assert article.revisions.count() == 1

    # The full editor does not see it otherwise.
    phone.goto(f"{site}/admin/news/article/{article.pk}/change/")
    button(phone, "Buka penyunting lengkap").click()
    phone.locator(".ck-editor__editable figure").wait_for()
    save(phone)
    assert article.revisions.count() == 1


def test_a_photo_keeps_its_place_between_paragraphs(phone, site, write, humas):
    figure = (
        f'<figure class="image"><img src="/media/foto/{"a" * 64}.jpg" alt="Aula">'
        "</figure>"
    )
    article = write(humas, body=f"<p>Satu.</p>{figure}<p>Dua.</p>")
    phone.goto(f"{site}/admin/news/article/{article.pk}/change/")
    plain(phone).fill("Satu.\n\nDua.\n\nTiga.")
    assert body(phone) == f"<p>Satu.</p>{figure}<p>Dua.</p><p>Tiga.</p>"
    plain(phone).fill("Nol.\n\nSatu.\n\nDua.")
    assert body(phone) == f"<p>Nol.</p><p>Satu.</p>{figure}<p>Dua.</p>"
    plain(phone).fill("Nol.\n\nSatu saja.\n\nDua.")
    assert body(phone) == f"<p>Nol.</p><p>Satu saja.</p>{figure}<p>Dua.</p>"

    button(cards(phone), "Buang").click()
    assert "<figure" not in body(phone)
    expect(button(phone, "Batalkan")).to_be_focused()
    button(phone, "Batalkan").click()
    assert body(phone) == f"<p>Nol.</p><p>Satu saja.</p>{figure}<p>Dua.</p>"


def test_a_richer_body_opens_in_the_full_editor(phone, site, write, humas):
    article = write(humas, body="<h2>Bagian</h2><p>Isi.</p>")
    phone.goto(f"{site}/admin/news/article/{article.pk}/change/")
    phone.locator(".ck-editor__editable h2").wait_for()
    expect(photos(phone)).to_be_hidden()
    assert button(phone, "Buka penyunting lengkap").is_hidden()


def test_whatsapp_loses_its_marks(phone):
    plain(phone).focus()
    phone.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
            clipboardData: data, bubbles: true, cancelable: true,
          }));
        }""",
        WHATSAPP,
    )
    expect(plain(phone)).to_have_value(
        "Pleno terbuka pukul 09.00\nAnggaran 5 * 3 * 2, data_pemilih, a_b@kpu.go.id, "
        "https://kpu.go.id/_a_/b_c\n\nTempat menyusul"
    )
    assert save(phone).body == richtext.from_text(WHATSAPP)


def test_two_photos_want_their_words(phone, complaints, picture):
    plain(phone).fill("Isi.")
    add_photos(
        phone,
        file("a.jpg", picture(colour="#888888")),
        file("b.jpg", picture(colour="#444444")),
    )
    expect(cards(phone)).to_have_count(2)
    expect(phone.locator("#id_body")).to_have_value(re.compile("(<figure.*){2}"))
    alt(cards(phone).first).fill("Kotak suara")
    title(phone).fill("Judul naskah")
    button(phone, "Simpan dan tinjau").click()
    expect(alt(cards(phone).last)).to_be_focused()
    assert cards(phone).last.get_by_text("Teks alternatif belum ditulis.").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.keyboard.type("Bilik suara")
    article = save(phone)
    assert re.findall('alt="([^"]*)"', article.body) == ["Kotak suara", "Bilik suara"]
    assert Photo.objects.count() == 2
    assert beyond_the_editors(complaints) == []


def test_an_iphones_photo_is_refused_with_advice(phone):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
    add_photos(phone, file("IMG_1.jpg", heic))
    advice = cards(phone).get_by_text("Setelan > Kamera > Format > “Paling Kompatibel”")
    expect(advice).to_be_visible()
    assert cards(phone).get_by_text("lewat WhatsApp").is_visible()
    plain(phone).fill("Isi.")
    button(phone, "Simpan dan tinjau").click()
    expect(status(phone)).to_contain_text("Ada foto yang ditolak.")
    button(cards(phone), "Buang").click()
    assert "<figure" not in save(phone).body
    assert Photo.objects.count() == 0


def test_a_refused_cover_says_why(phone):
    phone.get_by_label("Unggah foto sampul").set_input_files(
        file("a.jpg", b"bukan foto")
    )
    card = phone.locator(".cover-photo")
    expect(card.get_by_text("bukan foto yang dapat dibaca")).to_be_visible()
    button(card, "Buang").click()
    expect(card).to_be_hidden()


def test_an_expired_session_holds_the_photo_until_one_signs_in(
    phone, site, humas, picture
):
    plain(phone).fill("Isi.")
    phone.context.clear_cookies(name="sesi")
    add_photos(phone, file("a.jpg", picture()))
    expect(cards(phone).get_by_text("Sesi Anda berakhir.")).to_be_visible()
    alt(cards(phone)).fill("Kotak suara")

    other = phone.context.new_page()
    other.goto(f"{site}/admin/")
    other.get_by_label("Nama pengguna").fill(humas.username)
    other.get_by_label("Kata sandi").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="Masuk").click()
    other.get_by_role("heading", name="Meja redaksi").wait_for()
    phone.bring_to_front()
    expect(phone.locator("#id_body")).to_have_value(re.compile("<figure"))
    assert 'alt="Kotak suara"' in save(phone).body


def test_a_photo_sent_from_the_full_editor_comes_back(
    signed_in, humas, add_form, picture
):
    page = signed_in(humas, width=1280)
    page.goto(add_form)
    page.locator(".ck-editor__editable").click()
    page.keyboard.type("Isi.")
    page.context.set_offline(True)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("gambar", re.I)).first.click()
    chooser.value.set_files(file("a.jpg", picture()))
    page.get_by_text("Menunggu sambungan").wait_for()
    page.wait_for_timeout(KEPT)
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)

    again.goto(add_form)
    button(again, "Pakai tulisan itu").click()
    image = again.locator(".ck-editor__editable figure img")
    expect(image).to_have_attribute("src", re.compile("^/media/foto/"))
    body = save(again).body
    assert body.startswith('<p>Isi.</p><figure class="image"><img src="/media/foto/')
    assert Photo.objects.count() == 1


def test_a_release_with_two_photos_over_a_bad_signal(
    phone, complaints, site, add_form, humas
):
    context = phone.context

    def bad_signal(page):
        page.context.new_cdp_session(page).send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": 300,
                "downloadThroughput": 25_000,
                "uploadThroughput": 25_000,
            },
        )

    def cut(page):
        context.set_offline(True)
        page.wait_for_timeout(1_500)
        context.set_offline(False)
        bad_signal(page)

    bad_signal(phone)
    title(phone).fill("Pleno di aula")
    phone.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    plain(phone).fill("Pleno dibuka pukul 09.00.\n\nSelesai pukul 12.00.")

    # The first photo is on its way, and half described, when the camera of the second
    # takes all of the phone's memory and the tab with it.
    add_photos(phone, file("a.jpg", camera_picture()))
    expect(cards(phone).get_by_text("Mengirim")).to_be_visible()
    alt(cards(phone)).fill("Ketua memukul palu")
    phone.wait_for_timeout(KEPT)
    with phone.expect_file_chooser():
        phone.get_by_label("Unggah foto sampul").click()
    again = context.new_page()
    phone.close()

    again.goto(f"{site}/admin/")
    section = again.get_by_role("region", name="Belum terkirim dari ponsel ini")
    assert "1 foto menunggu dikirim" in section.inner_text()
    section.get_by_role("link", name="Pleno di aula").click()
    again.wait_for_url(add_form)
    bad_signal(again)
    button(again, "Pakai tulisan itu").click()
    expect(title(again)).to_have_value("Pleno di aula")
    expect(alt(cards(again))).to_have_value("Ketua memukul palu")
    expect(cards(again).get_by_text("Mengirim")).to_be_visible()

    again.get_by_label("Unggah foto sampul").set_input_files(
        file("b.jpg", camera_picture())
    )
    again.get_by_label("Teks alternatif:", exact=True).fill("Aula KPU")
    cover = again.locator(".cover-photo")
    expect(cover.get_by_text("Menunggu giliran")).to_be_visible()
    cut(again)
    button(again, "Simpan dan tinjau").click()
    expect(status(again)).to_contain_text("foto terkirim…")
    cover.get_by_text("Mengirim").wait_for(timeout=60_000)
    cut(again)
    again.get_by_role("heading", name="Pleno di aula").wait_for(timeout=60_000)

    button(again, "Ajukan").click()
    again.get_by_text("diajukan").first.wait_for(timeout=60_000)
    article = Article.objects.get()
    assert article.state == State.SUBMITTED
    assert article.title == "Pleno di aula"
    assert Photo.objects.count() == 2
    assert article.cover_alt == "Aula KPU"
    within = Photo.objects.exclude(pk=article.cover_id).get()
    assert article.body == (
        "<p>Pleno dibuka pukul 09.00.</p><p>Selesai pukul 12.00.</p>"
        f'<figure class="image"><img src="{within.file.url}" alt="Ketua memukul palu" '
        'width="3000" height="2250"></figure>'
    )
    again.goto(f"{site}/admin/")
    expect(again.locator("[data-unsent]")).to_be_hidden()
    assert [said for said in complaints if "ERR_INTERNET_DISC" not in said] == []
