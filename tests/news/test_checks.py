import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.checks import Finding, Level, Standing, check
from news.importing.feed import read

REAL_PAGE = Path(__file__).resolve().parents[3] / "shared/data/berita-terkini.txt"
TODAY = date(2022, 2, 1)

FIRST = (
    "KPU Kabupaten Mandala menggelar rapat pleno terbuka pada Jumat, 28 Januari 2022."
)
GOOD = {
    "title": "KPU Kabupaten Mandala Gelar Rapat Pleno Terbuka",
    "lead": "Rapat pleno membahas jadwal dan anggaran tahun ini.",
    "body": f"<p>{FIRST}</p><p>Rapat itu dihadiri seluruh anggota.</p>",
    "category": "siaran-pers",
    "tags": ["pleno", "anggaran"],
    "cover": {
        "file": "foto/aa.jpg",
        "sha256": "aa",
        "width": 1600,
        "height": 1067,
        "alt": "Ketua KPU mengetuk palu di depan peserta rapat.",
        "caption": "Rapat pleno di aula kantor.",
        "credit": "Foto: Humas KPU Kabupaten Mandala",
    },
    "attachments": [
        {"file": "lampiran/bb.pdf", "name": "Jadwal", "sha256": "bb", "size": 900},
    ],
    "event_date": "2022-01-28",
    "event_date_basis": "tertulis",
    "dateline": "Mandala (28/1)",
    "byline_name": "",
    "byline_office": "",
    "credit": "Tim Humas KPU Kabupaten Mandala",
    "source_name": "",
    "source_date": None,
    "series": None,
    "series_part": None,
    "change_class": "",
    "change_note": "",
}
OPINION = {"category": "opini", "byline_name": "Wening Laras"}

NIK = "3604011505850001"


def found_in(**changes):
    return check({**GOOD, **changes}, TODAY)


def codes(findings):
    return [finding.code for finding in findings]


def with_cover(**changes):
    return {"cover": {**GOOD["cover"], **changes}}


def with_body(*paragraphs):
    return {"body": "".join(f"<p>{text}</p>" for text in (FIRST, *paragraphs))}


def with_picture(attributes):
    return {"body": f"{GOOD['body']}<figure><img {attributes}></figure>"}


def of(*texts):
    """Return one case for each text, as a paragraph of the body."""
    return [pytest.param(with_body(text), id=text[:60]) for text in texts]


def test_a_good_document_leaves_nothing_to_look_at():
    assert check(GOOD, TODAY) == ()


@pytest.mark.parametrize(
    ("standing", "name", "expected"),
    [
        (Standing.FREE, "", []),
        (Standing.ALLOWED, "Ratna Dewi", []),
        (Standing.ALLOWED, "", [("reply-without-author", Level.STOP)]),
        (Standing.ALLOWED, "Tim Humas", [("reply-by-the-office", Level.WARNING)]),
        (Standing.ALLOWED, "Humasiati", []),
        (Standing.OUTLIVED, "Ratna Dewi", [("reply-outlived", Level.WARNING)]),
        (Standing.UNSEEN, "Ratna Dewi", [("reply-to-nothing", Level.STOP)]),
        (Standing.ITSELF, "Ratna Dewi", [("reply-to-nothing", Level.STOP)]),
        (Standing.LOOP, "Ratna Dewi", [("reply-to-nothing", Level.STOP)]),
    ],
)
def test_a_reply_says_whose_it_is_and_is_to_what_readers_read(standing, name, expected):
    found = check({**GOOD, "byline_name": name}, TODAY, reply=standing)
    assert [(one.code, one.level) for one in found] == expected


def test_an_empty_document_asks_for_what_is_missing():
    assert codes(check({})) == ["lead-missing", "cover-missing"]


