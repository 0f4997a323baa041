import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.forwarded import ALTERATIONS as ALTERATIONS_OF_ANY
from news.authenticity import (
    Kind,
    Part,
    Role,
    Version,
    check,
    decision_numbers,
    index_of,
    links,
    prepare,
    query_of,
    shingles,
    version_of,
)
from news.changes import Critical
from news.importing.feed import read

REAL_PAGE = Path(__file__).resolve().parents[3] / "shared/data/berita-terkini.txt"
ADDRESS = "https://kpu.contoh.go.id/berita/7/rapat-pleno/"

TITLE = "KPU Kabupaten Mandala Tetapkan 1.204 TPS untuk Pemilu 2024"
LEAD = "Rapat pleno terbuka berlangsung Kamis, 2 Maret 2023, di aula kantor KPU."
FIRST = (
    "KPU Kabupaten Mandala menetapkan 1.204 TPS dalam rapat pleno terbuka, Kamis, "
    "2 Maret 2023. Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris Budi "
    "Santoso. Penetapan itu belum berlaku bagi Kecamatan Rawa."
)
SECOND = (
    "Dasar penetapan ialah Keputusan KPU Nomor 542/HM.03.5-Kpt/06/KPU/VIII/2021. "
    "Warga hanya dapat mengajukan tanggapan paling lambat 10 Maret 2023 lewat "
    "kab-mandala.kpu.go.id. Permohonan tidak dipungut biaya."
)
THIRD = (
    "Menurut Siti, jumlah pemilih sementara 74,29 persen dari warga. “Kami menunggu "
    "tanggapan warga,” katanya. Daftar lengkap akan diumumkan bulan depan."
)


def version(*blocks, title=TITLE, lead=LEAD, key=1, article=1, address=ADDRESS):
    parts = [Part(Role.TITLE, title), Part(Role.LEAD, lead)]
    return Version(
        key, article, (*parts, *(Part(Role.BODY, block) for block in blocks)), address
    )


ARTICLE = version(FIRST, SECOND, THIRD)
OTHER = version(
    "KPU Kabupaten Mandala melatih petugas di dua puluh kecamatan pekan ini. Pelatih "
    "datang dari kantor provinsi. Setiap petugas menerima buku panduan.",
    "Pelatihan dibagi dalam tiga hari. Bahan latihan dapat diunduh oleh petugas.",
    title="Petugas Pemungutan Suara Kabupaten Mandala Mulai Dilatih",
    lead="Pelatihan berlangsung tiga hari di tiap kecamatan dengan buku panduan baru.",
    key=2,
    article=2,
    address="https://kpu.contoh.go.id/berita/8/petugas/",
)
BODY = "\n\n".join((FIRST, SECOND, THIRD))
WHOLE = "\n\n".join((TITLE, LEAD, BODY))
SENTENCE = "Penetapan itu belum berlaku bagi Kecamatan Rawa."
TWO_SENTENCES = (
    "Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris Budi Santoso. " + SENTENCE
)


def checked(text, *candidates):
    return check(text, candidates or (ARTICLE, OTHER))


def kind(text, *candidates):
    return checked(text, *candidates).kind


def criticals(text, *candidates):
    return {change.critical for change in checked(text, *candidates).critical}


# What is not altered


@pytest.mark.parametrize("text", [WHOLE, BODY, f"{TITLE}\n{BODY}", f"{LEAD} {BODY}"])
def test_a_whole_text_is_the_same_with_or_without_title_and_lead(text):
    verdict = checked(text)
    assert verdict.kind is Kind.SAME
    assert [source.version.key for source in verdict.sources] == [1]
    assert verdict.changes == ()


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        LEAD,
        FIRST,
        SENTENCE,
        TWO_SENTENCES,
        f"{SECOND}\n\n{THIRD}",
        f"{TITLE}\n\n{LEAD}",
        f"{TITLE}\n\n{FIRST}",
    ],
)
def test_a_whole_part_is_an_excerpt(text):
    verdict = checked(text)
    assert verdict.kind is Kind.EXCERPT
    assert [source.version.key for source in verdict.sources] == [1]


@pytest.mark.parametrize("text", [WHOLE, TWO_SENTENCES, TITLE])
@pytest.mark.parametrize(
    "wear",
    [
        str.upper,
        str.lower,
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("\n\n", " \r\n "),
        lambda text: "\n".join(f"*{line}*" for line in text.splitlines()),
        lambda text: "\n".join(f"_{line}_" for line in text.splitlines()),
        lambda text: text.replace(" KPU ", " *KPU* "),
        lambda text: text.replace("“", '"').replace("”", '"'),
        lambda text: f"“{text}”",
        lambda text: f"📌 {text} ✅🙏🏽",
        lambda text: f"> {text}",
        lambda text: f"• {text}",
        lambda text: text.replace("a", "a\u200b").replace("K", "\u2066K\u2069"),
        lambda text: f"\u202e{text}\u202c",
        lambda text: f"Diteruskan berkali-kali\n{text}",
        lambda text: f"[12/1 08.00] Pak RT: {text}",
        lambda text: f"12/01/22 08.00 - +62 812-1111: {text}",
        lambda text: f"{text}\n\n{ADDRESS}",
        lambda text: f"{text}\nkpu.contoh.go.id/berita/7/",
    ],
)
def test_what_a_message_does_to_a_text_alters_nothing(text, wear):
    assert kind(wear(text)) is kind(text)
    assert kind(wear(text)) in (Kind.SAME, Kind.EXCERPT)


