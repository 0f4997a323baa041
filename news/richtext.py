"""The one policy for rich text: what a body may hold, and how it becomes safe.

Pure functions on strings; nothing here knows of models or requests. `clean` is applied
on every write by `Article.save()`, so each other module may take a body for clean.
"""

import html
import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import nh3
from django.utils.safestring import SafeString, mark_safe

from news.nesting import shallow
from news.pasting import structured, without_marks

HEADINGS = {"h2", "h3", "h4"}
BLOCKS = HEADINGS | {
    "p",
    "li",
    "blockquote",
    "pre",
    "figcaption",
    "caption",
    "td",
    "th",
}
TAGS = BLOCKS | {
    *("br", "hr", "strong", "em", "u", "s", "sub", "sup", "code", "ul", "ol", "a"),
    *("img", "figure", "table", "thead", "tbody", "tfoot", "tr", "oembed"),
}
ATTRIBUTES = {
    # Of every element; left out, nh3 would keep `title` and `lang`.
    "*": set(),
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "oembed": {"url"},
}
CLASSES = {"figure": {"image", "table", "media"}}
# Their text is code or another document's, never something that someone wrote to read.
DROPPED_WITH_CONTENT = {
    *("script", "style", "svg", "math", "noscript", "template", "iframe", "object"),
    *("embed", "applet", "audio", "video", "canvas", "select", "textarea", "title"),
    *("xmp", "plaintext", "noembed", "noframes", "frameset", "xml"),
}
SCHEMES = {"http", "https", "mailto", "tel"}

# What word processors and old pages write for the same thing. Applied before the
# policy, so whatever it makes of hostile text is cleaned afterwards.
SYNONYMS = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "div": "p",
}
_SYNONYM = re.compile(rf"<(/?)({'|'.join(SYNONYMS)})(?=[\s/>])", re.IGNORECASE)

_OWN_PICTURE = re.compile(
    r"/media/foto/([0-9a-f]{64})(?:-[0-9]{3,4})?\.(?:jpg|png|gif|webp)"
)
# Every form in which YouTube gives the address of a video; one of them is stored.
_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#\s]*&)?v=|shorts/|live/"
    r"|embed/)|youtu\.be/)([A-Za-z0-9_-]{11})(?:[?&#/]\S*)?"
)
_YOUTUBE_STORED = "https://www.youtube.com/watch?v="
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_ABSOLUTE_LINK = re.compile(r"(?:https?://[^/\\]|mailto:|tel:)", re.IGNORECASE)
_RELATIVE_LINK = re.compile(r"(?:/(?![/\\])|[#?]|[\w.-]+(?:[/?#]|$))")

