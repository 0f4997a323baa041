import html
import re
import time

import pytest
from django.template.loader import render_to_string
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from news import richtext
from news.changes import (
    Comparison,
    Critical,
    Segment,
    alignment,
    compare,
    critical_changes,
    lexicon,
    segments,
    spelling,
    tokens,
    typo_refusal,
)

PHOTO = f"/media/foto/{'a' * 64}.jpg"
OTHER_PHOTO = f"/media/foto/{'b' * 64}.jpg"


def body(*paragraphs):
    return {"body": "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)}


def sentences(before, after):
    return [change.sentence for change in compare(before, after).changes]


def said(before, after):
    return sentences(body(before), body(after))


def marked(found):
    """Write segments as a reader sees them."""
    names = {"sama": "{}", "dihapus": "[-{}-]", "baru": "[+{}+]"}
    return "".join(names[segment.kind].format(segment.text) for segment in found)


# Critical changes of plain text


@pytest.mark.parametrize(
    ("before", "after", "critical", "sentence"),
    [
        # Numbers
        (
            "mendapat nilai 74,29 dengan kategori",
            "mendapat nilai 47,29 dengan kategori",
            Critical.NUMBER,
            "Angka 74,29 menjadi 47,29.",
        ),
        (
            "dihadiri 1.204 orang",
            "dihadiri 1.240 orang",
            Critical.NUMBER,
            "Angka 1.204 menjadi 1.240.",
        ),
        (
            "mulai pukul 09.00 WIB",
            "mulai pukul 10.00 WIB",
            Critical.NUMBER,
            "Angka 09.00 menjadi 10.00.",
        ),
        ("ada 5 calon", "ada calon", Critical.NUMBER, "Angka 5 dihapus."),
        ("ada calon", "ada 5 calon", Critical.NUMBER, "Angka 5 ditambahkan."),
        ("naik 5 persen", "naik 5%", Critical.NUMBER, "Teks “persen” menjadi “%”."),
        ("turun -5 poin", "turun 5 poin", Critical.NUMBER, "Angka -5 menjadi 5."),
        (
            "ada dua pasangan",
            "ada tiga pasangan",
            Critical.NUMBER,
            "Angka dua menjadi tiga.",
        ),
        (
            "suara sebelas juta",
            "suara sebelas ribu",
            Critical.NUMBER,
            "Angka juta menjadi ribu.",
        ),
        (
            "edisi ke-3 ini",
            "edisi ke-4 ini",
            Critical.NUMBER,
            "Angka ke-3 menjadi ke-4.",
        ),
        (
            "putaran kedua itu",
            "putaran ketiga itu",
            Critical.NUMBER,
            "Angka kedua menjadi ketiga.",
        ),
        ("bab II buku", "bab III buku", Critical.NUMBER, "Angka II menjadi III."),
        (
            "anggaran Rp1.000.000 itu",
            "anggaran Rp1.000.000.000 itu",
            Critical.NUMBER,
            "Angka Rp1.000.000 menjadi Rp1.000.000.000.",
        ),
        ("naik 5% lagi", "naik 5 lagi", Critical.NUMBER, "Tanda “%” dihapus."),
        # Dates
        (
            "pada 31 Januari 2022 lalu",
            "pada 28 Januari 2022 lalu",
            Critical.DATE,
            "Tanggal 31 Januari 2022 menjadi 28 Januari 2022.",
        ),
        (
            "rapat (31/1) itu",
            "rapat (28/1) itu",
            Critical.DATE,
            "Tanggal 31/1 menjadi 28/1.",
        ),
        (
            "sejak Juni 2021 lalu",
            "sejak Juli 2021 lalu",
            Critical.DATE,
            "Tanggal Juni 2021 menjadi Juli 2021.",
        ),
        (
            "bulan Mei nanti",
            "bulan Juni nanti",
            Critical.DATE,
            "Bulan Mei menjadi Juni.",
        ),
        (
            "pada hari Senin itu",
            "pada hari Selasa itu",
            Critical.WEEKDAY,
            "Hari Senin menjadi Selasa.",
        ),
        # Negation
        (
            "pemilu itu tidak diundur",
            "pemilu itu diundur",
            Critical.NEGATION,
            "Kata “tidak” dihapus.",
        ),
        (
            "suara itu sah semua",
            "suara itu tidak sah semua",
            Critical.NEGATION,
            "Kata “tidak” ditambahkan.",
        ),
        (
            "Rapat itu belum selesai",
            "Rapat itu telah selesai",
            Critical.NEGATION,
            "Kata “belum” menjadi “telah”.",
        ),
        ("ia bukan calon", "ia calon", Critical.NEGATION, "Kata “bukan” dihapus."),
        (
            "jangan pilih dia",
            "pilih dia",
            Critical.NEGATION,
            "Kata “jangan” dihapus.",
        ),
        (
            "hadir tanpa undangan",
            "hadir dengan undangan",
            Critical.NEGATION,
            "Kata “tanpa” menjadi “dengan”.",
        ),
        ("tak ada suara", "ada suara", Critical.NEGATION, "Kata “tak” dihapus."),
        (
            "pegawai non-aktif itu",
            "pegawai aktif itu",
            Critical.NEGATION,
            "Kata “non-aktif” menjadi “aktif”.",
        ),
        (
            "pegawai aktif itu",
            "pegawai nonaktif itu",
            Critical.NEGATION,
            "Kata “aktif” menjadi “nonaktif”.",
        ),
        (
            "tentang kehadiran saksi",
            "tentang ketidakhadiran saksi",
            Critical.NEGATION,
            "Kata “kehadiran” menjadi “ketidakhadiran”.",
        ),
        # Names, offices, titles, acronyms
        (
            "Hadir juga bersama Ibu Siti Maryam pagi tadi",
            "Hadir juga bersama Ibu Siti Mariam pagi tadi",
            Critical.NAME,
            "Nama “Siti Maryam” menjadi “Siti Mariam”.",
        ),
        (
            "hadir Zainal Muttaqin pagi ini",
            "hadir Zainal Muttakin pagi ini",
            Critical.NAME,
            "Nama “Zainal Muttaqin” menjadi “Zainal Muttakin”.",
        ),
        (
            "dihadiri Ade Wahyu pagi ini",
            "dihadiri Ade Wahyu Margono pagi ini",
            Critical.NAME,
            "Nama “Ade Wahyu” menjadi “Ade Wahyu Margono”.",
        ),
        (
            "hadir pula Dian Seputri pagi ini",
            "hadir pula pagi ini",
            Critical.NAME,
            "Nama “Dian Seputri” dihapus.",
        ),
        (
            "Siti Maryam hadir.",
            "Sita Maryam hadir.",
            Critical.NAME,
            "Nama “Siti Maryam” menjadi “Sita Maryam”.",
        ),
        (
            "menurut KPU kemarin",
            "menurut Bawaslu kemarin",
            Critical.NAME,
            "Nama “KPU” menjadi “Bawaslu”.",
        ),
        (
            "KPU menetapkan itu.",
            "KPI menetapkan itu.",
            Critical.NAME,
            "Nama “KPU” menjadi “KPI”.",
        ),
        (
            "dosen Ikhsan, M.Si itu",
            "dosen Ikhsan, M.Sc itu",
            Critical.NAME,
            "Nama “M.Si” menjadi “M.Sc”.",
        ),
        (
            "selaku ketua panitia",
            "selaku anggota panitia",
            Critical.OFFICE,
            "Jabatan “ketua” menjadi “anggota”.",
        ),
        # Decision numbers, addresses
        (
            "sesuai SK 542/HM.03.5-Kpt/06/KPU/VIII/2021 tentang",
            "sesuai SK 542/HM.03.5-Kpt/06/KPU/VII/2021 tentang",
            Critical.DECISION,
            "Nomor keputusan 542/HM.03.5-Kpt/06/KPU/VIII/2021 menjadi "
            "542/HM.03.5-Kpt/06/KPU/VII/2021.",
        ),
        (
            "nomor 1163/SDM.12-Pu/04/2023 itu",
            "nomor 1163/SDM.12-Pu/05/2023 itu",
            Critical.DECISION,
            "Nomor keputusan 1163/SDM.12-Pu/04/2023 menjadi 1163/SDM.12-Pu/05/2023.",
        ),
        (
            "lihat https://kab-serang.kpu.go.id/a, ya",
            "lihat https://kab-serang.kpu-go.id/a, ya",
            Critical.ADDRESS,
            "Alamat “https://kab-serang.kpu.go.id/a” menjadi "
            "“https://kab-serang.kpu-go.id/a”.",
        ),
        (
            "surel humas@kpu.go.id ya",
            "surel humas@kpu.co.id ya",
            Critical.ADDRESS,
            "Alamat “humas@kpu.go.id” menjadi “humas@kpu.co.id”.",
        ),
        (
            "hubungi 0812-3456-7890 ya",
            "hubungi 0812-3456-7899 ya",
            Critical.ADDRESS,
            "Alamat “0812-3456-7890” menjadi “0812-3456-7899”.",
        ),
        # Qualifiers
        (
            "hanya pemilih yang terdaftar",
            "pemilih yang terdaftar",
            Critical.QUALIFIER,
            "Kata “hanya” dihapus.",
        ),
        (
            "warga wajib membawa KTP",
            "warga dapat membawa KTP",
            Critical.QUALIFIER,
            "Kata “wajib” menjadi “dapat”.",
        ),
        (
            "hasil sementara pemilu",
            "hasil pemilu",
            Critical.QUALIFIER,
            "Kata “sementara” dihapus.",
        ),
        (
            "untuk semua pemilih",
            "untuk sebagian pemilih",
            Critical.QUALIFIER,
            "Kata “semua” menjadi “sebagian”.",
        ),
        (
            "paling lambat besok",
            "besok",
            Critical.QUALIFIER,
            "Teks “paling lambat” dihapus; di dalamnya ada kata pembatas.",
        ),
        # A name, though its new letters make a common word
        (
            "hadir Pafa kemarin",
            "hadir Pada kemarin",
            Critical.NAME,
            "Kata “Pafa” menjadi “Pada”.",
        ),
        # Letters that look alike
        (
            "nilai 74 itu",
            "nilai \uff17\uff14 itu",
            Critical.LOOKALIKE,
            "Huruf pada “74” diganti dengan huruf lain yang mirip.",
        ),
        (
            "menurut KPU kemarin",
            "menurut К\u0420U kemarin",
            Critical.LOOKALIKE,
            "Huruf pada “KPU” diganti dengan huruf lain yang mirip.",
        ),
    ],
)
def test_a_critical_change_is_said(before, after, critical, sentence):
    changes = critical_changes(before, after)
    assert [(change.critical, change.sentence) for change in changes] == [
        (critical, sentence)
    ]
    assert typo_refusal(body(before), body(after)).startswith(
        f"Ini bukan salah ketik. {sentence}"
    )
    assert critical_changes(after, before) != ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("rapat itu lancar", "rapat itu berjalan lancar"),
        ("ia menerima usul", "ia menolak usul"),
        ("harga naik", "harga turun"),
        ("Rapat berjalan.", "Acara berjalan."),
        ("rapat, acara", "rapat acara"),
        ("Seperti itu, Adapun ini", "Seperti itu, adapun ini"),
        ("KPU KPU dan", "KPU dan"),
        ("Demi \u00adkrasi", "Demi krasi"),
    ],
)
def test_an_ordinary_change_is_not_critical(before, after):
    assert critical_changes(before, after) == ()
    assert compare(body(before), body(after)).changes


