"""Read the dates of Indonesian prose: every form that an office writes them in."""

import re
from dataclasses import dataclass
from datetime import date

# ASCII: under Unicode's rules "ı" would match "i", and no table has that spelling.
FLAGS = re.IGNORECASE | re.ASCII

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus"),
    *("September", "Oktober", "November", "Desember"),
)
OTHER_SPELLINGS = {
    **{"jan": 1, "feb": 2, "peb": 2, "pebruari": 2, "mar": 3, "apr": 4, "jun": 6},
    **{"jul": 7, "agu": 8, "agt": 8, "ags": 8, "sep": 9, "sept": 9, "okt": 10},
    **{"nov": 11, "nop": 11, "nopember": 11, "des": 12},
}
MONTH_NUMBERS = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **OTHER_SPELLINGS,
}

_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAY = r"senin|selasa|rabu|kamis|jum[’'`‘´]?at|sabtu|minggu|ahad"
_TO = r"\s?(?:[-–]|s\.?d\.?|s/d|hingga|sampai|dan)\s?"
_YEAR = r"(?:19|20)[0-9]{2}"
_DATE = (
    rf"(?<![0-9/.])(?:"
    rf"(?P<day_w>[0-3]?[0-9])(?:{_TO}(?P<last_w>[0-3]?[0-9]))?\s?(?P<month_w>{_MONTH})\b"
    rf"(?:{_TO}(?P<last_m>[0-3]?[0-9])\s(?:{_MONTH})\b)?\.?(?:,?\s(?:tahun\s)?(?P<year_w>{_YEAR})\b)?"
    rf"|(?P<day_n>[0-3]?[0-9])(?:{_TO}(?P<last_n>[0-3]?[0-9]))?\s?/\s?"
    rf"(?P<month_n>[0-9]{{1,2}})(?:\s?/\s?(?P<year_n>{_YEAR}|[0-9]{{2}}))?"
    rf"(?![0-9]|/[0-9])"
    rf"|(?P<day_d>[0-3]?[0-9])(?P<mark>[-.])(?P<month_d>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year_d>{_YEAR})(?![0-9])"
    rf")"
)
_AFTER_WEEKDAY = (
    rf"\b(?P<weekday>{_WEEKDAY})\b"
    rf"(?:\s?(?:[-–/,]|s\.?d\.?|dan|hingga|sampai)\s?(?:{_WEEKDAY})\b)?"
    rf"(?:\s(?:pagi|siang|sore|malam))?,?\s?(?:tanggal\s|tgl\.?\s)?\(?\s?"
)
_AFTER_LEAD = (
    r"\b(?P<lead>pada\s(?:hari\sini,?\s|tanggal\s|tgl\.?\s)?\(?"
    r"|hari\sini,?\s\(?|kemarin,?\s\()"
)

ANY_DATE = re.compile(rf"(?:{_AFTER_WEEKDAY})?{_DATE}", FLAGS)
IN_TEXT = re.compile(rf"(?:{_AFTER_WEEKDAY}|{_AFTER_LEAD}){_DATE}", FLAGS)
MONTH_AND_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH})\.?\s(?:tahun\s)?(?P<year>{_YEAR})\b", FLAGS
)


@dataclass(frozen=True)
class Written:
    """A date as it is written: year and weekday (0 is Monday) only where they are."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    last_day: int | None = None
    text: str = ""

    def on(self, year: int) -> date | None:
        """Return the day in `year`, or None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def fits(self, day: date) -> bool:
        """Return whether the weekday, where one is written, is that of `day`."""
        return self.weekday is None or self.weekday == day.weekday()


def spelled(day: date) -> str:
    """Return `day` as "27 Januari 2022"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _year(text: str | None) -> int | None:
    if not text:
        return None
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) >= 90 else 2000)


def _weekday(name: str | None) -> int | None:
    if not name:
        return None
    letters = re.sub(r"[^a-z]", "", name.casefold()).replace("ahad", "minggu")
    return [weekday.casefold() for weekday in WEEKDAYS].index(letters)


def written_in(found: re.Match[str]) -> Written | None:
    """Return the date of a match, or None where the calendar has no such day."""
    parts = found.groupdict()
    day = parts["day_w"] or parts["day_n"] or parts["day_d"]
    month_word, number = parts["month_w"], parts["month_n"] or parts["month_d"]
    month = MONTH_NUMBERS[month_word.casefold()] if month_word else int(number)
    year = _year(parts["year_w"] or parts["year_n"] or parts["year_d"])
    last = parts["last_w"] or parts["last_m"] or parts["last_n"]
    text = re.sub(r"^pada\s", "", found.group().strip(" ,("), flags=FLAGS)
    written = Written(
        day=int(day),
        month=month,
        year=year,
        weekday=_weekday(parts["weekday"]),
        last_day=int(last) if last else None,
        text=f"{text})" if "(" in text else text,
    )
    return written if written.on(year or 2000) else None


def dates_in(text: str) -> list[tuple[Written, int, int]]:
    """Return each date of `text` in any form, with where it starts and ends."""
    found = ((written_in(match), *match.span()) for match in ANY_DATE.finditer(text))
    return [(written, start, end) for written, start, end in found if written]


def only_date(text: str) -> Written | None:
    """Return the date that `text` is, or None where it is more or something else."""
    found = ANY_DATE.fullmatch(text.strip(" .,;()"))
    return written_in(found) if found else None
