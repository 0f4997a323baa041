"""Measure the search over 100,000 editions, in a private database of its own.

    V=.venv/bin/python; $V -m kpuweb.embedded run --for bench -- $V -m bench.search

makes the editions where there are none (some minutes, about 1.5 GB; the next run finds
them), and prints milliseconds per kind of query: in the database, and as a whole page.
On a machine that does much else, see what the database was busy for.
`--explain` prints the plans too, `--rows 20000` asks for another size, `--fresh` makes
them anew. `make clean` removes the database.
"""

import argparse
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench import configured, indonesian  # noqa: F401 - sets Django up
from news.models import Edition, EditionSearch, SearchTerm

SEED = 2022
ROUNDS = 40
# Milliseconds that 95 of 100 searches stay under.
DATABASE_BAR, PAGE_BAR = 100, 150
ROW = "{:<36}{:>9}{:>8}{:>8}{:>11}{:>8}{:>15}{:>8}"
TABLES = """
news_editionsearch, news_searchterm, news_editionabout, news_relative, news_edition,
news_revision
"""
STAGED = ("number", "title", "lead", "body", "tag", "category")
INDEXES = [(model, model._meta.indexes[0]) for model in (EditionSearch, SearchTerm)]
NEWEST = datetime(2026, 1, 1, tzinfo=UTC)

# In a session that fires no trigger: the guards ask for an approval of each, and the
# words are indexed in one go afterwards, as migration 0004 does it. There are no desk
# copies, since nothing public could ask for one.
MAKE = """
INSERT INTO news_revision (id, number, article_id, saved_by_id, digest, document)
SELECT number, 1, number, 1, '', json_build_object(
    'title', title, 'lead', lead, 'body', body, 'tags', ARRAY[tag], 'cover', NULL,
    'byline_name', '', 'dateline', 'Serang (28/1)'
) FROM staged;
INSERT INTO news_edition (
    article_id, revision_id, version, round, title, slug, category_id, excerpt, body,
    tag_names, topics, publish_at, published_on, baseline, approved_number,
    withdrawn_reason
) SELECT number, number, 1, 1, s.title, 'naskah', c.id, lead, body,
    ARRAY[tag], ARRAY[tag], moment, moment, 0, 1, ''
FROM (
    SELECT *, %s::timestamptz - (%s - number) * interval '1 hour' AS moment FROM staged
) AS s JOIN news_category AS c ON c.slug = s.category;
"""
INDEX = """
SELECT count(news_index_edition(article_id) IS NULL) FROM news_edition
WHERE article_id %% %s = %s
"""
SIZES = """
SELECT pg_size_pretty(pg_total_relation_size('news_editionsearch')),
    pg_size_pretty(pg_relation_size('edition_words')),
    pg_size_pretty(pg_total_relation_size('news_edition'))
"""
TERMS = """
INSERT INTO news_searchterm (term, sound) SELECT term, news_sound(term)
FROM (
    SELECT DISTINCT unnest(news_terms(vector, names)) FROM news_editionsearch
) AS found (term)
"""


