"""Choose the day that an item tells of, and say how that day is known.

A body holds many dates: of decisions, of past meetings, of the next election. Only
the form and the place decide. A date counts where it stands in the dateline, or in the
first two sentences after a weekday or after "pada"; nothing later is looked at.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from news.importing.dates import (
    FLAGS,
    IN_TEXT,
    MONTH_AND_YEAR,
    MONTH_NUMBERS,
    MONTHS,
    WEEKDAYS,
    Written,
    dates_in,
    spelled,
    written_in,
)
from news.importing.doubts import Doubt

FIRST_YEAR = 1999  # no commission, and so no event of one, is older
NEAR = 120  # days: how far from its neighbours an item may be dated without weekday
LATE = 31  # days: how far a page may stray from newest first
OPENING = 800  # characters of a sentence that are looked at

BOUND = re.compile(
    r"\b(?:sejak|hingga|sampai|dari|sebelum|setelah|sesudah|menjelang|mulai|terhitung"
    r"|s\.?d\.?|s/d)\s(?:pada\s|hari\s|tanggal\s)*$",
    FLAGS,
)
AHEAD = re.compile(r"\bakan\b(?:\s\S+){0,4}\s?$", FLAGS)
ELECTION = re.compile(
    r"\b(?:pemilu|pemilihan|pilkada|pemungutan|pencoblosan)\b(?:\s\S+){0,3}\s?$",
    FLAGS,
)


@dataclass(frozen=True)
class Evidence:
    """The dates that may be the event's, by where they were found."""

    dateline: Written | None = None
    certain: tuple[Written, ...] = ()
    weak: tuple[Written, ...] = ()
    impossible: tuple[str, ...] = ()
    months: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The one date chosen from the evidence, its basis, and what is not sure."""

    written: Written | None = None
    basis: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def explicit(self) -> date | None:
        """The full date, where its year is written."""
        written = self.written
        return written.on(written.year) if written and written.year else None

    @property
    def anchor(self) -> date | None:
        """The full date, where nothing about it is doubted: other items lean on it."""
        day = self.explicit
        fits = self.written and day and self.written.fits(day)
        return day if fits and not self.doubts else None


@dataclass
class Settled:
    """The event's date at last, or None, with every doubt on the way there."""

    day: date | None = None
    basis: str = ""
    doubts: list[Doubt] = field(default_factory=list)


