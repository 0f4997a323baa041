"""The index and what the database does with it, where a page would not show it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news import finding, search
from news.models import Edition, EditionSearch, SearchTerm

JULY = datetime(2024, 7, 1, tzinfo=UTC)


def ask(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


def test_the_lists_and_pages_never_carry_the_words(archived):
    archived("Naskah", JULY)
    for rows in (Edition.objects.all(), Edition.objects.for_list()):
        assert "news_editionsearch" not in str(rows.query)
    assert not hasattr(Edition.objects.get(), "vector")


def test_the_index_is_the_way_to_the_words(archived):
    archived("Naskah", JULY)
    # What the function runs, whose settings forbid the walk through every row.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT edition_id FROM news_editionsearch"
            " WHERE vector @@ news_query(%s, '{}') AND publish_at <= now()"
            " ORDER BY publish_at DESC, edition_id DESC LIMIT 1001",
            [search.parse("tangkal hoaks").loose],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Bitmap Index Scan on edition_words" in plan
    [settings] = ask("SELECT proconfig FROM pg_proc WHERE proname = 'news_hits'")
    assert "enable_seqscan=off" in settings


def test_the_table_has_no_other_index_that_could_be_walked(db):
    assert sorted(
        ask("SELECT indexname FROM pg_indexes WHERE tablename = 'news_editionsearch'")
    ) == ["edition_words", "news_editionsearch_pkey"]


@pytest.mark.django_db
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
@example("ʼ\\ ŉ ½ ﷺ")
@example("'" * 80)
def test_whatever_is_typed_is_a_query_for_the_database(typed):
    query = search.parse(typed)
    for source in filter(None, (query.loose, query.strict)):
        assert ask("SELECT news_query(%s, %s)::text", source, finding._ROOTS)


@pytest.mark.parametrize(
    "text",
    [
        "Kabupaten/Kota se-Provinsi",
        "542/HM.03.5-Kpt/06/KPU/VIII/2021",
        "Jum’at, Ma'ruf “Café” 74,29 %",
        "a_b@c.id https://x.id/y?z=1&q=2",
        "İstanbul ŞẞÆ øre Łódź",
    ],
)
def test_the_database_and_the_query_part_words_alike(db, text):
    [folded] = ask("SELECT news_fold(%s)", text)
    asked = ask(
        "SELECT public.unaccent('public.unaccent', unnest(%s::text[]))",
        list(search.words(text)),
    )
    assert folded.split() == asked


def test_names_and_words_are_kept_but_no_numbers(archived):
    archived(
        "Judul 3604010101010001",
        JULY,
        fields={"body": "<p>Hadir Bapak Zainal Muttaqin, Siti Maryam (Ketua).</p>"},
    )
    assert list(SearchTerm.objects.order_by("term").values_list("term", flat=True)) == [
        *("Bapak Zainal", "Bapak Zainal Muttaqin", "Hadir Bapak"),
        *("Hadir Bapak Zainal", "Siti Maryam", "Zainal Muttaqin"),
        *("bapak", "hadir", "judul", "ketua", "maryam", "muttaqin", "siti", "zainal"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zaenal Mutaqin", "Zainal Muttaqin"),
        ("Soekarno", "Sukarno"),
        ("Djoko", "Joko"),
        ("Syafi'i", "Safi’i"),
        ("hoax", "hoaks"),
        ("Yusuf", "Iusuf"),
    ],
)
def test_spellings_of_a_name_sound_alike(db, one, other):
    assert ask("SELECT news_sound(%s) = news_sound(%s)", one, other) == [True]


def test_a_row_follows_what_its_edition_says(publish, humas, commissioner):
    article = publish(humas, commissioner)
    row = EditionSearch.objects.get()
    assert (row.pk, row.category_id) == (article.pk, article.category_id)
    assert row.publish_at == article.edition.publish_at


def test_phrases_are_looked_for_among_many(archived):
    for n in range(3):
        archived(
            f"Naskah {n}",
            JULY + timedelta(hours=n),
            fields={"body": f"<p>{'b a' if n else 'a b'}</p>"},
        )
    query = search.parse('"a b"')
    assert len(finding.newest(query, finding.Within())) == 1
