"""Read the fields of one item out of its title and its lines."""

import re
from dataclasses import dataclass, field
from datetime import date

from news.importing.closing import Closing, source_day, take_closing
from news.importing.doubts import Doubt, quoted
from news.importing.eventdate import Choice, Evidence, choose, gather
from news.importing.opening import (
    Opening,
    split_byline,
    take_byline,
    take_dateline,
    take_title,
)
from news.importing.prose import (
    collapsed,
    doubts_of_characters,
    doubts_of_form,
    paragraphs_of,
    sentences_of,
)

OPINION, IN_THE_NEWS = "opini", "kpu-dalam-berita"
RELEASE, WEBINAR = "siaran-pers", "laporan-webinar"
CATEGORY_OF_HEADING = {"opini": OPINION, "kpu dalam berita": IN_THE_NEWS}
MIXED_HEADINGS = frozenset(("berita terkini", "berita"))

LONG_TITLE = 160
OPENING = 2000  # characters in which the first two sentences are looked for

HOLDING = re.compile(
    r"(?:meng|me|di)?(?:ada(?:kan)?|gelar|selenggarakan|nyelenggarakan|ikuti|hadiri"
    r"|laksanakan|nggelar)$",
    re.IGNORECASE,
)
HELD = re.compile(r"di(?:adakan|gelar|selenggarakan|ikuti|hadiri|laksanakan)$")
PASSING = frozenset(
    ("setelah", "usai", "seusai", "sebelum", "selain", "hasil", "menindaklanjuti")
)
PART = re.compile(
    r"[\s(:,–-]+(?:bagian|bag\.?|part|seri)\s*(?:ke-?\s?)?"
    r"(?P<part>[0-9]{1,2}|[ivx]{1,5}|pertama|kedua|ketiga|keempat|kelima)\s*\)?$",
    re.IGNORECASE,
)
BARE_PART = re.compile(r"\s\((?:[0-9]{1,2}|[IVX]{1,5})\)$")
PART_WORDS = {
    **{"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5},
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8},
    **{"ix": 9, "x": 10},
}


@dataclass
class Reading:
    """The fields of an item; its event date awaits the other items of the page."""

    title: str
    paragraphs: list[str]
    category: str = RELEASE
    dateline: str = ""
    credit: str = ""
    byline_name: str = ""
    byline_office: str = ""
    source_name: str = ""
    source_date: date | None = None
    series: str = ""
    series_part: int | None = None
    evidence: Evidence = field(default_factory=Evidence)
    choice: Choice = field(default_factory=Choice)
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, name: str, message: str) -> None:
        """Note a doubt about the field called `name`."""
        self.doubts.append(Doubt(name, message))


def _key(heading: str) -> str:
    return collapsed(heading).casefold()


def category_of_page(heading: str) -> str:
    """Return the category that a page's heading fixes for all its items, or ""."""
    lines = map(_key, heading.splitlines())
    return next(
        (CATEGORY_OF_HEADING[key] for key in lines if key in CATEGORY_OF_HEADING), ""
    )


def _opening_of(paragraphs: list[str]) -> list[str]:
    """Return the first two sentences of the text."""
    text = collapsed(" ".join(paragraphs[:4]))[:OPENING]
    return sentences_of(text)[:2]


def _webinar_in(text: str) -> bool | None:
    """Return whether `text` tells of a webinar held (None: one is only mentioned)."""
    words = [word.strip(".,:;()\"“”'").casefold() for word in text.split()]
    places = [place for place, word in enumerate(words) if word == "webinar"]
    if not places:
        return False
    for place in places:
        before, after = words[max(0, place - 6) : place], words[place + 1 : place + 7]
        held = any(map(HOLDING.match, before)) or any(map(HELD.match, after))
        if (held or after[:2] == ["kali", "ini"]) and not PASSING.intersection(before):
            return True
    return None


def _categorise(reading: Reading, heading: str, has_byline: bool) -> None:
    fixed = category_of_page(heading)
    if fixed or has_byline:
        reading.category = fixed or OPINION
    else:
        _categorise_by_signs(reading)
    lines = {_key(line) for line in heading.splitlines()}
    if heading and not fixed and not lines & MIXED_HEADINGS:
        named = " / ".join(heading.splitlines())
        reading.doubt(
            "category",
            f"Judul halaman “{named}” tidak menentukan jenis naskah; jenisnya "
            "diperkirakan dari isi.",
        )


def _categorise_by_signs(reading: Reading) -> None:
    in_title = _webinar_in(f"mengadakan {reading.title}")
    in_text = _webinar_in(" ".join(_opening_of(reading.paragraphs)))
    if in_title or in_text:
        reading.category = WEBINAR
    elif in_title is None or in_text is None:
        reading.doubt(
            "category",
            "Webinar disebut di judul atau di awal naskah, tetapi tampaknya bukan "
            "kegiatan yang dilaporkan; jenisnya dianggap siaran pers.",
        )
    elif not (reading.dateline or reading.credit or reading.choice.written):
        reading.doubt(
            "category",
            "Tidak ada dateline, tanggal kegiatan, atau tanda Humas; jenisnya dianggap "
            "siaran pers.",
        )


