"""Articles to measure with: those of the demo, and others made in their manner.

Every name, number and event is invented; the same seed makes the same articles.
"""

import random
import tomllib
from datetime import date, timedelta
from pathlib import Path

from bench.site import CHECKOUT
from news.authenticity import Version, version_of
from news.importing import dates

ORIGIN = "https://contoh.kpu.go.id"
DEMO = CHECKOUT / "news/demo/articles"


def _list(words: str) -> list[str]:
    return words.split()


FIRST = _list(
    """
    Ahmad Budi Citra Dewi Eko Fitri Gunawan Hesti Indra Joko Kartika Lukman Maya
    Nanda Oki Putri Rahmat Sari Taufik Umar Vina Wahyu Yanti Zainal Ade Bayu Cahya
    Dian Endang Fajar Galih Hana Irfan Jihan Kusuma Lestari Mulyadi Novi Prima
    Ratna
    """
)
LAST = _list(
    """
    Pratama Wijaya Hidayat Nugraha Saputra Maulana Permana Setiawan Kurniawan Hakim
    Ramadhan Suryadi Firmansyah Iskandar Munandar Purnomo Rosadi Sanjaya Tanjung
    Utama Wibowo Yulianto Zulkarnaen Anggraini Basuki Darmawan Effendi Gumelar
    Harahap Juanda Kosasih Lubis
    """
)
_PLACES = _list(
    """
    Anyer Bandung Baros Binuang Bojonegara Carenang Cikande Cikeusal Cinangka
    Ciomas Ciruas Gunungsari Jawilan Kibin Kopo Kragilan Lebakwangi Mancak Pabuaran
    Padarincang Pamarayan Petir Pontang Pulo Ampel Tanara Tirtayasa Tunjungteja
    """
)
_ROLES = ("Ketua", "Anggota", "Sekretaris", "Kepala Subbagian", "Koordinator Divisi")
_TOPICS = """pemutakhiran daftar pemilih|pencocokan dan penelitian data|simulasi
pemungutan suara|penyortiran surat suara|pelatihan petugas KPPS|sosialisasi pindah
memilih|pendaftaran pemantau|rekapitulasi di kecamatan|perbaikan gudang logistik|uji
publik daerah pemilihan|penelitian dukungan calon|perekrutan panitia pemungutan
suara|pendidikan pemilih pemula|penataan arsip|layanan informasi publik""".replace(
    "\n", " "
).split("|")
_SENTENCES = """
{role} KPU Kabupaten Serang, {name}, memimpin {topic} di Kecamatan {place} pada {day}.
Kegiatan {topic} itu dihadiri {number} orang dari {small} desa di {place}.
Menurut {name}, {topic} di {place} belum selesai dan masih berlangsung sampai {day}.
“Petugas tidak memungut biaya apa pun,” kata {name} kepada warga {place}, {day}.
Warga {place} yang belum terdaftar dapat melapor paling lambat {day} kepada {name}.
Dasar {topic} di {place} ialah Keputusan KPU Nomor {decision}.
Surat Nomor {decision} meminta {small} petugas {place} hanya memeriksa data yang ganda.
Dari {number} data di Kecamatan {place}, sebanyak {other} sudah diperiksa {name}.
{name} menegaskan bahwa {topic} tidak ditunda, meskipun {small} desa di {place} banjir.
Hasil sementara {topic} di {place} menunjukkan {percent} persen dari {number} data.
Loket di {place} buka pukul {hour} sampai {day}, kecuali hari libur, kata {name}.
Keterangan tentang {topic} di {place} dimuat di kab-serang.kpu.go.id sejak {day}.
{role} Bawaslu Kabupaten Serang, {name}, mengawasi {topic} di {place}, {small} staf.
Sebelum {topic}, {name} dan {second} menandatangani berita acara di {place}, {day}.
Tim {name} menempuh {number} kilometer untuk {topic} dari {place} ke {elsewhere}.
Kotak nomor {number} di {place} diterima {name} dari {second} dalam keadaan tersegel.
Rapat tentang {topic} di aula {place} berakhir pukul {hour}; {name} menutupnya.
Pertanyaan tentang {topic} di {place} dijawab {name} lewat humas@kpu.go.id, {phone}.
Jika warga {place} menemukan kekeliruan, {name} meminta laporan sebelum {day}.
""".strip().splitlines()
_TITLES = """
KPU Kabupaten Serang Mulai {Topic} di {place}, {name} Libatkan {number} Warga
{Topic} di Kecamatan {place} Tidak Ditunda, {name} Jelaskan kepada {second}
{name}: {Topic} di {place} Selesai {day}
Sebanyak {number} Data di {place} Diperiksa {name} dalam {Topic}
Benarkah {Topic} di {place} Dibatalkan {name} dan {second}? Cek Fakta
{name} dan {second} Tinjau {Topic} di {place} dan {elsewhere}
""".strip().splitlines()


