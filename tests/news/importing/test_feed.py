import hashlib
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.importing.feed import Doubt, FeedError, read

REAL_PAGE = Path(__file__).parents[3] / "../shared/data/berita-terkini.txt"

EVENT = "KPU Kabupaten Mandala menggelar rapat pleno pada Kamis, 2 Maret 2023."
PLAIN = "Rapat itu membahas jadwal dan anggaran."


def article(
    body=EVENT, title="Rapat Pleno Terbuka", counter="60", closer="Selengkapnya"
):
    lines = (counter, title, body, closer)
    return "\n\n".join(line for line in lines if line is not None) + "\n"


def page(*articles, heading="Berita Terkini"):
    return "\n\n".join((heading, *articles) if heading else articles).encode()


def item(body=EVENT, heading="Berita Terkini", **parts):
    (only,) = read(page(article(body, **parts), heading=heading)).items
    return only


def doubts(found, field):
    return [doubt.message for doubt in found.doubts if doubt.field == field]


def refusal(data):
    with pytest.raises(FeedError) as caught:
        read(data)
    return caught.value


# The page


def test_page_gives_items_from_the_top_with_heading_and_counters():
    feed = read(
        page(
            article(title="Yang Baru", counter="7"), article(PLAIN, "Yang Lama", "801")
        )
    )

    assert feed.heading == "Berita Terkini"
    assert [(i.position, i.line, i.baseline, i.title) for i in feed.items] == [
        (1, 3, 7, "Yang Baru"),
        (2, 12, 801, "Yang Lama"),
    ]
    assert feed.items[1].body == f"<p>{PLAIN}</p>"


def test_a_certain_item_leaves_no_doubt():
    body = f"Mandala (2/3) - {EVENT} {PLAIN} (Tim Humas KPU Kabupaten Mandala)"

    found = item(body)

    assert found.doubts == ()
    assert found.body == f"<p>{EVENT} {PLAIN}</p>"


def test_raw_is_the_exact_text_without_the_counter_and_its_hash():
    raw = "Judul\u00a0 Satu \r\n\r\n  Isi\u200b yang\u00a0 utuh."
    data = f"Berita Terkini\r\n\r\n60\r\n\r\n{raw}\r\n\r\nSelengkapnya".encode()

    found = read(data).items[0]

    assert found.raw == raw
    assert found.sha256 == hashlib.sha256(raw.encode()).hexdigest()
    assert (found.title, found.body) == ("Judul Satu", "<p>Isi yang utuh.</p>")


def test_the_byte_order_mark_is_no_part_of_the_text():
    data = ("\ufeff" + article(counter=None)).encode()

    assert read(data).items[0].raw.startswith("Rapat Pleno")


def test_the_same_item_has_the_same_hash_when_its_counter_has_grown():
    assert item(counter="60").sha256 == item(counter="61").sha256


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_byte_order_mark_change_nothing_read(end, mark):
    data = (mark + article() + "\n" + article(PLAIN, "Lain")).replace("\n", end)

    feed = read(data.encode())

    assert [(i.title, i.line) for i in feed.items] == [
        ("Rapat Pleno Terbuka", 1),
        ("Lain", 9),
    ]


@pytest.mark.parametrize(
    "closer",
    [
        "Selengkapnya",
        "selengkapnya",
        "SELENGKAPNYA",
        "Selengkapnya »",
        "Selengkapnya ...",
        "Selengkapnya…",
        "Baca Selengkapnya",
        "Baca selengkapnya >>",
        "\u00a0Selengkapnya\u200b  ",
    ],
)
def test_each_form_of_the_interface_word_ends_an_item(closer):
    feed = read(page(article(closer=closer), article(PLAIN, "Lain")))

    assert [i.title for i in feed.items] == ["Rapat Pleno Terbuka", "Lain"]
    assert feed.items[0].body == f"<p>{EVENT}</p>"


def test_the_interface_word_glued_to_the_text_ends_an_item():
    feed = read(page(article(EVENT + " Selengkapnya »", closer=None), article()))

    assert [i.body for i in feed.items] == [f"<p>{EVENT}</p>"]
    assert "baris 10" in doubts(feed.items[0], "body")[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Aturan selengkapnya dapat dibaca di laman resmi.",
        "Selengkapnya dapat dibaca di laman resmi.",
        "Syarat dapat dibaca selengkapnya",
    ],
)
def test_the_word_inside_a_sentence_stays(sentence):
    assert sentence in item(f"{EVENT}\n\n{sentence}").body


@pytest.mark.parametrize(
    ("counter", "baseline"),
    [
        ("0", 0),
        ("1204", 1204),
        ("1.204", 1204),
        ("12.001.204", 12001204),
        ("Dibaca 1.204 kali", 1204),
        ("dilihat : 33 kali", 33),
        ("33 views", 33),
        ("\u00a060\u200b ", 60),
    ],
)
def test_forms_of_counters(counter, baseline):
    found = item(counter=counter)

    assert (found.baseline, found.title) == (baseline, "Rapat Pleno Terbuka")
    assert doubts(found, "baseline") == []


@pytest.mark.parametrize(
    "counter", ["1,2 rb", "-", "Dibaca banyak kali", "3602011203040005"]
)
def test_a_counter_that_is_no_certain_number_is_doubted(counter):
    found = item(counter=counter)

    assert (found.baseline, found.title) == (None, "Rapat Pleno Terbuka")
    assert counter in doubts(found, "baseline")[0]


def test_a_page_without_counters():
    feed = read(
        page(
            article(counter=None),
            article("2024 adalah tahun pemilu.", "2024", counter=None),
        )
    )

    assert [(i.title, i.baseline) for i in feed.items] == [
        ("Rapat Pleno Terbuka", None),
        ("2024", None),
    ]
    assert doubts(feed.items[0], "baseline")
    assert "2024" in doubts(feed.items[1], "title")[0]
    assert feed.items[1].body == "<p>2024 adalah tahun pemilu.</p>"


def test_a_number_as_title_under_a_counter():
    found = item(title="2024", counter="60")

    assert (found.baseline, found.title) == (60, "2024")


def test_a_title_that_ends_in_a_full_stop_is_still_a_title():
    found = read(page(article(), article(PLAIN, "Rapat selesai.", "78"))).items[1]

    assert (found.baseline, found.title) == (78, "Rapat selesai.")
    assert doubts(found, "title")


def test_a_number_that_begins_or_fills_a_line_of_the_body_is_no_counter():
    found = item(f"{EVENT}\n\n60 orang hadir.\n\n75")

    assert found.baseline == 60
    assert found.body == f"<p>{EVENT}</p><p>60 orang hadir.</p><p>75</p>"


def test_a_lost_interface_word_is_doubted_with_its_line():
    found = read(page(article(closer=None), article(PLAIN, "Lain", "78"))).items[0]

    assert "Baris 10" in doubts(found, "body")[0]
    assert "78" in doubts(found, "body")[0]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (None, ""),
        ("Umum", "Umum"),
        ("KPU Kabupaten Mandala\n\nBerita Terkini", "KPU Kabupaten Mandala"),
        ("Kabar KPU", "Kabar KPU"),
    ],
)
@pytest.mark.parametrize("counter", ["60", None])
def test_headings(heading, expected, counter):
    feed = read(page(article(counter=counter), heading=heading))

    assert feed.heading.split("\n")[0] == expected
    assert [i.title for i in feed.items] == ["Rapat Pleno Terbuka"]


def test_a_title_above_two_paragraphs_is_no_heading():
    feed = read(page(article(f"{EVENT}\n\n{PLAIN}", counter=None), heading=None))

    assert (feed.heading, feed.items[0].title) == ("", "Rapat Pleno Terbuka")


def test_a_short_title_above_lines_without_full_stop_is_no_heading():
    body = "Dihadiri semua pihak\n\nRapat itu dihadiri semua pihak yang diundang"

    feed = read(page(article(body, "Rapat Pleno", counter=None), heading=None))

    assert (feed.heading, feed.items[0].title) == ("", "Rapat Pleno")


def test_pages_saved_one_after_the_other_repeat_their_heading():
    feed = read(page(article(), page(article(PLAIN, "Lain")).decode()))

    assert [i.title for i in feed.items] == ["Rapat Pleno Terbuka", "Lain"]


def test_the_pager_below_the_last_item_is_no_item():
    data = page(article(), "« Sebelumnya 1 2 3 Selanjutnya »")

    assert len(read(data).items) == 1


def test_the_same_item_twice_is_kept_once_with_a_doubt():
    feed = read(page(article(), article(PLAIN, "Lain"), article(counter="61")))

    assert [(i.position, i.title) for i in feed.items] == [
        (1, "Rapat Pleno Terbuka"),
        (2, "Lain"),
    ]
    assert feed.items[0].baseline == 60
    assert "baris 21" in doubts(feed.items[0], "body")[0]


# The text


def test_lines_are_paragraphs_and_text_is_escaped():
    found = item(f"{EVENT}\n\nSuara <b>sah</b> & tidak sah.\nBaris ketiga.")

    assert found.body == (
        f"<p>{EVENT}</p><p>Suara &lt;b&gt;sah&lt;/b&gt; &amp; tidak sah.</p>"
        "<p>Baris ketiga.</p>"
    )
    assert any("HTML" in message for message in doubts(found, "body"))


def test_separator_characters_inside_a_line_are_paragraph_breaks():
    assert (
        item("Satu.\u2029Dua.\x0bTiga.").body == "<p>Satu.</p><p>Dua.</p><p>Tiga.</p>"
    )


def test_text_is_normalised_and_spaces_are_plain():
    found = item("Cafe\u0301\u00a0baru,\u2003dan\u00a0\u00a0 \tlain\u00adnya.")

    assert found.body == "<p>Café baru, dan lainnya.</p>"
    assert any("tak terlihat" in message for message in doubts(found, "body"))


def test_a_joiner_inside_an_emoji_stays():
    assert "\U0001f469\u200d\U0001f9b1" in item("Halo \U0001f469\u200d\U0001f9b1.").body


@pytest.mark.parametrize("text", ["Rusak â€œini.", "Rusak \ufffd.", "Kata sаlah."])
def test_broken_or_mixed_letters_are_doubted(text):
    assert doubts(item(f"{EVENT} {text}"), "body")


def test_capitals_in_a_title_stay_and_are_doubted():
    found = item(title="RAPAT PLENO KPU")

    assert found.title == "RAPAT PLENO KPU"
    assert "kapital" in doubts(found, "title")[0]
    assert doubts(item(title="Rapat Pleno KPU"), "title") == []


@pytest.mark.parametrize(
    "ending", ["Rapat itu juga memba", "Rapat itu juga...", "Dan…"]
)
def test_a_text_that_stops_short_is_doubted_and_not_mended(ending):
    found = item(f"{EVENT} {ending}")

    assert found.body == f"<p>{EVENT} {ending}</p>"
    assert any("terpotong" in message for message in doubts(found, "body"))


def test_a_sentence_that_comes_again_is_doubted_even_with_a_typo():
    sentence = "Acara ini bagian dari program pendidikan pemilih di sekolah."
    typo = sentence.replace("sekolah", "sekolh")

    shorter = sentence.replace("pendidikan ", "")

    for again in (sentence, typo, shorter):
        (message,) = doubts(item(f"{EVENT} {sentence} {PLAIN} {again}"), "body")

        assert message.startswith("1 kalimat")
        assert "Acara ini bagian dari" in message


def test_sentences_that_only_begin_alike_are_not_repeats():
    body = (
        f"{EVENT} Ketua KPU Kabupaten Mandala menyampaikan laporan tahunan. "
        "Ketua KPU Kabupaten Mandala menyampaikan terima kasih kepada seluruh petugas."
    )

    assert doubts(item(body), "body") == []


def test_a_gap_suggests_a_paragraph_and_makes_none():
    found = item(f"{EVENT}\u00a0  Sesudah itu acara ditutup.")

    assert found.body == f"<p>{EVENT} Sesudah itu acara ditutup.</p>"
    assert "Sesudah itu acara ditutup" in doubts(found, "body")[0]


def test_a_justified_text_suggests_paragraphs_only_at_wider_gaps():
    found = item(f"{EVENT}  Rakyat  yang  memilih.  Suara  sah.   Sesudah itu selesai.")

    (message,) = doubts(found, "body")
    assert "“Sesudah itu selesai.”" in message
    assert "Suara" not in message


# Dateline


@pytest.mark.parametrize(
    ("dateline", "dash"),
    [
        ("Serang (28/1)", " - "),
        ("Serang (28/1/2022)", " – "),
        ("Serang (28/1)", "-"),
        ("Kab. Serang, (19/01)", " — "),
        ("Serang,", " - "),
        ("Serang, 3 Juli 2025", " – "),
        ("Serang 3 Juli 2025", " – "),
        ("Serang, Jumat, 28 Januari 2022", " – "),
        ("SERANG, Jumat (28/1/2022)", " – "),
        ("Jakarta", " - "),
        ("Jakarta", "- "),
        ("Sragen, kab-sragen.kpu.go.id", " - "),
        ("Malang (kpu.go.id)", " - "),
        ("Kab-jepara.kpu.go.id", " – "),
        ("KARANGANYAR", " – "),
        ("GUNUNG KIDUL", " – "),
        ("Kota Bandar Lampung", " - "),
        ("Kab. Mandala", " - "),
        ("Mandala,", " - "),
        ("Serang, Prov. Banten", " - "),
        ("Serang, Banten", " — "),
        ("Mandala Raya (2/3)", " -\u00a0 "),
    ],
)
def test_datelines_leave_the_body(dateline, dash):
    found = item(f"{dateline}{dash}{EVENT}")

    assert (found.dateline, found.body) == (dateline, f"<p>{EVENT}</p>")
    assert doubts(found, "dateline") == []


def test_a_dateline_on_its_own_line():
    found = item(f"Serang, 2 Maret 2023\n\n{EVENT}")

    assert (found.dateline, found.body) == ("Serang, 2 Maret 2023", f"<p>{EVENT}</p>")


@pytest.mark.parametrize(
    "start",
    [
        "KPU - Bawaslu bertemu.",
        "Rabu Ngopi - edisi 3 berlangsung ramai.",
        "Rabu Ngopi - Edisi 3 berlangsung ramai.",
        "Pemilu (14/2) - hari yang ditunggu.",
        "Serang - kota yang ramai - menjadi tuan rumah.",
        "Rapat KPU Serang (28/1) - bagian pertama.",
    ],
)
def test_a_dash_early_in_a_sentence_is_no_dateline(start):
    found = item(f"{start} {EVENT}")

    assert (found.dateline, found.body) == ("", f"<p>{start} {EVENT}</p>")


@pytest.mark.parametrize(
    "start",
    [
        "Semarak Demokrasi - Upaya bersama terus digalakkan.",
        "Serang, KPU menggelar rapat.",
        "Serang (2/3) KPU menggelar rapat.",
    ],
)
def test_what_may_be_a_dateline_stays_with_a_doubt(start):
    found = item(f"{start} {EVENT}")

    assert (found.dateline, found.body) == ("", f"<p>{start} {EVENT}</p>")
    assert doubts(found, "dateline")


# Credit