def _part_of(title: str) -> tuple[str, int | None]:
    """Return a series' name and part from a title such as "Judul (Bagian 2)"."""
    found = PART.search(title)
    if not found:
        return "", None
    word = found["part"].casefold()
    part = int(word) if word.isdigit() else PART_WORDS.get(word)
    name = title[: found.start()].strip()
    return (name, part) if name and part else ("", None)


def _serialise(reading: Reading, continued: bool) -> None:
    """Note the series that a "Bersambung" or the title's "Bagian 2" tells of."""
    name, part = _part_of(reading.title)
    if part is not None:
        reading.series, reading.series_part = name, part
        reading.doubt("series", f"Nama seri “{name}” diambil dari judul; periksa.")
    elif continued:
        reading.series, reading.series_part = reading.title, 1
        reading.doubt(
            "series",
            "Naskah berakhir “Bersambung”, tetapi nama serinya tidak disebut; judul "
            "diusulkan sebagai nama seri dan naskah ini sebagai bagian 1.",
        )
    elif BARE_PART.search(reading.title):
        reading.doubt(
            "series", "Judul berakhir dengan nomor; mungkin bagian dari sebuah seri."
        )


def _doubt_title(reading: Reading) -> None:
    title = reading.title
    if title.isupper() and sum(map(str.isalpha, title)) > 5:
        reading.doubt(
            "title", "Judul seluruhnya huruf kapital; dibiarkan seperti aslinya."
        )
    if not any(map(str.isalpha, title)):
        reading.doubt("title", f"Judul tidak berisi kata: “{title}”.")
    if len(title) > LONG_TITLE or title.endswith("."):
        reading.doubt(
            "title",
            "Judul sangat panjang atau berakhir titik; mungkin sebuah kalimat isi.",
        )


def _merge(reading: Reading, opening: Opening, closing: Closing) -> None:
    reading.dateline = opening.dateline
    reading.byline_name = opening.byline_name
    reading.byline_office = opening.byline_office
    reading.credit = " / ".join(filter(None, (opening.credit, *closing.credits)))
    reading.source_name = closing.source_name
    reading.source_date, doubts = source_day(closing)
    reading.doubts += [*opening.doubts, *closing.doubts, *doubts]
    reading.paragraphs = closing.paragraphs


def _writer_as_byline(reading: Reading, closing: Closing) -> None:
    """Make a closing "Penulis: NAME" the byline of an opinion that has no other."""
    for credit in closing.credits:
        found = re.fullmatch(r"penulis\s*:\s*(?P<name>[^:/]{3,80})", credit, re.I)
        if found and not reading.byline_name:
            name, office, _ = split_byline(found["name"])
            reading.byline_name, reading.byline_office = name, office
            closing.credits.remove(credit)
            reading.credit = " / ".join(closing.credits)
            reading.doubt(
                "byline_name", "Nama penulis diambil dari akhir naskah; periksa."
            )
            return


def _doubt_opinion(reading: Reading) -> None:
    if not reading.byline_name:
        reading.doubt("byline_name", "Nama penulis opini tidak ditemukan.")
    elif not reading.byline_office:
        reading.doubt("byline_office", "Jabatan penulis opini tidak ditemukan.")


def _date(reading: Reading) -> None:
    """Weigh the dates of the opening; an opinion tells of no event."""
    if reading.category == OPINION:
        return
    reading.evidence = gather(reading.dateline, _opening_of(reading.paragraphs))
    reading.choice = choose(reading.evidence)
    reading.doubts += reading.choice.doubts


def read_item(title: str, lines: list[str], heading: str) -> Reading:
    """Read an item's fields.

    `title` and `lines` as they stand in the file, `lines` holding some text; `heading`
    the page's, or "". The text itself only loses what became a field.
    """
    raw = "\n".join(lines)
    opening = Opening(paragraphs_of(lines))
    reading = Reading(collapsed(" ".join(paragraphs_of([title]))), [])
    fixed = category_of_page(heading)
    take_title(opening, reading.title)
    take_byline(opening, is_opinion_page=fixed == OPINION)
    is_reprint = opening.has_byline or bool(fixed)
    closing = take_closing(opening.paragraphs, is_reprint)
    opening.paragraphs = closing.paragraphs
    take_dateline(opening)
    closing.paragraphs = opening.paragraphs
    _merge(reading, opening, closing)
    reading.paragraphs = closing.paragraphs
    if opening.has_byline or fixed:
        _categorise(reading, heading, opening.has_byline)
        _date(reading)
    else:
        _date(reading)
        _categorise(reading, heading, has_byline=False)
    if reading.category == OPINION:
        _writer_as_byline(reading, closing)
        _doubt_opinion(reading)
    _serialise(reading, closing.continued)
    _doubt_title(reading)
    reading.doubts += doubts_of_form(reading.paragraphs)
    reading.doubts += doubts_of_characters("title", title)
    reading.doubts += doubts_of_characters("body", raw)
    return reading


def doubt_counter(counter: str | None, baseline: int | None) -> list[Doubt]:
    """Doubt a counter that is missing or that is not a plain number."""
    if counter is None:
        return [Doubt("baseline", "Naskah ini tidak punya penghitung pembaca.")]
    if baseline is None:
        return [Doubt("baseline", f"Penghitung {quoted(counter)} bukan angka pasti.")]
    return []
