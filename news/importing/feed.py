"""Read a list page of the old site: its items, their fields, and what is doubtful.

The page is text, copied from the browser: a heading, then for each item its view
counter, its title, its body and the word "Selengkapnya". Nothing here writes anything;
a person decides what each Doubt asks.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from news.importing.decoding import FeedError, decode
from news.importing.doubts import Doubt
from news.importing.eventdate import settle
from news.importing.page import Block, baseline_of, divide
from news.importing.prose import as_html
from news.importing.reading import Reading, doubt_counter, read_item

__all__ = ["Doubt", "Feed", "FeedError", "Item", "read"]


@dataclass(frozen=True)
class Item:
    """One item of the page.

    position          1 is the top of the page, the newest
    line              the line of the file, from 1, where the item begins (its counter,
                      or its title where it has none)
    raw               the exact text from the title to the end of the body; without the
                      counter and "Selengkapnya", which belong to the old site's page
    sha256            of `raw` in UTF-8, hexadecimal: the same item read again has it
                      again, however its counter has grown
    baseline          the old counter, None where there is no certain number
    body              HTML, escaped text in <p>…</p>
    category          siaran-pers, opini, laporan-webinar or kpu-dalam-berita
    dateline          as it stood, without its dash
    event_date_basis  "tertulis": day, month and year stand in the text; "tanpa-tahun":
                      the year was inferred; "dateline": only the dateline has the
                      date; "": no date
    """

    position: int
    line: int
    raw: str
    sha256: str
    baseline: int | None
    title: str
    body: str
    category: str
    dateline: str
    credit: str
    byline_name: str
    byline_office: str
    event_date: date | None
    event_date_basis: str
    source_name: str
    source_date: date | None
    series: str
    series_part: int | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Feed:
    """A page: its heading (lines joined by a newline, "" for none) and its items."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class _Draft:
    block: Block
    raw: str
    sha256: str
    reading: Reading
    doubts: tuple[Doubt, ...] = ()


def _drafts(text: str, heading: str, blocks: Iterable[Block]) -> list[_Draft]:
    """Read each item; of two that are the same keep the first, with a doubt."""
    drafts: dict[str, _Draft] = {}
    for block in blocks:
        raw = text[block.title.start : block.body[-1].end]
        digest = hashlib.sha256(raw.encode()).hexdigest()
        if digest in drafts:
            first = drafts[digest]
            again = Doubt(
                "body",
                f"Naskah yang sama persis ada lagi di baris {block.line}; yang kedua "
                "tidak diambil.",
            )
            drafts[digest] = replace(first, doubts=(*first.doubts, again))
            continue
        lines = [text[line.start : line.end] for line in block.body]
        title = text[block.title.start : block.title.end]
        drafts[digest] = _Draft(block, raw, digest, read_item(title, lines, heading))
    return list(drafts.values())


def _explicit_days(drafts: Sequence[_Draft]) -> list[date | None]:
    """Return each item's date where its year is written and nothing is doubted.

    A page without one may still have a newspaper's date to go by.
    """
    days = [draft.reading.choice.anchor for draft in drafts]
    return days if any(days) else [draft.reading.source_date for draft in drafts]


def _last_seen(days: Iterable[date | None]) -> list[date | None]:
    """Return for each place the nearest day before it."""
    seen: list[date | None] = []
    last = None
    for day in days:
        seen.append(last)
        last = day or last
    return seen


def _item(position: int, draft: _Draft, newer: date | None, older: date | None) -> Item:
    reading, block = draft.reading, draft.block
    baseline = baseline_of(block.counter) if block.counter else None
    settled = settle(reading.choice, reading.evidence, newer, older)
    doubts = (
        *doubt_counter(block.counter, baseline),
        *block.doubts,
        *draft.doubts,
        *reading.doubts,
        *settled.doubts,
    )
    return Item(
        position=position,
        line=block.line,
        raw=draft.raw,
        sha256=draft.sha256,
        baseline=baseline,
        title=reading.title,
        body=as_html(reading.paragraphs),
        category=reading.category,
        dateline=reading.dateline,
        credit=reading.credit,
        byline_name=reading.byline_name,
        byline_office=reading.byline_office,
        event_date=settled.day,
        event_date_basis=settled.basis,
        source_name=reading.source_name,
        source_date=reading.source_date,
        series=reading.series,
        series_part=reading.series_part,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def read(data: bytes) -> Feed:
    """Read the bytes of one list page, newest item first.

    Raises FeedError, and gives nothing, where the file is no such page, is cut, or
    holds an item whose parts cannot be told apart. Takes time linear in `data`.
    """
    text = decode(data)
    page = divide(text)
    drafts = _drafts(text, page.heading, page.blocks)
    days = _explicit_days(drafts)
    newer, older = _last_seen(days), _last_seen(reversed(days))[::-1]
    return Feed(
        page.heading,
        tuple(map(_item, range(1, len(drafts) + 1), drafts, newer, older)),
    )
