"""A document laid out for the checks: its passages, pictures and links."""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from news import richtext
from news.importing.prose import overmarked

# One line of text each, as the form has them; the document keeps three inside "cover".
LINES = (
    *("title", "lead", "dateline", "byline_name", "byline_office", "credit"),
    *("source_name", "change_note"),
)
COVER_LINES = ("alt", "caption", "credit")

# As richtext writes tags: lower case, every value in double quotes.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>')
_VALUE = re.compile(r'([a-z-]+)="([^"]*)"')

# Brackets and quotation marks end an address: they belong to the sentence.
_REST = r"[^\s<>()\[\]“”\"]*"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.){_REST}"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:id|com|org|net|me|ly|gov|info|co|gl|int|io)"
    rf"/{_REST}",
    re.IGNORECASE,
)
_FILLER = "\ufffc"  # neither a word, nor a space, nor a digit
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Passage:
    """A line of text and its form field.

    bare      the text with its addresses blanked out, every other character in place:
              an address is no prose, and its digits are nobody's number
    """

    field: str
    text: str
    bare: str


@dataclass(frozen=True)
class Link:
    """A link of the body: its address, and what a reader sees of it."""

    address: str
    text: str


@dataclass(frozen=True)
class Pictured:
    """A picture of the body: its alternative text, or "", and whether it exists."""

    alt: str
    is_there: bool


@dataclass(frozen=True)
class Attached:
    """An attachment: what it is called, and whether its file is there."""

    name: str
    is_there: bool


class Standing(Enum):
    """How a text stands to the article that it replies to.

    FREE      it replies to none
    ALLOWED   to one that the public reads
    OUTLIVED  to one that was withdrawn after the reply was published
    UNSEEN    to one that the public does not read
    ITSELF    to itself
    LOOP      to one that replies to it, be it through others
    """

    FREE = auto()
    ALLOWED = auto()
    OUTLIVED = auto()
    UNSEEN = auto()
    ITSELF = auto()
    LOOP = auto()


@dataclass(frozen=True)
class Manuscript:
    """What the checks read.

    lines         everything that a reader sees, a passage to a line of the body
    paragraphs    the body's paragraphs, in which a line break is a space
    pictures      the body's pictures
    """

    today: date
    values: dict[str, str]
    lines: tuple[Passage, ...]
    paragraphs: tuple[Passage, ...]
    pictures: tuple[Pictured, ...]
    links: tuple[Link, ...]
    attachments: tuple[Attached, ...]
    has_cover: bool
    has_part: bool
    reply: Standing

    def value(self, name: str) -> str:
        """Return the text of a key, "" where the document has none."""
        return self.values.get(name, "")

    @property
    def body(self) -> tuple[Passage, ...]:
        """The lines of the body."""
        return tuple(passage for passage in self.lines if passage.field == "body")

    @property
    def event_date(self) -> date | None:
        """The day that the form gives, None where it gives none."""
        try:
            return date.fromisoformat(self.value("event_date"))
        except ValueError:
            return None


def passage_of(field: str, text: str) -> Passage:
    """Return the passage of a line of plain text."""
    bare = _ADDRESS.sub(lambda found: _FILLER * len(found[0]), text)
    return Passage(field, text, bare)


def _string(value: object) -> str:
    """Return `value` where it is text, without what would stop or slow a reading."""
    if not isinstance(value, str):
        return ""
    text = value.encode("utf-8", "replace").decode()
    if overmarked(text):
        return "".join(each for each in text if not unicodedata.combining(each))
    return text


def _tokens(body: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Return the body's text and tags in order: ("", text, {}) or (name, "", values).

    A closing tag's name begins with "/".
    """
    end = 0
    for tag in _TAG.finditer(body):
        yield "", html.unescape(body[end : tag.start()]), {}
        values = {name: html.unescape(each) for name, each in _VALUE.findall(tag[3])}
        yield tag[1] + tag[2], "", values
        end = tag.end()
    yield "", html.unescape(body[end:]), {}


def _links(body: str) -> Iterator[Link]:
    """Return each link; a picture within one shows as its alternative text."""
    address, shown = None, []
    for name, text, values in _tokens(body):
        if name == "a":
            address, shown = values.get("href", ""), []
        elif name == "/a" and address is not None:
            yield Link(address, richtext.plain("".join(shown)))
            address = None
        elif name == "img":
            shown.append(values.get("alt") or _FILLER)
        else:
            shown.append(text)


def _pictures(body: str, gone: Collection[str]) -> Iterator[Pictured]:
    for name, _, values in _tokens(body):
        if name == "img":
            digest = _DIGEST.search(values.get("src", ""))
            is_there = not (digest and digest[0] in gone)
            yield Pictured(richtext.plain(values.get("alt", "")), is_there)


def _values(document: dict, cover: dict) -> dict[str, str]:
    """Return each text of the document by its form field, in one line."""
    names = (*LINES, "event_date", "source_date", "category", "series")
    values = {name: document.get(name) for name in names}
    values |= {f"cover_{name}": cover.get(name) for name in COVER_LINES}
    return {name: richtext.plain(_string(value)) for name, value in values.items()}


def _attachments(listed: object, gone: Collection[str]) -> Iterator[Attached]:
    for one in listed if isinstance(listed, list | tuple) else ():
        if isinstance(one, dict):
            name = richtext.plain(_string(one.get("name")))
            yield Attached(name, _string(one.get("sha256")) not in gone)


def read(
    document: dict,
    today: date,
    gone: Collection[str] = (),
    reply: Standing = Standing.FREE,
) -> Manuscript:
    """Lay out a document of `news.drafting`; what is missing or no text reads as ""."""
    body = _string(document.get("body"))
    cover, tags = document.get("cover"), document.get("tags")
    values = _values(document, cover if isinstance(cover, dict) else {})
    shown = [*LINES, *(f"cover_{name}" for name in COVER_LINES)]
    lines = [(name, values[name]) for name in shown if values[name]]
    lines += [("body", line) for line in richtext.lines(body)]
    lines += [
        ("tags", richtext.plain(_string(tag)))
        for tag in (tags if isinstance(tags, list | tuple) else ())
    ]
    attachments = tuple(_attachments(document.get("attachments"), gone))
    lines += [("attachments", one.name) for one in attachments if one.name]
    joined = richtext.lines(body.replace("<br>", " "))
    return Manuscript(
        today=today,
        values=values,
        lines=tuple(passage_of(field, text) for field, text in lines),
        paragraphs=tuple(passage_of("body", text) for text in joined),
        pictures=tuple(_pictures(body, gone)),
        links=tuple(_links(body)),
        attachments=attachments,
        has_cover=bool(cover),
        has_part=bool(document.get("series_part")),
        reply=reply,
    )
