import hashlib
import json
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from news import ledger
from news.models import Publication


def append(article=1, version=1, kind="terbit"):
    return ledger.append(
        article=article,
        version=version,
        digest="d" * 64,
        kind=kind,
        note="",
        at=datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
    )


def test_each_line_holds_the_hash_of_the_one_before(db):
    first, second = append(), append(version=2, kind="ralat")
    assert (first.sequence, first.previous) == (1, "0" * 64)
    assert (second.sequence, second.previous) == (2, first.hash)


def test_a_hash_is_that_of_the_lines_canonical_json(db):
    append()
    line = ledger.line(Publication.objects.get())
    given = line.pop("hash")
    assert list(line) == [
        *("sequence", "article", "version", "digest", "kind", "note"),
        *("at", "recorded_at", "previous"),
    ]
    assert line["at"] == "2026-11-24T03:00:00.000000Z"
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == given


@pytest.mark.django_db(transaction=True)
def test_the_chain_stays_whole_when_many_write_at_once():
    def write():
        try:
            for _ in range(10):
                with transaction.atomic():
                    append()
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = list(Publication.objects.all())
    assert [line.sequence for line in lines] == list(range(1, 41))
    assert [line.previous for line in lines] == [
        ledger.GENESIS,
        *(line.hash for line in lines[:-1]),
    ]