def test_critical_changes_come_in_reading_order():
    changes = critical_changes(
        "Pada Senin (31/1) hadir 5 orang.", "Pada Jumat (28/1) hadir 6 orang."
    )
    assert [change.sentence for change in changes] == [
        "Hari Senin menjadi Jumat.",
        "Tanggal 31/1 menjadi 28/1.",
        "Angka 5 menjadi 6.",
    ]


def test_a_name_is_known_at_a_sentences_start_from_elsewhere():
    before = "Rapat dibuka Muttaqin pagi ini. Muttaqin lalu pulang."
    after = "Rapat dibuka Muttaqin pagi ini. Muttakin lalu pulang."
    assert [change.critical for change in critical_changes(before, after)] == ["nama"]


def test_one_change_in_several_places_is_said_once():
    assert said("kata 5 lalu b dan 5 lagi", "kata 6 lalu b dan 6 lagi") == [
        "Angka 5 menjadi 6, di 2 tempat."
    ]


# Typos


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            "Seeblum memulai acara",
            "Sebelum memulai acara",
            "Ejaan “Seeblum” menjadi “Sebelum”.",
        ),
        (
            "Seeblum Ibu Siti hadir, rapat sepi",
            "Sebelum Ibu Siti hadir, rapat sepi",
            "Ejaan “Seeblum” menjadi “Sebelum”.",
        ),
        (
            "melibatkan pastisipasi rakyat",
            "melibatkan partisipasi rakyat",
            "Ejaan “pastisipasi” menjadi “partisipasi”.",
        ),
        (
            "dengan tujun untuk",
            "dengan tujuan untuk",
            "Ejaan “tujun” menjadi “tujuan”.",
        ),
        (
            "yang di dampingi oleh",
            "yang didampingi oleh",
            "Penulisan “di dampingi” menjadi “didampingi”.",
        ),
        ("dimana rakyat", "di mana rakyat", "Penulisan “dimana” menjadi “di mana”."),
        (
            "kerjasama itu",
            "kerja sama itu",
            "Penulisan “kerjasama” menjadi “kerja sama”.",
        ),
        (
            "rata rata naik",
            "rata-rata naik",
            "Penulisan “rata rata” menjadi “rata-rata”.",
        ),
        (
            "di Lingkungan KPU KPU, Provinsi",
            "di Lingkungan KPU, Provinsi",
            "Kata “KPU” yang tertulis ganda dihapus.",
        ),
        ("pada hari itu dan", "pada hari itu, dan", "Koma sesudah “itu” ditambahkan."),
        (
            "kekuasaan.. Lalu",
            "kekuasaan. Lalu",
            "Tanda baca titik ganda menjadi titik.",
        ),
        (
            "Provinsi banten turut",
            "Provinsi Banten turut",
            "Penulisan “banten” menjadi “Banten”.",
        ),
        (
            "Siti Maryam( Komisioner) ada",
            "Siti Maryam (Komisioner) ada",
            "Spasi di 2 tempat berubah, di dekat “Maryam”.",
        ),
        (
            "hari Jum'at itu",
            "hari Jum’at itu",
            "Tanda atau karakter tak terlihat pada “Jum'at” berubah.",
        ),
        (
            "nilai “Sangat Baik itu",
            "nilai “Sangat Baik” itu",
            "Tanda petik sesudah “Baik” ditambahkan.",
        ),
    ],
)
def test_a_slip_may_be_filed_as_a_typo(before, after, sentence):
    assert said(before, after) == [sentence]
    assert typo_refusal(body(before), body(after)) is None
    assert not compare(body(before), body(after)).critical


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Another word, near or far
        ("ia menerima usul", "ia menolak usul"),
        ("harga naik lagi", "harga turun lagi"),
        ("pihak yang kalah", "pihak yang salah"),
        ("ia memberi suara", "ia membeli suara"),
        ("pemilik suara", "pemilih suara"),
        ("tentang penetapan calon", "tentang penerapan calon"),
        ("dana intensif itu", "dana insentif itu"),
        ("ia ditahan kemarin", "ia ditawan kemarin"),
        ("kelompok itu", "kelompak itu lagi"),
        # Affixes
        ("ia terpilih kemarin", "ia memilih kemarin"),
        ("ia dipilih kemarin", "ia memilih kemarin"),
        ("aturan yang berlaku", "aturan yang diberlakukan"),
        ("ia melaporkan itu", "ia dilaporkan itu"),
        ("mereka pindah ke sana", "mereka pindahkan ke sana"),
        ("warga setuju", "warga menyetujui"),
        # Words that came or went
        ("rapat berjalan lancar", "rapat lancar"),
        ("rapat lancar", "rapat berjalan lancar"),
        ("KPU dan", "KPU KPU dan"),
        ("tidak tidak ada", "tidak ada"),
        ("ada 2 2 orang", "ada 2 orang"),
        # A near word into or out of a critical one
        ("ia tidka hadir", "ia tidak hadir"),
        ("ada taga orang", "ada tiga orang"),
        ("rapat di Serang", "rapat diserang"),
        # The same letters, and yet no longer the same words
        ("be lum ada", "belum ada"),
        # A doubt, or words made somebody's
        ("KPU curang.", "KPU curang?"),
        ("suara itu hilang", "suara itu “hilang”"),
        # A sentence's first word that may be a name
        ("Joko menang.", "Jako menang."),
        ("Suhartono menang.", "Suhartino menang."),
        # A word with foreign letters
        ("melibatkan p\u0430stisipasi rakyat", "melibatkan partisipasi rakyat"),
        # A word that the text goes on using is a word
        ("sebuah karakata baru, karakata", "sebuah karakarta baru, karakata"),
        ("bagus ✅ sekali", "bagus ❌ sekali"),
    ],
)
def test_what_is_no_slip_is_refused_as_a_typo(before, after):
    for pair in ((before, after), (f"Kata {before}", f"Kata {after}")):
        assert typo_refusal(*map(body, pair)).startswith("Ini bukan salah ketik. ")


