"""What becomes of a text on purpose: alterations, and what of each must be named.

Each takes a source of chance and a text, and returns the text as it became, or None
where there is nothing in it to work on.
"""

import random
import re
from collections.abc import Callable
from datetime import timedelta

from bench.articles import FIRST, LAST
from news.changes import Critical
from news.importing import dates

Chance = random.Random
Step = Callable[[Chance, str], str | None]

_NAME = re.compile(rf"\b(?:{'|'.join(FIRST)}) (?:{'|'.join(LAST)})\b")
_NUMBER = re.compile(r"(?<![\w./-])\d[\d.,]*\d(?![\w/-]|[.,]\d)")
_DECISION = re.compile(r"\b\d{2,4}/[\w.-]+/[\w/.-]+\w")
_SENTENCE = re.compile(r"(?<=[.?!])[ \n]+(?=[A-Z“])")
_NEGATIONS = ("tidak", "belum", "bukan", "jangan", "tanpa")
_QUALIFIERS = ("paling lambat", "belum", "sementara", "hanya", "kecuali", "masih")


_OPPOSITES = {
    "selesai": "gagal",
    "dihadiri": "diboikot",
    "terdaftar": "dicoret",
    "menandatangani": "membatalkan",
    "diterima": "ditolak",
    "buka": "tutup",
    "diperiksa": "diabaikan",
    "memimpin": "menolak",
    "sebelum": "sesudah",
    "mengawasi": "mengabaikan",
    "Tinjau": "Tutup",
    "Mulai": "Hentikan",
    "Selesai": "Gagal",
    "Diperiksa": "Dihapus",
}
CLAIMS = (
    "Pemungutan Suara Dipindahkan karena Banjir Besar",
    "Semua warga wajib membayar biaya pendaftaran",
    "Tahapan pemilu dihentikan sampai waktu yang belum ditentukan",
)


def _swap(chance: Chance, text: str, pattern: re.Pattern, other) -> str | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = chance.choice(found)
    new = other(match)
    return text[: match.start()] + new + text[match.end() :] if new else None


def sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def digits(chance: Chance, text: str) -> str | None:
    def other(match):
        places = [at for at, char in enumerate(match[0]) if char.isdigit()]
        at = chance.choice(places)
        new = chance.choice([d for d in "123456789" if d != match[0][at]])
        return match[0][:at] + new + match[0][at + 1 :]

    spans = [written[1:] for written in dates.dates_in(text)]
    outside = [
        match
        for match in _NUMBER.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    ]
    if not outside:
        return None
    match = chance.choice(outside)
    return text[: match.start()] + other(match) + text[match.end() :]


def day(chance: Chance, text: str) -> str | None:
    def other(written):
        moved = written.on(written.year) + timedelta(chance.choice((7, 14, 28)))
        return dates.spelled(moved)

    found = [one for one in dates.dates_in(text) if one[0].year and one[0].weekday]
    if not found:
        return None
    written, start, end = chance.choice(found)
    weekday = dates.WEEKDAYS[written.weekday]
    return f"{text[:start]}{weekday}, {other(written)}{text[end:]}"


def weekday(chance: Chance, text: str) -> str | None:
    pattern = re.compile("|".join(dates.WEEKDAYS))
    return _swap(
        chance,
        text,
        pattern,
        lambda match: chance.choice([d for d in dates.WEEKDAYS if d != match[0]]),
    )


def negation_in(chance: Chance, text: str) -> str | None:
    words = text.split(" ")
    places = [at for at in range(1, len(words)) if words[at][:1].islower()]
    if not places:
        return None
    at = chance.choice(places)
    return " ".join([*words[:at], "tidak", *words[at:]])


def _without(chance: Chance, text: str, known: tuple[str, ...]) -> str | None:
    pattern = re.compile(rf"(?<= )(?:{'|'.join(known)}) ", re.IGNORECASE)
    return _swap(chance, text, pattern, lambda _: "\0") and _swap(
        chance, text, pattern, lambda _: "\0"
    ).replace("\0", "")


def negation_out(chance: Chance, text: str) -> str | None:
    return _without(chance, text, _NEGATIONS)


def qualifier_out(chance: Chance, text: str) -> str | None:
    return _without(chance, text, _QUALIFIERS)


def name(chance: Chance, text: str) -> str | None:
    known = ("Yoga Prawira", "Tono Subrata", "Rina Marlina")
    return _swap(chance, text, _NAME, lambda _: chance.choice(known))


def names_swapped(chance: Chance, text: str) -> str | None:
    found = sorted(set(_NAME.findall(text)))
    if len(found) < 2:
        return None
    one, other = chance.sample(found, 2)
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def decision(chance: Chance, text: str) -> str | None:
    def other(match):
        number = int(match[0].split("/")[0]) + chance.choice((1, 10, 90))
        return f"{number}/{match[0].partition('/')[2]}"

    return _swap(chance, text, _DECISION, other)


def address(chance: Chance, text: str) -> str | None:
    """Change the domain of an address or a mailbox, or the last of a phone number."""

    def other(match):
        if match[0][0].isdigit():
            return f"{match[0][:-1]}{(int(match[0][-1]) + 3) % 10}"
        return chance.choice(("kpu-go.id", "kpu.co.id"))

    return _swap(chance, text, re.compile(r"kpu\.go\.id|08\d\d(?:-\d{4}){2}"), other)


def word_in(chance: Chance, text: str) -> str | None:
    words = text.split(" ")
    # After a full stop it would stand outside the quotation.
    at = chance.randrange(len(words) + (not text.endswith(".")))
    new = chance.choice(("Palsu", "ilegal", "kembali", "mendadak", "rahasia"))
    return " ".join([*words[:at], new, *words[at:]])


def word_out(chance: Chance, text: str) -> str | None:
    words = text.split(" ")
    if len(words) < 6:
        return None
    at = chance.randrange(1, len(words) - 1)
    return " ".join(words[:at] + words[at + 1 :])


def letter(chance: Chance, text: str) -> str | None:
    places = [at for at, char in enumerate(text) if char.isalpha()]
    at = chance.choice(places)
    new = chance.choice([c for c in "abdegiklmnoprstu" if c != text[at].lower()])
    return text[:at] + new + text[at + 1 :]


def question(chance: Chance, text: str) -> str | None:
    return text[:-1] + "?" if text.endswith(".") else None


def cropped(chance: Chance, text: str) -> str | None:
    """Cut off what refutes the rest, in the manner of "… Dibatalkan? Cek Fakta"."""
    head, found, _ = text.partition("? Cek Fakta")
    return head if found else None


def antonym(chance: Chance, text: str) -> str | None:
    known = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b")
    return _swap(chance, text, known, lambda match: _OPPOSITES[match[0]])


def words_swapped(chance: Chance, text: str) -> str | None:
    words = text.split(" ")
    places = [
        at
        for at in range(1, len(words) - 1)
        if words[at].isalpha() and words[at + 1].isalpha()
        if words[at].lower() != words[at + 1].lower()
    ]
    if not places:
        return None
    at = chance.choice(places)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def sneered(chance: Chance, text: str) -> str | None:
    """Put a word in quotation marks, which doubt it."""
    words = text.split(" ")
    places = [at for at in range(1, len(words) - 1) if words[at].isalpha()]
    if not places:
        return None
    at = chance.choice(places)
    words[at] = f"“{words[at]}”"
    return " ".join(words)


def stopped(chance: Chance, text: str) -> str | None:
    """End a text within a sentence, and with a full stop."""
    words = text.split(" ")
    kept = len(words) * 3 // 4
    # Within a sentence, and after no mark that would stay before the full stop.
    last = words[kept - 6 : kept]
    if kept < 12 or not all(word.isalpha() for word in last):
        return None
    if not words[kept][:1].islower():
        return None
    return f"{' '.join(words[:kept])}."