@pytest.mark.parametrize("text", [WHOLE, TWO_SENTENCES, TITLE])
@pytest.mark.parametrize(
    "disguise",
    [
        str.maketrans("aeocKM", "аеосКМ"),
        str.maketrans("oAEM", "οΑΕΜ"),
        {97 + at: 0x1D41A + at for at in range(26)},
        {code: code + 0xFEE0 for code in (*range(48, 58), *range(65, 91))},
        {97 + at: 0x24D0 + at for at in range(26)},
    ],
)
def test_disguised_letters_alter_nothing_and_are_told(text, disguise):
    verdict = checked(text.translate(disguise))
    assert verdict.kind is kind(text)
    assert "huruf tiruan" in verdict.notes[0]


def test_hidden_characters_are_told():
    verdict = checked(WHOLE.replace("tidak", "ti\u200bdak"))
    assert verdict.kind is Kind.SAME
    assert "Teks ini memuat karakter tersembunyi." in verdict.notes


def test_the_family_emoji_and_the_skin_tone_hide_nothing():
    assert checked(f"{WHOLE} 👨‍👩‍👧 🙏🏽 ❤️").notes == ()


def test_the_sites_own_share_text_is_a_whole_quotation():
    excerpt = FIRST[:150].rpartition(" ")[0] + " …"
    for text in (
        f"*{TITLE}*\n\n{LEAD}\n\n{ADDRESS}",
        f"*{TITLE}*\n\n{excerpt}\n\n{ADDRESS}",
    ):
        verdict = check(text, [ARTICLE])
        assert (verdict.kind, verdict.outside) == (Kind.EXCERPT, ())


def test_a_quotation_that_ends_in_an_ellipsis_says_how_the_sentence_goes_on():
    verdict = checked("Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris …")
    assert verdict.kind is Kind.EXCERPT
    assert verdict.notes == (
        "Kutipan berhenti di tengah kalimat; lanjutannya “Budi Santoso”.",
    )


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "(…)", "[…]"])
def test_an_ellipsis_between_whole_sentences_is_a_bridge(mark):
    first = FIRST.partition(". ")[0]
    verdict = checked(f"{first}. {mark} Permohonan tidak dipungut biaya.")
    assert verdict.kind is Kind.EXCERPT
    assert verdict.notes == (
        "Bagian naskah dilewati dengan tanda elipsis di satu tempat.",
    )


def test_greetings_around_a_whole_text_leave_it_the_same():
    text = f"Assalamualaikum wr. wb.\nMohon izin share\n\n{WHOLE}\n\nTerima kasih 🙏"
    verdict = checked(text)
    assert verdict.kind is Kind.SAME
    assert verdict.outside == (
        "Assalamualaikum wr. wb.\nMohon izin share",
        "Terima kasih",
    )


def test_a_greeting_may_stand_on_the_line_of_the_text():
    assert kind(f"Assalamualaikum {SENTENCE}") is Kind.EXCERPT


def test_words_around_a_whole_text_are_told_and_not_ours():
    verdict = checked(f"Kata tetangga begini:\n{WHOLE}\n\nAwas jangan percaya!")
    assert verdict.kind is Kind.EXCERPT
    assert verdict.outside == ("Kata tetangga begini", "Awas jangan percaya")
    assert any("bukan dari kami" in note for note in verdict.notes)


def test_the_originals_own_slips_are_the_same():
    typo = version(
        "Kegiatan ini di hadiri oleh para para anggota KPU Kabupten Mandala."
    )
    text = "Kegiatan ini di hadiri oleh para para anggota KPU Kabupten Mandala."
    assert kind(text, typo) is Kind.SAME


def test_the_numbers_of_a_list_may_be_copied_or_not():
    listed = version_of(
        {
            "title": "Syarat Menjadi Pemantau Pemilu Tahun Ini",
            "body": "<p>Berikut tiga syarat menjadi pemantau.</p><ol>"
            "<li>Berbadan hukum dan terdaftar di kementerian.</li>"
            "<li>Mempunyai sumber dana yang jelas dan sah.</li></ol>",
        },
        1,
        1,
    )
    lines = [part.text for part in listed.parts if part.role is Role.BODY]
    numbered = f"{lines[0]}\n1. {lines[1]}\n2. {lines[2]}"
    swapped = f"{lines[0]}\n1. {lines[1]}\n3. {lines[2]}"
    assert kind("\n".join(lines), listed) is Kind.SAME
    assert kind(numbered, listed) is Kind.SAME
    assert kind(swapped, listed) is Kind.ALTERED


