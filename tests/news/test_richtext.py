import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import nesting, richtext

PHOTO = f"/media/foto/{'a' * 64}.jpg"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<p>a <strong>b</strong> <em>c</em></p>",) * 2,
        ("<h2>a</h2><h3>b</h3>",) * 2,
        ('<ul><li>a</li></ul><ol start="3"><li>b</li></ol>',) * 2,
        ("<blockquote><p>a</p></blockquote>",) * 2,
        (
            f'<figure class="image"><img src="{PHOTO}" alt="x"><figcaption>y'
            "</figcaption></figure>",
        )
        * 2,
        (
            '<figure class="table"><table><thead><tr><th scope="col">a</th></tr>'
            '</thead><tbody><tr><td colspan="2">b</td></tr></tbody></table></figure>',
        )
        * 2,
        ('<oembed url="https://www.youtube.com/watch?v=abcdefghijk"></oembed>',) * 2,
        ("<h1>a</h1>", "<h2>a</h2>"),
        (
            "<table><caption>k</caption><tr><td>a</td></tr></table>",
            '<figure class="table"><table><tbody><tr><td>a</td></tr></tbody></table>'
            "<figcaption>k</figcaption></figure>",
        ),
        ("<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a</p><p>&nbsp;</p><p><br></p>", "<p>a</p>"),
        ("<p>a&nbsp;b\u00a0c</p>", "<p>a b c</p>"),
        (
            '<p style="color:red" class="MsoNormal" id="x" onclick="y()">a</p>',
            "<p>a</p>",
        ),
        ('<li data-list-item-id="e4f">a</li>', "<li>a</li>"),
        (
            '<p title="x" lang="id"><a href="/a" TITLE=y>a</a></p>',
            '<p><a href="/a" rel="noopener noreferrer">a</a></p>',
        ),
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<p>e\u0301</p>", "<p>é</p>"),
        ("<p>a\u202eb\u200bc\x00d</p>", "<p>abcd</p>"),
        ("<p>a\ud800b\udfffc\ufffed\uffff</p>", "<p>abcd</p>"),
    ],
)
def test_what_stays_of_a_body(source, kept):
    assert richtext.clean(source) == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "http:evil",
        "ftp://evil.example/",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_leads_astray_loses_its_address(address):
    assert (
        richtext.clean(f'<p><a href="{address}">x</a></p>')
        == '<p><a rel="noopener noreferrer">x</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    ["https://kpu.go.id/x?a=1#b", "http://kpu.go.id", "mailto:a@kpu.go.id", "tel:112"]
    + ["/berita/1/judul/", "#bagian", "?page=2", "berkas.pdf"],
)
def test_an_honest_link_stays(address):
    assert richtext.clean(f'<a href="{address}">x</a>') == (
        f'<a href="{address}" rel="noopener noreferrer">x</a>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "data:image/png;base64,AAAA",
        "/static/img/emblem.svg",
        "/media/foto/../../x.jpg",
        f"{PHOTO}?x",
        f"/media/foto/{'a' * 64}.svg",
    ],
)
def test_a_picture_from_elsewhere_goes(address):
    assert richtext.clean(f'<p>a<img src="{address}" alt="x"></p>') == "<p>a</p>"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abcdefghij",
        "https://www.youtube.com.evil.example/watch?v=abcdefghijk",
        "https://vimeo.com/1",
        "javascript:abcdefghijk",
    ],
)
def test_a_video_from_elsewhere_loses_its_address(address):
    assert "url=" not in richtext.clean(f'<oembed url="{address}"></oembed>')


pieces = st.sampled_from(
    [
        "<",
        ">",
        "</",
        "p",
        "h1",
        "b",
        "script",
        "svg",
        "math",
        "style",
        "a",
        "img",
        "table",
    ]
    + ["tr", "td", "figure", "li", "ul", "br", "template", "noscript", "textarea", " "]
    + [
        "href=",
        "src=",
        "onerror=",
        "style=",
        '"',
        "'",
        "javascript:",
        "//x",
        "&",
        "&lt;",
    ]
    + ["<!--", "-->", "<![CDATA[", "]]>", "\x00", "\u202e", "x", "\n", "/", "=", ";"]
    + [PHOTO, ' class="image"', "<p style='mso-list:l0 level2 lfo1'>", "<ul>", "</ul>"]
    + ["<span style='mso-list:Ignore'>", "<b style=font-weight:normal>", "</b>", "1."]
    + ["<oembed url=https://youtu.be/abcdefghijk>", "</oembed>", "</li>", "<li>", "*x*"]
    + [
        "&#x301;",
        "&nbsp;",
        "<br>",
        "\n\n",
        '<figure class="media">',
        "<p class=MsoTitle>",
    ]
    + ["&#x6a;", "<p>", "</p>", "<table>", "<td>", "<h1>"]
)