def false_headline(chance: Chance, text: str) -> str | None:
    """Put a claim where the headline stands, or above a text that has none."""
    head, parted, body = text.partition("\n\n")
    return f"{chance.choice(CLAIMS)}\n\n{body if parted else head}"


def claim_first(chance: Chance, text: str) -> str | None:
    return f"{chance.choice(CLAIMS)}. {text}"


def claim_last(chance: Chance, text: str) -> str | None:
    return f"{text}\n\n{chance.choice(CLAIMS)}." if text.endswith(".") else None


def reordered(chance: Chance, text: str) -> str | None:
    parts = sentences(text)
    if len(parts) < 2 or "\n" in text:
        return None
    at = chance.randrange(len(parts) - 1)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return " ".join(parts)


def cut_inside(chance: Chance, text: str) -> str | None:
    parts = sentences(text)
    if len(parts) < 3 or "\n" in text:
        return None
    at = chance.randrange(1, len(parts) - 1)
    return " ".join(parts[:at] + parts[at + 1 :])


def ellipsis_hides(chance: Chance, text: str) -> str | None:
    pattern = re.compile(rf"(?<= )(?:{'|'.join(_NEGATIONS)})(?= )")
    mark = chance.choice(("…", "[...]", "(…)", "..."))
    return _swap(chance, text, pattern, lambda _: mark)


def sentence_in(chance: Chance, text: str) -> str | None:
    parts = sentences(text)
    if len(parts) < 2:
        return None
    at = chance.randrange(1, len(parts))
    new = "Semua tahapan lain dihentikan tanpa batas waktu."
    return " ".join([*parts[:at], new, *parts[at:]])


# Alterations, and what of them must be named (nothing where it is no word or number).
ALTERATIONS: dict[str, tuple[Step, frozenset[Critical]]] = {
    # The year of "Januari 2022" is a number of a date.
    "angka diganti": (digits, frozenset({Critical.NUMBER, Critical.DATE})),
    "tanggal diganti": (day, frozenset({Critical.DATE})),
    "hari diganti": (weekday, frozenset({Critical.WEEKDAY})),
    "“tidak” disisipkan": (negation_in, frozenset({Critical.NEGATION})),
    "penyangkalan dihapus": (negation_out, frozenset({Critical.NEGATION})),
    "kata pembatas dihapus": (
        qualifier_out,
        frozenset({Critical.QUALIFIER, Critical.NEGATION}),
    ),
    "nama diganti": (name, frozenset({Critical.NAME, Critical.OFFICE})),
    "nama ditukar": (names_swapped, frozenset({Critical.NAME, Critical.OFFICE})),
    "nomor keputusan diganti": (decision, frozenset({Critical.DECISION})),
    "alamat diganti": (address, frozenset({Critical.ADDRESS})),
    "kata ditambahkan": (word_in, frozenset()),
    "kata dihapus": (word_out, frozenset()),
    "huruf diganti": (letter, frozenset()),
    "menjadi pertanyaan": (question, frozenset()),
    "akhiran “Cek Fakta” dipotong": (cropped, frozenset()),
    "kalimat ditukar tempat": (reordered, frozenset()),
    "kalimat tengah dipotong": (cut_inside, frozenset()),
    "elipsis menutupi penyangkalan": (
        ellipsis_hides,
        frozenset({Critical.NEGATION}),
    ),
    "kalimat disisipkan": (sentence_in, frozenset()),
    "lawan kata": (antonym, frozenset()),
    "kata ditukar tempat": (words_swapped, frozenset()),
    "tanda petik sinis": (sneered, frozenset()),
    "titik di tengah kalimat": (stopped, frozenset()),
    "judul palsu di atas naskah": (false_headline, frozenset()),
    "pernyataan di depan": (claim_first, frozenset()),
    "pernyataan di belakang": (claim_last, frozenset()),
}
