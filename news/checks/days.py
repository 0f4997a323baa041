"""Dates: days that the calendar has, on their weekday, and the day of the event.

A wrong weekday is among the signs by which readers are told to know a hoax, so that of
the office's own text must be right.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from news.checks.findings import Finding, Level, excerpt, opening
from news.checks.manuscript import Manuscript, Passage
from news.importing.dates import (
    ANY_DATE,
    FLAGS,
    WEEKDAYS,
    Written,
    dates_in,
    spelled,
    written_in,
)
from news.importing.eventdate import gather
from news.importing.prose import sentences_of

INDEPENDENCE = 1945  # before it there is no republic whose elections could be told of
AHEAD = 731  # days: elections are announced within two years, later ones are slips
# A note to the public quotes the mistake that it corrects.
UNCHECKED = frozenset(("change_note", "tags"))

# After these, two numbers and a stroke are a place or a score.
_NO_DATE_AFTER = re.compile(
    r"\b(?:rt|rw|no|nomor|nomer|pasal|skor|hasil|nilai|halaman|hlm|blok|kav|jl|sk|tps"
    r"|ukuran|versi|uu|pp|pkpu|perpu|perpres|perda|peraturan|keputusan|surat)\b[\s.:]*$",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\bhari\s$", FLAGS)


def calendar(manuscript: Manuscript) -> Iterator[Finding]:
    """Look at each date of the text: does it exist, and does its weekday fit?

    A day that does not exist misleads for certain: a stop. A weekday beside a date with
    its year is certainly wrong, one of the two: a stop. Without the year, the year
    nearest the event's is taken, which may be another than was meant: a warning.
    """
    for passage in manuscript.lines:
        if passage.field in UNCHECKED:
            continue
        for found in ANY_DATE.finditer(passage.bare):
            if _nonexistent(found):
                if _is_meant_as_date(found):
                    yield _impossible(passage, found)
            else:
                yield from _weekday(passage, found, manuscript.event_date)


def _nonexistent(found: re.Match[str]) -> bool:
    """Return whether the calendar has no such day, or not the last of such days."""
    written = written_in(found)
    if written is None:
        return True
    if found["last_m"]:
        last = ANY_DATE.match(found.string, found.start("last_m"))
        return last is not None and written_in(last) is None
    if written.last_day is None:
        return False
    return replace(written, day=written.last_day).on(written.year or 2000) is None


def _is_meant_as_date(found: re.Match[str]) -> bool:
    """Return whether what cannot be a date was meant as one: "24/30" may be a score."""
    if found["month_w"] or found["weekday"] or found["day_d"]:
        return True
    if found["year_n"] and len(found["year_n"]) == 4:
        return True
    before = found.string[max(0, found.start() - 20) : found.start()]
    day = int(found["last_n"] or found["day_n"])
    return (
        1 <= int(found["month_n"]) <= 12
        and 29 <= day <= 31
        and not _NO_DATE_AFTER.search(before)
    )


def _impossible(passage: Passage, found: re.Match[str]) -> Finding:
    text = found.group().strip(" ,(")
    return Finding(
        "date-impossible",
        Level.STOP,
        passage.field,
        f"Tanggal “{text}{')' if '(' in text else ''}” di "
        f"{excerpt(passage.text, *found.span())} tidak ada di kalender. Periksa dan "
        "betulkan tanggalnya.",
    )


def _weekday(
    passage: Passage, found: re.Match[str], event_date: date | None
) -> Iterator[Finding]:
    written = written_in(found)
    if written is None or written.weekday is None or not _names_one_weekday(found):
        return
    day = _day_of(written, event_date)
    if day is None or written.fits(day):
        return
    right = WEEKDAYS[day.weekday()]
    if written.year:
        level, ending = Level.STOP, "Betulkan hari atau tanggalnya."
    else:
        level = Level.WARNING
        ending = f"Betulkan, atau tulis tahunnya bila bukan tahun {day.year}."
    yield Finding(
        "weekday-wrong",
        level,
        passage.field,
        f"Hari dan tanggal di {excerpt(passage.text, *found.span())} tidak cocok: "
        f"{spelled(day)} jatuh pada hari {right}. {ending}",
    )


def _names_one_weekday(found: re.Match[str]) -> bool:
    """Return whether one weekday belongs to the date.

    "Senin dan Rabu, 26 Januari" leaves open which; "dua minggu 5 Januari" has none.
    """
    if found["weekday"] == "minggu":
        return bool(
            _WEEK.search(found.string[max(0, found.start() - 6) : found.start()])
        )
    text = found.group().casefold()
    named = sum(weekday.casefold() in text for weekday in WEEKDAYS)
    return named < 2 or bool(found["last_w"] or found["last_n"] or found["last_m"])


def _day_of(written: Written, event_date: date | None) -> date | None:
    """Return the day meant: of the year that is written, or that nearest the event."""
    if written.year:
        return written.on(written.year)
    if event_date is None:
        return None
    years = range(max(1, event_date.year - 1), min(9999, event_date.year + 1) + 1)
    days = [day for day in map(written.on, years) if day]
    return min(days, key=lambda day: abs((day - event_date).days), default=None)


def event(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a date of the event that is a slip of the keys, or not the text's own.

    Warnings: an anniversary may be told of, or the first sentence name another day.
    """
    day = manuscript.event_date
    if day is None:
        return
    if day.year < INDEPENDENCE or (day - manuscript.today).days > AHEAD:
        yield Finding(
            "event-date-unlikely",
            Level.WARNING,
            "event_date",
            f"Tanggal peristiwa {spelled(day)} tampaknya salah ketik. Periksa "
            "tahunnya.",
        )
    written = _of_first_sentence(manuscript)
    if written and not _covers(written, day):
        yield Finding(
            "event-date-differs",
            Level.WARNING,
            "event_date",
            f"Tanggal peristiwa {spelled(day)}, padahal kalimat pertama menulis "
            f"{opening(written.text)}. Samakan bila yang dimaksud hari yang sama.",
        )


def _of_first_sentence(manuscript: Manuscript) -> Written | None:
    """Return the one date of the first sentence that has the form of an event's."""
    first = next((sentences_of(line.bare) for line in manuscript.body), [])[:1]
    certain = gather("", first).certain
    if len(certain) != 1 or manuscript.event_date is None:
        return None
    all_dates = dates_in(first[0])
    if any(_covers(each, manuscript.event_date) for each, _, _ in all_dates):
        return None
    return certain[0]


def _covers(written: Written, day: date) -> bool:
    """Return whether `day` is the day written, or one of the days."""
    first = written.on(written.year or day.year)
    if first is None or written.last_day is None:
        return first == day
    last = replace(written, day=written.last_day).on(first.year)
    # "28 Februari hingga 2 Maret": the day that it ends is of a later month.
    return first <= day and (last is None or last < first or day <= last)
