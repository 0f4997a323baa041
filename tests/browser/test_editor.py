"""What goes into the editor: pasted text, videos and pictures, and what comes out."""

import re
from urllib.parse import urlsplit

import pytest

from news.models import Article
from tests.browser.conftest import beyond_the_editors

PROTO = """
<p style="__proto__:x;constructor:y;color:red" class="a" id="b" lang="id">Satu</p>
<p style="__proto__.polluted:1"><span style="__PROTO__:{};font-weight:bold">Dua</span>
<span style='-ms-x:"__proto__";font-style:italic' onmouseover="document.title='x'">tiga
</span></p><table style="__proto__:x"><tr style="hasOwnProperty:1"><td
style="border-__proto__:1px;width:__proto__">empat</td></tr></table>
"""

GOOGLE_DOCS = """
<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-5f">
<h1 dir="ltr" style="line-height:1.38"><span style="font-weight:400">Judul</span></h1>
<p dir="ltr" style="x:y"><span style="font-weight:400">Biasa </span>
<span style="font-weight:700;font-style:italic">tebal miring</span>
<a href="https://kpu.go.id/a" style="text-decoration:none"><span
style="text-decoration:underline;font-weight:400">tautan</span></a></p><br />
<ul style="margin:0"><li dir="ltr" style="font-weight:400" aria-level="1"><p dir="ltr">
<span>Luar</span></p></li><ul><li dir="ltr" aria-level="2"><p><span>Dalam</span></p>
</li></ul><li dir="ltr"><p><span>Luar lagi</span></p></li></ul></b>
"""

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; margin:0} --></style></head><body>
<!--StartFragment--><h1>Bagian<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span
style='font-family:"Arial",sans-serif'>Tebal</span></b> dan <i>miring</i></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>3.<span style='font:7.0pt "Times"'>&nbsp;
&nbsp;</span></span><![endif]>Tiga</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><!--[if
!supportLists]--><span style='mso-list:Ignore'>o<span>&nbsp;</span></span><!--[endif]-->
Anak</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>4.</span>Empat</p>
<p class=MsoNormal>Sesudah daftar</p>
<table class=MsoTableGrid border=1 style='border:none'><tr><td width=99 valign=top
style='width:1pt'><p class=MsoNormal><b>TPS</b></p></td><td><p
class=MsoNormal>1.234</p></td></tr></table><!--EndFragment--></body></html>
"""

WHATSAPP = """Diteruskan
[31/01/22 10.15] Humas: *Pleno _terbuka_* pukul ~09.00~
Anggaran 5 * 3 * 2, data_pemilih, a_b@kpu.go.id, https://kpu.go.id/_a_/b_c

```Tempat``` menyusul"""

VIDEO = "https://youtu.be/abcdefghijk?si=xyz"


@pytest.fixture
def editing(site, signed_in, humas):
    """Return a page with an empty editor in it, and the editor's text area."""
    page = signed_in(humas, width=1280)
    page.goto(f"{site}/admin/news/article/add/")
    editor = page.locator(".ck-editor__editable")
    editor.click()
    return page, editor


def paste(page, text, kind="text/html"):
    page.evaluate(
        """([kind, text]) => {
            const data = new DataTransfer();
            data.setData(kind, text);
            document.querySelector(".ck-editor__editable").dispatchEvent(
                new ClipboardEvent("paste", {
                    clipboardData: data, bubbles: true, cancelable: true,
                }),
            );
        }""",
        [kind, text],
    )


def written(page):
    data = page.evaluate("window.editors.id_body.getData()")
    return re.sub(r' data-list-item-id="\w+"', "", data)


def save(page):
    page.get_by_label("Judul:", exact=True).fill("Judul naskah")
    page.get_by_label("Kategori:", exact=True).select_option(label="Siaran Pers")
    page.get_by_role("button", name="Simpan dan tinjau").click()
    page.get_by_role("heading", name="Judul naskah").wait_for()
    return Article.objects.get()


def leaving(page, site):
    """Refuse every request to another host, and return the list of them."""
    others = []

    def judge(route):
        address = route.request.url
        if urlsplit(address).netloc == urlsplit(site).netloc:
            route.continue_()
        else:
            others.append(address)
            route.abort()

    page.context.route("**/*", judge)
    return others