def test_a_headlines_capitals_do_not_make_its_words_names():
    before = {
        "title": "Bakohumas Kunci Tangkal Hoaks dan Disinfromasi",
        **body("Menangkal disinformasi yang beredar."),
    }
    after = {**before, "title": "Bakohumas Kunci Tangkal Hoaks dan Disinformasi"}
    assert typo_refusal(before, after) is None
    worse = {**before, "title": "Bakohumos Kunci Tangkal Hoaks dan Disinfromasi"}
    assert typo_refusal(before, worse)


def test_a_headlines_words_are_known_from_the_text():
    before = {"title": "Bakohumas Kunci Tangkal Hoaks", **body("tangkal atau sebar")}
    after = {**before, "title": "Bakohumas Kunci Sebar Hoaks"}
    assert not compare(before, after).critical
    assert typo_refusal(before, after)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("title", "Rapta pleno terbuka", "Rapat pleno terbuka"),
        ("lead", "Rapta pleno terbuka", "Rapat pleno terbuka"),
        ("cover_caption", "Rapta pleno terbuka", "Rapat pleno terbuka"),
    ],
)
def test_a_typo_is_of_title_lead_body_or_caption(field, before, after):
    def document(text):
        if field == "cover_caption":
            return {"cover": {"sha256": "1", "caption": text}}
        return {field: text}

    assert typo_refusal(document(before), document(after)) is None
    assert typo_refusal(
        {**document(before), "credit": "Tim Huams"},
        {**document(after), "credit": "Tim Humas"},
    )


def test_a_refusal_names_three_changes_and_counts_the_rest():
    before = body(
        "ada 1 orang", "ada 2 ekor", "ada 3 buah", "ada 4 helai", "ada 5 biji"
    )
    after = body("ada 9 orang", "ada 8 ekor", "ada 7 buah", "ada 6 helai", "ada 0 biji")
    assert typo_refusal(before, after) == (
        "Ini bukan salah ketik. Angka 1 menjadi 9. Angka 2 menjadi 8. "
        "Angka 3 menjadi 7. Ada 2 perubahan lain. Ajukan sebagai ralat atau pembaruan."
    )


def test_nothing_changed_needs_no_refusal():
    assert typo_refusal(body("sama"), body("sama")) is None


# Sentences and paragraphs


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            ["Satu lama di sini. Lalu ada lagi."],
            ["Satu lama di sini. Kalimat ini baru ada. Lalu ada lagi."],
            ["Kalimat “Kalimat ini baru ada.” ditambahkan."],
        ),
        (
            ["Rapat dibuka pagi. Hadir 5 saksi. Lalu bubar."],
            ["Rapat dibuka pagi. Lalu bubar."],
            ["Kalimat “Hadir 5 saksi.” dihapus; di dalamnya ada angka."],
        ),
        (
            ["Paragraf satu.", "Paragraf lain."],
            ["Paragraf satu.", "Ada sisipan baru.", "Paragraf lain."],
            ["Paragraf “Ada sisipan baru.” ditambahkan."],
        ),
        (
            ["Paragraf satu.", "Ada sisipan baru.", "Paragraf lain."],
            ["Paragraf satu.", "Paragraf lain."],
            ["Paragraf “Ada sisipan baru.” dihapus."],
        ),
        (
            ["Awal yang lama. Lalu yang kemudian."],
            ["Awal yang lama.", "Lalu yang kemudian."],
            ["Paragraf dipecah sebelum “Lalu yang kemudian.”"],
        ),
        (
            ["Awal yang lama.", "Lalu yang kemudian."],
            ["Awal yang lama. Lalu yang kemudian."],
            ["Paragraf sebelum “Lalu yang kemudian.” disatukan dengan teks itu."],
        ),
        (
            [
                "Yang pertama cukup panjang untuk dipindah.",
                "Yang kedua tetap saja.",
            ],
            [
                "Yang kedua tetap saja.",
                "Yang pertama cukup panjang untuk dipindah.",
            ],
            ["Paragraf “Yang pertama cukup panjang untuk dipindah.” dipindahkan."],
        ),
        (
            ["Satu dua tiga empat lima enam tujuh delapan.", "Tetap.", "Juga."],
            [
                "Baru sekali ini yang ada di sini.",
                "Tetap.",
                "Juga.",
                "Satu dua tiga empat lima enam tujuh delapan.",
            ],
            [
                "Paragraf “Satu dua tiga empat lima enam tujuh delapan.” dipindahkan.",
                "Paragraf “Baru sekali ini yang ada di sini.” ditambahkan.",
            ],
        ),
        (
            ["a"],
            ["a", *(f"sisipan huruf {letter}" for letter in "bcdef")],
            [
                "5 paragraf ditambahkan, dari “sisipan huruf b” sampai "
                "“sisipan huruf f”."
            ],
        ),
    ],
)
def test_whole_sentences_and_paragraphs(before, after, found):
    assert sentences(body(*before), body(*after)) == found


def test_a_rewritten_paragraph_is_said_in_one_sentence():
    changes = compare(
        body("Rapat itu lancar dan semua yang hadir sepakat soal jadwal, lokasi."),
        body("Tak seorang pun menyangka pertemuan 5 tokoh berakhir ricuh, gaduh."),
    ).changes
    assert len(changes) == 1
    assert changes[0].sentence.startswith("Paragraf “Rapat itu lancar")
    assert changes[0].sentence.endswith(
        "; di dalamnya ada penyangkalan, angka dan kata pembatas."
    )


def test_sentences_in_another_order_were_moved():
    first = "Rapat dibuka ketua pada pagi hari."
    second = "Semua saksi lalu menandatangani berita acara."
    assert said(f"{first} {second}", f"{second} {first}") == [
        f"Kalimat “{first}” dipindahkan."
    ]


def test_many_foreign_letters_are_said_once():
    text = "satu kata dan lagi kata bahasa yang ada"
    (change,) = critical_changes(text, text.replace("a", "\u0430"))
    assert change.sentence.startswith("Huruf pada 8 kata diganti dengan huruf lain")


def test_a_name_of_two_changed_words_is_one_change():
    assert said("hadir Chotibul Umam pagi ini", "hadir Sagara pagi ini") == [
        "Nama “Chotibul Umam” menjadi “Sagara”."
    ]


def test_a_sentence_written_twice_may_be_mended_once():
    once = "Acara ini bagian dari program dengan tujuan menambah wawasan."
    slip = once.replace("tujuan", "tujun")
    assert said(f"{once} Lalu bubar. {slip}", f"{once} Lalu bubar. {once}") == [
        "Ejaan “tujun” menjadi “tujuan”."
    ]


def test_sentences_without_a_word_in_common_are_paired_word_by_word():
    assert said("Rapat bubar. Lalu sepi.", "Acara usai. Lalu sepi.") == [
        "Teks “Rapat bubar” menjadi “Acara usai”."
    ]


def test_a_word_is_not_double_where_neither_stayed():
    assert said("lalu rapat rapat itu", "lalu acara itu") == [
        "Kata “rapat” menjadi “acara”.",
        "Kata “rapat” dihapus.",
    ]


def test_short_paragraphs_that_changed_places_are_no_move():
    assert compare(body("5 suara", "6 suara"), body("6 suara", "5 suara")).critical


def test_swapped_cells_are_not_a_move():
    row = "<table><tbody><tr><td>{}</td><td>{}</td></tr></tbody></table>"
    for cells in (
        (100, 200),
        ("calon satu dari kota sini saja", "calon dua dari sana"),
    ):
        before, after = row.format(*cells), row.format(*reversed(cells))
        assert compare({"body": before}, {"body": after}).critical


# Markup


LINK = '<p>Lihat <a href="{}">di sini</a> saja</p>'
PICTURE = '<p>teks</p><figure class="image"><img src="{}" alt="{}"></figure>'


@pytest.mark.parametrize(
    ("before", "after", "sentence", "critical", "typo"),
    [
        (
            LINK.format("https://kpu.go.id/a"),
            LINK.format("https://kpu.go.id/b"),
            "Tautan pada “di sini” diganti dari “https://kpu.go.id/a” menjadi "
            "“https://kpu.go.id/b”.",
            Critical.ADDRESS,
            False,
        ),
        (
            LINK.format("https://kpu.go.id/a"),
            "<p>Lihat di sini saja</p>",
            "Tautan pada “di sini” dihapus, semula ke “https://kpu.go.id/a”.",
            Critical.ADDRESS,
            False,
        ),
        (
            "<p>Lihat di sini saja</p>",
            LINK.format("https://kpu.go.id/a"),
            "Tautan pada “di sini” ditambahkan, ke “https://kpu.go.id/a”.",
            Critical.ADDRESS,
            False,
        ),
        (
            PICTURE.format(PHOTO, "Rapat"),
            PICTURE.format(OTHER_PHOTO, "Rapat"),
            "Gambar “Rapat” diganti.",
            Critical.PICTURE,
            False,
        ),
        (
            PICTURE.format(PHOTO, "rapat"),
            PICTURE.format(PHOTO, "rapat pleno"),
            "Teks alternatif gambar “rapat” menjadi “rapat pleno”.",
            None,
            False,
        ),
        (
            "<p>teks</p>",
            PICTURE.format(PHOTO, "rapat"),
            "Gambar “rapat” ditambahkan.",
            Critical.PICTURE,
            False,
        ),
        (
            '<oembed url="https://youtu.be/abcdefghijk"></oembed>',
            '<oembed url="https://youtu.be/abcdefghijl"></oembed>',
            "Video “https://youtu.be/abcdefghijk” diganti dengan video "
            "“https://youtu.be/abcdefghijl”.",
            Critical.PICTURE,
            False,
        ),
        (
            "<p>kata tebal ini</p>",
            "<p>kata <strong>tebal</strong> ini</p>",
            "Penekanan teks “tebal” berubah.",
            None,
            True,
        ),
        (
            "<p>ada 102 buah</p>",
            "<p>ada 10<sup>2</sup> buah</p>",
            "Penekanan teks “102” berubah.",
            None,
            False,
        ),
        (
            "<p>kata lama ini</p>",
            "<p>kata <s>lama</s> ini</p>",
            "Penekanan teks “lama” berubah.",
            None,
            False,
        ),
        (
            "<h2>Bagian satu</h2>",
            "<h3>Bagian satu</h3>",
            "Susunan judul bagian “Bagian satu” berubah.",
            None,
            True,
        ),
        (
            "<p>Bagian satu</p>",
            "<h2>Bagian satu</h2>",
            "Paragraf “Bagian satu” menjadi judul bagian.",
            None,
            True,
        ),
        (
            "<p>Kata ketua</p>",
            "<blockquote><p>Kata ketua</p></blockquote>",
            "Susunan paragraf “Kata ketua” berubah.",
            None,
            False,
        ),
        (
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
            "Susunan sel tabel “b” berubah.",
            None,
            False,
        ),
        (
            "<p>satu<br>dua</p>",
            "<p>satu</p><p>dua</p>",
            "Susunan paragraf “dua” berubah.",
            None,
            True,
        ),
        (
            "<ul><li>a b</li></ul>",
            "<ul><li>a</li><li>b</li></ul>",
            "Butir dipecah sebelum “b”.",
            None,
            False,
        ),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ol><li>a</li><li>b</li></ol>",
            "Susunan butir “a” berubah.",
            None,
            False,
        ),
        (
            "<p>a</p><hr>",
            "<p>a</p>",
            "Garis pemisah dihapus.",
            None,
            False,
        ),
        (
            f'<img src="{PHOTO}" alt="x" width="10">',
            f'<img src="{PHOTO}" alt="x" width="20">',
            "Susunan atau penekanan teks berubah.",
            None,
            False,
        ),
    ],
)
def test_a_change_of_markup_alone_is_said(before, after, sentence, critical, typo):
    change = compare({"body": before}, {"body": after}).changes[0]
    assert (change.sentence, change.critical) == (sentence, critical)
    assert (typo_refusal({"body": before}, {"body": after}) is None) == typo


def test_emphasis_of_changed_words_is_no_second_change():
    assert sentences(
        {"body": "<p>kata <strong>lama sekali</strong> ini</p>"},
        {"body": "<p>kata <strong>baru sekali</strong> ini</p>"},
    ) == ["Kata “lama” menjadi “baru”."]


def test_a_link_is_seen_where_its_words_changed_too():
    found = sentences(
        {"body": '<p>Lihat <a href="/a">laman</a> saja</p>'},
        {"body": '<p>Lihat <a href="/b">situs</a> saja</p>'},
    )
    assert found == [
        "Kata “laman” menjadi “situs”.",
        "Tautan pada “laman” dihapus, semula ke “/a”.",
        "Tautan pada “situs” ditambahkan, ke “/b”.",
    ]


def test_a_new_paragraph_with_a_link_is_critical():
    change = compare({"body": "<p>a</p>"}, {"body": "<p>a</p>" + LINK.format("/b")})
    assert [one.critical for one in change.changes] == [Critical.ADDRESS]


# Documents


DOCUMENT = {
    "schema": 3,
    "title": "Menjelang Pemilu",
    "lead": "Rapat koordinasi.",
    "body": "<p>Isi naskah.</p>",
    "category": "siaran-pers",
    "tags": ["Bakohumas", "Pemilu"],
    "cover": {
        "file": "foto/a.jpg",
        "sha256": "a",
        "width": 10,
        "height": 10,
        "alt": "orang rapat",
        "caption": "Suasana rapat",
        "credit": "Humas",
    },
    "attachments": [
        {"file": "lampiran/1.pdf", "name": "Hasil", "sha256": "1", "size": 9},
        {"file": "lampiran/2.pdf", "name": "Jadwal", "sha256": "2", "size": 9},
    ],
    "event_date": "2022-01-31",
    "event_date_basis": "tertulis",
    "dateline": "Serang (31/1)",
    "byline_name": "Zaenal Mutiin",
    "byline_office": "Anggota KPU",
    "credit": "Tim Humas",
    "source_name": "Banten Pos",
    "source_date": "2022-01-19",
    "series": "rabu-ngopi",
    "series_part": 1,
    "reply_to": 12,
}


def cover(**more):
    return {**DOCUMENT["cover"], **more}


def attached(**names):
    """Return attachments by the last sign of their digest: _1="Hasil"."""
    return [
        {"file": f"lampiran/{key[1:]}.pdf", "name": name, "sha256": key[1:], "size": 9}
        for key, name in names.items()
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence", "critical"),
    [
        (
            "title",
            "Menjelang Pilkada",
            "Judul: nama “Pemilu” menjadi “Pilkada”.",
            "nama",
        ),
        (
            "title",
            "",
            "Judul “Menjelang Pemilu” dihapus; di dalamnya ada nama.",
            "nama",
        ),
        (
            "lead",
            "Rapat evaluasi.",
            "Teras: kata “koordinasi” menjadi “evaluasi”.",
            None,
        ),
        ("category", "opini", "Kategori Siaran Pers menjadi Kolom Opini.", None),
        ("category", "kabar-lain", "Kategori Siaran Pers menjadi Kabar Lain.", None),
        ("tags", ["Pemilu"], "Topik “Bakohumas” dihapus.", None),
        ("tags", ["Bakohumas", "KPU", "Pemilu"], "Topik “KPU” ditambahkan.", None),
        ("cover", None, "Foto sampul dihapus.", "gambar"),
        (
            "cover",
            cover(sha256="b", file="foto/b.jpg"),
            "Foto sampul diganti.",
            "gambar",
        ),
        (
            "cover",
            cover(alt="orang makan"),
            "Teks alternatif foto sampul “orang rapat” menjadi “orang makan”.",
            None,
        ),
        (
            "cover",
            cover(caption="Suasana makan"),
            "Keterangan foto sampul: kata “rapat” menjadi “makan”.",
            None,
        ),
        (
            "cover",
            cover(credit="Dian"),
            "Kredit foto sampul “Humas” menjadi “Dian”.",
            "nama",
        ),
        ("cover", cover(width=20), "Data berkas foto sampul berubah.", None),
        (
            "event_date",
            "2022-01-28",
            "Tanggal peristiwa 31 Januari 2022 menjadi 28 Januari 2022.",
            "tanggal",
        ),
        ("event_date", None, "Tanggal peristiwa 31 Januari 2022 dihapus.", "tanggal"),
        (
            "event_date_basis",
            "dateline",
            "Dasar tanggal peristiwa “tertulis lengkap dalam naskah” menjadi "
            "“dari dateline saja”.",
            None,
        ),
        (
            "dateline",
            "Serang (30/1)",
            "Dateline “Serang (31/1)” menjadi “Serang (30/1)”.",
            "tanggal",
        ),
        ("dateline", "", "Dateline “Serang (31/1)” dihapus.", "tanggal"),
        (
            "byline_name",
            "Zainal Mutiin",
            "Penulis “Zaenal Mutiin” menjadi “Zainal Mutiin”.",
            "nama",
        ),
        (
            "byline_office",
            "Ketua KPU",
            "Jabatan penulis “Anggota KPU” menjadi “Ketua KPU”.",
            "jabatan",
        ),
        (
            "credit",
            "Tim Hupmas",
            "Kredit naskah “Tim Humas” menjadi “Tim Hupmas”.",
            "nama",
        ),
        ("source_name", "Radar", "Sumber “Banten Pos” menjadi “Radar”.", "nama"),
        (
            "source_date",
            "2022-01-20",
            "Tanggal dimuat di sumber 19 Januari 2022 menjadi 20 Januari 2022.",
            "tanggal",
        ),
        ("series", None, "Seri “Rabu Ngopi” dihapus.", None),
        ("series_part", 2, "Bagian seri ke-1 menjadi ke-2.", "angka"),
        (
            "attachments",
            attached(_1="Hasil", _2="Jadwal", _3="Peta"),
            "Lampiran “Peta” ditambahkan.",
            "lampiran",
        ),
        (
            "attachments",
            attached(_1="Hasil"),
            "Lampiran “Jadwal” dihapus.",
            "lampiran",
        ),
        ("attachments", [], "Lampiran “Hasil” dihapus.", "lampiran"),
        (
            "attachments",
            attached(_1="Hasil", _3="Jadwal"),
            "Lampiran “Jadwal” diganti.",
            "lampiran",
        ),
        (
            "attachments",
            attached(_1="Hasil akhir", _2="Jadwal"),
            "Nama lampiran “Hasil” menjadi “Hasil akhir”.",
            "lampiran",
        ),
        (
            "attachments",
            attached(_2="Jadwal", _1="Hasil"),
            "Urutan lampiran berubah.",
            "lampiran",
        ),
        ("attachments", ["a"], "Lampiran “Hasil” dihapus.", "lampiran"),
        (
            "reply_to",
            15,
            "Naskah yang ditanggapi nomor 12 menjadi nomor 15.",
            "hak jawab",
        ),
        (
            "reply_to",
            None,
            "Naskah yang ditanggapi nomor 12 dihapus.",
            "hak jawab",
        ),
        ("extra", ["a"], "Isian “extra” berubah.", None),
        ("title", "Menjelang  Pemilu", "Spasi pada judul berubah.", None),
    ],
)
def test_every_field_is_compared_in_words(field, value, sentence, critical):
    changes = compare(DOCUMENT, {**DOCUMENT, field: value}).changes
    assert (sentence, critical) in [(one.sentence, one.critical) for one in changes]


def test_every_key_of_a_document_has_its_words():
    for key in DOCUMENT.keys() - {"schema", "body"}:
        value = {"cover": None, "tags": [], "attachments": []}.get(key, "")
        (*_, change) = compare(DOCUMENT, {**DOCUMENT, key: value}).changes
        assert "Isian" not in change.sentence, key


def test_what_is_about_the_change_itself_is_no_change():
    noted = {**DOCUMENT, "schema": 2, "change_class": "ralat", "change_note": "x"}
    assert compare(DOCUMENT, noted).unchanged


def test_each_change_of_an_attachment_is_said_once():
    after = attached(_2="Tahapan", _3="Hasil", _4="Peta")
    assert sentences(DOCUMENT, {**DOCUMENT, "attachments": after}) == [
        "Lampiran “Hasil” diganti.",
        "Nama lampiran “Jadwal” menjadi “Tahapan”.",
        "Lampiran “Peta” ditambahkan.",
    ]


def test_one_new_file_replaces_one_of_the_same_name():
    before = {"attachments": attached(_1="Hasil", _2="Hasil")}
    assert sentences(before, {"attachments": attached(_3="Hasil")}) == [
        "Lampiran “Hasil” diganti.",
        "Lampiran “Hasil” dihapus.",
    ]


@pytest.mark.parametrize(
    "after", [[], attached(_1="Hasli", _2="Jadwal"), attached(_2="Jadwal", _1="Hasil")]
)
def test_an_attachment_is_never_a_slip_of_the_keys(after):
    assert typo_refusal(DOCUMENT, {**DOCUMENT, "attachments": after})


def test_a_missing_key_is_an_empty_value():
    assert compare({"title": "a"}, {"title": "a", "lead": "", "cover": None}).unchanged
    assert compare({}, DOCUMENT).changes
    assert compare({"title": "a"}, {"title": "a", "attachments": []}).unchanged


def test_names_of_categories_and_series_can_be_given():
    names = {"siaran-pers": "Rilis", "opini": "Opini Warga"}
    found = compare(DOCUMENT, {**DOCUMENT, "category": "opini"}, names=names)
    assert found.changes[0].sentence == "Kategori Rilis menjadi Opini Warga."


def test_blocks_show_the_text_with_its_changes():
    comparison = compare(
        {"title": "Judul", **body("Sama saja.", "nilai 74,29 itu", "akhir")},
        {"title": "Judul", **body("Sama saja.", "nilai 47,29 itu", "baru", "akhir")},
    )
    assert [
        (block.field, block.label, block.changed, marked(block.segments))
        for block in comparison.blocks
    ] == [
        ("title", "Judul", False, "Judul"),
        ("body", "Paragraf", False, "Sama saja."),
        (
            "body",
            "Paragraf",
            True,
            "nilai[- 74,29-][+ 47,29+] itu",
        ),
        ("body", "Paragraf", True, "[+baru+]"),
        ("body", "Paragraf", False, "akhir"),
    ]


def test_critical_is_a_part_of_changes():
    comparison = compare(body("ada 5 lama"), body("ada 6 baru"))
    assert [change.sentence for change in comparison.critical] == ["Angka 5 menjadi 6."]
    assert len(comparison.changes) == 2
    assert Comparison((), ()).unchanged


# Segments


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("nilai 74,29 itu", "nilai 47,29 itu", "nilai [-74,29-][+47,29+] itu"),
        ("itu sah.", "itu tidak sah.", "itu [+tidak +]sah."),
        ("A. C.", "A. B. C.", "A. [+B. +]C."),
        ("KPU x. KPU z.", "KPU x. KPU y. KPU z.", "KPU x. [+KPU y. +]KPU z."),
        ("Senin (31/1) ya", "Jumat (28/1) ya", "[-Senin (31/1-][+Jumat (28/1+]) ya"),
        ("rapat 5 acara", "temu 5 hadir", "[-rapat-][+temu+] 5 [-acara-][+hadir+]"),
        ("rapat di aula", "temu di kota", "[-rapat di aula-][+temu di kota+]"),
        (
            "31 Januari 2022",
            "28 Januari 2022",
            "[-31 Januari 2022-][+28 Januari 2022+]",
        ),
        ("a", "a", "a"),
        ("", "", ""),
        ("", "a b", "[+a b+]"),
        ("a b", "", "[-a b-]"),
    ],
)
def test_segments_read_well(before, after, found):
    assert marked(segments(before, after)) == found


def test_a_segment_keeps_its_spaces_outside_the_brackets():
    segment = Segment("baru", " tidak ")
    assert (segment.leading, segment.core, segment.trailing) == (" ", "tidak", " ")
    blank = Segment("baru", "  ")
    assert blank.leading + blank.core + blank.trailing == "  "


# Tokens


@pytest.mark.parametrize(
    "whole",
    [
        *("31/1", "74,29", "1.204", "09.00", "ke-3", "Covid-19", "Rp1.204.000", "-5"),
        *("542/HM.03.5-Kpt/06/KPU/VIII/2021", "1163/SDM.12-Pu/04/2023"),
        *("244/HM.02-SD/KPU/III/2021", "27/01/KPU/2021"),
        *("27 Januari 2022", "8 Oktober 2021", "27-01-2022", "Juni 2021"),
        *("https://kab-serang.kpu.go.id/berita/1/", "humas@kpu.go.id", "kpu.go.id"),
        *("0812-3456-7890", "S.H.", "M.Si", "rata-rata", "Jum’at", "@kpuserang"),
    ],
)
def test_one_token_is_kept_whole(whole):
    found = tokens.tokenise(f"kata ({whole}), lagi")
    assert [token.text for token in found] == ["kata", "(", whole, ")", ",", "lagi"]


def test_sentences_do_not_end_at_initials_and_titles():
    found = tokens.tokenise("Hadir Dr. Didih dan M. Sudi. Lalu pulang, no. 5 itu.")
    assert [token.text for token in found if token.opens] == ["Hadir", "Lalu"]


# Slips


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [
        ("sama", "sama", 0),
        ("seeblum", "sebelum", 1),
        ("tujun", "tujuan", 1),
        ("pastisipasi", "partisipasi", 1),
        ("ab", "ba", 1),
        ("kitab", "batik", 3),
        ("", "abc", 3),
        ("a" * 70, "a" * 69 + "b", 3),
    ],
)
def test_distance(first, second, edits):
    assert spelling.distance(first, second) == edits
    assert spelling.distance(second, first) == edits


@pytest.mark.parametrize(
    ("before", "after", "slip"),
    [
        ("seeblum", "sebelum", True),
        ("gemerincnig", "gemerincing", True),
        ("gemerincing", "gemerancing", True),
        ("gemerincing", "semerincing", False),
        ("gelang", "gelong", False),
        ("karakteristik", "karakteristikan", False),
        ("memberi", "membeli", False),
        ("penjelsan", "penjelasan", True),
        ("yng", "yang", False),
        ("a1b2c3d4e5", "a1b2c3d4e6", False),
        ("", "", False),
    ],
)
def test_slips(before, after, slip):
    assert spelling.is_slip(before, after) == slip


def test_stems():
    assert {"pilih", "memilih"} <= lexicon.stems("memilih")
    assert "laku" in lexicon.stems("diberlakukan")
    assert "tulis" in lexicon.stems("menuliskan")
    assert "ajar" in lexicon.stems("pengajarannya")


# Properties


WORDS = [
    *("rapat", "warga", "suara", "dan", "yang", "di", "untuk", "pemilih", "hadir"),
    *("saksi", "surat", "kotak,", "dengan", "tetap", "lancar.", "Kemudian", "(tim)"),
    *("kerja", "Komisi", "Pemilihan", "2024", "74,29", "31/1", "KPU", "tidak"),
    *("542/HM.03.5-Kpt/06/KPU/VIII/2021", "27 Januari 2022", "semua", "“kata”"),
]
word = st.one_of(st.sampled_from(WORDS), st.text(max_size=8).filter(str.strip))
prose = st.lists(word, max_size=40).map(" ".join)
clean_prose = prose.map(richtext.plain)
# The machine may be busy: how long one example takes says nothing.
steady = settings(deadline=None)
NAMES = ("Maryam", "Muttaqin", "Sukmana", "Chotibul", "Rumansyah", "Agushari")


@steady
@given(st.text(), st.text())
def test_segments_join_to_both_texts(before, after):
    assert_joins(before, after)


@steady
@given(prose, prose)
def test_segments_of_prose_join_to_both_texts(before, after):
    assert_joins(before, after)


@steady
@given(prose, st.integers(0, 200), st.integers(0, 200), word)
def test_segments_of_an_edit_join_to_both_texts(text, start, length, new):
    assert_joins(text, text[:start] + new + text[start + length :])


def assert_joins(before, after):
    found = segments(before, after)
    assert "".join(s.text for s in found if s.kind != "baru") == before
    assert "".join(s.text for s in found if s.kind != "dihapus") == after
    assert all(segment.text for segment in found)


@steady
@given(st.lists(prose, max_size=5), prose)
def test_the_same_is_unchanged(paragraphs, title):
    document = {"title": title, **body(*paragraphs)}
    comparison = compare(document, dict(document))
    assert comparison.unchanged
    assert not any(block.changed for block in comparison.blocks)
    assert critical_changes(title, title) == ()


@steady
@given(clean_prose, st.data())
def test_one_digit_is_critical(text, data):
    places = [match.start() for match in re.finditer("[0-9]", text)]
    assume(places)
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda d: d != text[at]))
    assert_critical(text, text[:at] + digit + text[at + 1 :])


@steady
@given(clean_prose, st.data())
def test_a_denial_is_critical(text, data):
    words = text.split(" ")
    at = data.draw(st.integers(0, len(words)))
    denial = data.draw(st.sampled_from(["tidak", "bukan", "tanpa"]))
    assert_critical(text, " ".join([*words[:at], denial, *words[at:]]).strip())


@steady
@given(clean_prose, clean_prose, st.sampled_from(NAMES), st.data())
def test_a_letter_of_a_name_is_critical(text, rest, name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    letters = "abcdefghijklmnopqrstuvwxyz"
    new = data.draw(st.sampled_from(letters).filter(lambda c: c != name[at].lower()))
    new = new.upper() if name[at].isupper() else new
    other = name[:at] + new + name[at + 1 :]
    assume(other.lower() not in f"{text} {rest}".lower())
    before, after = (
        f"{text} bersama {one} dari {rest}".strip() for one in (name, other)
    )
    assert_critical(before, after)


def assert_critical(before, after):
    assert critical_changes(before, after)
    assert typo_refusal(body(before), body(after))


@steady
@given(prose, prose)
def test_every_difference_of_words_is_said(before, after):
    assume(richtext.plain(before) != richtext.plain(after))
    assert compare(body(before), body(after)).changes


@steady
@given(
    st.dictionaries(
        st.sampled_from([*DOCUMENT, "lampiran"]),
        st.one_of(
            st.none(),
            st.text(),
            st.integers(),
            st.lists(st.text()),
            st.dictionaries(st.sampled_from(["alt", "caption", "sha256"]), st.text()),
        ),
    ),
    st.text(st.sampled_from('<>/="&;pa tdhrf'), max_size=200),
)
def test_no_value_raises(document, markup):
    compare(document, DOCUMENT)
    compare({**document, "body": markup}, document)
    typo_refusal(DOCUMENT, document)


@steady
@given(
    st.lists(st.sampled_from("abc"), max_size=30),
    st.lists(st.sampled_from("abc"), max_size=30),
)
def test_matches_are_as_many_as_can_be(before, after):
    pairs = alignment.matches(before, after)
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(
        a[0] < b[0] and a[1] < b[1] for a, b in zip(pairs, pairs[1:], strict=False)
    )
    assert len(pairs) == longest_common(before, after)


@pytest.mark.parametrize("pairs", [[(0, 0), (1, 1)], [(0, 0), (1, 3)]])
@pytest.mark.parametrize(("best", "settled"), [(1, (1, 3)), (2, (1, 1))])
def test_an_addition_slides_to_where_it_begins_best(pairs, best, settled):
    found = alignment.settle(
        pairs, ["b", "."], ["b", ".", "a", "."], lambda side, at: int(at == best)
    )
    assert found == [(0, 0), settled]


def test_a_stretch_of_many_edits_is_aligned_piece_by_piece():
    before, after = ["x", "y"] * 500, ["x", "z"] * 500
    assert len(alignment.matches(before, after)) >= 450


def longest_common(before, after):
    lengths = [0] * (len(after) + 1)
    for one in before:
        diagonal = 0
        for j, other in enumerate(after, 1):
            diagonal, lengths[j] = (
                lengths[j],
                diagonal + 1 if one == other else max(lengths[j], lengths[j - 1]),
            )
    return lengths[-1]


# Cost


def seconds(before, after):
    start = time.process_time()
    compare({"body": before}, {"body": after})
    segments(before, after)
    critical_changes(before, after)
    return time.process_time() - start


LONG = "".join(
    f"<p>{' '.join(f'kata{i * j % 3001} dan yang di' for i in range(40))}.</p>"
    for j in range(1, 150)
)


@pytest.mark.parametrize(
    "after",
    [
        LONG,
        LONG.replace("kata7", "lain8"),
        LONG.replace("dan", "atau"),
        LONG.replace("</p><p>", " "),
        " ".join(reversed(LONG.split())),
    ],
    ids=["same", "few", "many", "joined", "reversed"],
)
def test_two_long_bodies_are_compared_in_seconds(after):
    # Three comparisons of 100 kB, some 1.5 seconds; a quadratic step takes minutes.
    assert len(LONG) > 100_000
    assert seconds(LONG, after) < 15


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 20_000, "a " * 15_000 + "b"),
        ("a b c " * 6_000, "c b a " * 6_000),
        ("a" * 40_000, "b" * 40_000),
        ("1/" * 20_000, "1." * 20_000),
        ("<p>a" * 8_000, "<p>b" * 8_000),
        ("<" * 20_000, '<a href="' * 4_000),
        ("\u200b\u0301" * 20_000, "\ud800" * 20_000),
        (".,;:" * 8_000, ";,.:" * 8_000),
        ("a@" * 16_000, "a." * 16_000),
    ],
    ids=range(9),
)
def test_hostile_texts_take_bounded_time(before, after):
    assert seconds(before, after) < 15


# The page


def test_the_fragment_says_changes_and_escapes():
    comparison = compare(
        {"title": "<b>Rapat", **body("Sama.", "nilai 5 itu")},
        {"title": "<i>Rapat", **body("Sama.", "nilai 6 itu tidak")},
    )
    page = render_to_string("news/_comparison.html", {"comparison": comparison})
    assert "<b>" not in page
    assert "&lt;" in page
    assert (
        "<li>Angka 5 menjadi 6."
        ' <strong class="comparison-critical">Penting: angka.</strong></li>'
    ) in page
    text = re.sub(r"\s+", " ", page)
    assert "nilai <del>[dihapus: 5]</del> <ins>[baru: 6]</ins> itu" in text
    assert "<summary>Bagian yang tidak berubah</summary>" in text
    assert "style=" not in page


def test_the_fragment_says_that_nothing_changed():
    page = render_to_string("news/_comparison.html", {"comparison": compare({}, {})})
    assert "Tidak ada yang berubah." in page


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Kata Budi, Andi hadir.</p>", "<p>Kata Budi Andi hadir.</p>"),
        ("<p>Tidak, ada yang hadir.</p>", "<p>Tidak ada yang hadir.</p>"),
        ("<p>Bukan Budi pelakunya.</p>", "<p>Bukan, Budi pelakunya.</p>"),
        ("<p>Rapat tidak</p><p>hadir semua</p>", "<p>Rapat tidak hadir semua</p>"),
    ],
)
def test_a_mark_beside_what_matters_is_no_typo(before, after):
    base = {"title": "J", "lead": ""}
    assert typo_refusal({**base, "body": before}, {**base, "body": after})


def test_a_comma_between_ordinary_words_is_a_typo():
    base = {"title": "J", "lead": ""}
    before, after = (
        "<p>acara dibuka lalu ditutup</p>",
        "<p>acara dibuka, lalu ditutup</p>",
    )
    assert typo_refusal({**base, "body": before}, {**base, "body": after}) is None
