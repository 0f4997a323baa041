"""A published document as a version to compare with."""

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import partial

from news import richtext
from news.authenticity.texts import Part, Role, Version
from news.authenticity.wrapping import asides
from news.changes import passages
from news.changes.passages import Passage
from news.importing import dates

_WITHOUT_WORDS = frozenset(("img", "oembed", "hr"))


def version_of(
    document: dict,
    key: Hashable,
    article: Hashable,
    address: str = "",
    above: Iterable[str] = (),
    margins: Iterable[str] = (),
    below: Iterable[str] = (),
) -> Version:
    """Return a document of `news.drafting` as its page shows it.

    The others are lines of the page that are no part of the document: `above` its
    title, `margins` under its lead, such as the publication date, and `below` its body.
    """
    return Version(
        key=key,
        article=article,
        parts=(
            *_margins(above),
            *_head(document, margins),
            *_body(passages.of_body(str(document.get("body") or ""))),
            *_foot(document, below),
        ),
        address=address,
        opinion=document.get("category") == "opini" or bool(document.get("reply_to")),
    )


def _text(document: dict, field: str) -> str:
    return richtext.plain(str(document.get(field) or ""))


def _margins(lines: Iterable[str]) -> Iterator[Part]:
    for line in lines:
        yield Part(Role.MARGIN, line)


def _head(document: dict, margins: Iterable[str]) -> Iterator[Part]:
    text = partial(_text, document)
    cover = document.get("cover") or {}
    yield Part(Role.TITLE, text("title"))
    yield Part(Role.LEAD, text("lead"))
    if text("byline_name"):
        yield Part(Role.MARGIN, "Oleh")
        yield Part(Role.MARGIN, text("byline_name"))
        yield Part(Role.MARGIN, text("byline_office"))
    yield from _margins(margins)
    for field in ("caption", "credit"):
        yield Part(Role.MARGIN, _text(cover, field))
    yield Part(Role.MARGIN, text("dateline"))


def _foot(document: dict, below: Iterable[str]) -> Iterator[Part]:

    text = partial(_text, document)
    for attachment in document.get("attachments") or ():
        yield Part(Role.MARGIN, "Lampiran")
        yield Part(Role.MARGIN, richtext.plain(str(attachment["name"])))
    yield Part(Role.MARGIN, text("credit"))
    if text("source_name"):
        day = _day(text("source_date"))
        source = ", ".join(filter(None, (text("source_name"), day)))
        # The page says the first, what goes to other media the second.
        for lead_in in ("Dimuat di ", "Dimuat ulang dari ", ""):
            yield Part(Role.MARGIN, lead_in + source)
    yield from _margins(below)
    for tag in document.get("tags") or ():
        yield Part(Role.MARGIN, "Topik")
        yield Part(Role.MARGIN, richtext.plain(str(tag)))


def _day(iso: str) -> str:
    try:
        return dates.spelled(date.fromisoformat(iso))
    except ValueError:
        return iso


def _body(found: list[Passage]) -> Iterator[Part]:
    number = 0
    for passage in found:
        if passage.kind in _WITHOUT_WORDS:
            continue
        number = _number(passage, number)
        marker = f"{number}." if number else ""
        role = Role.MARGIN if asides(passage.text) else Role.BODY
        yield Part(role, passage.text, marker)


def _number(passage: Passage, last: int) -> int:
    """Return the number that a numbered list shows before a passage, or 0."""
    lists = [tag for tag in passage.shape if tag.split()[0] in ("ol", "ul")]
    if passage.kind != "li" or not lists or not lists[-1].startswith("ol"):
        return 0
    if "ol" in passage.opened:
        start = lists[-1].partition('start="')[2].partition('"')[0]
        return int(start) if start.isdigit() else 1
    return last + 1
