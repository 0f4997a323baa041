"""Unsaved typing, in real Chromium: kept on the device, offered, never imposed."""

import os
import re
import signal
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from news import drafting
from news.models import Article
from tests.browser.conftest import ARGUMENTS, CHROMIUM, PASSWORD

HEADING = "Belum terkirim dari ponsel ini"
# Longer than the device may take to keep what was typed.
KEPT = 1_000


def change_form(site, article):
    return f"{site}/admin/news/article/{article.pk}/change/"


@pytest.fixture
def add_form(site):
    return f"{site}/admin/news/article/add/"


def title(page):
    return page.get_by_label("Judul:", exact=True)


def editor(page):
    return page.locator(".ck-editor__editable")


def notice(page):
    return page.get_by_role("region", name=HEADING)


def unsent(page):
    return page.locator("[data-unsent]")


def button(page, name):
    return page.get_by_role("button", name=name)


def open_form(page, address):
    page.goto(address)
    editor(page).wait_for()
    # The device was asked what it holds once this answers.
    page.evaluate("window.unsent.all('').then(() => window.unsent.all(''))")


def type_story(page, heading="Pleno di aula", body="Pleno dibuka pukul 09.00."):
    title(page).fill(heading)
    editor(page).click()
    page.keyboard.type(body)
    page.wait_for_timeout(KEPT)


def send(page, name="Simpan dan tinjau"):
    button(page, name).click()


def records(page):
    return page.evaluate(
        """async () => {
          const open = indexedDB.open("belum-terkirim", 1);
          await new Promise((done) => { open.onsuccess = done; });
          const asked = open.result.transaction("records").objectStore("records")
            .getAll();
          await new Promise((done) => { asked.onsuccess = done; });
          open.result.close();
          return asked.result;
        }"""
    )


