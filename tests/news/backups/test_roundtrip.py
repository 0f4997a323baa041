"""What was backed up and restored is what was there, row for row and byte for byte."""

import psycopg
import pytest
from django.db import connection

from news import erasure, sweeping
from news.backups import keeping, making, manifest, sealing
from news.models import Photo, ReadingKey, RequestCount
from news.models.article import Verb
from news.workflow import perform
from tests.news.backups.conftest import files_of

# Their rows are in no backup.
LEFT_OUT = {
    *("news_readingkey", "news_readingsalt", "news_requestcount", "django_session"),
}


# What guards the rows, and how they are found.
MADE = """
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'news_%'
UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conname FROM pg_constraint
UNION ALL SELECT relname::text || relpersistence::text FROM pg_class WHERE relkind = 'r'
ORDER BY 1
"""


def rows_of(cursor):
    """Return the rows of every table as PostgreSQL writes them, in their order."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r'"
        " AND relnamespace = 'public'::regnamespace"
    )
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608
        found[table] = [row for (row,) in cursor.fetchall()]
    cursor.execute(MADE)
    return {**found, "made": [row for (row,) in cursor.fetchall()]}


def rows_here():
    with connection.cursor() as cursor:
        return rows_of(cursor)


def rows_there(place):
    with psycopg.connect(place.url) as there, there.cursor() as cursor:
        return rows_of(cursor)


def restored(place, folder, *options, **environment):
    code, said = place.manage("restore", folder, *options, **environment)
    assert code == 0, said
    return said


def test_rows_and_files_come_back_as_they_were(
    site, media, back_up, elsewhere, browser_of, humas
):
    browser_of(humas)
    ReadingKey.objects.create(key=b"k")
    RequestCount.objects.create(key=b"k")
    said = restored(elsewhere, back_up())
    here, there = rows_here(), rows_there(elsewhere)
    assert all(here[table] for table in LEFT_OUT - {"news_readingsalt"})
    assert (len(here["news_revision"]), len(here["news_fingerprint"])) == (4, 2)
    assert {table: there[table] for table in LEFT_OUT} == dict.fromkeys(LEFT_OUT, [])
    assert {table: there[table] for table in there if table not in LEFT_OUT} == {
        table: here[table] for table in here if table not in LEFT_OUT
    }
    assert files_of(elsewhere.media) == files_of(media)
    assert len(files_of(media)) > 10
    assert "Catatan publikasi UTUH: 2 baris, 1 naskah." in said
    code, checked = elsewhere.manage("verify_ledger")
    assert (code, "UTUH" in checked) == (0, True)


def test_an_older_backup_is_erased_again(site, media, back_up, elsewhere, commissioner):
    older = back_up()
    perform(Verb.ERASE, site, commissioner, note="Memuat nomor identitas.")
    assert "1.204" not in str(rows_here())
    said = restored(elsewhere, older, "--journal", erasure.journal())
    assert f"Dihapus lagi: naskah {site.pk}." in said
    assert "1.204" not in str(rows_there(elsewhere))
    assert not any(name.startswith("foto/") for name in files_of(elsewhere.media))
    kept = elsewhere.media / erasure.journal().name
    assert kept.read_text() == erasure.journal().read_text()


def test_the_journal_that_lies_there_is_kept(site, back_up, elsewhere, commissioner):
    """The disk with the media was emptied but for the journal."""
    older = back_up()
    perform(Verb.ERASE, site, commissioner, note="Memuat nomor identitas.")
    elsewhere.media.mkdir()
    journal = elsewhere.media / erasure.journal().name
    journal.write_text(erasure.journal().read_text())
    assert f"Dihapus lagi: naskah {site.pk}." in restored(elsewhere, older)
    assert journal.read_text() == erasure.journal().read_text()


def made_while(folder, moment, act):
    """Make a backup during which something happens, once this is said."""

    def say(line):
        if line.startswith(moment):
            act()

    with keeping.alone(folder):
        linked = keeping.Linked(None, sealing.Plain())
        return making.make(folder, linked, say)[0]


# Said between the copy of the media and the snapshot, and right after the snapshot.
BEFORE, AFTER = "Media: ", "Basis data: "


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_what_is_erased_meanwhile_is_not_restored(
    site, folder, elsewhere, commissioner, moment
):
    made = made_while(
        *(folder, moment),
        lambda: perform(Verb.ERASE, site, commissioner, note="Memuat nomor identitas."),
    )
    stored = [name for name in files_of(made / "media") if name.startswith("foto/")]
    # The rows of a snapshot from before it still show them, until they are replayed.
    assert bool(stored) == (moment == AFTER)
    restored(elsewhere, made)
    assert "1.204" not in str(rows_there(elsewhere))
    assert not any(name.startswith("foto/") for name in files_of(elsewhere.media))


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_a_sweep_meanwhile_leaves_no_row_without_its_file(
    photo, media, folder, elsewhere, moment
):
    Photo.objects.update(uploaded_at="2020-01-01T00:00:00Z")
    later = Photo.objects.get().uploaded_at.replace(year=2021)
    made = made_while(
        folder, moment, lambda: [found.sweep() for found in sweeping.unused(later)]
    )
    assert not Photo.objects.exists()
    assert files_of(media) == {}
    assert "PERINGATAN" not in restored(elsewhere, made)
    with psycopg.connect(elsewhere.url) as there:
        (rows,) = there.execute("SELECT count(*) FROM news_photo").fetchone()
    assert (rows, len(files_of(elsewhere.media)) > 3) == (
        (0, False) if moment == BEFORE else (1, True)
    )


def test_a_file_that_was_lost_before_is_named(photo, media, back_up, capsys):
    (media / photo.file.name).unlink()
    assert manifest.read(back_up()).missing == [photo.file.name]
    assert f"PERINGATAN: {photo.file.name} tercatat" in capsys.readouterr().err