@pytest.mark.parametrize(
    ("more", "marked"),
    [({}, False), ({"category": "opini"}, True), ({"reply_to": 3}, True)],
)
def test_a_reply_is_its_authors_like_an_opinion(more, marked):
    text = "Kami dari forum warga menolak anggapan bahwa rapat itu tertutup."
    version = version_of({"title": "Tanggapan", "body": f"<p>{text}</p>", **more}, 1, 1)
    notes = " ".join(checked(text, version).notes)
    assert ("pandangan penulisnya" in notes) is marked


def test_what_is_pasted_twice_is_the_same_and_told():
    verdict = checked(f"{WHOLE}\n\n{WHOLE}")
    assert verdict.kind is Kind.SAME
    assert verdict.notes == ("Teks ini memuat kutipan yang sama lebih dari sekali.",)
    assert kind(f"Info grup:\n{FIRST}\n\nInfo grup:\n{FIRST}") is Kind.EXCERPT
    assert kind(f"{WHOLE}\n\n{WHOLE.replace('belum', 'sudah')}") is Kind.ALTERED
    assert kind(f"{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{THIRD}") is Kind.ALTERED


def test_lines_of_a_page_are_no_words_of_the_text():
    aside = "Baca juga: Cara Memeriksa Nama di Daftar Pemilih"
    verdict = checked(
        f"Beranda\nBerita Terkini\n{TITLE}\nKamis, 2 Maret 2023 | 10.12 WIB\n\n"
        f"{LEAD}\n\n{FIRST}\n\n{aside}\n\n{SECOND}\n\n{THIRD}\n\nBagikan\nFacebook\nWhatsApp"
    )
    assert verdict.kind is Kind.EXCERPT
    assert aside in verdict.outside
    marks = [(mark.kind, aside in mark.text) for mark in verdict.marks]
    assert ("luar", True) in marks
    assert ("sama", True) not in marks


def test_the_whole_page_of_an_article_is_a_whole_quotation():
    published = version_of(
        {
            "title": TITLE,
            "body": f"<p>{FIRST}</p><p>{SECOND}</p>",
            "cover": {"caption": "Rapat pleno di aula.", "credit": "Humas KPU"},
            "attachments": [{"name": "Salinan Keputusan Nomor 542"}],
            "credit": "Tim Humas KPU Kabupaten Mandala",
            "source_name": "Mandala Pos",
            "source_date": "2023-03-04",
        },
        1,
        1,
        margins=["Siaran Pers", "Terbit Kamis, 2 Maret 2023"],
    )
    text = (
        f"Siaran Pers\n{TITLE}\nTerbit Kamis, 2 Maret 2023 Waktu baca 2 menit "
        "Dibaca 60 kali\nRapat pleno di aula. Humas KPU "
        "Unduh foto (1.200 × 800 piksel)\n"
        f"{FIRST}\n\n{SECOND}\nLampiran\nSalinan Keputusan Nomor 542\nPDF, 1,2 MB\n"
        "Tim Humas KPU Kabupaten Mandala\nDimuat di Mandala Pos, 4 Maret 2023.\n"
        "Bagian ke-1 dari seri Rabu Ngopi.\nBagikan\nWhatsApp"
    )
    assert kind(text, published) is Kind.EXCERPT
    assert kind(text.replace("1.204", "1.240"), published) is Kind.ALTERED


@pytest.mark.parametrize(
    "line",
    [
        "Min, apakah berita ini benar?",
        "Saya dapat ini dari grup RT, mohon pencerahannya.",
        "Berikut siaran pers KPU Kabupaten Mandala:",
        "Sumber: KPU Kabupaten Mandala",
        "#TemanPemilih #KPUMelayani",
    ],
)
def test_what_people_and_pages_add_in_a_line_is_told_and_alters_nothing(line):
    for text in (f"{line}\n{FIRST}", f"{FIRST}\n{line}"):
        verdict = checked(text)
        assert verdict.kind is Kind.EXCERPT
        assert len(verdict.outside) == 1


def test_a_short_sentence_that_takes_nothing_back_may_be_left_out():
    plain = version(
        "Warga dapat melapor kepada petugas di setiap desa mulai pekan depan. "
        "Jangan lupa membawa KTP. Apakah laporan itu dipungut biaya? Tidak. "
        "Petugas melayani laporan warga sampai pukul 16.00 setiap hari kerja.",
        "Data ini belum final. Rapat berikutnya berlangsung pada pekan ketiga bulan "
        "ini.",
    )
    for text in (
        "Warga dapat melapor kepada petugas di setiap desa mulai pekan depan.",
        "Petugas melayani laporan warga sampai pukul 16.00 setiap hari kerja.",
        "Rapat berikutnya berlangsung pada pekan ketiga bulan ini.",
    ):
        assert kind(text, plain) is Kind.EXCERPT


# What is altered