# nh3 writes every attribute in double quotes, so a tag ends where this says.
_ATTRIBUTES = r'(?:\s+[a-z-]+="[^"]*")*'
_PICTURE = re.compile(rf"<img{_ATTRIBUTES}\s*/?>")
_FIGURE = re.compile(
    rf'<figure class="image">(<img{_ATTRIBUTES}\s*/?>)'
    r"(?:<figcaption>(.*?)</figcaption>)?</figure>",
    re.DOTALL,
)
_DIGEST = re.compile(r' src="/media/foto/([0-9a-f]{64})')
_ALT = re.compile(r' alt="([^"]*)"')
_EMPTY = re.compile(r"<(p|h2|h3|h4|figcaption|strong|em)>(?:\s|<br>)*</\1>")
_EMPTY_FIGURE = re.compile(r'<figure(?: class="[a-z ]*")?>\s*</figure>')
_BLOCK_END = re.compile(rf"</(?:{'|'.join(sorted(BLOCKS))})>|<br>|<hr>")
# What is the only paragraph of a cell or an item is written without one by the editor.
_LONE_PARAGRAPH = re.compile(
    r"(<(?:td|th|li)(?: [^>]*)?>)\s*<p>((?:(?!</?p>).)*)</p>\s*"
    r"(?=</(?:td|th|li)>|<[uo]l)",
    re.DOTALL,
)
# Google Docs parts paragraphs by a break between them, which is one too many.
_STRAY_BREAK = re.compile(
    r"(</(?:p|h2|h3|h4|ul|ol|blockquote|figure|pre)>)(?:\s*<br>)+"
)
_VIDEO_END = re.compile(r"</oembed>|<oembed>")
_VIDEO = re.compile(r'<oembed url="([^"]*)">')
_VIDEO_SHOWN = re.compile(
    rf'<oembed url="{re.escape(_YOUTUBE_STORED)}([A-Za-z0-9_-]{{11}})"></oembed>'
)
_OTHER_SITE = re.compile(r'<a href="(https?://[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_TABLE_FIGURE = re.compile(r'<figure class="table">')
# A table that holds no other, outside a figure; its caption, where it has one.
_BARE_TABLE = re.compile(
    r"(?<!<figure class=\"table\">)<table>"
    r"(?:<caption>((?:(?!</caption>).)*)</caption>)?"
    r"((?:(?!</?table>).)*)</table>",
    re.DOTALL,
)

# Characters that change how text looks without being seen: C0 and C1 controls but for
# tab and line ends, zero-width space and byte order mark, and the bidi overrides. And
# halves of a character, and what Unicode says is none, which no file can hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_ANY_TAG = re.compile(r"<[a-z/!?]", re.IGNORECASE)


def _href(value: str) -> str | None:
    link = value.strip()
    if "\\" in link or any(ord(char) <= 32 for char in link):
        return None
    if _ABSOLUTE_LINK.match(link) or _RELATIVE_LINK.match(link):
        return link
    return None


def _matching(pattern: re.Pattern):
    return lambda value: value if pattern.fullmatch(value) else None


def _video(value: str) -> str | None:
    found = _YOUTUBE.fullmatch(value.strip())
    return _YOUTUBE_STORED + found[1] if found else None


_ATTRIBUTE_RULES = {
    ("a", "href"): _href,
    ("img", "src"): _matching(_OWN_PICTURE),
    ("img", "width"): _matching(_NUMBER),
    ("img", "height"): _matching(_NUMBER),
    ("img", "alt"): str.strip,
    ("ol", "start"): _matching(_NUMBER),
    ("td", "colspan"): _matching(_NUMBER),
    ("td", "rowspan"): _matching(_NUMBER),
    ("th", "colspan"): _matching(_NUMBER),
    ("th", "rowspan"): _matching(_NUMBER),
    ("th", "scope"): _matching(re.compile(r"row|col|rowgroup|colgroup")),
    ("oembed", "url"): _video,
}


def _attribute(tag: str, name: str, value: str) -> str | None:
    rule = _ATTRIBUTE_RULES.get((tag, name))
    return rule(value) if rule else value


def _sanitise(source: str) -> str:
    return nh3.clean(
        source,
        tags=TAGS,
        clean_content_tags=DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _tidy(source: str) -> str:
    """Drop pictures and videos without an address and elements that hold nothing."""
    source = _PICTURE.sub(
        lambda tag: tag[0] if ' src="' in tag[0] else "", source.replace("&nbsp;", " ")
    )
    source = _VIDEO.sub(r"\g<0></oembed>", _VIDEO_END.sub("", source))
    source = _LONE_PARAGRAPH.sub(r"\1\2", _STRAY_BREAK.sub(r"\1", source))
    source = _BARE_TABLE.sub(_in_figure, source)
    before = None
    while before != source:
        before = source
        source = _EMPTY_FIGURE.sub("", _EMPTY.sub("", source))
    return source


def _in_figure(table: re.Match) -> str:
    """Write a table as the editor does, so that opening it there changes nothing."""
    caption = f"<figcaption>{table[1]}</figcaption>" if table[1] else ""
    return f'<figure class="table"><table>{table[2]}</table>{caption}</figure>'


def clean(source: str) -> str:
    """Return the body as it may be stored: allowed elements only, NFC, no styles.

    Takes any text and never fails; idempotent, `clean(clean(x)) == clean(x)`, so a text
    that is saved unchanged keeps its digest. A source without any tag is plain text, as
    typed where no editor runs. Policy: OWASP XSS prevention through ammonia (nh3), with
    links, pictures and videos narrowed to known addresses.
    """
    cleaned = source if _ANY_TAG.search(_characters(source)) else from_text(source)
    # Taking an element away can bring two others together; settle before storing.
    for _ in range(5):
        before, cleaned = cleaned, _once(cleaned)
        if cleaned == before:
            break
    else:
        cleaned = "".join(f"<p>{_escape(line)}</p>" for line in lines(cleaned))
    return cleaned if "<" in cleaned else from_text(html.unescape(cleaned))


def _once(source: str) -> str:
    source = shallow(structured(_characters(source)), TAGS)
    source = shallow(_sanitise(_SYNONYM.sub(_synonym, source)), TAGS)
    return _tidy(source).strip()


def _escape(text: str) -> str:
    """Write text as nh3 does, which leaves quotation marks alone."""
    return html.escape(text, quote=False)


def _synonym(tag: re.Match) -> str:
    return f"<{tag[1]}{SYNONYMS[tag[2].lower()]}"


def _characters(source: str) -> str:
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    source = _INVISIBLE.sub("", unicodedata.normalize("NFC", source))
    return source.replace("\u00a0", " ")


def paragraphs(source: str) -> str:
    """Return plain text with its line ends: NFC, invisible characters gone."""
    return _characters(source).strip()


def plain(source: str) -> str:
    """Return one line of plain text: NFC, invisible characters gone, spaces single."""
    return " ".join(_SPACES.sub(" ", _characters(source)).split())


def from_text(source: str) -> str:
    """Return a body of paragraphs from plain text; an empty line parts two.

    A single line end stays one, as people mean it who type on a phone.
    """
    parts = re.split(r"\n\s*\n", without_marks(_characters(source)))
    broken = [
        "<br>".join(_escape(line) for line in map(plain, part.split("\n")) if line)
        for part in parts
    ]
    return "".join(f"<p>{part}</p>" for part in broken if part)


def lines(body: str) -> list[str]:
    """Return the text of a clean body, a list of its non-empty blocks in order."""
    parted = _BLOCK_END.sub("\n", body)
    text = html.unescape(nh3.clean(parted, tags=set(), attributes={}))
    return [line for line in (plain(part) for part in text.split("\n")) if line]


def text(body: str) -> str:
    """Return the text of a clean body in one line."""
    return " ".join(lines(body))


def word_count(body: str) -> int:
    """Return how many words a clean body has."""
    return len(text(body).split())


_VIDEO_BOX = (
    '<span class="video" data-video="{0}"><span class="video-poster"></span>'
    '<span class="video-note">Video di YouTube. <a href="{1}{0}" '
    'rel="noopener noreferrer">Buka videonya</a></span></span>'
)
_VIDEO_LINK = '<p><a href="{1}{0}">Video di YouTube</a></p>'
_OTHER_SITE_WORDS = '<span class="visually-hidden"> (situs lain)</span>'


def display(
    body: str,
    own_host: str = "",
    picture: Callable[[str, str], tuple[str, str] | None] = lambda digest, alt: None,
) -> SafeString:
    """Return a clean body for a page: pictures, tables that scroll, videos, links.

    A table's box takes the keyboard's focus, without which a wide table cannot be read
    to its end by those who use no mouse. A video is a box with a link: nothing is asked
    of its host until a reader follows it, or presses the button that a script adds.
    Links to any host but `own_host` say that they leave the site. `picture` returns the
    markup of a picture and where it can be downloaded, or "", given its file's digest
    and its alternative text as plain text; for None the element stays as it is stored.
    """
    body = _TABLE_FIGURE.sub(
        '<figure class="table" tabindex="0" role="group" aria-label="Tabel">', body
    )
    body = _VIDEO_SHOWN.sub(
        lambda video: _VIDEO_BOX.format(video[1], _YOUTUBE_STORED), body
    )
    body = _OTHER_SITE.sub(lambda link: _marked(link, own_host), body)
    body = _FIGURE.sub(lambda figure: _figure(figure, picture), body)
    body = _PICTURE.sub(lambda tag: _shown(tag[0], picture)[0], body)
    return mark_safe(body)  # noqa: S308 - clean() made it, and no one else writes it


def _shown(tag: str, picture) -> tuple[str, str]:
    digest = _DIGEST.search(tag)
    alt = _ALT.search(tag)
    shown = digest and picture(digest[1], html.unescape(alt[1]) if alt else "")
    return shown or (tag, "")


def _figure(figure: re.Match, picture) -> str:
    tag, caption = figure.groups(default="")
    shown, address = _shown(tag, picture)
    if address:
        caption += f' <a href="{html.escape(address)}" download>Unduh foto</a>'
    if caption:
        caption = f"<figcaption>{caption.strip()}</figcaption>"
    return f'<figure class="image">{shown}{caption}</figure>'


def _marked(link: re.Match, own_host: str) -> str:
    address, rest, words = link.groups()
    try:
        host = urlsplit(html.unescape(address)).hostname
    except ValueError:
        host = None
    if host and host == own_host:
        return link[0]
    return f'<a href="{address}" class="external"{rest}>{words}{_OTHER_SITE_WORDS}</a>'


def portable(
    body: str, address: str, picture: Callable[[str], str | None] = lambda digest: None
) -> SafeString:
    """Return a clean body for where our pages' style and scripts are not, as in feeds.

    Every address is absolute, a relative one taken from `address`, the text's own; a
    video is a link, and no class or other hook of our pages is left. `picture` returns
    the absolute address of a picture, given its file's digest.
    """

    def absolute(tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src"}:
            return value
        own = _OWN_PICTURE.fullmatch(value) if tag == "img" else None
        shown = own and picture(own[1])
        try:
            return shown or urljoin(address, value)
        except ValueError:
            return None

    body = _VIDEO_SHOWN.sub(
        lambda video: _VIDEO_LINK.format(video[1], _YOUTUBE_STORED), body
    )
    return mark_safe(  # noqa: S308 - nh3 made it of what clean() had made
        nh3.clean(
            body,
            tags=TAGS - {"oembed"},
            attributes=ATTRIBUTES,
            attribute_filter=absolute,
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )
