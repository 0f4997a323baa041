"""Texts that look like the office's own: a word list of ours, names, and rare words.

Common words come as often as in real releases (a Zipf-like slope), a tenth of the words
are of a tail of 30,000 that no list holds, so that the index has a real size.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

_COMMON = """
yang dan di dalam dengan untuk pada kpu kabupaten serang ini dari tahun pemilu
kegiatan oleh kepada pemilih anggota ketua informasi data tidak akan juga serta acara
provinsi banten masyarakat kota sekretaris dapat telah menjadi penyelenggara pemilihan
rapat koordinasi sebagai atau bersama hadir tahapan lembaga seluruh melakukan badan
peserta partai politik divisi hukum pengawasan program teknis hubungan suara daftar
tetap umum publik media sosial kerja laporan kinerja pelaksanaan menyampaikan
peraturan keputusan nomor tentang pendidikan sosialisasi partisipasi demokrasi
kedaulatan rakyat kelembagaan sekretariat kecamatan desa petugas panitia pemungutan
penghitungan rekapitulasi pleno terbuka pemutakhiran berkelanjutan perempuan
disabilitas sekolah mahasiswa kampus webinar diskusi narasumber materi peserta tanya
jawab berjalan lancar protokol kesehatan surat edaran dinas komunikasi persandian
statistik pemerintah daerah mitra strategis sinergi kerjasama penandatanganan
perjanjian anggaran evaluasi akuntabilitas transparansi integritas pegawai pelantikan
pengambilan sumpah jabatan periode belum bukan jangan tanpa menangkal berita hoaks
disinformasi beredar pengumuman pendaftaran verifikasi faktual administrasi calon
kampanye logistik distribusi gudang kotak bilik tinta pelipatan simulasi bimbingan
kabar resmi jadwal layanan
"""
COMMON = _COMMON.split()
_GIVEN = """
Abdul Ade Agus Ahmad Ani Asep Ayu Budi Cecep Dedi Dewi Dian Eka Endang Fitri Hadi
Hendra Imam Indah Iwan Joko Kartika Lestari Maman Mira Nana Nurul Oman Putri Rahmat
Ratna Rina Rudi Sari Siti Sri Sugeng Tuti Udin Umi Wahyu Wawan Yanti Yusuf Zainal
"""
GIVEN = _GIVEN.split()
_FAMILY = """
Abidin Firdaus Gunawan Hakim Halimah Hidayat Iskandar Kurniawan Kusuma Maryam Maulana
Muttaqin Nasution Nugraha Pratama Purnama Rahayu Ramadhan Rosadi Saputra Setiawan
Siregar Sopandi Subagja Suhendar Sukmana Supriyadi Suryana Syahputra Wibowo Wijaya
Yulianti Yudhoyono Zulkarnaen
"""
FAMILY = _FAMILY.split()
_SYLLABLES = """
ba be bi bo da de di do ga gi ja ka ke ki ko la le li lo ma mi mu na ni nu pa pi ra ri
ru sa se si su ta ti tu wa ya
"""
SYLLABLES = _SYLLABLES.split()
CATEGORIES = ("siaran-pers", "opini", "laporan-webinar")
_MONTHS = """
I II III IV V VI VII VIII IX X XI XII
"""
MONTHS = _MONTHS.split()
TAIL = 30_000


def texts(rows: int, seed: int) -> Iterator[dict[str, object]]:
    """Yield as many articles of about 3,000 characters, the same ones for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a bench wants the same texts again
    tail = rare(seed)
    vocabulary = COMMON + tail
    weights = [1 / (place + 3) for place in range(len(COMMON))]
    weights += [sum(weights) / 9 / TAIL] * TAIL
    # Once for all: a draw by weights begins with their running sum.
    running = list(accumulate(weights))
    for number in range(1, rows + 1):
        yield _article(number, chance, vocabulary, running)


def rare(seed: int) -> list[str]:
    """Return the words of the tail, the same ones for a seed."""
    chance = random.Random(seed)  # noqa: S311 - as above
    return ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(TAIL)]


def _article(number, chance, vocabulary, running):
    words = chance.choices(vocabulary, cum_weights=running, k=420)
    # In a fifth of the texts, exactly as often as the figure says.
    if number % 5 == 0:
        words[chance.randrange(420)] = "Bawaslu"
    if number % 97 == 0:
        words[chance.randrange(420)] = "ditangkalnya"
    names = [f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(5)]
    for name in names:
        words[chance.randrange(420)] = name
    decision = (
        f"{number}/HM.03.5-Kpt/06/KPU/{chance.choice(MONTHS)}/{2010 + number % 15}"
    )
    words[chance.randrange(60, 420)] = decision
    sentences = [
        " ".join(words[at : at + 14]).capitalize() + "." for at in range(0, 420, 14)
    ]
    # capitalize() lowers the names within; put them back as a text would write them.
    for at, name in enumerate(names):
        sentences[at * 5] += f" Hadir Bapak {name}, anggota KPU Kabupaten Serang."
    sentences[7] += f" Keputusan KPU Nomor {decision} menjadi dasarnya."
    paragraphs = [" ".join(sentences[at : at + 6]) for at in range(0, 30, 6)]
    return {
        "number": number,
        "title": " ".join(chance.choices(vocabulary, cum_weights=running, k=9)).title(),
        "lead": sentences[0],
        "body": "".join(f"<p>{one}</p>" for one in paragraphs),
        "tag": chance.choice(COMMON),
        "category": chance.choice(CATEGORIES),
    }