CLAIM = "Pemungutan suara dibatalkan oleh pemerintah"


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM}\n\n{BODY}",
        f"{CLAIM}. {FIRST}",
        f"{FIRST} {CLAIM}.",
        f"{FIRST}\n\n{CLAIM}!",
        f"🚨 {CLAIM.replace(' ', chr(10), 1)} 🚨\n\n{FIRST}",
        f"{TITLE}\n{CLAIM}\n{BODY}",
    ],
)
def test_a_claim_around_the_text_is_an_alteration_and_is_named(text):
    verdict = checked(text)
    assert verdict.kind is Kind.ALTERED
    said = " ".join(change.sentence for change in verdict.changes)
    assert "dibatalkan oleh pemerintah" in said


def test_a_full_stop_where_the_sentence_goes_on_is_an_alteration():
    verdict = checked("Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris Budi.")
    assert verdict.kind is Kind.ALTERED
    assert "Santoso" in verdict.changes[0].sentence
    cut = "Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris Budi"
    assert kind(cut) is Kind.EXCERPT


def test_a_mark_of_ours_does_not_make_a_word_somebody_elses():
    quoting = version(
        "Rapat itu membahas hak jawab atas berita sebuah harian pekan lalu.",
        title="Hak Jawab KPU tentang Berita “Kotak Suara Dibuka Malam”",
    )
    assert kind(f"{quoting.title} Dibatalkan", quoting) is Kind.ALTERED
    assert kind(f"Dibatalkan {quoting.title}", quoting) is Kind.ALTERED


ALTERATIONS = [
    (FIRST, "1.204", "1.240", Critical.NUMBER),
    (FIRST, "1.204", "1204", Critical.NUMBER),
    (FIRST, "2 Maret", "3 Maret", Critical.DATE),
    (FIRST, "2 Maret 2023", "2 Mei 2023", Critical.DATE),
    (FIRST, "Kamis", "Jumat", Critical.WEEKDAY),
    (FIRST, "Siti Aminah", "Sari Aminah", Critical.NAME),
    (FIRST, "Ketua", "Wakil Ketua", Critical.OFFICE),
    (FIRST, "belum berlaku", "berlaku", Critical.NEGATION),
    (FIRST, "itu belum berlaku", "itu sudah berlaku", Critical.NEGATION),
    (FIRST, "memimpin rapat", "tidak memimpin rapat", Critical.NEGATION),
    (SECOND, "542/HM", "524/HM", Critical.DECISION),
    (SECOND, "/VIII/2021", "/VII/2021", Critical.DECISION),
    (SECOND, "hanya dapat", "dapat", Critical.QUALIFIER),
    (SECOND, "paling lambat ", "", Critical.QUALIFIER),
    (SECOND, "tidak dipungut", "dipungut", Critical.NEGATION),
    (SECOND, "kpu.go.id", "kpu-go.id", Critical.ADDRESS),
    (THIRD, "sementara ", "", Critical.QUALIFIER),
    (THIRD, "74,29", "47,29", Critical.NUMBER),
    (THIRD, "74,29", "74.29", Critical.NUMBER),
    (THIRD, "akan ", "", Critical.QUALIFIER),
    (TITLE, "1.204", "1.240", Critical.NUMBER),
    (TITLE, "Tetapkan", "Tidak Tetapkan", Critical.NEGATION),
    (TITLE, "Mandala", "Serang", Critical.NAME),
    (TITLE, "2024", "2029", Critical.NUMBER),
    (LEAD, "Kamis", "Rabu", Critical.WEEKDAY),
    (LEAD, "aula kantor KPU", "aula kantor Bawaslu", Critical.NAME),
]


@pytest.mark.parametrize(("passage", "before", "after", "critical"), ALTERATIONS)
def test_one_critical_change_is_named_in_a_short_and_in_a_long_text(
    passage, before, after, critical
):
    assert before in passage
    altered = passage.replace(before, after)
    for text in (altered, WHOLE.replace(passage, altered)):
        verdict = checked(text)
        assert verdict.kind is Kind.ALTERED
        assert critical in {change.critical for change in verdict.changes}
        assert verdict.sources[0].version.key == 1


@pytest.mark.parametrize(("passage", "before", "after", "critical"), ALTERATIONS)
def test_a_disguise_does_not_hide_a_critical_change(passage, before, after, critical):
    altered = passage.replace(before, after)
    disguised = altered.translate(str.maketrans("aeoKM", "аеоКМ"))
    hidden = altered.replace("a", "a\u200b")
    for text in (
        disguised,
        hidden,
        altered.upper(),
        f"*{altered}*",
        f"Halo\n{altered}",
    ):
        assert kind(text) is Kind.ALTERED
    assert critical in criticals(disguised) & criticals(hidden)


@pytest.mark.parametrize("word", ["Palsu", "Tidak", "Lagi", "2", "❌", "%"])
def test_one_word_added_anywhere_in_a_headline_is_an_alteration(word):
    words = TITLE.split()
    for at in range(len(words) + 1):
        text = " ".join([*words[:at], word, *words[at:]])
        edge = word == "❌" and at in (0, len(words))
        assert kind(text) is (Kind.EXCERPT if edge else Kind.ALTERED), text


def test_one_word_removed_inside_a_headline_is_an_alteration():
    words = TITLE.split()
    for at in range(len(words)):
        assert kind(" ".join(words[:at] + words[at + 1 :])) is Kind.ALTERED