STOP, WARNING = Level.STOP, Level.WARNING


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lead": ""}, [("lead-missing", WARNING, "lead")]),
        ({"lead": " \u00a0 "}, [("lead-missing", WARNING, "lead")]),
        # Pictures
        ({"cover": None}, [("cover-missing", WARNING, "cover")]),
        (with_cover(alt=""), [("cover-alt-missing", STOP, "cover_alt")]),
        (with_cover(alt="\u200b "), [("cover-alt-missing", STOP, "cover_alt")]),
        ({"cover": {"file": "a.jpg"}}, [("cover-alt-missing", STOP, "cover_alt")]),
        *(
            (with_cover(alt=alt), [("alt-says-nothing", WARNING, "cover_alt")])
            for alt in (
                *("foto", "Gambar.", "FOTO 1", "foto kegiatan", "IMG_2231", "123"),
                *("rapat pleno.JPG", "WhatsApp Image 2022-01-28 at 10.11.12", "a_1"),
            )
        ),
        (with_picture('src="/a.jpg"'), [("picture-alt-missing", STOP, "body")]),
        (with_picture('src="/a.jpg" alt=" "'), [("picture-alt-missing", STOP, "body")]),
        (
            with_picture('src="/a.jpg" alt="gambar"'),
            [("alt-says-nothing", WARNING, "body")],
        ),
        # Dates
        *(
            (with_body(f"Undangan {text} sudah dikirim."), [("weekday-wrong", *rest)])
            for text, *rest in (
                ("Senin, 28 Januari 2022", STOP, "body"),
                ("Senin, 28/1/2022", STOP, "body"),
                ("Senin 28-01-2022", STOP, "body"),
                ("Jum'at, 17 Agustus 1946", STOP, "body"),
                ("hari minggu, 28 Januari 2022", STOP, "body"),
                ("Senin (28/1)", WARNING, "body"),
                ("Senin pagi, 28 Januari", WARNING, "body"),
                ("Sabtu, 31 Desember", WARNING, "body"),
            )
        ),
        (
            {"title": "Pleno Senin, 28 Januari 2022"},
            [("weekday-wrong", STOP, "title")],
        ),
        ({"lead": "Pleno Kamis (28/1)."}, [("weekday-wrong", WARNING, "lead")]),
        (
            {"dateline": "Mandala, Kamis (28/1)"},
            [("weekday-wrong", WARNING, "dateline")],
        ),
        *(
            (with_body(f"Batas akhir {text} kemarin."), [("date-impossible", *rest)])
            for text, *rest in (
                ("31 Juni", STOP, "body"),
                ("31 Juni 2022", STOP, "body"),
                ("30/2", STOP, "body"),
                ("(30/2)", STOP, "body"),
                ("29 Februari 2022", STOP, "body"),
                ("31/06/2022", STOP, "body"),
                ("12/13/2022", STOP, "body"),
                ("31-06-2022", STOP, "body"),
                ("Senin, 31 Juni 2022", STOP, "body"),
                ("Senin (28/13)", STOP, "body"),
                ("28-31 Juni 2022", STOP, "body"),
                ("28 Mei hingga 31 Juni 2022", STOP, "body"),
                ("32 Januari", STOP, "body"),
            )
        ),
        ({"dateline": "Mandala (30/2)"}, [("date-impossible", STOP, "dateline")]),
        (
            {"event_date": "2032-01-28", **with_body()},
            [
                ("event-date-unlikely", WARNING, "event_date"),
                ("event-date-differs", WARNING, "event_date"),
            ],
        ),
        (
            {"event_date": "1922-01-28", "body": "<p>Arsip lama.</p>"},
            [("event-date-unlikely", WARNING, "event_date")],
        ),
        ({"event_date": "2022-01-27"}, [("event-date-differs", WARNING, "event_date")]),
        (
            {
                "event_date": "2022-01-27",
                "body": "<p>KPU menggelar rapat pada Jumat (28/1).</p>",
            },
            [("event-date-differs", WARNING, "event_date")],
        ),
        # Title
        (
            {"title": "KPU KABUPATEN MANDALA GELAR PLENO 2022"},
            [("title-capitals", WARNING, "title")],
        ),
        ({"title": f"{GOOD['title']}."}, [("title-full-stop", WARNING, "title")]),
        ({"title": "Rapat Pleno " * 12}, [("title-long", WARNING, "title")]),
        *(
            ({"title": title}, [("placeholder", WARNING, "title")])
            for title in ("KPU Gelar Rapat ...", "KPU Gelar…", "KPU ... Rapat Pleno")
        ),
        # Wording
        (
            with_body(
                "Rapat ini membahas jadwal dan anggaran tahun depan. Peserta setuju.",
                "Rapat ini membahas jadwal dan angaran tahun depan.",
            ),
            [("sentence-repeated", WARNING, "body")],
        ),
        *(
            (with_body(text), [("word-doubled", WARNING, "body")])
            for text in (
                *("Kantor KPU KPU Mandala.", "Rapat di di aula.", "Yang yang hadir."),
                *("Rapat KPU Kpu Mandala.", "Warga <strong>di</strong> di aula."),
                *("Dari dari dari sana.", "Hari itu tiba tiba hujan."),
            )
        ),
        ({"title": "KPU Gelar Gelar Pleno"}, [("word-doubled", WARNING, "title")]),
        (
            {"credit": "Tim Humas Humas KPU"},
            [("word-doubled", WARNING, "credit")],
        ),
        *(
            (with_body(text), [("placeholder", WARNING, "body")])
            for text in (
                *("Ketua KPU, xxx, hadir.", "Ketua KPU XXX hadir.", "Tanggal xx Mei."),
                *(
                    "Lorem ipsum dolor sit amet.",
                    "TODO lengkapi kutipan.",
                    "Nama XXXX.",
                ),
                *("Hadir pula [isi].", "Hadir pula [nama ketua].", "[Tanggal]"),
            )
        ),
        # Marks
        *(
            (with_body(text), [("mark-unclosed", WARNING, "body")])
            for text in (
                *(
                    "Hadir Ibu Sari( Komisioner.",
                    "Hadir Ibu Sari) pagi itu.",
                    "Ini [itu.",
                ),
                *("Ia (Ketua] hadir.", "Katanya, “Siap.", "Katanya, Siap” tadi."),
                *(
                    'Katanya, "Siap.',
                    'Katanya, "Tahun 2024" dan "siap.',
                    "“Satu “dua”.",
                ),
                *("“Satu”, “dua", 'Katanya, “Siap".', "Meliputi a) ini, (dan b) itu."),
            )
        ),
        (
            with_body("“Kalimat pertama.", "Kalimat lain.", "Kalimat ketiga”"),
            [("mark-unclosed", WARNING, "body")] * 2,
        ),
        ({"title": "Pleno (Terbuka"}, [("mark-unclosed", WARNING, "title")]),
        (
            with_cover(caption="Rapat (kiri"),
            [("mark-unclosed", WARNING, "cover_caption")],
        ),
        # Links
        *(
            (with_body(text), [("link-insecure", WARNING, "body")])
            for text in (
                '<a href="http://contoh.id/">Contoh</a>',
                "Buka http://contoh.id.",
                '<a href="http://contoh.id/">http://contoh.id</a>',
                "Buka (HTTP://contoh.id/a).",
            )
        ),
        *(
            (with_body(text), [("link-shortened", WARNING, "body")])
            for text in (
                '<a href="https://bit.ly/abc">Daftar</a>',
                '<a href="https://www.tinyurl.com/abc">Daftar</a>',
                "Daftar di s.id/rapat-kpu.",
                '<a href="https://s.id/abc">s.id/abc</a>',
            )
        ),
        (
            with_body('Daftar <a href="https://contoh.id/"> </a>'),
            [("link-empty", WARNING, "body")],
        ),
        # Filing
        (
            OPINION | {"byline_name": ""},
            [("opinion-without-author", STOP, "byline_name")],
        ),
        (
            {"category": "kpu-dalam-berita"},
            [("clipping-without-source", STOP, "source_name")],
        ),
        (
            {"source_name": "Harian Mandala"},
            [("source-without-date", WARNING, "source_date")],
        ),
        (
            {"series": "kuliah-pemilu"},
            [("series-without-part", WARNING, "series_part")],
        ),
        *(
            (with_body(*texts), [("continued-without-series", WARNING, "series")])
            for texts in (
                ("Bersambung",),
                ("Itulah sarana demokrasi.. Bersambung ....",),
                ("Itulah demokrasi. (Bersambung)",),
                ("Itulah demokrasi. Bersambung ... (Harian Mandala, 19 Januari 2022)",),
                ("Bersambung ...", "(Tim Humas KPU Kabupaten Mandala)"),
            )
        ),
        # Personal data
        *(
            (with_body(f"Data {text} tercatat."), [("identity-number", STOP, "body")])
            for text in (
                *(NIK, f"NIK {NIK}", f"NIK{NIK}", "3604 0115 0585 0001"),
                *(
                    "36.04.01.150585.0001",
                    "360401-150585-0001",
                    "36 04 01 55 05 85 0001",
                ),
                *(
                    "3604015505850001",
                    "NKK 3604012902160003",
                    "NIK: 360 401 1505 850 001",
                ),
                *(
                    "2022 360401 150585 0001",
                    "NIK/NKK 3604011505850001/3604011505850001",
                ),
            )
        ),
        ({"title": f"Data {NIK}"}, [("identity-number", STOP, "title")]),
        ({"byline_office": NIK}, [("identity-number", STOP, "byline_office")]),
        (
            {"change_note": f"Menghapus {NIK}."},
            [("identity-number", STOP, "change_note")],
        ),
        ({"tags": [NIK]}, [("identity-number", STOP, "tags")]),
        (with_cover(caption=NIK), [("identity-number", STOP, "cover_caption")]),
        (with_cover(alt=f"Kartu {NIK}"), [("identity-number", STOP, "cover_alt")]),
        (
            with_picture(f'src="/a.jpg" alt="Kartu {NIK}"'),
            [("identity-number", STOP, "body")],
        ),
        *(
            (with_body(f"Kode {text} tercatat."), [("sixteen-digits", WARNING, "body")])
            for text in (
                *("1234567890123456", "3604019905850001", "3604011513850001"),
                *(
                    "3604011505850000",
                    "0904011505850001",
                    "9804 0115 0585 0001",
                    "2022012810111213",
                ),
            )
        ),
        *(
            (with_body(f"Hubungi {text} ya."), [("phone-number", WARNING, "body")])
            for text in (
                *("081234567890", "0812-3456-7890", "0812 3456 7890", "(0812) 3456789"),
                *(
                    "+6281234567890",
                    "+62 812-3456-7890",
                    "6281234567890",
                    "62 85712345678",
                ),
                *("wa.me/6281234567890", "081 234 567 890", "0812.345.6789"),
                *("081234567890/081234567890", "081234567890 atau 0812-3456-7890"),
                '<a href="tel:+6281234567890">Sari</a>',
                '<a href="https://wa.me/6281234567890">Sari</a>',
                '<a href="https://wa.me/6281234567890">0812-3456-7890</a>',
            )
        ),
        *(
            (with_body(f"Kirim ke {text} ya."), [("private-mail", WARNING, "body")])
            for text in (
                *("sari.kpu@gmail.com", "sari@yahoo.co.id", "Sari@Outlook.com."),
                *("sari@icloud.com", "sari@hotmail.com", "sari@me.com"),
                '<a href="mailto:sari@gmail.com">Sari</a>',
                '<a href="mailto:sari@gmail.com">sari@gmail.com</a>',
            )
        ),
    ],
)
def test_findings(changes, expected):
    findings = found_in(**changes)

    assert [(each.code, each.level, each.field) for each in findings] == expected


