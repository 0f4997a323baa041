import io
import random

import pytest
from PIL import Image

from news import cards

OFFICE = "KPU Kabupaten Serang"
LONG = "Rapat Pleno Terbuka Rekapitulasi Daftar Pemilih Berkelanjutan " * 5
TITLES = {
    "one word": "Pleno",
    "ordinary": "Penandatanganan Perjanjian Kinerja KPU Kabupaten/Kota se-Provinsi",
    "longest": LONG[:300],
    "one long word": "x" * 80,
    "longest word": "W" * 300,
    "emoji": "Hasil 🎉 pleno 👩‍👩‍👧 🗳️",
    "only emoji": "🎉🗳️",
    "Arabic": "نتائج الانتخابات",
    "Javanese and Chinese": "ꦱꦺꦫꦁ 投票",
    "digits": "2024",
    "marks": "“Kami” … – ½ Rp5.000,00 (50%) <b>&amp;</b>",
    "nothing": "",
}
# The type's own picture for what it lacks.
MISSING = "\ue000"


def words(title, kicker="Siaran Pers", office=OFFICE):
    return cards.Words(title, kicker, office)


def read(content):
    with Image.open(io.BytesIO(content)) as card:
        card.load()
        return card


def title_of(card):
    """Return the part of a card where the title stands."""
    return card.crop((0, 0, *cards.SCENE))


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_every_title_makes_a_card_of_one_size(title):
    content = cards.encode(cards.of_title(words(title)))
    card = read(content)
    assert (card.format, card.size, card.mode) == ("JPEG", (1200, 630), "RGB")
    assert len(content) <= cards.MOST_BYTES
    assert cards.encode(cards.of_title(words(title))) == content


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_title_runs_over_the_margin_or_the_band(title):
    card = cards.of_title(words(title))
    paper = (255, 255, 255)
    for box in (
        (0, 0, cards.MARGIN - 8, cards.SCENE[1]),
        (cards.WIDTH - cards.MARGIN + 8, 0, cards.WIDTH, cards.SCENE[1]),
        (0, cards.SCENE[1] - 12, cards.WIDTH, cards.SCENE[1]),
    ):
        assert card.crop(box).getcolors() == [
            ((box[2] - box[0]) * (box[3] - box[1]), paper)
        ]


def test_a_title_too_long_ends_in_an_ellipsis():
    _, lines = cards._fitted(LONG[:300], 400)
    assert " ".join(lines)[:-1] == LONG[: len(" ".join(lines)) - 1]
    assert lines[-1].endswith("…")


def test_a_word_wider_than_a_line_goes_on_on_the_next():
    _, lines = cards._fitted("x" * 80, 400)
    assert len(lines) > 1
    assert "".join(lines) == "x" * 80


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Pleno", "Pleno"),
        ("Hasil 🎉 pleno", "Hasil pleno"),
        ("𝐇𝐚𝐬𝐢𝐥 𝟐𝟎𝟐𝟒", "Hasil 2024"),
        ("Muh\u0323ammad", "Muḥammad"),
        ("Selisih \u22125", "Selisih –5"),
        ("Kuorum ≥ 50%", ""),
        ("نتائج 2024", ""),
        ("🎉", ""),
    ],
)
def test_only_what_our_type_has_is_drawn(text, shown):
    assert cards.legible(text) == shown


@pytest.mark.parametrize("weight", ["Bold", "Regular"])
def test_our_type_has_every_character_that_is_called_legible(weight):
    font = cards._font(weight, 40)
    lacking = bytes(font.getmask(MISSING))
    listed = [chr(n) for first, last in cards._RANGES for n in range(first, last + 1)]
    assert [char for char in listed if bytes(font.getmask(char)) == lacking] == []


def test_a_photo_is_cut_about_its_focal_point():
    photo = Image.new("RGB", (1000, 2000), "#000000")
    photo.paste("#ffffff", (0, 1500, 1000, 2000))
    upper = title_of(cards.of_photo(photo, (50, 0), words("Judul")))
    lower = title_of(cards.of_photo(photo, (50, 100), words("Judul")))
    size = cards.SCENE[0] * cards.SCENE[1]
    assert upper.getcolors() == [(size, (0, 0, 0))]
    assert lower.getcolors() == [(size, (255, 255, 255))]


@pytest.mark.parametrize(
    "size", [(1600, 1067), (600, 900), (3000, 400), (1, 1), (5, 3000)]
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA"])
def test_every_photo_makes_a_card(size, mode):
    card = cards.of_photo(Image.new(mode, size), (0, 100), words("Judul"))
    assert card.size == (1200, 630)


def test_what_is_transparent_is_paper():
    card = cards.of_photo(Image.new("RGBA", (1200, 800)), (50, 35), words("Judul"))
    assert title_of(card).getcolors() == [(1200 * cards.SCENE[1], (255, 255, 255))]


def test_a_photo_of_much_detail_keeps_within_the_bound():
    noise = random.Random(1).randbytes(1200 * 800 * 3)  # noqa: S311 - a picture
    photo = Image.frombytes("RGB", (1200, 800), noise)
    content = cards.encode(cards.of_photo(photo, (50, 35), words("Judul")))
    assert len(content) <= 250_000


def test_a_long_name_of_an_office_leaves_room_for_whose_view_it_is():
    office = "KPU Kabupaten Kepulauan Siau Tagulandang Biaro dan Sekitarnya"
    photo = Image.new("RGB", (1200, 800))
    opinion = words("Judul", "Kolom Opini · pandangan penulis", office)
    band = cards.of_photo(photo, (50, 35), opinion).crop((0, 540, 1200, 630))
    alone = words("Judul", "Kolom Opini · pandangan penulis", "KPU")
    right = (760, 0, 1200, 90)
    same = cards.of_photo(photo, (50, 35), alone).crop((0, 540, 1200, 630))
    assert band.crop(right).tobytes() == same.crop(right).tobytes()