@pytest.mark.parametrize(
    ("signature", "credit"),
    [
        ("(Tim Humas KPU Kab. Mandala)", "Tim Humas KPU Kab. Mandala"),
        ("(Tim Hupmas KPU Kabupaten Mandala).", "Tim Hupmas KPU Kabupaten Mandala"),
        ("(Humas)", "Humas"),
        ("(red)", "red"),
        ("[Red.]", "Red."),
        ("(hupmas kpu mandala)", "hupmas kpu mandala"),
        ("*(Humas KPU Mandala)", "Humas KPU Mandala"),
        ("*** (Humas KPU Mandala)", "Humas KPU Mandala"),
        ("(Wirma/Humas KPU Mandala)", "Wirma/Humas KPU Mandala"),
        ("Penulis: Wirma", "Penulis: Wirma"),
        (
            "Penulis : Wirma- Humas KPU Kab. Mandala",
            "Penulis : Wirma- Humas KPU Kab. Mandala",
        ),
        ("Penulis : Wirma / Editor : Dian", "Penulis : Wirma / Editor : Dian"),
        ("Foto: Humas KPU Mandala", "Foto: Humas KPU Mandala"),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\u00a0 ", "\n\n"])
def test_signatures_leave_the_body(signature, credit, gap):
    found = item(f"{EVENT}{gap}{signature}")

    assert (found.credit, found.body) == (credit, f"<p>{EVENT}</p>")
    assert doubts(found, "credit") == []


def test_signatures_on_several_lines_are_joined_in_their_order():
    found = item(f"{EVENT}\nPenulis: Wirma\nEditor : Dian\nFoto: Bayu")

    assert found.credit == "Penulis: Wirma / Editor : Dian / Foto: Bayu"
    assert found.body == f"<p>{EVENT}</p>"


def test_a_team_signs_even_after_a_name():
    found = item(f"{EVENT} Hadir pula Dian Seputri (Tim Humas KPU Mandala)")

    assert found.credit == "Tim Humas KPU Mandala"
    assert found.body == f"<p>{EVENT} Hadir pula Dian Seputri</p>"


@pytest.mark.parametrize("body", ["(Tim Humas KPU Mandala)", "Penulis: Wirma"])
def test_a_signature_that_is_the_whole_text_stays(body):
    assert (item(body).credit, item(body).body) == ("", f"<p>{body}</p>")


def test_a_signature_after_a_text_without_full_stop():
    found = item(f"{EVENT} Acara ditutup dengan doa (humas).")

    assert found.credit == "humas"
    assert found.body == f"<p>{EVENT} Acara ditutup dengan doa.</p>"


@pytest.mark.parametrize(
    "ending",
    [
        "Hadir pula Ade Wahyu (Sekretaris)",
        "Hadir pula Ade Wahyu (Sekretaris).",
        "Hadir pula Agung (Kasubag Teknis dan Hupmas).",
        "Penulis buku itu hadir: Dian.",
        "Tarifnya merah (reda).",
        "Rapat dihadiri banyak orang. (Humas, Kepala Bagian, dan tamu)",
    ],
)
def test_an_ordinary_ending_is_no_signature(ending):
    found = item(f"{EVENT} {ending}")

    assert (found.credit, found.body) == ("", f"<p>{EVENT} {ending}</p>")
    assert doubts(found, "credit") == []


@pytest.mark.parametrize(
    "ending",
    [
        "Hadir pula Dian Seputri (Humas)",
        "Rapat selesai. (Disiapkan bersama humas)",
        "Rapat selesai. Foto: peserta rapat mengikuti arahan ketua.",
        "Rapat selesai. Foto: Peserta rapat mengikuti arahan ketua.",
        "Rapat selesai. Penulis: ini kata yang dipakai dalam buku. Buku itu dibaca "
        "oleh banyak orang di banyak tempat.",
    ],
)
def test_what_may_be_a_signature_stays_with_a_doubt(ending):
    found = item(f"{EVENT} {ending}")

    assert (found.credit, found.body) == ("", f"<p>{EVENT} {ending}</p>")
    assert doubts(found, "credit")


def test_a_signature_in_the_middle_stays():
    body = f"{EVENT} (Tim Humas KPU Mandala) {PLAIN}"

    assert (item(body).credit, item(body).body) == ("", f"<p>{body}</p>")


# Opinion


OPINION_TEXT = "Suara rakyat adalah dasar dari pemilihan yang jujur."


@pytest.mark.parametrize(
    ("byline", "name", "office"),
    [
        (
            "Oleh : Budi Santosa Anggota KPU Kabupaten Mandala",
            "Budi Santosa",
            "Anggota KPU Kabupaten Mandala",
        ),
        (
            "Oleh: Budi Santosa, Ketua KPU Kabupaten Mandala",
            "Budi Santosa",
            "Ketua KPU Kabupaten Mandala",
        ),
        (
            "OLEH : Dr. Budi Santosa, S.H., M.Si. (Komisioner KPU Kota Mandala)",
            "Dr. Budi Santosa, S.H., M.Si.",
            "Komisioner KPU Kota Mandala",
        ),
        (
            "Oleh : Budi Santosa – Dosen Universitas Mandala",
            "Budi Santosa",
            "Dosen Universitas Mandala",
        ),
        ("Oleh: Budi Santosa", "Budi Santosa", ""),
        ("Oleh: Budi Santosa, Lc.", "Budi Santosa, Lc.", ""),
        (
            "Oleh: Dr. Budi Santosa Wijaya, S.H., M.Si.",
            "Dr. Budi Santosa Wijaya, S.H., M.Si.",
            "",
        ),
    ],
)
@pytest.mark.parametrize("gap", [" \u00a0 ", "\n\n"])
def test_bylines_leave_the_body(byline, name, office, gap):
    found = item(f"{byline}{gap}{OPINION_TEXT}")

    assert (found.byline_name, found.byline_office) == (name, office)
    assert (found.category, found.body) == ("opini", f"<p>{OPINION_TEXT}</p>")
    assert doubts(found, "byline_name") == []


def test_name_and_office_with_a_gap_between_them():
    found = item(f"Oleh : Budi Santosa   Anggota KPU Mandala   {OPINION_TEXT}")

    assert found.byline_name == "Budi Santosa"
    assert found.byline_office == "Anggota KPU Mandala"
    assert found.body == f"<p>{OPINION_TEXT}</p>"


def test_name_and_office_on_two_lines():
    found = item(f"Oleh : Budi Santosa\n(Anggota KPU Mandala)\n\n{OPINION_TEXT}")

    assert found.byline_name == "Budi Santosa"
    assert found.byline_office == "Anggota KPU Mandala"
    assert found.body == f"<p>{OPINION_TEXT}</p>"


def test_the_title_repeated_above_the_byline_leaves_the_body():
    title = "SUARA RAKYAT"

    found = item(f"{title} Oleh : Budi Santosa   {OPINION_TEXT}", title=title)

    assert (found.title, found.body) == (title, f"<p>{OPINION_TEXT}</p>")


def test_a_sentence_that_begins_like_the_title_stays():
    body = f"Rapat Pleno Terbuka digelar. {EVENT}"

    assert item(body, title="Rapat Pleno Terbuka").body == f"<p>{body}</p>"


def test_a_byline_that_cannot_be_divided_is_a_name_with_a_doubt():
    whole = "Budi Santosa, Warga Desa Mandala, Kecamatan Ciruas"

    found = item(f"Oleh: {whole}\n\n{OPINION_TEXT}")

    assert (found.byline_name, found.byline_office) == (whole, "")
    assert doubts(found, "byline_name")


def test_a_byline_that_runs_into_the_text_stays_in_it():
    body = f"Oleh : Budi Santosa Anggota KPU Mandala, Divisi SDM {OPINION_TEXT}"

    found = item(body)

    assert (found.category, found.byline_name) == ("opini", "Budi Santosa")
    assert (found.byline_office, found.body) == ("", f"<p>{body}</p>")
    assert doubts(found, "byline_name")


def test_oleh_at_the_start_of_a_sentence_is_no_byline():
    body = f"Oleh karena itu, rapat digelar. {EVENT}"

    found = item(body)

    assert (found.byline_name, found.category) == ("", "siaran-pers")
    assert found.body == f"<p>{body}</p>"


def test_a_release_by_the_office_is_no_opinion():
    found = item(f"Oleh: Humas KPU Mandala\n\n{EVENT}")

    assert (found.category, found.credit) == ("siaran-pers", "Humas KPU Mandala")
    assert found.byline_name == ""


@pytest.mark.parametrize(
    "body",
    [
        f"Penulis: Budi Santosa, Anggota KPU Mandala\n\n{OPINION_TEXT}",
        f"{OPINION_TEXT}\n\nPenulis: Budi Santosa, Anggota KPU Mandala",
    ],
)
def test_penulis_on_a_page_of_opinions_is_the_byline(body):
    found = item(body, heading="Opini")

    assert (found.byline_name, found.byline_office, found.credit) == (
        "Budi Santosa",
        "Anggota KPU Mandala",
        "",
    )
    assert found.body == f"<p>{OPINION_TEXT}</p>"


@pytest.mark.parametrize(
    ("printed", "name", "day"),
    [
        ("(Banten Pos, 19 Januari 2022)", "Banten Pos", date(2022, 1, 19)),
        ("(Banten Pos, Rabu 19/1/2022)", "Banten Pos", date(2022, 1, 19)),
        ("(Dimuat di Banten Pos, 19 Januari 2022)", "Banten Pos", date(2022, 1, 19)),
        (
            "Tulisan ini pernah dimuat di Harian Kabar Mandala edisi 19 Januari 2022.",
            "Harian Kabar Mandala",
            date(2022, 1, 19),
        ),
        ("Sumber: Kabar Mandala (19/1/2022)", "Kabar Mandala", date(2022, 1, 19)),
        ("Sumber: https://kabar.example/baca", "https://kabar.example/baca", None),
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_where_an_opinion_was_printed(printed, name, day, gap):
    found = item(f"Oleh : Budi Santosa\n\n{OPINION_TEXT}{gap}{printed}")

    assert (found.source_name, found.source_date) == (name, day)
    assert (found.event_date, found.event_date_basis) == (None, "")
    assert found.body == f"<p>{OPINION_TEXT}</p>"


@pytest.mark.parametrize(
    "ending",
    [
        "Dikutip dari laman resmi, jumlah pemilih naik.",
        "Dikutip dari Kompas, jumlah pemilih naik pada 3 Mei 2022.",
        "Sumber: data kependudukan yang diolah.",
        "Dikutip dari Kabar Mandala, KPU RI Jakarta.",
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_last_sentence_that_cites_is_no_place_of_printing(ending, gap):
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT}{gap}{ending}")

    assert (found.source_name, found.source_date) == ("", None)
    assert found.body.endswith(f"{ending}</p>")
    assert doubts(found, "source_name")


def test_a_source_date_without_year_is_not_guessed():
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT} (Dimuat di Banten Pos, 19 Januari)")

    assert (found.source_name, found.source_date) == ("Banten Pos", None)
    assert doubts(found, "source_date")


def test_a_source_date_with_the_wrong_weekday_is_doubted():
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT} (Banten Pos, Senin 19 Januari 2022)")

    assert found.source_date == date(2022, 1, 19)
    assert "Rabu" in doubts(found, "source_date")[0]


@pytest.mark.parametrize(
    "ending", ["(Serang, 19 Januari 2022)", "(Banten Pos, 19 Januari 2022)"]
)
def test_a_place_and_date_under_a_release_are_no_source(ending):
    found = item(f"{EVENT} {ending}")

    assert (found.source_name, found.source_date) == ("", None)
    assert found.body == f"<p>{EVENT} {ending}</p>"
    assert doubts(found, "source_name")


def test_a_place_and_date_under_an_opinion_are_no_newspaper():
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT} (Serang, 19 Januari 2022)")

    assert (found.source_name, found.source_date) == ("", None)
    assert doubts(found, "source_name")


@pytest.mark.parametrize(
    "ending",
    [
        "Bersambung ....",
        "(Bersambung)",
        "Bersambung .... (Banten Pos, 19 Januari 2022)",
    ],
)
def test_a_continued_opinion_is_part_one_and_keeps_the_word(ending):
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT} {ending}", title="Suara Rakyat")

    mark = ending.removesuffix(" (Banten Pos, 19 Januari 2022)")
    assert (found.series, found.series_part) == ("Suara Rakyat", 1)
    assert doubts(found, "series")
    assert found.body == f"<p>{OPINION_TEXT} {mark}</p>"


def test_the_word_on_its_own_line_and_after_the_source_keeps_its_place():
    found = item(
        f"Oleh : Budi\n\n{OPINION_TEXT} (Banten Pos, 19 Januari 2022)\n\nBersambung ..."
    )

    assert found.source_name == "Banten Pos"
    assert found.body == f"<p>{OPINION_TEXT}</p><p>Bersambung ...</p>"


def test_bersambung_as_the_verb_of_a_sentence_is_no_series():
    found = item(f"{EVENT} Kisah itu akan bersambung.")

    assert (found.series, found.series_part) == ("", None)


@pytest.mark.parametrize(
    ("title", "part"),
    [("Suara Rakyat (Bagian 2)", 2), ("Suara Rakyat - Bagian III", 3)],
)
def test_the_part_in_a_title(title, part):
    found = item(f"Oleh : Budi\n\n{OPINION_TEXT} Bersambung ...", title=title)

    assert (found.title, found.series, found.series_part) == (
        title,
        "Suara Rakyat",
        part,
    )


# Category


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("Berita Terkini", "siaran-pers"),
        ("Opini", "opini"),
        ("KPU Dalam Berita", "kpu-dalam-berita"),
    ],
)
def test_category_by_heading(heading, category):
    found = item(heading=heading)

    assert found.category == category
    assert doubts(found, "category") == []