def test_the_changed_words_are_marked_where_they_stand():
    text = SENTENCE.replace("belum", "sudah")
    marks = checked(text).marks
    assert [(mark.kind, mark.text.strip()) for mark in marks] == [
        ("sama", "Penetapan itu"),
        ("dihapus", "belum"),
        ("baru", "sudah"),
        ("sama", "berlaku bagi Kecamatan Rawa."),
    ]


def test_a_suffix_that_refutes_cannot_be_cropped():
    refuted = version(
        "Kabar tentang penundaan itu beredar di grup percakapan sejak pagi. Itu hoaks. "
        "Tahapan berjalan menurut jadwal yang sudah diumumkan.",
        title="Pemilu di Kabupaten Mandala Ditunda Setahun? Cek Fakta",
        lead="Tidak benar bahwa pemilu di Kabupaten Mandala ditunda sampai nanti.",
    )
    for text in (
        "Pemilu di Kabupaten Mandala Ditunda Setahun",
        "Pemilu di Kabupaten Mandala Ditunda Setahun?",
        "Pemilu di Kabupaten Mandala Ditunda Setahun …",
        "pemilu di Kabupaten Mandala ditunda sampai nanti.",
        "Kabar tentang penundaan itu beredar di grup percakapan sejak pagi.",
    ):
        assert kind(text, refuted) is Kind.ALTERED, text


@pytest.mark.parametrize(
    "text",
    [
        "Warga hanya dapat […] mengajukan tanggapan […] 10 Maret 2023 lewat",
        "Penetapan itu … berlaku bagi Kecamatan Rawa.",
        "Warga … dapat mengajukan tanggapan paling lambat 10 Maret 2023 lewat "
        "kab-mandala.kpu.go.id.",
        "Ketua KPU Siti Aminah memimpin rapat […] dapat mengajukan tanggapan paling "
        "lambat 10 Maret 2023 lewat kab-mandala.kpu.go.id.",
        "Daftar lengkap akan diumumkan bulan depan. […] Penetapan itu belum berlaku "
        "bagi Kecamatan Rawa.",
    ],
)
def test_an_ellipsis_that_hides_or_rearranges_is_an_alteration(text):
    assert kind(text) is Kind.ALTERED


def test_sentences_that_changed_places_are_an_alteration():
    first, second, third = re.split(r"(?<=\.) (?=[KP]e)", FIRST)
    verdict = checked(" ".join((first, third, second)))
    assert verdict.kind is Kind.ALTERED
    assert any("Urutan diubah" in change.sentence for change in verdict.changes)
    assert kind(WHOLE.replace(f"{SECOND}\n\n{THIRD}", f"{THIRD}\n\n{SECOND}")) is (
        Kind.ALTERED
    )


def test_a_sentence_cut_out_of_the_middle_is_an_alteration():
    verdict = checked(WHOLE.replace("Permohonan tidak dipungut biaya.", ""))
    assert verdict.kind is Kind.ALTERED
    assert [change.critical for change in verdict.changes] == [Critical.NEGATION]


def test_a_sentence_put_in_is_an_alteration():
    for text in (WHOLE, FIRST):
        altered = text.replace(". Ketua", ". Semua warga wajib hadir. Ketua")
        assert kind(altered) is Kind.ALTERED


def test_a_question_made_of_a_statement_is_an_alteration():
    for text in (SENTENCE.replace(".", "?"), f"{TITLE}?", WHOLE[:-1] + "?"):
        assert kind(text) is Kind.ALTERED


def test_a_number_cut_in_two_is_an_alteration():
    text = "Menurut Siti, jumlah pemilih sementara 74"
    assert kind(text) is Kind.ALTERED
    assert kind(f"{text} …") is Kind.ALTERED


def test_a_raised_figure_is_not_the_figure_beside_it():
    power = version("Luas gudang logistik itu sekitar 10² meter menurut laporan kami.")
    assert kind(
        "Luas gudang logistik itu sekitar 102 meter menurut laporan kami.", power
    ) is (Kind.ALTERED)


def test_the_altered_title_over_a_true_text_is_an_alteration():
    altered = TITLE.replace("Tetapkan", "Batalkan")
    assert kind(f"{altered}\n\n{BODY}") is Kind.ALTERED


def test_an_alteration_of_the_last_sentence_is_not_called_somebody_elses():
    text = WHOLE.replace(
        "Daftar lengkap akan diumumkan bulan depan.",
        "Daftar pendek akan dihapus bulan depan.",
    )
    assert kind(text) is Kind.ALTERED


def test_a_struck_negation_is_an_alteration_and_a_struck_line_is_not():
    struck = checked("Permohonan ~tidak~ dipungut biaya apa pun kata warga itu.")
    assert kind(SENTENCE.replace("belum", "~belum~")) is Kind.ALTERED
    assert kind(FIRST.replace("2 Maret", "~2 Maret~")) is Kind.ALTERED
    assert kind(f"~{SENTENCE}~") is Kind.EXCERPT
    assert struck.kind is not Kind.EXCERPT
    assert [
        change.sentence
        for change in checked(SECOND.replace("tidak", "~tidak~")).changes
    ] == ["Kata “tidak” dicoret."]


