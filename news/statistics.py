"""What the counted readings say, by period: for the public and for the newsroom.

Nothing here adds up tallies: it reads the sums that `news.counting.roll_up` and
`news.ranking` keep, so that a page costs the same however large the archive is.
"""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Min, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.timezone import localdate

from news.models import Edition, ReadingDay

ROLLING = (30, 90)
DEFAULT = "30"
# A longer period is shown by its months.
MOST_DAYS = 92
TOP = 10

_YEAR = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Period:
    """Some days up to today, a month or a year; the key is what an address says."""

    key: str
    first: date
    last: date
    label: str

    @property
    def days(self) -> list[date]:
        """Return the days of it that have begun."""
        return [
            self.first + timedelta(days=number)
            for number in range((min(self.last, localdate()) - self.first).days + 1)
        ]

    @property
    def by_month(self) -> bool:
        return (self.last - self.first).days >= MOST_DAYS

    @property
    def dates(self) -> str:
        """Return from when to when, in words."""
        last = min(self.last, localdate())
        return f"{date_format(self.first, 'j F Y')} sampai {date_format(last, 'j F Y')}"


@dataclass(frozen=True)
class Step:
    """A day or a month of a chart, with what was read in it."""

    name: str
    short: str
    iso: str
    readings: int


def rolling(days: int) -> Period:
    today = localdate()
    return Period(
        str(days), today - timedelta(days=days - 1), today, f"{days} hari terakhir"
    )


def month(year: int, number: int) -> Period:
    first = date(year, number, 1)
    last = first.replace(day=calendar.monthrange(year, number)[1])
    return Period(f"{first:%Y-%m}", first, last, date_format(first, "F Y"))


def year(number: int) -> Period:
    return Period(
        str(number), date(number, 1, 1), date(number, 12, 31), f"Tahun {number}"
    )


def period_of(key: str) -> Period | None:
    """Return the period that a key names, if it has begun."""
    if key in map(str, ROLLING):
        return rolling(int(key))
    found = _YEAR.fullmatch(key)
    if not found:
        return None
    number = int(found[1])
    period = month(number, int(found[2])) if found[2] else year(number)
    return period if period.first <= localdate() else None


def periods() -> list[Period]:
    """Return all periods that have readings to tell of, the newest first."""
    today = localdate()
    first = ReadingDay.objects.aggregate(day=Min("day"))["day"] or today
    found = [rolling(days) for days in ROLLING]
    for number in range(today.year, first.year - 1, -1):
        found.append(year(number))
        found += [
            month(number, each)
            for each in range(12, 0, -1)
            if (first.year, first.month) <= (number, each) <= (today.year, today.month)
        ]
    return found


def sums(period: Period, *names: str) -> QuerySet:
    """Return readings of a period, summed by day, category or source."""
    return (
        ReadingDay.objects.filter(day__range=(period.first, period.last))
        .values_list(*names)
        .annotate(sum=Sum("readings"))
        .order_by(*names)
    )


def steps(period: Period, readings: Iterable[tuple[date, int]]) -> list[Step]:
    """Return the days of a period, or its months if it is long, also the empty ones."""
    counted: Counter[date] = Counter()
    for day, number in readings:
        counted[_step_of(period, day)] += number
    # A day stands for its month; a dictionary keeps the order.
    begun = dict.fromkeys(_step_of(period, day) for day in period.days)
    return [_step(period, first, counted[first]) for first in begun]


def _step_of(period, day):
    return day.replace(day=1) if period.by_month else day


def _step(period, first, readings):
    if period.by_month:
        name, short = date_format(first, "F Y"), date_format(first, "M")
        return Step(name, short, f"{first:%Y-%m}", readings)
    name, short = date_format(first, "j F Y"), date_format(first, "j M")
    return Step(name, short, first.isoformat(), readings)


def named_sums(
    names: Mapping[Any, str], readings: Iterable[tuple[Any, int]]
) -> list[tuple[str, int]]:
    """Return each name with its readings, of which there may be none."""
    counted: Counter[Any] = Counter()
    for key, number in readings:
        counted[key] += number
    return [(name, counted[key]) for key, name in names.items()]


def most_read(period: Period) -> QuerySet:
    """Return what was read most in a period and can still be read, with `recent`."""
    return (
        Edition.objects.visible()
        .filter(tops__period=period.key)
        .annotate(recent=F("tops__readings"))
        .select_related("category")
        .only("title", "slug", "category__name", "category__slug")
        .order_by("-recent", "-pk")[:TOP]
    )


def old_site() -> dict[str, int]:
    """Return what the old site had counted, which is in no other figure here."""
    found = Edition.objects.filter(baseline__gt=0).aggregate(
        articles=Count("pk"), readings=Sum("baseline")
    )
    return {"articles": found["articles"], "readings": found["readings"] or 0}