def test_no_style_reaches_the_engine(editing, complaints):
    page, editor = editing
    page.evaluate(
        """() => {
            window.seen = [];
            window.editors.id_body.plugins.get("ClipboardPipeline").on(
                "inputTransformation", (event, data) => {
                    const processor = window.editors.id_body.data.htmlProcessor;
                    window.seen.push(processor.toData(data.content));
                }, { priority: "highest" },
            );
        }"""
    )
    paste(page, PROTO)
    editor.get_by_text("empat").wait_for()
    (seen,) = page.evaluate("window.seen")
    assert "empat" in seen
    for hostile in ("style", "proto", "class=", "id=", "onmouse", "hasOwn"):
        assert hostile not in seen
    assert "<strong>Dua</strong>" in written(page)
    assert page.evaluate("({}).polluted") is None
    assert page.title() != "x"
    assert {
        said.split("Executing ")[-1][:20] for said in beyond_the_editors(complaints)
    } <= {"inline event handler"}


def test_google_docs_keeps_its_structure(editing):
    page, editor = editing
    paste(page, GOOGLE_DOCS)
    editor.get_by_text("Luar lagi").wait_for()
    pasted = written(page)
    assert "<h2>Judul</h2>" in pasted
    assert '<a href="https://kpu.go.id/a">tautan</a>' in pasted
    assert "<ul><li>Luar<ul><li>Dalam</li></ul></li><li>Luar lagi</li></ul>" in pasted
    assert "Biasa <i><strong>tebal miring</strong></i>" in pasted
    assert pasted.count("<strong>") == 1
    body = save(page).body
    assert "<em><strong>tebal miring</strong></em>" in body
    assert "<ul><li>Luar<ul><li>Dalam</li></ul></li><li>Luar lagi</li></ul>" in body


def test_word_keeps_its_lists_and_its_table(editing):
    page, editor = editing
    paste(page, WORD)
    editor.get_by_text("Sesudah daftar").wait_for()
    pasted = written(page)
    assert "<h2>Bagian</h2>" in pasted
    assert "<strong>Tebal</strong> dan <i>miring</i>" in pasted
    assert "Normal" not in pasted
    body = save(page).body
    assert (
        '<ol start="3"><li>Tiga<ul><li>Anak</li></ul></li><li>Empat</li></ol>'
        "<p>Sesudah daftar</p>"
    ) in body
    assert "<tr><td><strong>TPS</strong></td><td>1.234</td></tr>" in body


def test_whatsapp_loses_its_marks_and_keeps_its_paragraphs(editing):
    page, editor = editing
    paste(page, WHATSAPP, "text/plain")
    editor.get_by_text("menyusul").wait_for()
    assert written(page) == (
        "<p>Pleno terbuka pukul 09.00<br>Anggaran 5 * 3 * 2, data_pemilih, "
        "a_b@kpu.go.id, https://kpu.go.id/_a_/b_c</p><p>Tempat menyusul</p>"
    )


def test_whatsapp_without_javascript(site, signed_in, humas):
    page = signed_in(humas, java_script_enabled=False)
    page.goto(f"{site}/admin/news/article/add/")
    page.get_by_label("Isi:", exact=True).fill(WHATSAPP)
    assert save(page).body == (
        "<p>Pleno terbuka pukul 09.00<br>Anggaran 5 * 3 * 2, data_pemilih, "
        "a_b@kpu.go.id, https://kpu.go.id/_a_/b_c</p><p>Tempat menyusul</p>"
    )