@pytest.mark.parametrize(
    "text",
    [
        "tujuan tersebut tercapai, setiap petugas mengikuti pelatihan dua hari.",
        "memungut suara ulang di semua kecamatan pada hari Sabtu depan.",
        "Petugas baru akan",
    ],
)
def test_a_word_that_governs_the_sentence_cannot_be_cropped(text):
    governed = version(
        "Agar tujuan tersebut tercapai, setiap petugas mengikuti pelatihan dua hari. "
        "Petugas baru akan memungut suara ulang di semua kecamatan pada hari Sabtu "
        "depan.",
    )
    assert kind(text, governed) in (Kind.ALTERED, Kind.TOO_SHORT)


def test_a_denial_on_the_same_line_is_no_outside_word():
    assert kind(f"{SENTENCE} Batal!") is Kind.ALTERED
    assert kind(f"Hoaks! {SENTENCE}") is Kind.ALTERED
    assert kind(f"{SENTENCE}\nBatal!") is Kind.EXCERPT


@pytest.mark.parametrize("line", ["Tidak", "HOAKS", "Belum", "Bukan"])
def test_a_line_end_does_not_make_a_denial_somebody_elses(line):
    assert kind(f"{line}\n{TITLE}") is Kind.ALTERED
    assert kind(f"{TITLE}\n{line}") is Kind.ALTERED


def test_where_lines_end_within_sentences_a_line_end_parts_nothing():
    wrapped = SECOND.replace(" ", "\n")
    assert kind(wrapped) is Kind.EXCERPT
    assert kind(f"Mendadak\n{wrapped}") is Kind.ALTERED
    assert kind(f"Mendadak\n\n{wrapped}") is Kind.EXCERPT


@pytest.mark.parametrize(
    "text",
    [
        "Ketua KPU Siti Aminah memimpin rapat bersama Sekretaris … Rina Marlina.",
        f"{SENTENCE} […] Semua warga wajib hadir besok pagi.",
        f"Semua warga wajib hadir besok pagi. […] {SENTENCE}",
        "Rina Marlina … memimpin rapat bersama Sekretaris Budi Santoso hari itu.",
    ],
)
def test_an_ellipsis_does_not_make_other_words_a_part_of_the_text(text):
    assert kind(text) in (Kind.ALTERED, Kind.NOT_FOUND)


def test_a_short_refutation_cannot_hide_behind_an_ellipsis():
    refuted = version(
        "Gambar surat penundaan menyebar di grup percakapan warga. Surat itu palsu. "
        "Tahapan berjalan menurut jadwal yang sudah diumumkan.",
    )
    first = "Gambar surat penundaan menyebar di grup percakapan warga."
    for text in (
        f"{first} …",
        f"{first} […] Tahapan berjalan menurut jadwal yang sudah diumumkan.",
    ):
        assert kind(text, refuted) is Kind.ALTERED


# Several versions and several articles


def test_parts_of_two_articles_are_mixed_and_both_named():
    other = OTHER.parts[2].text
    for text in (
        f"{FIRST}\n\n{other}",
        f"{TITLE}\n{other}",
        f"{FIRST} {other}",
        f"{OTHER.title}\n{BODY}",
    ):
        verdict = checked(text)
        assert verdict.kind is Kind.MIXED
        assert {source.version.key for source in verdict.sources} == {1, 2}


def test_two_articles_joined_within_a_sentence_are_altered():
    text = (
        "Ketua KPU Siti Aminah memimpin rapat bersama "
        "dari kantor provinsi. Setiap petugas menerima buku panduan."
    )
    assert kind(text) is Kind.ALTERED


def test_a_mixed_text_with_a_changed_word_is_altered():
    text = f"{FIRST}\n\n{OTHER.parts[2].text}".replace("belum", "sudah")
    verdict = checked(text)
    assert verdict.kind is Kind.ALTERED
    assert {source.version.key for source in verdict.sources} == {1, 2}


def test_the_version_that_has_every_word_is_the_source():
    older = version(FIRST.replace("1.204", "1.198"), SECOND, THIRD, key=10)
    text = WHOLE.replace(FIRST, FIRST.replace("1.204", "1.198"))
    assert [s.version.key for s in check(BODY, [older, ARTICLE]).sources] == [1]
    older_body = text.partition(LEAD)[2]
    assert [s.version.key for s in check(older_body, [ARTICLE, older]).sources] == [10]


def test_a_part_that_two_versions_share_names_both_the_first_first():
    older = version(FIRST.replace("1.204", "1.198"), SECOND, THIRD, key=10)
    verdict = check(SECOND, [ARTICLE, older])
    assert verdict.kind is Kind.EXCERPT
    assert [source.version.key for source in verdict.sources] == [1, 10]


def test_parts_of_two_versions_are_mixed():
    older = version(FIRST, SECOND.replace("10 Maret", "9 Maret"), THIRD, key=10)
    newer = version(FIRST.replace("1.204", "1.198"), SECOND, THIRD, key=11)
    text = f"{newer.parts[2].text}\n\n{older.parts[3].text}"
    assert check(text, [newer, older]).kind is Kind.MIXED


