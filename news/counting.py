"""Counting readings: the one place where a tally is written."""

import random

from django.db import connection

from news.models import Edition, Tally

_UPSERT = """
INSERT INTO news_tally (edition_id, day, slot, readings)
SELECT %(edition)s, (now() AT TIME ZONE %(zone)s)::date, %(slot)s, 1
ON CONFLICT (edition_id, day, slot)
    DO UPDATE SET readings = news_tally.readings + 1
"""


def count_reading(edition: Edition, zone: str) -> None:
    """Count one reading of a visible edition, on the day that it is in `zone`.

    One statement, `n = n + 1` in the database, so no reading is lost to another's.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            {
                "edition": edition.pk,
                "zone": zone,
                # Spread, not secret: any slot does.
                "slot": random.randrange(Tally.SLOTS),  # noqa: S311
            },
        )
