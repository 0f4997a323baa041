"""The photo library: many photos at once, the focal point, and a cover from it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from news import images
from news.models import Photo
from tests.browser.conftest import beyond_the_editors


@pytest.fixture
def files(picture):
    """Return a function that gives so many pictures as a file box takes them."""

    def make(*names):
        return [
            {
                "name": name,
                "mimeType": "image/jpeg",
                "buffer": picture(colour=(40 * number, 80, 30)),
            }
            for number, name in enumerate(names)
        ]

    return make


@pytest.fixture
def stored(humas, picture):
    """Return a function that stores a photo with these words."""

    def make(description, number=0, **words):
        upload = SimpleUploadedFile("x.jpg", picture(colour=(40 * number, 80, 30)))
        photo = images.store(upload, humas, description)
        Photo.objects.filter(pk=photo.pk).update(**words)
        return photo

    return make


def slow(page):
    """Hold each sending until the test lets it go on, and return what is held."""
    held = []
    page.route("**/admin/news/photo/unggah/", lambda route: held.append(route))
    return held


def test_three_photos_are_sent_one_by_one_and_described(
    site, signed_in, humas, files, complaints
):
    page = signed_in(humas)
    page.goto(f"{site}/admin/news/photo/")
    page.get_by_role("main").get_by_role("link", name="Tambah foto").first.click()
    held = slow(page)
    said = page.locator("[data-progress-words]")
    three = files("satu.jpg", "dua.jpg", "tiga.jpg")
    page.get_by_label("Pilih foto, satu atau banyak sekaligus").set_input_files(three)
    for number in (1, 2, 3):
        expect(said).to_have_text(f"Mengunggah foto {number} dari 3.")
        expect(page.get_by_role("progressbar")).to_have_count(4 - number)
        expect(page.locator("[data-words-list] > li")).to_have_count(number - 1)
        while len(held) < number:
            page.wait_for_timeout(20)
        held[number - 1].continue_()
    expect(said).to_have_text(
        "3 foto tersimpan di pustaka. Tulis keterangannya di bawah."
    )
    page.get_by_label("Kredit untuk semua").fill("Foto: Humas")
    rows = page.locator("[data-words-list] > li")
    for row, words in zip(rows.all(), ("Satu", "Dua", "Tiga"), strict=True):
        row.get_by_label("Keterangan", exact=True).fill(words)
        expect(row.get_by_label("Kredit", exact=True)).to_have_value("Foto: Humas")
    rows.last.get_by_label("Kredit", exact=True).fill("Foto: Lain")
    page.get_by_role("button", name="Simpan keterangan").click()
    page.get_by_text("Keterangan 3 foto disimpan.").wait_for()
    assert set(Photo.objects.values_list("description", "credit")) == {
        ("Satu", "Foto: Humas"),
        ("Dua", "Foto: Humas"),
        ("Tiga", "Foto: Lain"),
    }
    assert complaints == []


def test_a_refused_file_says_why_and_the_others_arrive(site, signed_in, humas, files):
    page = signed_in(humas)
    page.goto(f"{site}/admin/news/photo/add/")
    bad = {"name": "surat.jpg", "mimeType": "image/jpeg", "buffer": b"bukan gambar"}
    page.locator("input[type=file]").set_input_files([bad, *files("satu.jpg")])
    line = page.locator("[data-progress-list] > li")
    line.get_by_text("bukan foto yang dapat dibaca").wait_for()
    expect(page.locator("[data-progress-words]")).to_have_text(
        "1 foto tersimpan di pustaka. Tulis keterangannya di bawah. "
        "1 berkas belum tersimpan; alasannya tertulis."
    )
    line.get_by_role("button", name="Coba lagi surat.jpg").click()
    line.get_by_text("bukan foto yang dapat dibaca").wait_for()
    expect(line).to_have_count(1)
    expect(page.locator("[data-words-list] > li")).to_have_count(1)


def test_more_photos_than_one_form_holds_are_left_out_and_told(
    site, signed_in, humas, files
):
    page = signed_in(humas)
    page.goto(f"{site}/admin/news/photo/add/")
    slow(page)
    many = files("satu.jpg") * 102
    page.locator("input[type=file]").set_input_files(many)
    expect(page.get_by_role("progressbar")).to_have_count(100)
    page.get_by_text("2 berkas lain").wait_for()
    page.get_by_text("Tidak dikirim: sekali tambah paling banyak 100").wait_for()


def test_many_photos_are_sent_without_a_script(site, signed_in, humas, files):
    page = signed_in(humas, java_script_enabled=False)
    page.goto(f"{site}/admin/news/photo/add/")
    bad = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator("input[type=file]").set_input_files([*files("a.jpg", "b.jpg"), bad])
    page.get_by_role("button", name="Unggah").click()
    page.get_by_role("heading", name="1 berkas tidak disimpan").wait_for()
    page.get_by_label("Keterangan", exact=True).first.fill("Rapat pleno")
    page.get_by_label("Kredit untuk semua").fill("Foto: Humas")
    page.get_by_role("button", name="Simpan keterangan").click()
    page.get_by_text("Keterangan 2 foto disimpan.").wait_for()
    assert Photo.objects.filter(credit="Foto: Humas").count() == 2
    page.get_by_role("link", name="Rapat pleno").click()
    page.get_by_label("Dari kiri (%)").fill("80")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Foto disimpan.").wait_for()
    assert Photo.objects.get(description="Rapat pleno").focal_x == 80


def test_the_focal_point_is_set_by_a_click_and_by_the_keyboard(
    site, signed_in, humas, stored, complaints
):
    photo = stored("Rapat pleno")
    page = signed_in(humas, width=1280)
    page.goto(f"{site}/admin/news/photo/{photo.pk}/change/")
    across, down = (
        page.get_by_label("Dari kiri (%)"),
        page.get_by_label("Dari atas (%)"),
    )
    area = page.locator("[data-focal-picture]").bounding_box()
    spot = {"x": area["width"] * 0.25, "y": area["height"] * 0.75}
    page.locator("[data-focal-picture]").click(position=spot)
    expect(across).to_have_value("25")
    expect(down).to_have_value("75")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(across).to_have_value("26")
    expect(down).to_have_value("65")
    crop = page.locator("[data-focal-crop]").first
    expect(crop).to_have_css("object-position", "26% 65%")
    down.fill("100")
    expect(crop).to_have_css("object-position", "26% 100%")
    page.locator(".focal-marker").press("ArrowDown")
    expect(down).to_have_value("100")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_text("Foto disimpan.").wait_for()
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (26, 100)
    assert complaints == []


def test_the_focal_point_is_dragged_by_a_finger(site, signed_in, humas, stored):
    photo = stored("Rapat pleno")
    page = signed_in(humas, has_touch=True)
    page.goto(f"{site}/admin/news/photo/{photo.pk}/change/")
    marker = page.locator(".focal-marker")
    picture = page.locator("[data-focal-picture]")
    picture.scroll_into_view_if_needed()
    area, grip = picture.bounding_box(), marker.bounding_box()
    page.mouse.move(grip["x"] + 24, grip["y"] + 24)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 2, area["y"] + area["height"] * 0.1)
    page.mouse.up()
    expect(page.get_by_label("Dari kiri (%)")).to_have_value("100")
    picture.tap(position={"x": area["width"] * 0.1, "y": area["height"] * 0.5})
    expect(page.get_by_label("Dari kiri (%)")).to_have_value("10")


def test_a_cover_is_picked_from_the_library(site, signed_in, humas, stored, complaints):
    for number in range(3):
        stored(f"Kotak suara {number}", number)
    stored("Rapat pleno", 4, caption="Rapat di aula", credit="Foto: Laras")
    page = signed_in(humas)
    page.goto(f"{site}/admin/news/article/add/")
    page.get_by_role("button", name="Pilih dari pustaka").click()
    picker = page.get_by_role("dialog", name="Pilih foto dari pustaka")
    expect(picker.get_by_role("status")).to_have_text("4 foto.")
    page.keyboard.press("Escape")
    expect(picker).to_be_hidden()
    expect(page.get_by_role("button", name="Pilih dari pustaka")).to_be_focused()
    page.keyboard.press("Enter")
    picker.get_by_label("Cari foto").fill("tidak ada")
    picker.get_by_text("Tidak ada foto yang memuat “tidak ada”").wait_for()
    picker.get_by_label("Cari foto").fill("rapat")
    expect(picker.get_by_role("status")).to_have_text("1 foto.")
    picker.get_by_role("button", name="Rapat pleno").press("Enter")
    expect(picker).to_be_hidden()
    alt = page.get_by_label("Teks alternatif:")
    expect(alt).to_have_value("Rapat pleno")
    expect(page.get_by_label("Keterangan foto:")).to_have_value("Rapat di aula")
    expect(page.get_by_label("Kredit foto:")).to_have_value("Foto: Laras")
    expect(page.locator(".cover-choice img")).to_have_attribute(
        "src", re.compile(r"^/media/foto/[0-9a-f]{64}-640\.jpg$")
    )

    # Words that a person has written stay; what the photo suggested goes with it.
    alt.fill("Kata saya sendiri")
    page.get_by_role("button", name="Lepas foto").click()
    expect(alt).to_have_value("Kata saya sendiri")
    expect(page.get_by_label("Kredit foto:")).to_have_value("")
    page.evaluate(
        """() => {
            const select = document.getElementById("id_cover");
            const option = new Option("Foto baru", "70000");
            option.dataset.thumb = select.options[1].dataset.thumb;
            select.append(option);
            select.value = "70000";
            select.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )
    expect(page.locator("#cover-chosen")).to_have_text("Foto baru")
    assert beyond_the_editors(complaints) == []


def test_the_picker_loads_more_and_says_when_it_cannot(
    site, signed_in, humas, stored, complaints
):
    first = stored("Foto paling lama")
    Photo.objects.bulk_create(
        Photo(
            file=first.file.name,
            digest=f"{number:064x}",
            width=1200,
            height=800,
            description=f"Foto {number}",
            uploaded_by=humas,
        )
        for number in range(24)
    )
    page = signed_in(humas)
    page.goto(f"{site}/admin/news/article/add/")
    page.get_by_role("button", name="Pilih dari pustaka").click()
    picker = page.get_by_role("dialog")
    status = picker.get_by_role("status")
    expect(status).to_have_text("24 foto, dan masih ada lagi.")
    page.route("**/pustaka/**", lambda route: route.abort())
    picker.get_by_role("button", name="Muat lagi").click()
    expect(status).to_contain_text("Pustaka tidak dapat dimuat.")
    page.unroute("**/pustaka/**")
    complaints.clear()
    picker.get_by_role("button", name="Coba lagi").click()
    expect(status).to_have_text("25 foto.")
    expect(picker.get_by_role("button", name="Foto paling lama")).to_be_focused()
    assert complaints == []
