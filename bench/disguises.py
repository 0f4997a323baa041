"""What becomes of a text that is forwarded and stays what it is: wear and disguises.

Each takes a source of chance and a text, and returns the text as it became.
"""

import re

from bench.forwarded import Chance, Step

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


def twice(chance: Chance, text: str) -> str:
    return f"{text}\n\n{text}"


def on_a_page(chance: Chance, text: str) -> str:
    """Copy a text with what a page has around it, and with "Baca juga"."""
    paragraphs = text.split("\n\n")
    if len(paragraphs) > 2:
        at = chance.randrange(2, len(paragraphs))
        paragraphs.insert(at, "Baca juga: Cara Memeriksa Nama di Daftar Pemilih")
    return "\n\n".join(
        (
            "Beranda\nBerita Terkini",
            *paragraphs,
            "Bagikan\nFacebook\nWhatsApp\nDibaca 60 kali",
        )
    )


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
    "ditempel dua kali": twice,
    "disalin dengan halamannya": on_a_page,
}