@pytest.mark.parametrize("heading", ["Umum", "Kabar KPU"])
def test_a_heading_that_tells_nothing_is_named_in_a_doubt(heading):
    found = item(heading=heading)

    assert found.category == "siaran-pers"
    assert heading in doubts(found, "category")[0]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Webinar Pemilih Pemula", EVENT),
        ("Rapat", f"KPU kembali Mengadakan Webinar Nasional bertema pemilu. {EVENT}"),
        ("Rapat", f"Acara dibuka pagi hari. Pada webinar kali ini hadir ahli. {EVENT}"),
        ("Rapat", f"KPU Mandala mengikuti “Webinar” tentang logistik. {EVENT}"),
        ("Rapat", f"Webinar tentang logistik digelar KPU Mandala. {EVENT}"),
    ],
)
def test_a_webinar_that_the_item_reports(title, body):
    found = item(body, title=title)

    assert found.category == "laporan-webinar"
    assert doubts(found, "category") == []


@pytest.mark.parametrize(
    "body",
    [
        f"Setelah mengikuti webinar, KPU menggelar rapat. {EVENT}",
        f"Materi webinar dibagikan kepada peserta. {EVENT}",
    ],
)
def test_a_webinar_in_passing_is_a_release_with_a_doubt(body):
    found = item(body)

    assert found.category == "siaran-pers"
    assert "ebinar" in doubts(found, "category")[0]


def test_a_webinar_mentioned_later_is_no_sign():
    found = item(f"{EVENT} {PLAIN} Bulan depan KPU mengadakan webinar.")

    assert found.category == "siaran-pers"
    assert doubts(found, "category") == []


def test_an_item_without_any_sign_is_a_release_with_a_doubt():
    assert doubts(item(PLAIN), "category")


def test_an_opinion_without_an_author_is_doubted():
    assert doubts(item(OPINION_TEXT, heading="Opini"), "byline_name")


# Date


