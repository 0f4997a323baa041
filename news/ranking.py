"""What is read most in each period: found out by the worker, so that no page has to."""

import time
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from news.models import ReadingTop
from news.statistics import Period, periods

# More than a page shows, for some may be withdrawn later.
KEPT = 50
# The number of the lock that ranking holds: any that nobody else uses.
RANKING = 7_240_002
# Of a worker's time at most one part in so many: in a large archive it takes long.
SHARE = 20

_RANK = """
INSERT INTO news_readingtop (period, edition_id, readings, ranked_on)
SELECT %(period)s, edition_id, sum(readings) AS total, %(today)s FROM news_tally
WHERE day BETWEEN %(first)s AND %(last)s
GROUP BY edition_id ORDER BY total DESC, edition_id DESC LIMIT %(kept)s
"""


class Turn:
    """When this process may rank again."""

    at = 0.0


def rank_in_turn() -> None:
    """Rank, unless the last time was so long that it is too soon: each minute."""
    begun = time.monotonic()
    if begun < Turn.at:
        return
    rank()
    ended = time.monotonic()
    Turn.at = ended + SHARE * (ended - begun)


def rank() -> None:
    """Find what is read most in every period that may have had readings since."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [RANKING])
        if not cursor.fetchone()[0]:
            return
        for period in due():
            ReadingTop.objects.filter(period=period.key).delete()
            cursor.execute(
                _RANK,
                {
                    "period": period.key,
                    "first": period.first,
                    "last": period.last,
                    "today": localdate(),
                    "kept": KEPT,
                },
            )


def due() -> list[Period]:
    """Return the periods that were not ranked after their last day was over."""
    ranked = dict(
        ReadingTop.objects.values_list("period").annotate(on=Max("ranked_on"))
    )
    # A day has ended for certain once the one after it has.
    return [
        period
        for period in periods()
        if ranked.get(period.key, date.min) <= period.last + timedelta(days=1)
    ]
