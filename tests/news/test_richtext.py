import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import richtext

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
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<p>e\u0301</p>", "<p>é</p>"),
        ("<p>a\u202eb\u200bc\x00d</p>", "<p>abcd</p>"),
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
    + [PHOTO, ' class="image"', "&#x6a;", "<p>", "</p>", "<table>", "<td>", "<h1>"]
)


@given(st.lists(pieces, max_size=40).map("".join) | st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once_and_leaves_no_script(source):
    once = richtext.clean(source)
    assert richtext.clean(once) == once
    tags = re.findall(r"<[^>]*>", once.lower())
    for hostile in ("<script", "<svg", "<math", "<style", " on", " style="):
        assert [tag for tag in tags if hostile in tag] == []


def test_text_of_a_body_is_its_blocks_in_order():
    body = richtext.clean(
        "<h2>Satu</h2><p>dua<br>tiga &amp; empat</p><ul><li>lima</li></ul>"
    )
    assert richtext.lines(body) == ["Satu", "dua", "tiga & empat", "lima"]
    assert richtext.text(body) == "Satu dua tiga & empat lima"
    assert richtext.word_count(body) == 6


def test_plain_text_becomes_paragraphs_and_nothing_else():
    assert richtext.from_text("a <b>\n\nc\nd\n\n\n") == "<p>a &lt;b&gt;</p><p>c d</p>"


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