def _is_weak(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a date may be that of a coming event or of an election."""
    before = sentence[max(0, found.start() - 60) : found.start()]
    after = sentence[found.end() : found.end() + 20].casefold()
    return bool(
        AHEAD.search(before)
        or (found["lead"] and ELECTION.search(before))
        or re.match(r"\W{0,3}(?:mendatang|nanti)\b", after)
    )


def _counts(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a match has the form of an event's date."""
    if BOUND.search(sentence[max(0, found.start() - 40) : found.start()]):
        return False
    bare = found["lead"] and not found["lead"].endswith("(")
    return not (bare and found["day_n"] and not found["year_n"])


def _read(sentence: str) -> tuple[list[Written], list[Written], list[str]]:
    """Return the dates that are certain, those that are weak, and the impossible."""
    certain, weak, impossible = [], [], []
    sentence = sentence[:OPENING]
    for found in IN_TEXT.finditer(sentence):
        if not _counts(sentence, found):
            continue
        written = written_in(found)
        if written is None:
            impossible.append(found.group().strip(" (,"))
        elif (written.year or FIRST_YEAR) >= FIRST_YEAR:
            (weak if _is_weak(sentence, found) else certain).append(written)
    return certain, weak, impossible


def _same(one: Written, other: Written) -> bool:
    return (one.day, one.month) == (other.day, other.month) and (
        None in (one.year, other.year) or one.year == other.year
    )


def _merged(one: Written, other: Written) -> Written:
    return replace(
        one,
        year=one.year or other.year,
        weekday=other.weekday if one.weekday is None else one.weekday,
        last_day=one.last_day or other.last_day,
    )


def _distinct(dates: Iterable[Written]) -> tuple[Written, ...]:
    """Return the dates, those that name the same day made one."""
    kept: dict[tuple[int, int, int | None], Written] = {}
    for written in dates:
        same = next((key for key in kept if _same(kept[key], written)), None)
        if same is None:
            kept[written.day, written.month, written.year] = written
        else:
            kept[same] = _merged(kept[same], written)
    return tuple(kept.values())


def gather(dateline: str, sentences: Sequence[str]) -> Evidence:
    """Collect the dates of a raw dateline and of the sentences that open the text.

    A sentence counts only where those before it have no certain date.
    """
    in_dateline = dates_in(dateline)
    readings = [_read(sentence) for sentence in sentences]
    certain = next((reading[0] for reading in readings if reading[0]), [])
    months = {
        (MONTH_NUMBERS[found["month"].casefold()], int(found["year"]))
        for sentence in sentences
        for found in MONTH_AND_YEAR.finditer(sentence[:OPENING])
    }
    return Evidence(
        dateline=in_dateline[-1][0] if in_dateline else None,
        certain=_distinct(certain),
        weak=_distinct(written for reading in readings for written in reading[1]),
        impossible=tuple(text for reading in readings for text in reading[2]),
        months=frozenset(months),
    )


def _named(dates: Iterable[Written]) -> str:
    return ", ".join(f"“{written.text}”" for written in dates)


def _about(message: str) -> Doubt:
    return Doubt("event_date", message)


def _agreed(candidates: Sequence[Written], dateline: Written) -> Choice | None:
    """Choose the date that text and dateline share."""
    for written in candidates:
        if _same(written, dateline):
            both = _merged(written, dateline)
            kind = "dateline" if both.year else "tanpa-tahun"
            return Choice(both, "tertulis" if written.year else kind)
    return None


def _disputed(evidence: Evidence) -> Choice:
    """Choose where text and dateline share no date, or the text alone has one."""
    dateline, certain = evidence.dateline, evidence.certain
    if len(certain) == 1:
        return _from_text(certain[0], dateline)
    if certain:
        doubt = _about(
            f"Lebih dari satu tanggal di awal naskah: {_named(certain)}; pilih tanggal "
            "kegiatannya."
        )
        return Choice(doubts=(doubt,))
    if dateline is None:
        return _from_weak(evidence.weak)
    doubt = _about(
        f"Tanggal {_named(evidence.weak)} di awal naskah tampaknya bukan tanggal "
        f"kegiatan; yang dipakai dateline {_named([dateline])}."
    )
    return Choice(dateline, "dateline", (doubt,))


def _from_text(written: Written, dateline: Written | None) -> Choice:
    """Choose the one certain date of the text, whatever the dateline says."""
    doubts = ()
    if dateline:
        doubts = (
            _about(
                f"Tanggal di naskah {_named([written])} berbeda dari tanggal di "
                f"dateline {_named([dateline])}; yang dipakai tanggal di naskah."
            ),
        )
    return Choice(written, "tertulis" if written.year else "tanpa-tahun", doubts)


def _from_weak(weak: Sequence[Written]) -> Choice:
    """Choose from dates that may be of a coming event or of an election."""
    if len(weak) > 1:
        doubt = _about(f"Tanggal kegiatan tidak pasti di antara {_named(weak)}; pilih.")
        return Choice(doubts=(doubt,))
    doubt = _about(
        f"Tanggal {_named(weak)} mungkin tanggal acara yang akan datang atau hari "
        "pemilihan, bukan tanggal kegiatan ini."
    )
    return Choice(weak[0], "tertulis" if weak[0].year else "tanpa-tahun", (doubt,))


def choose(evidence: Evidence) -> Choice:
    """Choose the event's date from the evidence; what is not sure becomes a doubt."""
    candidates = (*evidence.certain, *evidence.weak)
    choice = None
    if evidence.dateline:
        choice = _agreed(candidates, evidence.dateline)
    if choice is None and candidates:
        choice = _disputed(evidence)
    if choice is None and evidence.dateline:
        choice = Choice(evidence.dateline, "dateline")
    doubts = [
        _about(f"Tanggal “{text}” tidak ada di kalender.")
        for text in evidence.impossible
    ]
    if choice is None:
        doubts.append(
            _about(
                "Tanggal kegiatan tidak ditemukan di dateline atau di awal naskah; "
                "tanggal lain di dalam naskah tidak dipakai."
            )
        )
        return Choice(doubts=tuple(doubts))
    return replace(choice, doubts=(*choice.doubts, *doubts))


def _in_order(day: date, newer: date | None, older: date | None) -> bool:
    """Return whether `day` keeps the page newest first, give or take a month."""
    return (newer is None or (day - newer).days <= LATE) and (
        older is None or (older - day).days <= LATE
    )


@dataclass(frozen=True)
class Inferred:
    """A date whose year was inferred, and from what; or why it could not be."""

    day: date | None = None
    reason: str = ""


def _possible(
    written: Written, newer: date | None, older: date | None
) -> list[tuple[int, date]]:
    """Return the days that keep the page's order, nearest to a neighbour first."""
    neighbours = [neighbour for neighbour in (newer, older) if neighbour]
    years = {each.year + step for each in neighbours for step in (-1, 0, 1)}
    return sorted(
        (min(abs((day - each).days) for each in neighbours), day)
        for day in map(written.on, years)
        if day and _in_order(day, newer, older)
    )


def _from_page(written: Written, newer: date | None, older: date | None) -> Inferred:
    """Infer the date from its neighbours on the page.

    A weekday decides between years; but where the day next to the neighbours has
    another weekday, one of the two is wrong, and a person must say which.
    """
    possible = _possible(written, newer, older)
    near = [day for distance, day in possible[:1] if distance <= LATE]
    if near and not written.fits(near[0]):
        return Inferred(
            reason=f"; menurut urutan halaman {spelled(near[0])}, tetapi hari itu "
            f"{WEEKDAYS[near[0].weekday()]}"
        )
    days = [
        day
        for distance, day in possible
        if written.fits(day) and (written.weekday is not None or distance <= NEAR)
    ]
    if len(days) > 1:
        return Inferred(reason=f"; mungkin {' atau '.join(map(spelled, days))}")
    if not days:
        return Inferred()
    others = " dan ".join(spelled(each) for each in (newer, older) if each)
    page = f"tanggal naskah lain di halaman ini ({others})"
    if written.weekday is None:
        return Inferred(days[0], page)
    return Inferred(days[0], f"hari {WEEKDAYS[written.weekday]} dan {page}")


def _from_own_text(written: Written, evidence: Evidence) -> Inferred:
    """Infer the date from a month and year that the item's opening names."""
    years = [year for month, year in evidence.months if month == written.month]
    days = [day for day in map(written.on, years) if day and written.fits(day)]
    if len(days) != 1:
        return Inferred()
    month = f"{MONTHS[written.month - 1]} {days[0].year}"
    return Inferred(days[0], f"bulan dan tahun yang disebut di awal naskah ({month})")


def _checked(written: Written, day: date) -> Iterable[Doubt]:
    """Doubt a weekday that is not the day's, and an event of several days."""
    if not written.fits(day) and written.weekday is not None:
        yield _about(
            f"Hari tidak cocok: naskah menulis {WEEKDAYS[written.weekday]}, padahal "
            f"{spelled(day)} jatuh pada hari {WEEKDAYS[day.weekday()]}."
        )
    if written.last_day:
        yield _about(
            f"Kegiatan berlangsung beberapa hari (“{written.text}”); yang dipakai "
            "hari pertamanya."
        )


def settle(
    choice: Choice,
    evidence: Evidence,
    newer: date | None,
    older: date | None,
) -> Settled:
    """Give the chosen date its year.

    `newer` and `older` are the nearest explicit dates of the items above and below.
    An unwritten year comes from the weekday and the neighbours, or the neighbours
    alone, or a month and year in the item's own opening; always with a doubt that says
    so. Where none serves, the date stays None.
    """
    written = choice.written
    settled = Settled(doubts=list(choice.doubts))
    if written is None:
        return settled
    day = choice.explicit
    if day is None:
        inferred = _from_page(written, newer, older)
        if inferred == Inferred():
            inferred = _from_own_text(written, evidence)
        day = inferred.day
        settled.doubts.append(_year_doubt(written, inferred))
    if day is None:
        return settled
    settled.doubts.extend(_checked(written, day))
    settled.day, settled.basis = day, choice.basis
    return settled


def _year_doubt(written: Written, inferred: Inferred) -> Doubt:
    """Say that the year was inferred and from what, or that it could not be."""
    if inferred.day is None:
        return _about(
            f"Tahun tidak tertulis pada “{written.text}” dan tidak dapat disimpulkan"
            f"{inferred.reason}. Isi tanggal kegiatan dengan tangan."
        )
    return _about(
        f"Tahun tidak tertulis pada “{written.text}”; {inferred.day.year} disimpulkan "
        f"dari {inferred.reason}."
    )
