"""How often one client may ask for what costs the site much.

In the database, so that all processes count together; the libraries for this count in a
cache, which a small office does not run, or forget at every restart. Nothing is kept of
the client but a hash, keyed with the day's secret of `news.counting`.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from news.counting import current_salt, reader_of


@dataclass(frozen=True)
class Limit:
    """So many requests of one client in a span of time, which its first one begins."""

    name: str
    most: int
    within: timedelta


_SPEND = """
INSERT INTO news_requestcount AS known (key, since, requests)
VALUES (%(key)s, now(), 1)
ON CONFLICT (key) DO UPDATE SET
    requests = CASE WHEN known.since <= now() - %(within)s
        THEN 1 ELSE least(known.requests + 1, 1000000) END,
    since = CASE WHEN known.since <= now() - %(within)s
        THEN now() ELSE known.since END
RETURNING requests, extract(epoch FROM known.since + %(within)s - now())
"""

# Longer than any limit lasts.
_KEPT = timedelta(hours=1)


def wait(limit: Limit, address: str) -> int:
    """Count a request; return 0, or how many seconds its client should wait."""
    message = f"{limit.name}\n{reader_of(address, '')}".encode()
    key = hmac.digest(current_salt().salt, message, hashlib.sha256)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": key, "within": limit.within})
        requests, seconds = cursor.fetchone()
    return 0 if requests <= limit.most else max(1, round(seconds))


def forget() -> None:
    """Delete the counts that are over: each minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM news_requestcount WHERE since <= now() - %s", [_KEPT]
        )
