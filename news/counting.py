"""Counting readings: the one place where keys, tallies and totals are written.

A reading is a browser that had an article in view for some seconds, counted once for a
reader and an article in thirty minutes. What is kept of the reader is a keyed hash of
address, browser and article, which goes when the thirty minutes are over; its key is a
secret that is replaced at midnight. Nobody can be found from it, or followed from one
article to another. `templates/news/counting.html` tells the public the same.
"""

import functools
import hashlib
import hmac
import random
import secrets
import threading
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from ipaddress import ip_address, ip_network
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

import crawleruseragents
import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField
from django.utils import timezone

from kpuweb.batching import Batches
from news.models import Edition, Tally
from news.models.tally import Source

WINDOW = timedelta(minutes=30)
# The number of the lock that a roll-up holds: any that nobody else uses.
ROLLING_UP = 7_240_001
# Told more often than this within the window, a reading is a flood.
PATIENCE = 30

SEARCH = ("google.", "bing.com", "duckduckgo.com", "yahoo.", "yandex.", "ecosia.org")
SOCIAL = (
    *("facebook.com", "fb.com", "instagram.com", "twitter.com", "x.com", "t.co"),
    *("tiktok.com", "youtube.com", "threads.net", "threads.com", "linkedin.com"),
    *("lnkd.in", "line.me", "t.me", "telegram.org"),
)
WHATSAPP = ("whatsapp.com", "wa.me", "com.whatsapp")


class Outcome(Enum):
    COUNTED = "counted"
    COUNTED_BEFORE = "counted before"
    FLOOD = "flood"
    NOT_PUBLIC = "not public"


@dataclass(frozen=True)
class Salt:
    day: date
    generation: uuid.UUID
    salt: bytes


def reader_of(address: str, browser: str) -> str:
    """Return what tells readers apart; of an IPv6 address the network of one home."""
    try:
        known = ip_address(address)
    except ValueError:
        known = None
    if known and known.version == 6:
        address = str(ip_network((known, 64), strict=False))
    return f"{address}\n{browser}"


def is_robot(browser: str) -> bool:
    """Tell whether a browser names itself as a program that reads for nobody.

    The list is that of crawler-user-agents, which its keepers renew each month. A
    Chrome without a window is taken for a Chrome: it names no robot, and is how reading
    is tried out.
    """
    return _is_listed(browser[:1000].replace("HeadlessChrome/", "Chrome/"))


# The names of some browsers, which most readers share; whose they are is not in it.
@functools.lru_cache(256)
def _is_listed(browser):
    return crawleruseragents.is_crawler(browser)


