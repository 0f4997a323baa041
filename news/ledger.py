"""The public ledger: one line for each public act, each holding the hash of the last.

`append` is the only writer; triggers refuse a change of a line, and a line that does
not continue the chain. The form of a line is a published contract, so that anyone can
recompute it: see `line` and `line_hash`.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from kpuweb import edge
from news.models import Edition, Publication

GENESIS = "0" * 64

# Any number, the same for each writer: it serialises appends until the commit.
_LOCK = 0x6B70_7565_6201

# Whatever became public before that is for `record_due` to find.
LATELY = timedelta(minutes=5)

# Lines that are held in memory at once, however long the record is.
CHUNK = 1000


def canonical(value: dict) -> str:
    """Return JSON with one spelling: sorted keys, no spaces, UTF-8 unescaped."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def timestamp(moment: datetime) -> str:
    """Return a moment as the ledger writes it: UTC, six decimals, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line(publication: Publication) -> dict:
    """Return a line of the record as it is published, `hash` included."""
    return {
        "sequence": publication.sequence,
        "article": publication.article,
        "version": publication.version,
        "digest": publication.digest,
        "kind": publication.kind,
        "note": publication.note,
        "at": timestamp(publication.at),
        "recorded_at": timestamp(publication.recorded_at),
        "previous": publication.previous,
        "hash": publication.hash,
    }


def line_hash(content: dict) -> str:
    """Return the SHA-256, in hex, of a line's canonical JSON without its `hash`."""
    body = {key: value for key, value in content.items() if key != "hash"}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def chunks(first: int, last: int) -> Iterator[list[Publication]]:
    """Return the lines from one number to another, so many at a time, in their order.

    Each chunk is a query by the key: no transaction stays open, and no memory grows,
    while a slow reader takes them.
    """
    rows = Publication.objects.filter(sequence__lte=last).order_by("sequence")
    while chunk := list(rows.filter(sequence__gte=first)[:CHUNK]):
        yield chunk
        first = chunk[-1].sequence + 1


def lock() -> None:
    """Wait for the ledger; the caller's transaction holds it until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def database_now() -> datetime:
    """Return the database's clock: the one by which the public sees an edition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def record_due() -> int:
    """Write the line of each scheduled edition that became public; return how many.

    A timer asks it each minute, and every writer before its own line, so that the
    record stands in the order of publication. `at` is when the edition became public,
    whenever that is recorded: a dead timer never delays publication.
    """
    with transaction.atomic():
        lock()
        written = Publication.objects.filter(article=OuterRef("pk"))
        # Not the texts, which would fill the memory after a long time without a worker.
        due = (
            Edition.objects.due()
            .exclude(Exists(written))
            .order_by("publish_at", "pk")
            .values_list("pk", "version", "revision__digest", "publish_at")
        )
        for article, version, digest, publish_at in due:
            _write(
                article=article,
                version=version,
                digest=digest,
                kind=Publication.Kind.PUBLISHED,
                note="",
                at=publish_at,
            )
        return len(due)


def record_lately_due() -> None:
    """Write the line of what became public just now: each second, and at no cost.

    The cache in front of the site learns by it that there is something new.
    """
    written = Publication.objects.filter(article=OuterRef("pk"))
    lately = Edition.objects.due().filter(publish_at__gt=Now() - LATELY)
    if lately.exclude(Exists(written)).exists():
        record_due()


def append(
    *, article: int, version: int, digest: str, kind: str, note: str, at: datetime
) -> Publication:
    """Add one line to the record, in the caller's transaction, and return it."""
    lock()
    record_due()
    return _write(
        article=article, version=version, digest=digest, kind=kind, note=note, at=at
    )


def _write(*, article, version, digest, kind, note, at):
    last = Publication.objects.order_by("-sequence").first()
    publication = Publication(
        sequence=last.sequence + 1 if last else 1,
        article=article,
        version=version,
        digest=digest,
        kind=kind,
        note=note,
        at=at,
        recorded_at=database_now(),
        previous=last.hash if last else GENESIS,
    )
    publication.hash = line_hash(line(publication))
    publication.save(force_insert=True)
    transaction.on_commit(edge.changed, robust=True)
    return publication