def test_a_video_is_stored_and_asks_nobody_before_it_is_played(
    site, editing, opened, publish, commissioner, humas, complaints
):
    page, editor = editing
    others = leaving(page, site)
    editor.press_sequentially("Videonya:")
    page.get_by_role("button", name="Sisipkan media").first.click()
    page.locator(".ck-media-form input").fill(VIDEO)
    page.keyboard.press("Enter")
    page.locator(".ck-editor__editable figure.media").wait_for()
    stored = (
        '<p>Videonya:</p><figure class="media"><oembed '
        'url="https://www.youtube.com/watch?v=abcdefghijk"></oembed></figure>'
    )
    article = save(page)
    assert article.body == stored

    box = page.locator(".video")
    assert box.bounding_box()["height"] > 150
    assert box.get_by_role("link", name="Buka videonya (situs lain)").is_visible()
    policy = page.request.get(page.url).headers["content-security-policy"]
    assert "frame-src https://www.youtube-nocookie.com;" in f"{policy};"

    page.goto(f"{site}/admin/news/article/{article.pk}/change/")
    page.locator(".ck-editor__editable figure.media").wait_for()
    assert written(page) == stored
    assert save(page).revisions.count() == 1
    assert others == []

    public = publish(humas, commissioner, "Tayang", body=stored)
    reader = opened()
    others = leaving(reader, site)
    reader.goto(site + public.edition.get_absolute_url())
    play = reader.get_by_role("button", name="Putar video")
    before = reader.locator(".video").bounding_box()
    assert before["height"] > 150
    assert others == []
    assert reader.locator("iframe").count() == 0
    play.focus()
    reader.keyboard.press("Enter")
    frame = reader.locator("iframe")
    frame.wait_for()
    address = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"
    assert frame.get_attribute("src") == address
    assert frame.get_attribute("title") == "Video YouTube"
    assert frame.get_attribute("allow") == "fullscreen; autoplay"
    assert frame.evaluate("frame => frame === document.activeElement")
    assert reader.locator(".video").bounding_box() == before
    reader.wait_for_timeout(300)
    assert others == [address]
    assert [
        said
        for said in beyond_the_editors(complaints)
        if "inline style" not in said and "ERR_FAILED" not in said
    ] == []


def test_a_video_is_a_link_without_javascript(
    site, opened, publish, humas, commissioner
):
    body = '<figure class="media"><oembed url="https://youtu.be/abcdefghijk"></oembed>'
    public = publish(humas, commissioner, body=f"<p>Isi.</p>{body}</figure>")
    reader = opened(java_script_enabled=False)
    others = leaving(reader, site)
    reader.goto(site + public.edition.get_absolute_url())
    assert reader.get_by_role("button", name="Putar video").count() == 0
    assert others == []
    # The link covers the poster.
    reader.locator(".video-poster").click(force=True)
    assert others == ["https://www.youtube.com/watch?v=abcdefghijk"]


def test_a_link_to_another_site_says_so(site, opened, publish, humas, commissioner):
    public = publish(
        humas,
        commissioner,
        body=f'<p><a href="https://bawaslu.go.id/">Bawaslu</a>, <a href="{site}/berita/'
        '">berita</a>, <a href="/cari/">cari</a>, <a href="tel:112">112</a>.</p>',
    )
    reader = opened()
    reader.goto(site + public.edition.get_absolute_url())
    prose = reader.locator(".prose")
    assert prose.locator("a.external").count() == 1
    link = prose.get_by_role("link", name="Bawaslu (situs lain)", exact=True)
    mark = link.evaluate("node => getComputedStyle(node, '::after').content")
    assert "↗" in mark
    assert prose.get_by_role("link", name="berita", exact=True).is_visible()


def test_an_uploaded_picture_asks_for_its_words(editing, picture):
    page, editor = editing
    editor.press_sequentially("Isi.")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("gambar", re.I)).first.click()
    chooser.value.set_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    described = page.locator(".ck-text-alternative-form input")
    described.wait_for()
    assert described.evaluate("input => input === document.activeElement")
    described.fill("Ruang pleno")
    page.keyboard.press("Enter")
    caption = editor.locator("figcaption")
    assert caption.get_attribute("data-placeholder") == "Tambahkan deskripsi gambar"
    caption.click()
    page.keyboard.type("Pleno di Serang.")
    body = save(page).body
    assert re.search(
        r'<figure class="image"><img src="/media/foto/\w+\.jpg" [^>]*'
        r'alt="Ruang pleno"><figcaption>Pleno di Serang\.</figcaption></figure>',
        body,
    )