# What is not found, and what is too short


def test_a_true_address_over_a_false_claim_is_not_found():
    text = (
        f"KPU membatalkan pemilu karena banjir besar, jangan datang ke TPS. {ADDRESS}"
    )
    assert kind(text) is Kind.NOT_FOUND


def test_a_few_words_of_ours_in_a_long_text_are_told_and_no_quotation():
    text = (
        "Begini ceritanya dari awal sampai akhir menurut orang pasar yang tidak mau "
        "disebut namanya dan baru pulang kemarin sore naik bus lewat jalan lama.\n"
        + SENTENCE
    )
    verdict = checked(text)
    assert verdict.kind is Kind.NOT_FOUND
    assert [source.version.key for source in verdict.sources] == [1]
    assert any("selebihnya tidak" in note for note in verdict.notes)


@pytest.mark.parametrize(
    "text", ["", "KPU", "tidak dipungut biaya", "🙏" * 50, ADDRESS]
)
def test_fewer_than_five_words_are_too_short(text):
    assert kind(text) is Kind.TOO_SHORT


def test_a_few_words_out_of_a_sentence_are_too_short():
    assert kind("rapat pleno terbuka berlangsung kamis") is Kind.TOO_SHORT


def test_without_candidates_nothing_is_found():
    assert check(WHOLE, []).kind is Kind.NOT_FOUND


# Notes


def test_a_weekday_that_does_not_fit_its_date_is_told():
    verdict = checked("Rapat akbar digelar di lapangan kota pada Senin, 2 Maret 2023.")
    assert (
        "Hari dan tanggal tidak cocok: “Senin, 2 Maret 2023”; "
        "2 Maret 2023 adalah hari Kamis." in verdict.notes
    )


def test_an_address_that_is_not_the_articles_is_told():
    verdict = checked(f"{WHOLE}\n\nhttps://kpu-contoh.id/berita/7/rapat-pleno/")
    assert verdict.kind is Kind.EXCERPT
    assert any("bukan alamat naskah itu" in note for note in verdict.notes)


def test_the_sender_is_left_out_of_the_comparison_and_told():
    verdict = checked(f"[12/1 08.00] Pemilu batal: {WHOLE}")
    assert verdict.kind is Kind.SAME
    assert verdict.notes == (
        "Nama pengirim pesan tidak ikut dibandingkan: “Pemilu batal”.",
    )


def test_an_address_with_words_of_its_own_is_told():
    verdict = checked(f"{WHOLE}\nhttps://kpu.contoh.go.id/berita/7/pemilu-batal/")
    assert any("ditulis lain" in note for note in verdict.notes)
    assert checked(f"{WHOLE}\n{ADDRESS}?utm_source=wa").kind is Kind.SAME


def test_the_counters_of_the_page_are_no_words_of_the_text():
    text = WHOLE.replace(LEAD, f"Waktu baca 2 menit Dibaca 1.234 kali\n{LEAD}")
    assert kind(text) is Kind.SAME
    read = version("Surat itu dibaca 3 kali di depan seluruh peserta rapat pleno.")
    assert kind(read.parts[2].text, read) is Kind.SAME
    assert kind(read.parts[2].text.replace("3", "5"), read) is Kind.ALTERED


def test_addresses_and_decision_numbers_are_recognised():
    text = f"Lihat {ADDRESS}, juga Nomor 542/HM.03.5-Kpt/06/KPU/VIII/2021."
    assert [link.text for link in links(text)] == [ADDRESS]
    assert decision_numbers(text) == ("542/HM.03.5-Kpt/06/KPU/VIII/2021",)


# The index


def test_shingles_are_the_same_everywhere_and_fit_a_bigint():
    assert shingles(["satuan", "kerja", "kantor", "pemilu", "kabupaten"]) == {
        -5355513907660375660,
        4505800553147550456,
    }
    assert all(-(2**63) <= one < 2**63 for one in index_of(ARTICLE))


@pytest.mark.parametrize(("passage", "before", "after", "critical"), ALTERATIONS)
def test_an_altered_text_still_finds_its_candidate(passage, before, after, critical):
    found = query_of(prepare(passage.replace(before, after)))
    assert found & index_of(ARTICLE)


@pytest.mark.parametrize("at", range(8))
def test_one_changed_word_of_eight_hides_no_source(at):
    words = ["pelatih", "datang", "dari", "kantor", "pusat", "pada", "pekan", "lalu"]
    published = version(" ".join(words))
    words[at] = "lain"
    assert query_of(prepare(" ".join(words))) & index_of(published)


# Any text at all

ANY_TEXT = st.text(st.characters(codec=None), max_size=400)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *re.split(r"(?<=[ .])", BODY),
            "…",
            "[...]",
            "\n",
            "*",
            "“",
            "🙏",
            "\u200b",
            "?",
        ]
    ),
    max_size=60,
).map("".join)


