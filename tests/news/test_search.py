import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import search
from news.search_words import CLIPPED, GROUPS, MENDED, ROOTS, WHOLE


def terms(typed):
    return [(term.words, term.excluded) for term in search.parse(typed).terms]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tangkal  HOAKS", [(("tangkal",), False), (("hoaks",), False)]),
        ("Café déjà", [(("cafe",), False), (("deja",), False)]),
        ("Jum'at Ma’ruf", [(("jumat",), False), (("maruf",), False)]),
        (
            "542/HM.03.5-Kpt/06/KPU/VIII/2021",
            [(("542", "hm", "03", "5", "kpt", "06", "kpu", "viii", "2021"), False)],
        ),
        ("Kabupaten/Kota", [(("kabupaten", "kota"), False)]),
        (
            '"kabupaten serang" -bawaslu',
            [(("kabupaten", "serang"), False), (("bawaslu",), True)],
        ),
        ('-"kabupaten serang"', [(("kabupaten", "serang"), True)]),
        ("“kabupaten serang”", [(("kabupaten", "serang"), False)]),
        ('"kabupaten serang', [(("kabupaten",), False), (("serang",), False)]),
        ("KPU - Serang", [(("kpu",), False), (("serang",), False)]),
        ("Covid-19", [(("covid", "19"), False)]),
        ("\u202eserang\u200b\ufeff", [(("serang",), False)]),
        ("\x00serang\x1f", [(("serang",), False)]),
        ("tidak bukan belum", [((one,), False) for one in ("tidak", "bukan", "belum")]),
        ('& | ! <-> :* ( ) \\ \' "" "', []),
        ("", []),
    ],
)
def test_what_was_typed_becomes_terms(typed, expected):
    assert terms(typed) == expected


def test_a_word_is_asked_for_as_written_or_by_its_stem():
    query = search.parse("rapat")
    assert (query.loose, query.strict) == ("(('rapat' | '=rapat'))", "")
    assert query.stemmed == ["rapat"]


def test_a_quoted_word_is_asked_for_as_written_alone():
    query = search.parse('"rapat"')
    assert (query.loose, query.stemmed) == ("(('rapat'))", [])


def test_a_phrase_is_first_asked_for_without_its_order():
    query = search.parse('"a b" -"c d"')
    assert query.loose == "(('a' & 'b'))"
    assert query.strict == "(('a' <-> 'b')) & (!('c' <-> 'd'))"


def test_synonyms_are_alternatives_and_the_longest_run_counts():
    query = search.parse("pemilihan serentak 2024")
    assert ("pilkada",) in query.sequences
    assert ("pemilihan", "umum") not in query.sequences
    assert "('pemilihan' <-> 'kepala' <-> 'daerah')" in query.strict


def test_a_query_of_excluded_words_alone_asks_for_nothing():
    query = search.parse("-bawaslu")
    assert not query
    assert query.terms


def test_a_long_query_is_cut_and_says_so():
    query = search.parse("kata " * 30_000)
    assert query.cut
    assert len(query.text) <= search.MOST_CHARACTERS
    assert len(query.terms) == search.MOST_TERMS
    assert not search.parse("kata dua").cut


@given(st.text(max_size=300))
def test_nothing_typed_breaks_the_query_out_of_its_quotes(typed):
    query = search.parse(typed)
    for source in (query.loose, query.strict, query.sure):
        parts = source.split("'")
        assert len(parts) % 2 == 1
        assert all(set(part) <= set("()|&!<-> ") for part in parts[::2])
        assert all(part.removeprefix("=").isalnum() for part in parts[1::2])
    # What the box shows again is what was read.
    assert search.parse(query.text).terms == query.terms


def test_the_table_is_written_as_the_index_is():
    members = [member for group in GROUPS for member in group]
    for member in [*members, *WHOLE, *CLIPPED, *MENDED]:
        assert " ".join(search.words(member)) == member
    # A word in two groups would be found by one of them alone.
    assert len(members) == len(set(members))
    assert not WHOLE & (set(CLIPPED) | set(MENDED))
    assert ROOTS["angkal"] == ["tangkal", "angkal"]


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("dpt", "(('dpt' | '=dpt'))"),
        ("dpt -hoaks", "(('dpt' | '=dpt')) & (!('hoaks'))"),
        ("pileg", "(('pileg' | '=pileg'))"),
        # No phrase at all, and one that nothing else will do for.
        *(("rapat", ""), ("hoaks", ""), ('dpt "a b"', ""), ('dpt -"a b"', "")),
    ],
)
def test_what_is_sure_asks_for_no_phrase(typed, sure):
    assert search.parse(typed).sure == sure