@pytest.mark.parametrize(
    "changes",
    [
        *of(
            # Numbers of the office
            "Sesuai dengan SK 542/HM.03.5-Kpt/06/KPU/VIII/2021 tentang Bakohumas.",
            "Nomor 244/HM.02-SD/KPU/III/2021 dan 1163/SDM.12-Pu/04/2023.",
            "Ada 1.204 TPS, dimulai pukul 09.00 WIB, nilai 74,29.",
            "Anggarannya Rp1.500.000.000.000.000 atau Rp 1500000000000000.",
            "Nilainya 1.500.000.000.000.000 rupiah.",
            "Rekening 0123-01-000123-30-5 dan rekening nomor 1234567890123456.",
            "Rekening 081201000123305 atas nama kantor.",
            "NIP 198503302003121002 atau 19850330 200312 1 002.",
            "Pemilu 1999 2004 2009 2014 sudah lewat.",
            "Jadwal 28-01-2022 08.00-12.00 di aula.",
            "Rekaman 28012022_3604011505850001 dan nomor 360401150585000123.",
            "Pukul 08.15 12.30 16.45 WIB, atau 08.30-10.15.",
            "Buka https://contoh.go.id/berita/3604011505850001?id=081234567890 ya.",
            "Buka contoh.go.id/berita/3604011505850001.",
            '<a href="https://contoh.go.id/3604011505850001">Berita</a>',
            "Masukkan 16 angka NIK, misalnya 3604xxxxxxxxxxxx.",
            "Layanan (0254) 200123, 0254-280480, (021) 31937223, +62 254 200123.",
            "Bebas pulsa 0800-1-234567 dan 08001234567.",
            "Surel humas@kpu.go.id, redaksi@harianmandala.com, dosen@gmail.ac.id.",
            "Akun @gmail_kpu dan @yahoo.",
            # Dates
            "Jumat, 28 Januari 2022, Jum’at (28/1), dan Jumat, 17 Agustus 1945.",
            "Pada Jumat, 31 Desember dan Rabu, 14 Februari 2024.",
            "Rabu-Jumat, 26-28 Januari 2022 dan 29 Februari 2024.",
            "Sosialisasi Rabu dan Jumat, 28 Januari 2022.",
            "Setiap minggu 28 Januari 2022 dihitung ulang.",
            "Pada 30 Juni, 30/6, 31/12/2021, dan 29 Februari.",
            "Warga RT 31/06, RW 30/02, skor 31/4, UU 30/02, ukuran 20/30, dan 13/15.",
            "Pasal 30/2014, hari ke-31, edisi ke-3, 3/4 suara, layanan 24/7.",
            "Perbandingannya 40/2 dan 28/13.",
            # Words
            "Kura-kura dan kupu-kupu, rata-rata, sama-sama, ke-3.",
            "Kupu kupu di alun alun kota Bau Bau.",
            "Ia hadir di sana. Sana sini ramai, ramai sekali.",
            "KPU Kabupaten/Kota Kota Serang.",
            "Ida A A Gde hadir, nomor 2 2 dan 10 10.",
            "Anak-anak anak sulung.",
            "HUT Korpri ke-XXX dan Angkatan XXX, metode todo, exxon.",
            "Ia berkata [...] lalu pergi [red.] dan [KPU].",
            "Setuju. Setuju. Setuju.",
            # Marks
            'Hadir (Ketua), [Sekretaris], “Anggota”, dan "Staf".',
            "Terima kasih :) dan sampai jumpa ;-) semuanya :(",
            "Semua senang (terima kasih :) hari itu.",
            "Syaratnya a) warga negara, b) berumur 17 tahun, iv) terdaftar.",
            "Syaratnya (a) warga negara dan (huruf b) terdaftar.",
            "Pasal 5 ayat (1) huruf a) dan b) berlaku.",
            "Syaratnya (meliputi a) umur, b) domisili).",
            "Lihat (https://contoh.id/a) dan (contoh.id/b).",
            'Layar 24" dan judul "Pemilu 2024" tampil.',
            "“Ia berkata “ya” tadi” dan ”kutipan” serta “kutipan“.",
            "(baris pertama<br>baris kedua)",
            "“baris pertama<br>baris kedua”",
            # Links
            '<a href="/cek-keaslian/">Cek</a> <a href="#a">b</a>',
            '<a href="mailto:humas@kpu.go.id">Humas</a> <a href="tel:0254200123">a</a>',
            '<a href="https://youtu.be/abcdefghijk">Video</a>',
            '<a href="https://contoh.id/"><img src="/a.jpg" alt="Peta kantor"></a>',
            "Buka contohs.id/abc, orbit.ly/abc, dan kpu.go.id.",
            # Continuation
            "Rapat bersambung besok.",
            "Gayung bersambung.",
        ),
        with_body("“Paragraf pertama.", "“Paragraf kedua.”", "Lalu selesai."),
        with_body("Katanya, “Paragraf pertama.", "Lalu paragraf kedua.”"),
        with_body('"Paragraf pertama.', '"Paragraf kedua."'),
        with_body('"Paragraf pertama.', 'Paragraf kedua."'),
        {"series": "kuliah-pemilu", "series_part": 1, **with_body("Bersambung ...")},
        {"source_name": "Harian Mandala", "source_date": "2022-01-19"},
        {
            "category": "kpu-dalam-berita",
            "source_name": "Harian Mandala",
            "source_date": "2022-01-19",
        },
        OPINION,
        {"title": "KPU RI"},
        {"title": "Mengenang Prof. Wening, S.H."},
        {"title": "KPU Terima Kunjungan Bawaslu, DPRD, dkk."},
        {"title": "Siapkah Anda?"},
        {"title": "A" + "a" * 139},
        with_cover(alt="Foto bersama peserta rapat"),
        with_cover(alt="Gambar kotak suara.", caption="", credit=""),
        # A correction repeats the mistake that it corrects.
        {"change_note": "Semula tertulis Senin, 28 Januari 2022, dan 31 Juni."},
        {"event_date": None, **with_body("Undangan Senin (28/1).")},
        {"event_date": "2024-01-28", "body": "<p>Tanpa tanggal.</p>"},
        {"event_date": "1955-09-29", "body": "<p>Tanpa tanggal.</p>"},
        {
            "event_date": "2022-01-27",
            "body": "<p>KPU rapat pada Rabu-Jumat, 26-28 Januari 2022.</p>",
        },
        {
            "event_date": "2022-01-27",
            "body": "<p>Rapat akan digelar pada Senin, 31 Januari 2022.</p>",
        },
        {
            "event_date": "2022-01-28",
            "body": "<p>Sejak 27 Januari 2022 KPU menggelar pameran.</p>",
        },
        {"event_date": "bukan tanggal"},
    ],
)
def test_no_false_alarm(changes):
    assert found_in(**changes) == ()


def test_stops_come_first():
    findings = found_in(lead="", cover=None, **with_body("Rapat 31 Juni di di aula."))

    assert codes(findings) == [
        "date-impossible",
        "lead-missing",
        "cover-missing",
        "word-doubled",
    ]


def test_a_wrong_weekday_is_told_the_right_one():
    (finding,) = found_in(**with_body("Undangan Senin, 28 Januari 2022 terkirim."))

    assert finding == Finding(
        "weekday-wrong",
        Level.STOP,
        "body",
        "Hari dan tanggal di “Undangan Senin, 28 Januari 2022 terkirim.” tidak cocok: "
        "28 Januari 2022 jatuh pada hari Jumat. Betulkan hari atau tanggalnya.",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"Data NIK {NIK} dan Sari Sari (ketua, 31 Juni, TODO, Senin {NIK}.",
        f"NIK {NIK} {NIK} {NIK}",
        f"Buka http://contoh.id/{NIK} dan bit.ly/{NIK}.",
        "NIK 36 04 01 15 05 85 0001 dan dan",
        "NIK 3604 0115 0585 0001 dan dan",
        f"Kalimat ini memuat nomor {NIK} milik seorang warga. " * 2,
    ],
)
def test_no_message_repeats_an_identity_number(text):
    spoken = " ".join(each.message for each in found_in(title=text, **with_body(text)))

    digits = "".join(filter(str.isdigit, spoken))
    assert "0115" not in digits
    assert "1505" not in digits


def test_the_reason_names_the_law():
    (finding,) = found_in(**with_body(f"NIK {NIK}."))

    assert finding.message == (
        "Angka 36••••01 di “NIK 36••••01.” tersusun seperti NIK atau nomor kartu "
        "keluarga (NKK). Hapus: UU 27/2022 melindunginya sebagai data pribadi, dan "
        "yang sudah tersebar tidak dapat ditarik kembali."
    )


def test_many_of_a_kind_are_counted_not_listed():
    numbers = [f"08123456{last}" for last in range(700, 709)]

    findings = found_in(**with_body(*numbers))

    assert codes(findings) == ["phone-number"] * 5
    assert findings[-1].message.endswith(" Ada 4 lagi yang serupa.")


def test_a_warning_does_not_hide_behind_others_of_its_kind():
    warnings = [f"Rapat Minggu ({day}/1)." for day in range(3, 9)]

    findings = found_in(**with_body(*warnings, "Rapat Minggu, 10 Januari 2022."))

    assert [each.level for each in findings] == [Level.STOP] + [Level.WARNING] * 5


# Attachments


def about(*names, gone=()):
    """Return what is found about attachments of these names."""
    rows = [
        {"file": f"lampiran/{n}.pdf", "name": name, "sha256": str(n), "size": 1}
        for n, name in enumerate(names)
    ]
    found = check({**GOOD, "attachments": rows}, TODAY, gone)
    return [(one.code, one.level) for one in found if one.field == "attachments"]


@pytest.mark.parametrize(
    "name",
    [
        *("Pengumuman hasil seleksi", "Keputusan KPU Nomor 12 Tahun 2026", "Jadwal"),
        *("SK 542/HM.03.5-Kpt/06/KPU/VIII/2021 tentang Bakohumas", "Lampiran I: peta"),
        *("Dokumen perencanaan", "Surat edaran 3", "Formulir A", "Daftar TPS 2026"),
    ],
)
def test_a_name_that_says_what_it_is_passes(name):
    assert about(name) == []


@pytest.mark.parametrize(
    "name",
    [
        *("scan0001", "Scan 12", "IMG_2041", "IMG-20260101-WA0003", "Dokumen (1)"),
        *("CamScanner 01-02-2026 10.30", "hasil.pdf", "Untitled", "2026", "20260101"),
        *("SK_FIX_2026", "lampiran 1", "Document1", "Pindaian", "..."),
    ],
)
def test_a_scanners_name_is_doubted(name):
    assert about(name) == [("attachment-name-says-nothing", WARNING)]


def test_an_attachment_without_a_name_or_a_file_is_a_stop():
    assert about("") == [("attachment-unnamed", STOP)]
    assert about("Jadwal", "Hasil", gone={"1"}) == [("attachment-gone", STOP)]


def test_two_attachments_of_one_name_are_told_apart():
    assert about("Jadwal", "jadwal", "Hasil") == [
        ("attachment-name-twice", WARNING),
        ("attachment-name-twice", WARNING),
    ]


def test_an_identity_number_in_the_name_of_an_attachment_is_a_stop():
    assert STOP in [level for _, level in about(f"Ijazah {NIK}")]


# Totality and time

PIECES = (
    *("(", ")", "[", "]", "“", "”", '"', "'", ".", "...", "…", "-", "–", "/", "@", " "),
    *(
        "3604",
        "01",
        "150585",
        "0001",
        NIK,
        "0812",
        "+62",
        "wa.me/",
        "http://",
        "bit.ly/",
    ),
    *("Senin", "minggu", "28", "31 Juni", "30/2", "Januari", "2022", "hingga", "pada "),
    *(
        "Bersambung",
        "XXX",
        "xx",
        "[isi]",
        "KPU",
        "gmail.com",
        "\u0301",
        "\ud800",
        "\x00",
    ),
    *(
        "<p>",
        "</p>",
        "<br>",
        '<a href="',
        '">',
        "</a>",
        '<img alt="',
        "<",
        ">",
        "&#769;",
    ),
)
texts = st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map(
    "".join
)
anything = st.recursive(
    st.none() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
covers = st.fixed_dictionaries({}, optional={"alt": texts, "caption": texts})
documents = st.fixed_dictionaries(
    {},
    optional={
        name: (covers | anything if name == "cover" else texts | anything)
        for name in GOOD
    },
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_never_fails(document):
    findings = check(document, TODAY)

    assert all(type(finding) is Finding for finding in findings)
    assert all(finding.message == finding.message.strip() for finding in findings)


@settings(max_examples=200, deadline=None)
@given(texts, texts, st.dates())
def test_never_fails_on_a_whole_article(title, body, day):
    findings = found_in(title=title, body=body, event_date=day.isoformat())

    levels = [finding.level for finding in findings]
    assert levels == sorted(levels, key=[Level.STOP, Level.WARNING].index)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "a",
            " ",
            "1",
            "_",
            "(",
            "“",
            '"',
            "\u0301",
            "&#769;",
            "<br>",
            "<a ",
            '<a x="',
        ),
        *(
            "1 ",
            "1.",
            "a.",
            "a. ",
            "a@",
            "()",
            "a) ",
            ":) ",
            "“ ",
            "di ",
            "0812 ",
            "xx",
        ),
        *("Senin 28 Januari ", "28-", "30/2 ", "[isi ", "x.y/", "KPU/", "<p>“", "<b>"),
        *("36 04 01 15 05 85 0001 ", f"{NIK} ", "http://a.id ", "bit.ly/a ", "</b><p>"),
        *('<a href="http://x">', '<img alt="">', "bersambung ()", "081234567890 "),
        "Rapat ini membahas jadwal dan anggaran tahun depan. ",
    ],
)
def test_long_text_takes_bounded_time(unit):
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    began = time.process_time()

    found_in(body=text)

    assert time.process_time() - began < 4


# The office's own texts


@pytest.mark.skipif(not REAL_PAGE.exists(), reason="the office's page is not here")
def test_the_offices_own_page():
    items = read(REAL_PAGE.read_bytes()).items
    missing = ["lead-missing", "cover-missing"]

    found = [sorted(codes(check(document_of(item), TODAY))) for item in items]

    assert found == [
        sorted(missing + more)
        for more in (
            [],
            ["title-long"],
            [],
            ["sentence-repeated"] * 2,
            ["title-capitals"] + ["sentence-repeated"] * 4,
            ["word-doubled", "mark-unclosed"],
        )
    ]


def document_of(item):
    names = set(GOOD) & set(vars(item))
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in ((name, getattr(item, name)) for name in names)
    }


def test_a_picture_that_the_library_lost_stops_the_text():
    shown = with_picture(f'src="/media/foto/{"a" * 64}.jpg" alt="Rapat di aula"')
    document = {**GOOD, **shown}
    stopped = [("picture-gone", Level.STOP)]
    assert [(one.code, one.level) for one in check(document, TODAY, {"a" * 64})] == (
        stopped
    )
    assert check(document, TODAY, {"b" * 64}) == ()
