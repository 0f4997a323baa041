"""From a page's items to entries: where each stands in time, and what it becomes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from news.importing.archive import Entry
from news.importing.feed import Item

# Where nothing on a page is dated, its texts go to the bottom of the archive.
UNDATED = date(2000, 1, 1)


def moments(items: Sequence[Item], zone: tzinfo, now: datetime) -> list[datetime]:
    """Return a publication moment for each item, strictly falling down the page.

    The old site printed no publication dates, but its order is known, and a report is
    not older than what it reports. From the bottom up, each item is put at noon of its
    own date, or a second after the one below it where that is later; items below the
    last date go before it. Nothing is put later than `now`.
    """
    days = [item.event_date or item.source_date for item in items]
    known = [day for day in days if day]
    lowest = min(known, default=UNDATED)
    latest = datetime.combine(lowest, time.min, zone).astimezone(UTC)
    found: list[datetime] = []
    for day in reversed(days):
        latest += timedelta(seconds=1)
        if day:
            noon = datetime.combine(day, time(12), zone).astimezone(UTC)
            latest = max(latest, noon)
        found.append(latest)
    overshoot = max(found[-1] - now, timedelta(0)) if found else timedelta(0)
    return [moment - overshoot for moment in reversed(found)]


def entries(
    items: Sequence[Item], zone: tzinfo, now: datetime, taken_at: date | None = None
) -> list[Entry]:
    """Return the page's items as entries, in the page's order."""
    return [
        _entry(item, moment, taken_at)
        for item, moment in zip(items, moments(items, zone, now), strict=True)
    ]


def _entry(item: Item, moment: datetime, taken_at: date | None) -> Entry:
    doubts = [doubt.message for doubt in item.doubts]
    if not (item.event_date or item.source_date):
        doubts.append(
            "Naskah ini tidak bertanggal; letaknya dalam arsip hanya menurut urutannya "
            "di situs lama."
        )
    return Entry(
        raw=item.raw,
        sha256=item.sha256,
        fields={
            "title": item.title,
            "body": item.body,
            "dateline": item.dateline,
            "credit": item.credit,
            "byline_name": item.byline_name,
            "byline_office": item.byline_office,
            "event_date": item.event_date,
            "event_date_basis": item.event_date_basis,
            "source_name": item.source_name,
            "source_date": item.source_date,
            "series_part": item.series_part if item.series else None,
        },
        category=item.category,
        publish_at=moment,
        series=item.series,
        baseline=item.baseline,
        taken_at=taken_at,
        doubts=tuple(doubts),
    )