def main():
    options = arguments()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if options.fresh or not is_made(options.rows):
        make(options.rows)
    return int(measure(options.explain) > 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    return parser.parse_args()


def say(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def timed(what):
    start = time.perf_counter()
    yield
    say(f"{what}: {time.perf_counter() - start:.1f} s")


# The texts


def is_made(rows):
    """Tell whether so many are there, with the index that was made last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('term_sounds') IS NOT NULL")
        return cursor.fetchone()[0] and Edition.objects.count() == rows


def make(rows):
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")
        cursor.execute("SET session_replication_role = replica")
        with timed(f"{rows} texts written"):
            stage(cursor, rows)
            cursor.execute(MAKE, [NEWEST, rows])
        index(cursor)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(SIZES)
        say("words {}, of which index {}; editions {}".format(*cursor.fetchone()))
    say(f"{SearchTerm.objects.count()} words and names")


def index(cursor):
    for _, large in INDEXES:
        cursor.execute(f"DROP INDEX IF EXISTS {large.name}")
    with timed("words"):
        parts = os.cpu_count()
        with ThreadPoolExecutor(parts) as pool:
            list(pool.map(index_part, [parts] * parts, range(parts)))
        cursor.execute(TERMS)
    # In one go, which is much quicker than a row at a time.
    with timed("indexes"), connection.schema_editor() as editor:
        for model, large in INDEXES:
            editor.add_index(model, large)


def index_part(parts, number):
    """Write the words of one part of the editions, in a session of its own."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as session:
        session.execute("SET session_replication_role = replica")
        session.execute(INDEX, [parts, number])


def stage(cursor, rows):
    columns = ", ".join(f"{name} text" for name in STAGED[1:])
    cursor.execute("DROP TABLE IF EXISTS staged")
    cursor.execute(f"CREATE TEMPORARY TABLE staged (number bigint, {columns})")
    with cursor.copy(f"COPY staged ({', '.join(STAGED)}) FROM STDIN") as copy:
        for row in indonesian.texts(rows, SEED):
            copy.write_row([row[name] for name in STAGED])


# The queries


def kinds():
    """Return each kind of query: its name, and what is asked in a round."""
    chance = random.Random(SEED)  # noqa: S311 - the same questions again
    rows = Edition.objects.count()
    numbers = [chance.randrange(1, rows) for _ in range(ROUNDS)]
    tail = indonesian.rare(SEED)
    return {
        "one rare word": lambda n: {"q": tail[n]},
        "a decision's first number": lambda n: {"q": str(numbers[n])},
        "a decision's whole number": lambda n: {
            "q": f"{numbers[n]}/HM.03.5-Kpt/06/KPU/VIII/{2010 + numbers[n] % 15}"
        },
        "a stem, in a hundredth": lambda n: {"q": "menangkal hoaks"},
        "in a fifth, newest first": lambda n: {"q": "bawaslu"},
        "in a fifth, best first": lambda n: {"q": "bawaslu", "urut": "sesuai"},
        "in a fifth, newest, page 100": lambda n: {"q": "bawaslu", "page": 100},
        "in a fifth, best, page 100": lambda n: {
            "q": "bawaslu",
            "urut": "sesuai",
            "page": 100,
        },
        "in all, newest first": lambda n: {"q": "kpu"},
        "in all, best first": lambda n: {"q": "kpu", "urut": "sesuai"},
        "synonyms with phrases": lambda n: {"q": "pilkada"},
        "four common words, best": lambda n: {
            "q": "rapat koordinasi pemilu serang",
            "urut": "sesuai",
        },
        "a phrase in all": lambda n: {"q": '"kpu kabupaten serang"'},
        "a phrase of common words in none": lambda n: {"q": '"serang serta pemilu"'},
        "without a word": lambda n: {"q": "pemilu -bawaslu"},
        "category and year": lambda n: {
            "q": "bawaslu",
            "kategori": "opini",
            "tahun": 2019,
        },
        "a misspelt name, none found": lambda n: {"q": "zaenal muttakim"},
        "a misspelt word, none found": lambda n: {"q": "bawasslu rekapitulasie"},
        "10 words": lambda n: {"q": " ".join(indonesian.COMMON[n : n + 10])},
        "20,000 characters": lambda n: {"q": "kpu hoaks " * 2000},
    }


class Clock:
    """Add up what the database takes for a page, in milliseconds.

    `elapsed` has the answer's journey and the wait for a processor in it, `busy` is the
    time that the database's process had one: what a busy machine does not change much.
    """

    def __init__(self):
        self.elapsed = self.busy = 0.0
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        server = connection.connection.info.backend_pid
        start, begun = time.perf_counter(), processor_time(server)
        try:
            return execute(sql, params, many, context)
        finally:
            self.elapsed += (time.perf_counter() - start) * 1000
            self.busy += (processor_time(server) - begun) * 1000
            self.statements.append((sql, params))


def processor_time(process):
    """Return the seconds for which a process of this machine has had a processor."""
    nanoseconds = Path(f"/proc/{process}/schedstat").read_text().split()[0]
    return int(nanoseconds) / 1e9


def measure(explain):
    """Print what each kind takes; return how many miss a bar."""
    say(f"\nload {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    say(ROW.format("", "database", "", "", "page", "", "database busy", ""))
    say(ROW.format("ms", "p50", "p95", "max", "p50", "p95", "p50", "p95"))
    client = Client()
    missed = 0
    for name, question in kinds().items():
        clocks, pages = zip(
            *(asked(client, name, question(n)) for n in range(ROUNDS)), strict=True
        )
        database = [clock.elapsed for clock in clocks]
        busy = [clock.busy for clock in clocks]
        figures = [
            *(share(database, 0.5), share(database, 0.95), max(database)),
            *(share(pages, 0.5), share(pages, 0.95)),
            *(share(busy, 0.5), share(busy, 0.95)),
        ]
        say(ROW.format(name, *(f"{figure:.1f}" for figure in figures)))
        missed += figures[1] >= DATABASE_BAR or figures[4] >= PAGE_BAR
        if explain:
            plans(clocks[-1].statements)
    say(f"load {os.getloadavg()[0]:.1f}; {missed} kinds over the bars")
    return missed


def asked(client, name, question):
    """Ask once; return what the database took, and the milliseconds of the page."""
    clock = Clock()
    start = time.perf_counter()
    with connection.execute_wrapper(clock):
        response = client.get("/cari/", question)
    if response.status_code != 200:
        sys.exit(f"{name}: {response.status_code}")
    return clock, (time.perf_counter() - start) * 1000


def share(values, part):
    """Return the value that so large a part of them does not exceed."""
    return sorted(values)[max(0, round(len(values) * part) - 1)]


def plans(statements):
    with connection.cursor() as cursor:
        # Those within a function too, as notices.
        cursor.execute("LOAD 'auto_explain'")
        cursor.execute("SET auto_explain.log_min_duration = 0")
        cursor.execute("SET auto_explain.log_analyze = on")
        cursor.execute("SET auto_explain.log_nested_statements = on")
        cursor.execute("SET auto_explain.log_level = notice")
        cursor.execute("SET client_min_messages = notice")
        connection.connection.add_notice_handler(tell)
        for sql, params in statements:
            cursor.execute(sql, params)
            cursor.fetchall()
        connection.connection.remove_notice_handler(tell)
        cursor.execute("RESET auto_explain.log_min_duration")


def tell(notice):
    say(notice.message_primary)


if __name__ == "__main__":
    sys.exit(main())