@pytest.mark.parametrize(
    "sentence",
    [
        "KPU menggelar rapat pada Kamis, 2 Maret 2023.",
        "KPU menggelar rapat, Kamis (02/03/2023).",
        "KPU menggelar rapat pada hari Kamis tanggal 2 Maret 2023.",
        "KPU menggelar rapat pada Kamis pagi (2/3/23).",
        "Pada 2 Maret 2023 KPU menggelar rapat.",
        "Pada tanggal 2 Maret Tahun 2023 KPU menggelar rapat.",
        "KPU menggelar rapat hari ini, Kamis (2-3-2023).",
        "Rapat dibuka Prof. Dr. Ahmad di Kab. Mandala pada Kamis, 2 Maret 2023.",
        "Rapat A. Rahman dibuka H. Umar. Acara berlangsung pada Kamis, 2 Maret 2023.",
        "KPU menggelar rapat. Acara berlangsung pada Kamis, 2 Mar 2023.",
    ],
)
def test_a_date_that_is_written_in_full(sentence):
    found = item(f"{sentence} {PLAIN}")

    assert (found.event_date, found.event_date_basis) == (date(2023, 3, 2), "tertulis")
    assert doubts(found, "event_date") == []


@pytest.mark.parametrize(
    "body",
    [
        f"KPU menggelar rapat. {PLAIN} Hasil itu terbit pada Jumat, 8 Oktober 2021.",
        "KPU membahas keputusan tanggal 8 Oktober 2021 dalam rapat.",
        "Tahapan berlangsung sejak Jumat, 8 Oktober 2021 di semua desa.",
        f"{PLAIN} {PLAIN} Rapat lain digelar pada Jumat, 8 Oktober 2021.",
        "Rapat membahas Undang-Undang Dasar 1945, pasal 1/2 dan 3/4.",
        "Kemerdekaan yang dibacakan pada 17 Agustus 1945 diperingati.",
        "Hadir tiga per empat anggota, pada 3/4 dari undangan.",
    ],
)
def test_other_dates_of_a_text_are_not_its_event(body):
    found = item(body)

    assert (found.event_date, found.event_date_basis) == (None, "")
    assert doubts(found, "event_date")


def test_the_date_in_the_dateline_alone():
    found = item(f"Serang, 2 Maret 2023 – {PLAIN}")

    assert (found.event_date, found.event_date_basis) == (date(2023, 3, 2), "dateline")
    assert doubts(found, "event_date") == []


def test_the_dateline_lends_its_year_to_the_text():
    found = item("Serang (2/3/2023) - KPU menggelar rapat pada Kamis (2/3).")

    assert (found.event_date, found.event_date_basis) == (date(2023, 3, 2), "dateline")
    assert doubts(found, "event_date") == []


def test_text_and_dateline_that_disagree_are_both_named():
    found = item(f"Serang (3/3) - {EVENT}")

    assert (found.event_date, found.event_date_basis) == (date(2023, 3, 2), "tertulis")
    (message,) = doubts(found, "event_date")
    assert "2 Maret 2023" in message
    assert "3/3" in message


def test_the_dateline_decides_between_two_dates_of_the_text():
    found = item(
        "Serang (2/3) - Pada 1 Maret 2023 undangan dikirim dan pada Kamis, 2 Maret "
        "2023 rapat digelar."
    )

    assert found.event_date == date(2023, 3, 2)


def test_two_dates_with_nothing_to_decide_are_left_to_a_person():
    found = item("Pada 1 Maret 2023 undangan dikirim, pada 2 Maret 2023 rapat digelar.")

    assert found.event_date is None
    (message,) = doubts(found, "event_date")
    assert "1 Maret 2023" in message
    assert "2 Maret 2023" in message


def test_a_weekday_that_is_not_the_dates_own_is_doubted():
    found = item("Sidang dimulai pada Senin, 15 Januari 2021 di Jakarta.")

    assert found.event_date == date(2021, 1, 15)
    (message,) = doubts(found, "event_date")
    assert "Senin" in message
    assert "Jumat" in message


@pytest.mark.parametrize(
    "sentence",
    [
        "Pemungutan suara akan digelar pada Rabu, 14 Februari 2024.",
        "KPU menyiapkan Pemilu pada 14 Februari 2024.",
    ],
)
def test_the_date_of_a_coming_election_is_doubted(sentence):
    found = item(sentence)

    assert "14 Februari 2024" in doubts(found, "event_date")[0]


def test_the_date_of_a_coming_election_yields_to_the_dateline():
    found = item("Serang, 2 Maret 2023 - KPU menyiapkan Pemilu pada 14 Februari 2024.")

    assert (found.event_date, found.event_date_basis) == (date(2023, 3, 2), "dateline")
    assert "14 Februari 2024" in doubts(found, "event_date")[0]


def test_a_day_that_no_calendar_has_is_doubted():
    found = item("KPU menggelar rapat pada Kamis, 30 Februari 2023.")

    assert found.event_date is None
    assert any("30 Februari 2023" in message for message in doubts(found, "event_date"))


@pytest.mark.parametrize(
    "dates", ["Kamis-Jumat, 2-3 Maret 2023", "Jumat, 31 Maret - 1 April 2023"]
)
def test_an_event_of_several_days_takes_the_first(dates):
    found = item(f"KPU menggelar rapat pada {dates}.")

    assert found.event_date in (date(2023, 3, 2), date(2023, 3, 31))
    assert any("beberapa hari" in message for message in doubts(found, "event_date"))


def inferred(*bodies):
    articles = [article(body, f"Judul {place}") for place, body in enumerate(bodies)]
    return read(page(*articles)).items


def test_the_weekday_gives_the_year_near_the_other_items():
    first, _ = inferred("KPU menggelar rapat pada Senin (6/3).", EVENT)

    assert (first.event_date, first.event_date_basis) == (
        date(2023, 3, 6),
        "tanpa-tahun",
    )
    (message,) = doubts(first, "event_date")
    assert "Senin" in message
    assert "2 Maret 2023" in message


def test_the_other_items_give_the_year_without_a_weekday():
    first, _ = inferred(f"Serang (6/3) - {PLAIN}", EVENT)

    assert (first.event_date, first.event_date_basis) == (date(2023, 3, 6), "dateline")
    assert "2 Maret 2023" in doubts(first, "event_date")[0]


def test_the_turn_of_the_year_is_kept():
    january, _, december = inferred(
        f"Serang (9/1) - {PLAIN}",
        "KPU menggelar rapat pada Selasa, 3 Januari 2023.",
        "KPU menggelar rapat pada Jumat (30/12).",
    )

    assert january.event_date == date(2023, 1, 9)
    assert december.event_date == date(2022, 12, 30)


