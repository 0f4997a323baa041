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
    for source in filter(None, (query.loose, query.strict, query.sure)):
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


@pytest.mark.parametrize("asked", ["logistik", '"logistik pemilu"'])
def test_the_newest_years_are_asked_first_and_the_others_where_they_are_few(
    archived, asked
):
    moments = [
        *(datetime(2012, 5, 1, tzinfo=UTC), datetime(2022, 12, 31, 23, 59, tzinfo=UTC)),
        *(datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 6, 1, tzinfo=UTC)),
        *(datetime(2024, 1, 1, tzinfo=UTC), JULY),
    ]
    for moment in moments:
        archived(f"{moment}", moment, fields={"body": "<p>Logistik pemilu.</p>"})
    archived("Lain", JULY, fields={"body": "<p>Pemilu, logistik.</p>"})
    query = search.parse(asked)
    newest = sorted([*moments, *([JULY] if not query.strict else [])], reverse=True)
    for most in range(1, len(newest) + 1):
        keys = ask(
            "SELECT edition_id FROM news_hits("
            " news_query(%s, '{}'), news_query(NULLIF(%s, ''), '{}'),"
            " NULL, NULL, NULL, NULL, %s)",
            *(query.loose, query.strict, most),
        )
        found = Edition.objects.filter(pk__in=keys).newest_first()
        assert [one.publish_at for one in found] == newest[:most]


def test_a_word_and_the_phrase_that_means_it_are_found_in_one_order(archived):
    bodies = ("Bawaslu", "Pengawas badan pemilu", "Badan pengawas pemilu", "Bawaslu")
    for year in (2012, 2024):
        for month, body in enumerate(bodies, 1):
            fields = {"body": f"<p>{body}.</p>"}
            archived(
                f"{year}-{month}", datetime(year, month, 1, tzinfo=UTC), fields=fields
            )
    query = search.parse("bawaslu")
    assert query.sure
    titles = ["2024-4", "2024-3", "2024-1", "2012-4", "2012-3", "2012-1"]
    found = finding.newest(query, finding.Within())
    assert [Edition.objects.get(pk=pk).title for pk in found] == titles
    for most in range(1, 7):
        keys = ask(
            "SELECT edition_id FROM news_hits("
            " news_query(%s, '{}'), news_query(%s, '{}'), news_query(%s, '{}'),"
            " NULL, NULL, NULL, %s)",
            *(query.loose, query.strict, query.sure, most),
        )
        assert sorted(keys) == sorted(found[:most])


@pytest.mark.parametrize(
    ("since", "until", "expected"), [(2023, 2024, 2), (2022, 2023, 1), (2012, 2013, 1)]
)
def test_a_span_of_time_finds_its_own(archived, since, until, expected):
    for year, month in ((2012, 5), (2022, 12), (2023, 1), (2023, 6), (2024, 1)):
        archived(f"Warta {year}-{month}", datetime(year, month, 1, tzinfo=UTC))
    span = (datetime(year, 1, 1, tzinfo=UTC) for year in (since, until))
    found = finding.newest(search.parse("warta"), finding.Within(None, *span))
    assert len(found) == expected


def test_the_year_of_a_text_is_no_word_of_it(archived):
    archived("Naskah", JULY)
    query = search.parse("@2024")
    assert query.loose
    assert finding.newest(query, finding.Within()) == []