def save_for(article, by, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return drafting.record(article, by)


def test_a_crashed_page_loses_nothing(signed_in, add_form, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    assert notice(page).count() == 0
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    type_story(page)
    with pytest.raises(Error):
        page.goto("chrome://crash")
    again = page.context.new_page()
    page.close()

    open_form(again, add_form)
    assert "Pleno di aula" in notice(again).inner_text()
    assert title(again).input_value() == ""
    notice(again).get_by_text("Baca tulisan itu").click()
    assert notice(again).get_by_text("Pleno dibuka pukul 09.00.").is_visible()
    assert again.evaluate("document.documentElement.scrollWidth") <= 360
    use = button(again, "Pakai tulisan itu")
    assert use.bounding_box()["height"] >= 48
    use.focus()
    again.keyboard.press("Enter")
    expect(title(again)).to_have_value("Pleno di aula")
    expect(title(again)).to_be_focused()
    editor(again).get_by_text("Pleno dibuka pukul 09.00.").wait_for()
    assert notice(again).count() == 0
    send(again)
    again.get_by_role("heading", name="Pleno di aula").wait_for()
    article = Article.objects.get()
    assert article.body == "<p>Pleno dibuka pukul 09.00.</p>"
    assert article.category.slug == "siaran-pers"


def test_a_dead_battery_loses_nothing(chromium, site, add_form, humas, tmp_path):
    humas.set_password(PASSWORD)
    humas.save(update_fields=["password"])
    folder = str(tmp_path / "ponsel")

    def switch_on():
        context = chromium.browser_type.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=ARGUMENTS, locale="id-ID"
        )
        page = context.pages[0]
        page.goto(add_form)
        if page.get_by_label("Kata sandi").count():
            page.get_by_label("Nama pengguna").fill(humas.username)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            page.get_by_role("main").get_by_role("button", name="Masuk").click()
        editor(page).wait_for()
        return context, page

    context, page = switch_on()
    type_story(page)
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        if folder.encode() in process.read_bytes():
            os.kill(int(process.parent.name), signal.SIGKILL)
    with pytest.raises(Error):
        page.wait_for_timeout(5_000)
        page.title()
    for lock in Path(folder).glob("Singleton*"):
        lock.unlink()

    context, page = switch_on()
    button(page, "Pakai tulisan itu").click()
    expect(title(page)).to_have_value("Pleno di aula")
    editor(page).get_by_text("Pleno dibuka pukul 09.00.").wait_for()
    context.close()


def test_two_cuts_of_the_network(signed_in, complaints, add_form, site, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    type_story(page)
    status = page.locator("[data-drafts-status]")

    # The phone knows that it is offline.
    page.context.set_offline(True)
    send(page)
    expect(status).to_have_text(
        "Sambungan terputus. Tulisan Anda aman di ponsel ini; kirim lagi nanti."
    )
    assert title(page).input_value() == "Pleno di aula"
    page.context.set_offline(False)
    expect(status).to_have_text("Sambungan kembali. Tulisan Anda dapat dikirim.")
    assert complaints == []

    # The phone believes in a signal that carries nothing.
    page.route("**/healthz/", lambda route: route.abort())
    send(page)
    expect(status).to_contain_text("Sambungan terputus.")
    page.unroute("**/healthz/")
    assert Article.objects.count() == 0
    assert [row["fields"]["title"] for row in records(page)] == ["Pleno di aula"]

    send(page)
    page.get_by_role("heading", name="Pleno di aula").wait_for()
    page.goto(f"{site}/admin/")
    page.get_by_role("heading", name="Meja redaksi").wait_for()
    expect(unsent(page)).to_be_hidden()
    assert records(page) == []
    assert Article.objects.get().revisions.count() == 1


def test_an_answer_lost_on_the_way_makes_no_second_article(
    signed_in, add_form, site, humas
):
    page = signed_in(humas)
    open_form(page, add_form)
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    type_story(page)

    # The server saves, and the page never hears of it.
    page.evaluate(
        """async () => {
          const form = document.getElementById("article_form");
          await fetch("", {
            method: "POST", body: new FormData(form), redirect: "manual",
          });
        }"""
    )
    assert Article.objects.count() == 1
    page.context.clear_cookies(name=re.compile("^tersimpan-"))

    again = page.context.new_page()
    open_form(again, add_form)
    button(again, "Pakai tulisan itu").click()
    expect(title(again)).to_have_value("Pleno di aula")
    title(again).fill("Pleno di aula besar")
    send(again, "Simpan dan teruskan menulis")
    again.wait_for_url("**/change/")
    assert title(again).input_value() == "Pleno di aula besar"
    article = Article.objects.get()
    assert article.title == "Pleno di aula besar"
    assert article.revisions.count() == 2
    assert notice(again).count() == 0


def test_the_same_form_sent_twice_at_once_makes_one_article(signed_in, add_form, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    type_story(page)
    addresses = page.evaluate(
        """async () => {
          const form = document.getElementById("article_form");
          const send = () => fetch("", { method: "POST", body: new FormData(form) });
          const answers = await Promise.all([send(), send(), send()]);
          return answers.map((answer) => answer.url);
        }"""
    )
    article = Article.objects.get()
    assert article.revisions.count() == 1
    assert {address.split("/")[-3] for address in addresses} == {str(article.pk)}


def test_the_session_expires_while_one_writes(signed_in, add_form, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    type_story(page)
    page.context.clear_cookies(name="sesi")
    send(page)
    page.get_by_label("Nama pengguna").fill(humas.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.wait_for_url(add_form)
    button(page, "Pakai tulisan itu").click()
    expect(title(page)).to_have_value("Pleno di aula")
    send(page)
    page.get_by_role("heading", name="Pleno di aula").wait_for()
    assert Article.objects.get().title == "Pleno di aula"


def test_a_newer_save_is_never_written_over_unseen(
    signed_in, site, write, humas, humas_two
):
    article = write(humas, "Judul awal", body="<p>Isi awal.</p>")
    page = signed_in(humas)
    open_form(page, change_form(site, article))
    title(page).fill("Judul dari ponsel")
    page.wait_for_timeout(KEPT)
    page.close()
    save_for(article, humas_two, title="Judul dari kantor")

    page = page.context.new_page()
    open_form(page, change_form(site, article))
    assert title(page).input_value() == "Judul dari kantor"
    assert "Sesudah itu Humas_Two menyimpan naskah ini." in notice(page).inner_text()
    button(page, "Pakai tulisan itu").click()
    expect(title(page)).to_have_value("Judul dari ponsel")
    send(page)
    clash = page.get_by_role("region", name="Bedanya tulisan Anda")
    clash.wait_for()
    assert "kantor" in clash.inner_text()
    assert Article.objects.get().title == "Judul dari kantor"
    assert [row["fields"]["title"] for row in records(page)] == ["Judul dari ponsel"]

    page.get_by_label("Saya sudah membandingkan").check()
    send(page)
    # The refused form has that heading too.
    page.wait_for_url("**/tinjau/")
    assert article.revisions.count() == 3
    page.goto(f"{site}/admin/")
    expect(unsent(page)).to_be_hidden()


def test_what_the_server_refused_is_still_kept(signed_in, add_form, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    type_story(page)
    send(page)
    page.get_by_text("Bidang ini tidak boleh kosong").wait_for()
    editor(page).wait_for()
    assert notice(page).count() == 0
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Selesai.")
    page.wait_for_timeout(KEPT)
    page.close()

    page = page.context.new_page()
    open_form(page, add_form)
    button(page, "Pakai tulisan itu").click()
    editor(page).get_by_text("Pleno dibuka pukul 09.00. Selesai.").wait_for()
    assert len(records(page)) == 1


def test_a_saved_text_is_forgotten_and_later_typing_is_not(
    signed_in, site, write, humas
):
    article = write(humas, "Judul awal", body="<p>Isi awal.</p>")
    page = signed_in(humas)
    open_form(page, change_form(site, article))
    title(page).fill("Judul kedua")
    page.wait_for_timeout(KEPT)
    send(page, "Simpan dan teruskan menulis")
    page.get_by_text("berhasil diubah").wait_for()
    editor(page).wait_for()
    page.wait_for_timeout(KEPT)
    assert records(page) == []
    assert notice(page).count() == 0

    # What is typed while the save is on its way belongs to the next one.
    def slowly(route):
        if route.request.method == "POST":
            time.sleep(KEPT / 1_000)
        route.continue_()

    page.route(change_form(site, article), slowly)
    page.evaluate(
        """document.getElementById("article_form").addEventListener("formdata", () => {
          setTimeout(() => {
            document.getElementById("id_title").value = "Judul keempat";
          }, 100);
        })"""
    )
    title(page).fill("Judul ketiga")
    send(page)
    page.get_by_role("heading", name="Judul ketiga").wait_for()
    page.goto(f"{site}/admin/")
    unsent(page).get_by_role("link", name="Judul keempat").click()
    page.wait_for_url(change_form(site, article))
    button(page, "Pakai tulisan itu").click()
    expect(title(page)).to_have_value("Judul keempat")
    send(page)
    page.get_by_role("heading", name="Judul keempat").wait_for()
    assert article.revisions.count() == 4


def test_typing_reverted_or_equal_to_the_saved_text_is_not_offered(
    signed_in, site, write, humas
):
    article = write(humas, "Judul awal", body="<p>Isi awal.</p>")
    page = signed_in(humas)
    open_form(page, change_form(site, article))
    title(page).fill("Judul lain")
    page.wait_for_timeout(KEPT)
    assert len(records(page)) == 1
    title(page).fill("Judul awal")
    page.wait_for_timeout(KEPT)
    assert records(page) == []

    title(page).fill("Judul lain")
    page.wait_for_timeout(KEPT)
    page.close()
    save_for(article, humas, title="Judul lain")
    page = page.context.new_page()
    open_form(page, change_form(site, article))
    page.wait_for_timeout(KEPT)
    assert notice(page).count() == 0
    assert records(page) == []


def test_two_tabs_keep_two_texts(signed_in, site, write, humas):
    article = write(humas, "Judul awal", body="<p>Isi awal.</p>")
    one = signed_in(humas)
    two = one.context.new_page()
    for page, words in ((one, "Judul tab satu"), (two, "Judul tab dua")):
        open_form(page, change_form(site, article))
        title(page).fill(words)
        page.wait_for_timeout(KEPT)
    one.close()
    two.close()

    page = one.context.new_page()
    open_form(page, change_form(site, article))
    assert notice(page).get_by_role("listitem").count() == 2
    # Typed before the choice: it is set aside, not lost.
    title(page).fill("Judul tab tiga")
    button(page, "Pakai tulisan itu “Judul tab satu”").click()
    expect(title(page)).to_have_value("Judul tab satu")
    names = notice(page).locator(".card-title").all_inner_texts()
    assert names == ["Judul tab dua", "Judul tab tiga"]


def test_nobody_else_on_the_phone_sees_it(
    signed_in, site, add_form, write, humas, humas_two
):
    article = write(humas, "Judul awal")
    page = signed_in(humas)
    open_form(page, add_form)
    type_story(page, "Rahasia")
    open_form(page, change_form(site, article))
    title(page).fill("Rahasia kedua")
    page.wait_for_timeout(KEPT)

    def enter(user):
        page.context.clear_cookies()
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        page.goto(f"{site}/admin/")
        page.get_by_label("Nama pengguna").fill(user.username)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        page.get_by_role("heading", name="Meja redaksi").wait_for()

    enter(humas_two)
    page.wait_for_timeout(KEPT)
    expect(unsent(page)).to_be_hidden()
    assert "Rahasia" not in page.content()
    for address in (add_form, change_form(site, article)):
        open_form(page, address)
        assert "Rahasia" not in page.content()

    enter(humas)
    expect(unsent(page).get_by_role("link")).to_have_text(["Rahasia kedua", "Rahasia"])


def test_the_desk_lists_and_discards(
    signed_in, complaints, site, add_form, write, humas
):
    page = signed_in(humas)
    open_form(page, add_form)
    type_story(page, "<img src=x onerror=alert(1)>")
    page.goto(f"{site}/admin/")
    section = page.get_by_role("region", name=HEADING)
    section.get_by_role("link", name="<img src=x").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    # The desk's own refresh leaves it where it is.
    write(humas, "Naskah dari kantor")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("link", name="Naskah dari kantor").wait_for()
    assert section.get_by_role("link").count() == 1

    button(section, "Buang").click()
    expect(button(section, "Batalkan")).to_be_focused()
    assert records(page) == []
    page.keyboard.press("Enter")
    section.get_by_role("link", name="<img src=x").wait_for()
    assert len(records(page)) == 1
    button(section, "Buang").click()
    button(section, "Batalkan").wait_for()
    page.reload()
    page.wait_for_timeout(KEPT)
    expect(unsent(page)).to_be_hidden()
    assert [said for said in complaints if "inline style" not in said] == []


def test_after_two_weeks_it_is_dropped(signed_in, site, add_form, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    type_story(page)
    [kept] = records(page)
    page.goto(f"{site}/admin/")
    for days, found in ((13, 1), (15, 0)):
        page.evaluate(
            "([record, days]) => window.unsent.keep("
            "{ ...record, at: Date.now() - days * 86400000 })",
            [kept, days],
        )
        page.reload()
        page.wait_for_timeout(KEPT)
        assert len(records(page)) == found


def test_neither_files_nor_tokens_are_kept(signed_in, add_form, picture, humas):
    page = signed_in(humas)
    open_form(page, add_form)
    page.get_by_label("Unggah foto sampul").set_input_files(
        {"name": "pleno.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    type_story(page)
    [kept] = records(page)
    assert kept["user"] == str(humas.pk)
    assert not {"cover_upload", "csrfmiddlewaretoken", "form_key"} & {*kept["fields"]}
    assert kept["fields"]["body"] == "<p>Pleno dibuka pukul 09.00.</p>"