def test_the_month_and_year_of_the_own_text_give_the_year():
    found = item(f"Serang (6/3) - KPU bekerja di bulan Maret Tahun 2023. {PLAIN}")

    assert found.event_date == date(2023, 3, 6)
    assert "Maret 2023" in doubts(found, "event_date")[0]


@pytest.mark.parametrize(
    "body",
    [
        "KPU menggelar rapat pada Senin (6/3) menjelang Pemilu 2024.",
        f"Serang (6/3) - {PLAIN}",
        f"Serang (6/3) - KPU membandingkan Maret 2022 dan Maret 2023. {PLAIN}",
    ],
)
def test_a_year_that_nothing_gives_stays_open(body):
    found = item(body)

    assert (found.event_date, found.event_date_basis) == (None, "")
    assert "6/3" in doubts(found, "event_date")[0]


def test_a_weekday_against_the_order_of_the_page_leaves_the_date_open():
    first, _ = inferred("KPU menggelar rapat pada Rabu (6/3).", EVENT)

    assert first.event_date is None
    message = doubts(first, "event_date")[0]
    assert "Rabu" in message
    assert "Senin" in message
    assert "6 Maret 2023" in message


def test_a_weekday_far_out_of_the_order_of_the_page_is_not_followed():
    _, second = inferred(EVENT, "KPU menggelar rapat pada Jumat (2/6).")

    assert second.event_date is None


def test_two_years_that_both_fit_are_both_named():
    _, second, _ = inferred(
        "KPU menggelar rapat pada Minggu, 10 Maret 2024.",
        f"Serang (6/3) - {PLAIN}",
        EVENT,
    )

    assert second.event_date is None
    (message,) = doubts(second, "event_date")
    assert "6 Maret 2023" in message
    assert "6 Maret 2024" in message


def test_a_newspapers_date_gives_the_year_where_no_event_has_one():
    first, _ = inferred(
        f"Serang (6/3) - {PLAIN}",
        f"Oleh : Budi\n\n{OPINION_TEXT} (Banten Pos, 2 Maret 2023)",
    )

    assert first.event_date == date(2023, 3, 6)


def test_a_fraction_is_no_date_even_near_dated_items():
    first, _ = inferred("Hadir sebagian, pada 3/4 dari undangan.", EVENT)

    assert first.event_date is None


def test_a_weekday_with_a_strange_letter_is_no_weekday():
    first, _ = inferred("KPU menggelar rapat pada Senın (6/3).", EVENT)

    assert first.event_date is None


def test_a_day_far_from_the_other_items_is_not_guessed():
    first, _ = inferred(f"Serang (6/9) - {PLAIN}", EVENT)

    assert first.event_date is None


def test_a_doubtful_date_is_no_ground_for_another_items_year():
    first, _ = inferred(
        f"Serang (6/3) - {PLAIN}", "KPU menyiapkan Pemilu pada 14 Februari 2024."
    )

    assert first.event_date is None