def joined(verdict):
    return "".join(mark.text for mark in verdict.marks if mark.kind != "dihapus")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ANY_TEXT | FRAGMENTS)
def test_no_text_makes_it_fail_and_the_marks_hold_all_of_it(text):
    verdict = checked(text)
    assert joined(verdict) in ("", text)
    assert bool(verdict.changes) is (verdict.kind is Kind.ALTERED)


WEAR = st.lists(
    st.sampled_from(
        [
            str.upper,
            str.lower,
            lambda text: text.replace(" ", "  "),
            lambda text: text.replace(" ", " \n", 3),
            lambda text: text.replace("a", "\u200da"),
            lambda text: text.translate(str.maketrans("aeo", "аео")),
            lambda text: f"*{text}*",
            lambda text: f"_{text}_",
            lambda text: f"✅ {text} 🙏",
            lambda text: f"“{text}”",
            lambda text: text.replace("“", "«").replace("”", "»"),
        ]
    ),
    max_size=6,
)


@settings(deadline=None)
@given(WEAR, st.sampled_from([WHOLE, BODY]))
def test_what_is_equal_after_normalisation_is_the_same(wear, text):
    for step in wear:
        text = step(text)
    assert kind(text) is Kind.SAME


LETTERS = st.characters(min_codepoint=97, max_codepoint=122)


@settings(deadline=None)
@given(
    st.integers(0, len(WHOLE) - 1).filter(lambda at: WHOLE[at].isalnum()),
    LETTERS | st.sampled_from("0123456789"),
    st.sampled_from([WHOLE, BODY, FIRST, TITLE, LEAD]),
)
def test_any_changed_letter_of_a_word_is_not_the_same(at, letter, text):
    at = at % len(text)
    if not text[at].isalnum() or text[at].lower() == letter:
        return
    altered = text[:at] + letter + text[at + 1 :]
    assert kind(altered) in (Kind.ALTERED, Kind.NOT_FOUND)


WORDS = WHOLE.split(" ")


@settings(deadline=None)
@given(st.integers(1, len(WORDS) - 2), st.sampled_from(["lagi", "tetapi", "7", "Budi"]))
def test_a_word_put_in_taken_out_or_moved_within_a_text_leaves_it_whole_no_more(
    at, word
):
    put_in = [*WORDS[:at], word, *WORDS[at:]]
    taken_out = WORDS[:at] + WORDS[at + 1 :]
    moved = [*WORDS[: at - 1], WORDS[at], WORDS[at - 1], *WORDS[at + 1 :]]
    for words in (put_in, taken_out, moved):
        text = " ".join(words)
        if prepare(text).words != prepare(WHOLE).words:
            assert kind(text) is Kind.ALTERED


# The office's own page


def published():
    items = read(REAL_PAGE.read_bytes()).items
    return [
        (
            item,
            version_of(
                {
                    "title": item.title,
                    "body": item.body,
                    "dateline": item.dateline,
                    "credit": item.credit,
                    "byline_name": item.byline_name,
                    "byline_office": item.byline_office,
                    "source_name": item.source_name,
                    "source_date": item.source_date,
                },
                number,
                number,
            ),
        )
        for number, item in enumerate(items)
    ]


needs_the_page = pytest.mark.skipif(
    not REAL_PAGE.exists(), reason="the office's page is not here"
)


def sentences_of(version):
    body = "\n".join(part.text for part in version.parts if part.role is Role.BODY)
    return [
        sentence
        for sentence in re.split(r"(?<=[.?!])\s+", body)
        if len(sentence.split()) >= 8
    ]


@needs_the_page
@pytest.mark.parametrize("number", range(6))
def test_each_text_of_the_office_is_the_same_as_itself(number):
    found = published()
    verdict = check(found[number][0].raw, [version for _, version in found])
    assert verdict.kind is Kind.SAME
    assert verdict.sources[0].version.key == number


@needs_the_page
@pytest.mark.parametrize("number", range(6))
def test_each_sentence_of_the_office_is_an_excerpt(number):
    versions = [version for _, version in published()]
    for sentence in sentences_of(versions[number]):
        verdict = check(sentence, versions)
        assert verdict.kind is Kind.EXCERPT, sentence
        assert number in [source.version.key for source in verdict.sources]


@needs_the_page
@pytest.mark.parametrize("attack", ALTERATIONS_OF_ANY)
@pytest.mark.parametrize("number", range(6))
def test_each_attack_on_a_text_of_the_office_is_an_alteration(number, attack):
    step, must = ALTERATIONS_OF_ANY[attack]
    found = published()
    item, version = found[number]
    texts = [item.raw, item.title, *sentences_of(version)[:4]]
    for seed, text in enumerate(texts):
        altered = step(random.Random(seed), text)  # noqa: S311 - a choice of words
        if altered is None or altered == text:
            continue
        verdict = check(altered, [version for _, version in found])
        assert verdict.kind is Kind.ALTERED, altered
        if must:
            said = " ".join(change.sentence for change in verdict.changes)
            named = {change.critical for change in verdict.critical}
            assert must & named or any(str(one) in said for one in must), altered
