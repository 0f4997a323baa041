import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.snippets import LENGTH, marked, snippet


def shown_as(pieces):
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces)


@pytest.mark.parametrize(
    ("text", "sequences", "kin", "expected"),
    [
        ("Tangkal hoaks.", [("hoaks",)], ["tangkal"], "[Tangkal] [hoaks]."),
        ("Café di Serang", [("cafe",)], [], "[Café] di Serang"),
        ("Menyerang Serang", [("serang",)], [], "Menyerang [Serang]"),
        (
            "SK 542/HM.03.5-Kpt, 542",
            [("542", "hm", "03", "5", "kpt")],
            [],
            "SK [542/HM.03.5-Kpt], 542",
        ),
        ("Salat Jum'at", [("jumat",)], [], "Salat [Jum'at]"),
        (
            "Pemilihan umum",
            [("pemilihan",), ("pemilihan", "umum")],
            [],
            "[Pemilihan umum]",
        ),
        ("<b>serang</b>", [("serang",)], [], "<b>[serang]</b>"),
        ("tanpa temuan", [("lain",)], [], "tanpa temuan"),
        ("", [("lain",)], [], ""),
    ],
)
def test_hits_are_marked_where_they_stand(text, sequences, kin, expected):
    assert shown_as(snippet([text], sequences, kin)) == expected


def test_the_text_that_shows_more_is_taken_at_the_place_that_shows_most():
    best = "menangkal berita hoaks di Serang "
    body = "awal hoaks " + "isi " * 200 + best + "isi " * 99
    shown = shown_as(snippet(["Cuplikan hoaks.", body], [("hoaks",)], ["menangkal"]))
    assert "[menangkal] berita [hoaks] di Serang" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_title_is_marked_whole():
    assert shown_as(marked("Pleno " * 60 + "hoaks", [("hoaks",)])).endswith(" [hoaks]")


@given(st.text(max_size=900), st.sampled_from(["a", "serang", "1"]))
def test_a_snippet_is_a_part_of_its_text(text, word):
    shown = "".join(piece.text for piece in snippet([text], [(word,)]))
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert len(shown) <= LENGTH + 4 + 100 or " " not in text