# Refusals


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t ", "\ufeff\u00a0\n\u200b".encode()])
def test_an_empty_file_is_refused(data):
    error = refusal(data)

    assert "kosong" in error.message
    assert error.line is None
    assert str(error) == error.message


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04word/document.xml", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"{\\rtf1", "RTF"),
        ("Berita".encode("utf-16"), "UTF-16"),
        ("Berita".encode("utf-16-le"), "byte nol"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_name(data, kind):
    assert kind in refusal(data).message


def test_another_encoding_is_refused_with_its_line():
    error = refusal(page(article()) + b"\nkata \x93asing\x94\n")

    assert error.line == 11
    assert "UTF-8" in error.message
    assert str(error).startswith("Baris 11: ")


@pytest.mark.parametrize(
    "data",
    [
        b"\n<!DOCTYPE html><html><body>Berita</body></html>",
        b"<HTML>Berita</HTML>",
        page(
            article("<p>Satu.</p><p>Dua.</p><div><a href='x'>Tiga.</a></div><br><br>")
        ),
    ],
)
def test_a_web_page_is_refused(data):
    assert "HTML" in refusal(data).message


def test_a_text_without_the_interface_word_is_refused():
    assert "Selengkapnya" in refusal(page(article(closer=None))).message


@pytest.mark.parametrize(
    "rest",
    [
        article(closer=None),
        "78",
        "78\n\nJudul Lain",
        "78\n\nJudul Lain\n\nSelengkapnya",
        "78\n\nSelengkapnya",
        "Judul Lain\n\nSelengkapnya",
        "Selengkapnya",
    ],
)
def test_a_page_cut_inside_an_item_is_refused_with_its_line(rest):
    assert refusal(page(article(), rest)).line == 12


def test_an_item_without_its_title_on_a_page_of_counters_is_refused():
    assert refusal(page(article(), f"78\n\n{EVENT}\n\nSelengkapnya")).line == 12


def test_a_heading_and_nothing_else_is_refused():
    assert isinstance(refusal(b"Berita Terkini\n\nSelengkapnya"), FeedError)


def test_a_paragraph_in_the_place_of_the_title_is_refused():
    error = refusal(page(article(title="kata " * 61)))

    assert error.line == 5
    assert "300" in error.message
    assert item(title="kata " * 60).title


def test_a_second_page_in_the_same_file_is_refused():
    error = refusal(page(article(), page(article(), heading="Opini").decode()))

    assert error.line == 12
    assert "Opini" in error.message


def test_a_file_over_five_megabytes_is_refused():
    assert "5 MB" in refusal(page(article("a" * 5 * 1024 * 1024))).message


def test_a_file_of_very_many_lines_is_refused():
    assert "baris" in refusal(page(article()) + b"\n" * 60_000).message


def test_a_pile_of_marks_on_one_letter_is_refused():
    assert refusal(page(article("a" + "\u0301\u0323\u200b" * 50 + "."))).line == 7


# Robustness

SEEDS = [
    page(
        article(f"Serang (6/3) - {PLAIN} (Tim Humas KPU)"),
        article(
            f"JUDUL Oleh : Budi Anggota KPU   {OPINION_TEXT} Bersambung ...", "JUDUL"
        ),
        article(f"{EVENT}\nPenulis: A\nSumber: B, 1/2/2022", "Akhir", "1.204"),
    ).decode(),
    REAL_PAGE.read_text() if REAL_PAGE.exists() else page(article()).decode(),
]
PIECES = (
    *("Oleh : ", "Selengkapnya", "(Humas)", "Bersambung ...", "Senin (31/1)", "\u200b"),
    *("\u00a0\u00a0", "\r\n", "\u2028", "(", ") -", "Sumber: ", "60\n", "ı", "\ufeff"),
    *(
        "(X, 30 Februari 2022)",
        "\u0301" * 9,
        "Kab. ",
        "webinar ",
        "Opini\n",
        "</p>",
        "",
    ),
)
EDITS = st.tuples(
    st.integers(0, 2**20), st.sampled_from((0, 1, 9, 400)), st.sampled_from(PIECES)
)
QUICK = settings(
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def read_or_refuse(data):
    try:
        feed = read(data)
    except FeedError as error:
        assert error.message
        assert str(error).endswith(error.message)
        return
    text = data.decode()
    for found in feed.items:
        assert found.raw in text
        assert found.title
        assert found.body.startswith("<p>")
        assert found.body != "<p></p>"
        assert all(isinstance(doubt, Doubt) and doubt.message for doubt in found.doubts)
        assert (found.event_date is None) == (found.event_date_basis == "")


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    read_or_refuse(data)


@QUICK
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_title_and_body_are_read_or_refused(title, body):
    read_or_refuse(f"60\n{title}\n{body}\nSelengkapnya".encode(errors="replace"))


@QUICK
@given(st.sampled_from(SEEDS), st.lists(EDITS, max_size=12))
def test_mutated_pages_are_read_or_refused(text, edits):
    for place, length, piece in edits:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start + length :]
    read_or_refuse(text.encode())


@pytest.mark.parametrize(
    "unit",
    [
        *(
            " ",
            "\u00a0",
            "a",
            "A.",
            "(",
            "- ",
            ", ",
            "31/1 ",
            "Senin ",
            "Aa ",
            "<a ",
            "…",
        ),
        *(
            "Oleh : ",
            ". Penulis : ",
            ". Bersambung ",
            "webinar ",
            "a  b.  C",
            "\u0301a",
        ),
    ],
)
def test_time_grows_no_faster_than_the_text(unit):
    def seconds(size):
        data = page(article(f"Isi {unit * (size // len(unit))} akhir."))
        start = time.process_time()
        read_or_refuse(data)
        return time.process_time() - start

    seconds(1_000)
    # Ten times the text: quadratic time would be a hundred times this.
    assert seconds(1_000_000) < 40 * seconds(100_000) + 0.5


def test_a_sentence_as_long_as_a_book_does_not_slow_down_the_short_ones():
    long = "Satu dua tiga empat lima " + "kata " * 100_000
    short = "Satu dua tiga empat lima enam tujuh delapan. " * 10_000
    start = time.process_time()

    item(f"{EVENT} {long}. {short}")

    assert time.process_time() - start < 20


# The real page


@pytest.fixture(scope="module")
def real_items():
    if not REAL_PAGE.exists():
        pytest.skip(f"the old page is not here: {REAL_PAGE.name}")
    return read(REAL_PAGE.read_bytes()).items


def test_real_page_counters_and_order(real_items):
    assert [i.baseline for i in real_items] == [60, 78, 101, 79, 301, 90]
    assert [i.line for i in real_items] == [3, 11, 19, 27, 35, 43]


def test_real_page_categories(real_items):
    assert [i.category for i in real_items] == [
        *("siaran-pers", "siaran-pers", "siaran-pers"),
        *("laporan-webinar", "opini", "siaran-pers"),
    ]


def test_real_page_event_dates(real_items):
    assert [(i.event_date, i.event_date_basis) for i in real_items] == [
        (date(2022, 1, 31), "tanpa-tahun"),
        (date(2022, 1, 28), "tanpa-tahun"),
        (date(2022, 1, 27), "tertulis"),
        (date(2022, 1, 26), "dateline"),
        (None, ""),
        (date(2022, 1, 19), "tertulis"),
    ]
    assert [len(doubts(i, "event_date")) for i in real_items] == [1, 1, 0, 1, 0, 0]


def test_real_page_datelines_and_credits(real_items):
    assert [i.dateline for i in real_items] == [
        *("", "Serang (28/1)", "Serang (27/1)", "Serang (26/1)", "", "Serang (19/01)"),
    ]
    assert [i.credit for i in real_items] == [
        "",
        *["Tim Humas KPU Kabupaten Serang"] * 3,
        "",
        "Tim Hupmas KPU Kabupaten Serang",
    ]
    for found in real_items:
        assert "(Tim " not in found.body
        assert "Serang (" not in found.body[:20]


def test_real_page_opinion(real_items):
    opinion = real_items[4]

    assert opinion.byline_name == "Zaenal Mutiin"
    assert opinion.byline_office == "Anggota KPU Kabupaten Serang"
    assert (opinion.source_name, opinion.source_date) == (
        "Banten Pos",
        date(2022, 1, 19),
    )
    assert (opinion.series, opinion.series_part) == (opinion.title, 1)
    assert opinion.body.endswith("Bersambung ....</p>")
    assert opinion.title not in opinion.body
    assert "Oleh :" not in opinion.body
    assert "kapital" in doubts(opinion, "title")[0]
    assert doubts(opinion, "series")


def test_real_page_doubts_repeated_sentences(real_items):
    repeated = {
        i.position: message.split(" kalimat")[0]
        for i in real_items
        for message in doubts(i, "body")
        if "lebih dari sekali" in message
    }
    assert repeated == {4: "2", 5: "4"}


def test_real_page_loses_no_word(real_items):
    for found in real_items:
        text = found.raw.replace("\u00a0", " ")
        kept = found.body.removeprefix("<p>").removesuffix("</p>").split()
        aside = " ".join(
            (found.title, found.dateline, found.credit, found.byline_name)
            + (found.byline_office, found.source_name)
        )
        if found.position == 5:
            aside += f" {found.title} Oleh : 19 Januari 2022"
        lost = len(text.split()) - len(kept) - len(aside.split())
        assert lost == (1 if found.dateline else 0)  # the dash
        assert not {"\u00a0", "  "} & set(found.body)
        assert "  " not in found.body