@given(st.lists(pieces, max_size=40).map("".join) | st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once_and_leaves_no_script(source):
    once = richtext.clean(source)
    assert richtext.clean(once) == once
    tags = re.findall(r"<[^>]*>", once.lower())
    for hostile in ("<script", "<svg", "<math", "<style", " on", " style="):
        assert [tag for tag in tags if hostile in tag] == []


@pytest.mark.parametrize(
    "opening",
    [
        *("<b>", "<em><b>", "<ul>", "<ul><li><p>", "<blockquote>", "<pre>", "<div>"),
        *("<table>", "<table><td>", "<figure>", "<p style=''><ul><li>", "<b style=''>"),
        *("<b><!--</b>-->", "<i title='</i>'>", "<x><u>", "<a href=/><sub>"),
    ],
)
def test_what_is_nested_beyond_reason_becomes_shallow(opening):
    once = richtext.clean(f"<p>a</p>{opening * 5000}b")
    assert richtext.clean(once) == once
    assert richtext.text(once) == "a b"
    depth = deepest = 0
    for tag in re.findall(r"<(?!br|hr|img)/?[a-z]", once):
        depth += -1 if tag.startswith("</") else 1
        deepest = max(deepest, depth)
    assert deepest <= 5 * nesting.DEEPEST


def test_a_list_as_deep_as_people_write_keeps_every_level():
    body = "<ul><li>a" * 30 + "</li></ul>" * 30
    assert richtext.clean(body) == body


def test_text_of_a_body_is_its_blocks_in_order():
    body = richtext.clean(
        "<h2>Satu</h2><p>dua<br>tiga &amp; empat</p><ul><li>lima</li></ul>"
    )
    assert richtext.lines(body) == ["Satu", "dua", "tiga & empat", "lima"]
    assert richtext.text(body) == "Satu dua tiga & empat lima"
    assert richtext.word_count(body) == 6


def test_plain_text_becomes_paragraphs_and_nothing_else():
    assert richtext.from_text("a <b>\n\nc\nd\n\n\n") == (
        "<p>a &lt;b&gt;</p><p>c<br>d</p>"
    )


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("plain & text", "<p>plain &amp; text</p>"),
        ("a < b, \"c\" 'd'", "<p>a &lt; b, \"c\" 'd'</p>"),
        ("satu\r\ndua\r\n\r\ntiga", "<p>satu<br>dua</p><p>tiga</p>"),
        ("  \n\n ", ""),
        ("<b></b>x &amp; y", "<p>x &amp; y</p>"),
        ("a<script>b</script>", "<p>a</p>"),
        ("*tebal* _miring_ ~coret~", "<p>tebal miring coret</p>"),
        ("(*a*), _b_. *_c_* ~*d*~!", "<p>(a), b. c d!</p>"),
        ("```mono\ndua```", "<p>mono<br>dua</p>"),
        ("Diteruskan\nIsi", "<p>Isi</p>"),
        ("Diteruskan berkali-kali\nIsi", "<p>Isi</p>"),
        ("Surat diteruskan\nIsi", "<p>Surat diteruskan<br>Isi</p>"),
        ("[31/01/22 10.15] Nama: Isi", "<p>Isi</p>"),
        (
            "[10.15, 31/1/2022] A: satu\n[10.16, 31/1/2022] B: dua",
            "<p>satu</p><p>dua</p>",
        ),
    ],
)
def test_a_body_without_a_tag_is_plain_text(source, kept):
    assert richtext.clean(source) == kept
    assert richtext.clean(kept) == kept


@pytest.mark.parametrize(
    "text",
    [
        "5 * 3 * 2",
        "5*3*2",
        "snake_case_name",
        "10_000_000",
        "a_b_c@kpu.go.id _humas_@kpu.go.id",
        "https://kpu.go.id/_a_/b_c?d=*e*&f=~g~",
        "www.kpu.go.id/_a_",
        "* satu",
        "*) catatan *) kedua",
        "Nama: ________",
        "~5 km sampai ~7 km",
        "[1] Catatan: isi",
    ],
)
def test_what_only_looks_like_a_mark_stays(text):
    assert richtext.text(richtext.clean(text)) == text