def fillings(chance: random.Random) -> dict[str, str]:
    def name() -> str:
        return f"{chance.choice(FIRST)} {chance.choice(LAST)}"

    day = date(2022, 1, 1) + timedelta(chance.randrange(1800))
    topic = chance.choice(_TOPICS)
    return {
        "name": name(),
        "second": name(),
        "place": chance.choice(_PLACES),
        "elsewhere": chance.choice(_PLACES),
        "role": chance.choice(_ROLES),
        "topic": topic,
        "Topic": topic.title().replace(" Dan ", " dan ").replace(" Di ", " di "),
        "day": f"{dates.WEEKDAYS[day.weekday()]}, {dates.spelled(day)}",
        "number": f"{chance.randrange(1000, 9999):,}".replace(",", "."),
        "other": str(chance.randrange(101, 999)),
        "small": str(chance.randrange(3, 99)),
        "percent": f"{chance.randrange(11, 99)},{chance.randrange(11, 99)}",
        "hour": f"{chance.randrange(7, 18):02}.{chance.randrange(10, 59)}",
        "phone": f"0812-{chance.randrange(1000, 9999)}-{chance.randrange(1000, 9999)}",
        "decision": (
            f"{chance.randrange(100, 999)}/HM.0{chance.randrange(1, 9)}."
            f"{chance.randrange(1, 9)}-Kpt/{chance.randrange(10, 99)}/KPU/"
            f"{chance.choice(('I', 'IV', 'VIII', 'XI'))}/{chance.randrange(2020, 2027)}"
        ),
    }


def mistyped(chance: random.Random, text: str) -> str:
    """Return every fifth text with a slip of its own, as published texts have them."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 6 and word.islower()]
    if long and chance.random() < 0.2:
        word = words[at := chance.choice(long)]
        words[at] = chance.choice((f"{word[:2]}{word[3:]}", f"{word} {word}"))
    return " ".join(words)


def made(seed: int) -> dict:
    """Return a document in the manner of the demo's."""
    chance = random.Random(seed)  # noqa: S311 - invented articles, no secret
    paragraphs = []
    for _ in range(chance.randrange(3, 8)):
        templates = chance.sample(_SENTENCES, chance.randrange(2, 5))
        written = " ".join(one.format(**fillings(chance)) for one in templates)
        paragraphs.append(mistyped(chance, written))
    items = chance.sample(_SENTENCES, 3) if chance.random() < 0.3 else []
    listed = "".join(f"<li>{one.format(**fillings(chance))}</li>" for one in items)
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return {
        "title": chance.choice(_TITLES).format(**fillings(chance)),
        "lead": chance.choice(_SENTENCES).format(**fillings(chance)),
        "body": f"{body}<ol>{listed}</ol>" if items else body,
        "category": "siaran-pers",
        "credit": "Tim Humas KPU Kabupaten Serang",
    }


def demo() -> list[dict]:
    return [
        tomllib.loads(path.read_text()) for path in sorted(Path(DEMO).glob("*.toml"))
    ]


def versions(count: int) -> list[Version]:
    """Return so many versions, the demo's first."""
    found = [_version(document, at) for at, document in enumerate(demo(), 1)]
    return found + versions_made(0, count - len(found))


def versions_made(first: int, count: int) -> list[Version]:
    """Return invented versions; each number always gives the same."""
    return [_version(made(seed), 1000 + seed) for seed in range(first, first + count)]


def _version(document: dict, number: int) -> Version:
    return version_of(document, number, number, f"{ORIGIN}/berita/{number}/naskah/")