def source_of(referrer: str, own_host: str) -> Source:
    """Return the kind of place that a page was opened from, given its referrer."""
    try:
        host = (urlsplit(referrer).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if not host or host == own_host:
        return Source.DIRECT
    for source, known in (
        (Source.WHATSAPP, WHATSAPP),
        (Source.SEARCH, SEARCH),
        (Source.SOCIAL, SOCIAL),
    ):
        if any(_is_of(host, name) for name in known):
            return source
    return Source.OTHER_SITE


def _is_of(host, name):
    if name.endswith("."):
        # A name that has its like in many countries: google.com, google.co.id.
        return host.startswith(name) or f".{name}" in host
    return host == name or host.endswith(f".{name}")


# One statement, so one transaction: the keys are there if, and only if, the readings
# are. Whoever counts locks the keys in their order, and then the tallies in theirs, so
# that no two wait for each other.
_COUNT = """
WITH asked AS (
    SELECT * FROM unnest(
        %(keys)s::bytea[], %(editions)s::bigint[], %(sources)s::text[], %(times)s::int[]
    ) AS asked (key, edition, source, times)
), told AS (
    INSERT INTO news_readingkey AS known (key, read_at, told)
    SELECT key, now(), times
    FROM news_readingsalt, asked JOIN ({visible}) AS visible ON visible.pk = edition
    WHERE generation = %(generation)s
    ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        told = CASE WHEN known.read_at <= now() - %(window)s
            THEN excluded.told ELSE least(known.told + excluded.told, 1000000) END,
        read_at = CASE WHEN known.read_at <= now() - %(window)s
            THEN now() ELSE known.read_at END
    RETURNING key, told
), counted AS (
    INSERT INTO news_tally AS tally (edition_id, day, source, slot, readings)
    SELECT edition, %(day)s, source, %(slot)s, count(*)
    FROM told JOIN asked USING (key) WHERE told = times
    GROUP BY edition, source ORDER BY edition, source
    ON CONFLICT (edition_id, day, source, slot)
        DO UPDATE SET readings = tally.readings + excluded.readings
)
SELECT key, told FROM told
"""


@dataclass(frozen=True)
class Reading:
    """What a browser told of: the article, who read it and where it came from."""

    pk: int
    reader: str
    source: Source

    def key(self, salt: Salt) -> bytes:
        message = f"{self.pk}\n{self.reader}".encode()
        return hmac.digest(salt.salt, message, hashlib.sha256)


def count_reading(pk: int, reader: str, source: Source) -> Outcome:
    """Count a reading of an article, unless the same reader had it just before.

    When it returns COUNTED the reading is written, whatever is killed afterwards. Those
    that are told of at the same time share a transaction; if that fails, it raises for
    each of them, and none is counted.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        return Outcome.NOT_PUBLIC
    return _readings.ask(Reading(pk, reader, source))


def _count_all(readings: list[Reading]) -> list[Outcome]:
    """Count readings in one transaction; return what became of each."""
    for salt in (current_salt(), None):
        told = _tell(readings, salt or renewed_salt())
        if any(told):
            break
    return [_outcome(times) for times in told]


# Those of one worker process that come in together.
_readings = Batches(_count_all)


def _outcome(told):
    if not told:
        return Outcome.NOT_PUBLIC
    if told == 1:
        return Outcome.COUNTED
    return Outcome.COUNTED_BEFORE if told <= PATIENCE else Outcome.FLOOD


def _tell(readings, salt):
    """Return how often each was told of in its window, this time included.

    None for what cannot be told of: an article that is not public, or all if the salt
    is no longer the day's.
    """
    keys = [reading.key(salt) for reading in readings]
    of_key = dict(sorted(zip(keys, readings, strict=True), key=itemgetter(0)))
    times = Counter(keys)
    statement, values = _statement()
    connection.ensure_connection()
    # Not Django's cursor: that one would have the statement planned each time anew.
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(
            statement,
            {
                **values,
                "keys": list(of_key),
                "editions": [reading.pk for reading in of_key.values()],
                "sources": [reading.source for reading in of_key.values()],
                "times": [times[key] for key in of_key],
                "generation": salt.generation,
                "window": WINDOW,
                "day": salt.day,
                # Spread, not secret: any slot does.
                "slot": random.randrange(Tally.SLOTS),  # noqa: S311
            },
            prepare=True,
        )
        told = dict(cursor.fetchall())
    return [_place(told, times, key) for key in keys]


def _place(told, times, key):
    """Return how often a reading had been told of when its own turn in a batch came."""
    times[key] -= 1
    return told[key] - times[key] if key in told else None


@functools.cache
def _statement() -> tuple[str, dict[str, Any]]:
    """Return the statement with what `visible()` says, and the values of that.

    Built once: to build it costs more than all else that Python does for a reading.
    """
    sql, values = Edition.objects.visible().values("pk").query.sql_with_params()
    # Named and numbered values do not mix, so the numbered get names.
    named = {f"visible_{number}": value for number, value in enumerate(values)}
    return _COUNT.format(visible=sql % tuple(f"%({name})s" for name in named)), named


_kept = threading.local()


def current_salt() -> Salt:
    """Return the day's salt as this thread knows it; the count tests that it holds."""
    salt = getattr(_kept, "salt", None)
    if salt is None or salt.day != timezone.localdate():
        return renewed_salt()
    return salt


def renewed_salt() -> Salt:
    """Return the day's salt from the database, made if need be; older ones go."""
    day = timezone.localdate()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_readingsalt WHERE day <> %s", [day])
        cursor.execute(
            "INSERT INTO news_readingsalt (day, generation, salt) VALUES (%s, %s, %s)"
            " ON CONFLICT (day) DO NOTHING",
            [day, uuid.uuid4(), secrets.token_bytes(32)],
        )
        cursor.execute(
            "SELECT day, generation, salt FROM news_readingsalt WHERE day = %s", [day]
        )
        _kept.salt = Salt(*cursor.fetchone())
    return _kept.salt


# Waits for nobody: what is told of at this moment is not over, or goes next time.
_FORGET = """
DELETE FROM news_readingkey WHERE key IN (
    SELECT key FROM news_readingkey WHERE read_at <= now() - %s
    FOR UPDATE SKIP LOCKED
)
"""

_TOTAL = """
INSERT INTO news_readingtotal AS total (edition_id, readings)
SELECT edition_id, sum(readings) FROM news_tally
WHERE edition_id IN (SELECT edition_id FROM news_tally WHERE day >= %(since)s)
GROUP BY edition_id
ON CONFLICT (edition_id) DO UPDATE SET readings = excluded.readings
    WHERE total.readings <> excluded.readings
"""

# The last day that was written may have had readings since, whenever that was.
_SINCE = """
SELECT least(%s, coalesce(max(day) - 1, '0001-01-01')) FROM news_readingday
"""

_NO_DAYS = "DELETE FROM news_readingday WHERE day >= %(since)s"

_DAYS = """
INSERT INTO news_readingday (day, category_id, source, readings)
SELECT day, category_id, source, sum(readings)
FROM news_tally JOIN news_edition ON article_id = edition_id
WHERE day >= %(since)s
GROUP BY day, category_id, source
"""

# In one statement, so that whoever sums meanwhile sees the readings once.
_ONE_SLOT = """
WITH gone AS (
    DELETE FROM news_tally WHERE day < %(yesterday)s AND slot > 0
    RETURNING edition_id, day, source, readings
)
INSERT INTO news_tally AS tally (edition_id, day, source, slot, readings)
SELECT edition_id, day, source, 0, sum(readings) FROM gone
GROUP BY edition_id, day, source
ON CONFLICT (edition_id, day, source, slot)
    DO UPDATE SET readings = tally.readings + excluded.readings
"""


def roll_up() -> None:
    """Bring all sums up to date and forget keys that are over: each minute."""
    # A day has ended for certain once the one after it has.
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic(), connection.cursor() as cursor:
        # One worker at a time; what another does now need not be done twice.
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ROLLING_UP])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(_SINCE, [yesterday])
        days = {"yesterday": yesterday, "since": cursor.fetchone()[0]}
        for statement in (_ONE_SLOT, _TOTAL, _NO_DAYS, _DAYS):
            cursor.execute(statement, days)
        cursor.execute(_FORGET, [WINDOW])


def own_host() -> str:
    return (urlsplit(settings.SITE_ORIGIN).hostname or "").removeprefix("www.")