def test_word_keeps_its_structure():
    source = """<head><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0} --></style></head>
<p class=MsoTitle>Judul</p><h1 style='mso-list:l2 level1 lfo1'>Bagian<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Tebal</b>, <i>miring</i></p>
<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:"Arial"'><span style='mso-list:Ignore'>3.<span
style='font:7.0pt "Times"'>&nbsp; </span></span></span><![endif]>Tiga</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>Anak</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>4.</span>Empat</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·</span>Lain</p>
<p class=MsoNormal>Sesudah <a href="https://kpu.go.id" style='x'>tautan</a></p>
<table class=MsoTableGrid><tr><td style='width:1pt'><p class=MsoNormal><b>A</b></p></td>
</tr></table>"""
    once = richtext.clean(source)
    assert "".join(once.splitlines()) == (
        "<h2>Judul</h2><h2>Bagian</h2><p><strong>Tebal</strong>, <em>miring</em></p>"
        '<ol start="3"><li>Tiga<ul><li>Anak</li></ul></li><li>Empat</li></ol>'
        '<ul><li>Lain</li></ul><p>Sesudah <a href="https://kpu.go.id" '
        'rel="noopener noreferrer">tautan</a></p><figure class="table"><table><tbody>'
        "<tr><td><strong>A</strong></td></tr></tbody></table></figure>"
    )
    assert richtext.clean(once) == once


def test_google_docs_keeps_its_structure():
    source = """<meta charset="utf-8"><b style="font-weight:normal;" id="docs-1"><h1
style="x"><span style="font-weight:400">Judul</span></h1><p dir="ltr"><span
style="font-weight:700;font-style:normal;__proto__:x">tebal</span> <span
style="font-style:italic">miring</span> <span
style="text-decoration:line-through">batal</span></p><br /><ul><li style="x"><p>A</p>
</li><ul><li><p>B</p></li></ul><li><p>C</p></li></ul></b><br class="Apple-x">"""
    once = richtext.clean(source)
    assert once == (
        "<h2>Judul</h2><p><strong>tebal</strong> <em>miring</em> <s>batal</s></p>"
        "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>"
    )
    assert richtext.clean(once) == once


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abcdefghijk",
        "https://m.youtube.com/watch?app=desktop&amp;v=abcdefghijk&amp;t=3s",
        "https://youtu.be/abcdefghijk?si=x_y",
        "https://youtube.com/shorts/abcdefghijk",
        "http://www.youtube.com/live/abcdefghijk?feature=share",
    ],
)
def test_a_video_is_stored_by_one_address(address):
    body = richtext.clean(f'<figure class="media"><oembed url="{address}">x</oembed>')
    assert body.startswith(
        '<figure class="media"><oembed '
        'url="https://www.youtube.com/watch?v=abcdefghijk"></oembed>'
    )
    assert richtext.clean(body) == body


def test_a_video_without_an_address_leaves_nothing():
    source = (
        '<p>a</p><figure class="media"><oembed url="https://x.id/"></oembed></figure>'
    )
    assert richtext.clean(source) == "<p>a</p>"


def test_a_video_is_shown_as_a_link_and_no_frame():
    shown = richtext.display(
        richtext.clean('<oembed url="https://youtu.be/abcdefghijk"></oembed>')
    )
    assert 'data-video="abcdefghijk"' in shown
    assert (
        'href="https://www.youtube.com/watch?v=abcdefghijk" class="external"' in shown
    )
    for asked in ("<iframe", "<oembed", "src="):
        assert asked not in shown


@pytest.mark.parametrize(
    ("address", "leaves"),
    [
        ("https://bawaslu.go.id/x?a=1&amp;b=2", True),
        ("http://kpu.contoh.id@evil.example/", True),
        ("https://kpu.contoh.id.evil.example/", True),
        ("https://℀@kpu.contoh.id/", True),
        ("https://kpu.contoh.id/berita/", False),
        ("http://KPU.contoh.id", False),
        ("/berita/", False),
        ("#bagian", False),
        ("mailto:a@kpu.go.id", False),
        ("tel:112", False),
    ],
)
def test_a_link_that_leaves_the_site_says_so(address, leaves):
    body = richtext.clean(f'<p><a href="{address}">x <em>y</em></a></p>')
    shown = richtext.display(body, "kpu.contoh.id")
    assert ('class="external"' in shown) == leaves
    assert shown.count("(situs lain)</span></a>") == leaves
    assert leaves or shown == body


def test_a_line_of_plain_text_is_one_line():
    assert richtext.plain(" a\u00a0\u200b b\r\n\tc\x07 ") == "a b c"


def test_a_table_can_be_scrolled_by_keyboard():
    for source in ("<table><tr><td>a</td></tr></table>",) * 2:
        shown = richtext.display(richtext.clean(source))
        assert shown.count('<figure class="table" tabindex="0"') == 1
        assert shown.endswith("</table></figure>")


def test_a_large_body_is_cleaned_in_little_time():
    body = "<p>" + "<b>x</b> " * 20_000 + "</p>"
    assert richtext.clean(body).count("<strong>") == 20_000
