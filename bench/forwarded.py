"""What becomes of a text that is forwarded: alterations, disguises and harmless wear.

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
    if "kpu.go.id" not in text:
        return None
    return text.replace("kpu.go.id", chance.choice(("kpu-go.id", "kpu.co.id")), 1)


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
    "angka diganti": (digits, frozenset({Critical.NUMBER})),
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
}

_HOMOGLYPHS = str.maketrans("aeopcxyKTM", "аеорсхуКТМ")
_HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def homoglyphs(chance: Chance, text: str) -> str:
    words = text.split(" ")
    for at in chance.sample(range(len(words)), max(1, len(words) // 4)):
        words[at] = words[at].translate(_HOMOGLYPHS)
    return " ".join(words)


def mathematical(chance: Chance, text: str) -> str:
    bold = {65 + at: 0x1D400 + at for at in range(26)}
    bold |= {97 + at: 0x1D41A + at for at in range(26)}
    bold |= {48 + at: 0x1D7CE + at for at in range(10)}
    return text.translate(bold)


def zero_width(chance: Chance, text: str) -> str:
    found = list(text)
    for _ in range(max(2, len(text) // 20)):
        found.insert(chance.randrange(len(found)), chance.choice(_HIDDEN))
    return "".join(found)


def bidi(chance: Chance, text: str) -> str:
    at = chance.randrange(len(text))
    return f"\u202a{text[:at]}\u202c\u2066{text[at:]}\u2069\u200f"


def full_width(chance: Chance, text: str) -> str:
    return re.sub("[A-Za-z0-9]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


def whatsapp_marks(chance: Chance, text: str) -> str:
    mark = chance.choice("*_")
    lines = [
        f"{mark}{line}{mark}" if line.strip() else line for line in text.split("\n")
    ]
    return "\n".join(lines)


def forwarded(chance: Chance, text: str) -> str:
    head = chance.choice(
        (
            "Diteruskan berkali-kali\n",
            "[12/1 08.00] Pak RT: ",
            "12/01/22 08.00 - Bu Ani: ",
            "Forwarded many times\n[1/2, 9:05 PM] +62 812-1111-2222: ",
        )
    )
    return head + text


def greeting(chance: Chance, text: str) -> str:
    head = chance.choice(
        (
            "Assalamualaikum wr. wb.\n\n",
            "Selamat pagi Bapak/Ibu,\n",
            "Mohon izin share\n",
        )
    )
    return f"{head}{text}\n\nTerima kasih 🙏"


def emoji(chance: Chance, text: str) -> str:
    return f"📌 {text} ✅👇🏽"


def broken_lines(chance: Chance, text: str) -> str:
    words = text.split(" ")
    return "".join(
        word + chance.choice((" ", " ", "\n", "  ", "\u00a0")) for word in words
    )


def quotes(chance: Chance, text: str) -> str:
    plain = text.translate(str.maketrans("“”‘’–", "\"\"''-"))
    return f"“{plain}”" if '"' not in plain else plain


def upper(chance: Chance, text: str) -> str:
    return text.upper() if chance.random() < 0.5 else text.lower()


def strangers(chance: Chance, text: str) -> str:
    return f"Kata tetangga saya begini:\n{text}\n\nTolong dibaca baik-baik ya."


DISGUISES: dict[str, Step] = {
    "huruf Kiril": homoglyphs,
    "huruf matematika": mathematical,
    "karakter tersembunyi": zero_width,
    "tanda arah": bidi,
    "huruf lebar": full_width,
    "tanda WhatsApp": whatsapp_marks,
    "baris terusan": forwarded,
    "salam": greeting,
    "emoji di tepi": emoji,
    "baris dan spasi": broken_lines,
    "tanda kutip": quotes,
    "huruf besar kecil": upper,
    "kata lain di sekitar": strangers,
}

__all__ = ["ALTERATIONS", "DISGUISES", "Step", "sentences"]
