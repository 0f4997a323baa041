"""How pages behave in a browser: narrow, without JavaScript, by keyboard."""

import pytest

from news.models import Article
from tests.browser.conftest import beyond_the_editors

HOSTILE = """
<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">
<p style="color:red;__proto__:x"><span style="font-weight:700">Tebal</span>
<span style="font-style:italic">miring</span></p>
<p onclick="document.title='x'">Klik<script>document.title='x'</script></p>
<h1 style="font-size:40pt">Judul</h1></b>
"""


@pytest.fixture
def public(publish, humas, commissioner):
    table = "<table><tr>" + "<td>Kecamatan</td>" * 20 + "</tr></table>"
    return publish(
        humas,
        commissioner,
        "Pertanggungjawaban" * 6,
        body=f"<h2>Bagian</h2><p>Isi.</p>{table}",
        tags=["umum"],
    )


def test_nothing_is_wider_than_a_narrow_phone(site, opened, public, complaints):
    page = opened(width=320)
    address = public.edition.get_absolute_url()
    for path in ("/", "/berita/", address, "/kategori/opini/", "/akun/masuk/"):
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, path
    assert complaints == []


def test_staff_pages_are_no_wider_than_a_phone(site, signed_in, humas, public, write):
    page = signed_in(humas)
    draft = write(humas, "Draf")
    for path in (
        "/admin/",
        public.desk_url,
        draft.desk_url,
        "/admin/news/article/add/",
    ):
        page.goto(site + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, path


def test_everything_can_be_read_without_javascript(site, opened, public):
    page = opened(java_script_enabled=False)
    page.goto(f"{site}/")
    page.locator("article h2 a").first.click()
    assert "Isi." in page.locator("[itemprop=articleBody]").inner_text()
    assert page.get_by_role("link", name="WhatsApp").is_visible()
    assert not page.get_by_role("button", name="Salin").is_visible()


def test_an_article_is_written_without_javascript(site, signed_in, humas):
    page = signed_in(humas, java_script_enabled=False)
    page.goto(f"{site}/admin/news/article/add/")
    page.get_by_label("Judul:", exact=True).fill("Tanpa skrip")
    page.get_by_label("Isi:", exact=True).fill("<p>Ditulis tanpa skrip.</p>")
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    page.get_by_role("button", name="Simpan dan tinjau").click()
    page.wait_for_url("**/tinjau/")
    assert Article.objects.get().body == "<p>Ditulis tanpa skrip.</p>"
    page.get_by_role("button", name="Ajukan ke komisioner").click()
    page.get_by_text("Naskah diajukan.").wait_for()
    assert Article.objects.get().state == "diajukan"


def test_the_first_tab_skips_to_the_text(site, opened, public):
    page = opened()
    page.goto(f"{site}/berita/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == (
        "Langsung ke isi halaman"
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"


def test_a_paste_loses_its_styles_before_the_editor_sees_it(
    site, signed_in, complaints, humas
):
    page = signed_in(humas, width=1280)
    page.goto(f"{site}/admin/news/article/add/")
    editor = page.locator(".ck-editor__editable")
    editor.click()
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(".ck-editor__editable").dispatchEvent(
                new ClipboardEvent("paste", {
                    clipboardData: data, bubbles: true, cancelable: true,
                }),
            );
        }""",
        HOSTILE,
    )
    editor.get_by_text("Tebal").wait_for()
    pasted = page.evaluate("window.editors.id_body.getData()")
    assert "style=" not in pasted
    assert "onclick" not in pasted
    assert "<strong>Tebal</strong>" in pasted
    assert "<i>miring</i>" in pasted or "<em>miring</em>" in pasted
    assert "<strong>Klik" not in pasted
    assert page.title() != "x"
    # The policy reports the handler that it did not let run, when the paste is parsed.
    assert {
        said.split("Executing ")[-1][:20] for said in beyond_the_editors(complaints)
    } <= {"inline event handler"}


def test_a_topic_is_completed_by_keyboard(site, signed_in, humas, write):
    write(humas, tags=["Bakohumas", "data pemilih"])
    page = signed_in(humas, width=1280)
    page.goto(f"{site}/admin/news/article/add/")
    box = page.get_by_label("Topik:", exact=True)
    box.press_sequentially("baru, pemi")
    page.get_by_role("option", name="data pemilih").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "baru, data pemilih, "
