"""Wording: the title's form, words and sentences twice, what a template left behind."""

import re
from collections.abc import Iterator
from itertools import pairwise

from news.checks.findings import Finding, Level, excerpt, opening
from news.checks.manuscript import Manuscript, Passage
from news.importing.prose import repeats

LONG_TITLE = 140  # characters; beyond, search engines and WhatsApp cut it
SHOUTED = 8  # letters: "KPU RI" is no shouting

# Degrees and abbreviations at a title's end keep their full stop.
_ABBREVIATED = re.compile(
    r"(?:(?:[A-Za-z]{1,4}\.){2,}|\b(?:dkk|dll|dsb|dst|tbk|jr|sr)\.)$", re.IGNORECASE
)

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W_]+)*")
# These exist doubled only, so nobody wrote them twice by mistake (a missing hyphen is
# a spelling checker's matter); names of places; and what people call out.
_DOUBLED_ON_PURPOSE = frozenset(
    (
        *("kupu", "kura", "cumi", "lumba", "ubur", "kunang", "undur", "biri", "anai"),
        *("laba", "gado", "onde", "alun", "paru", "pura", "huru", "sia", "rama"),
        *("bau", "toli", "pare", "gili", "halo", "hai", "ha", "he", "hi", "ayo", "ya"),
        *("hore", "tok", "yel", "la", "na"),
    )
)

_PLACEHOLDERS = re.compile(
    r"\bxx+\b|\bX{4,}\b|\bTODO\b|\b[Ll]orem\s[Ii]psum\b|\bLOREM\sIPSUM\b"
    r"|\[\s?(?i:isi|diisi|lengkapi|nama|tanggal|hari|tempat|lokasi|jabatan|judul"
    r"|jumlah|nomor|foto|gambar|kutipan|tautan|link|tbd|tba)(?:\s[a-z]{1,15}){0,3}\s?\]"
)
# Thirty in Roman numerals, where a number is expected.
_XXX = re.compile(r"\bXXX\b")
_NUMBERED = re.compile(
    r"(?:\bke-\s?|\b(?:angkatan|bab|jilid|edisi|lampiran|periode|bagian|tahun|pon"
    r"|natalis|ulang tahun|munas|kongres|muktamar)\s)$",
    re.IGNORECASE,
)


def title(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a title's form: taste and the width of a phone, so warnings only."""
    text = manuscript.value("title")
    if text.isupper() and sum(map(str.isalpha, text)) >= SHOUTED:
        yield _of_title(
            "title-capitals",
            f"Judul {opening(text)} seluruhnya huruf kapital. Pakai huruf besar hanya "
            "di awal kata dan pada singkatan.",
        )
    if text.endswith(("...", "…")):
        yield _of_title(
            "placeholder",
            f"Judul {opening(text)} berakhir dengan titik-titik. Lengkapi judulnya.",
        )
    elif "..." in text or "…" in text:
        yield _of_title(
            "placeholder",
            f"Ada titik-titik di judul {opening(text)}. Lengkapi judulnya.",
        )
    elif text.endswith(".") and not _ABBREVIATED.search(text[-30:]):
        yield _of_title(
            "title-full-stop",
            f"Judul {opening(text)} berakhir dengan titik. Hapus titiknya.",
        )
    if len(text) > LONG_TITLE:
        yield _of_title(
            "title-long",
            f"Judul {opening(text)} panjangnya {len(text)} karakter dan dapat "
            f"terpotong saat dibagikan. Ringkas menjadi paling banyak {LONG_TITLE} "
            "karakter.",
        )


def _of_title(code: str, message: str) -> Finding:
    return Finding(code, Level.WARNING, "title", message)


def lead(manuscript: Manuscript) -> Iterator[Finding]:
    """Ask for a lead: lists and shared links show it; the body's start can serve."""
    if not manuscript.value("lead"):
        yield Finding(
            "lead-missing",
            Level.WARNING,
            "lead",
            "Teras belum ditulis. Tulis satu atau dua kalimat: siapa, apa, kapan, di "
            "mana.",
        )


def repeated(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a sentence that comes again: a slip of pasting, rarely a refrain."""
    for sentence in repeats(line.text for line in manuscript.body):
        yield Finding(
            "sentence-repeated",
            Level.WARNING,
            "body",
            f"Kalimat {opening(sentence)} muncul lebih dari sekali, sama atau hampir "
            "sama. Hapus salah satunya bila tidak disengaja.",
        )


def doubled(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a word written twice in a row, whatever its capitals: "di di".

    A hyphen makes one word of two, so reduplication is not met here. Letters that
    stand alone are initials.
    """
    seen = set()
    for passage in manuscript.lines:
        for one, other in pairwise(_WORD.finditer(passage.bare)):
            word = one[0].casefold()
            if _is_doubled(passage.bare, one, other) and word not in seen:
                seen.add(word)
                place = excerpt(passage.text, one.start(), other.end())
                yield Finding(
                    "word-doubled",
                    Level.WARNING,
                    passage.field,
                    f"Kata “{one[0][:40]}” tertulis dua kali berurutan di {place}. "
                    "Hapus satu, atau beri tanda hubung bila memang kata ulang.",
                )


def _is_doubled(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Return whether two words are the same, with nothing but a space between.

    Not beside a stroke: "KPU Kabupaten/Kota Kota Serang" says two things.
    """
    word = one[0].casefold()
    return (
        other.start() - one.end() == 1
        and text[one.end()] == " "
        and word == other[0].casefold()
        and len(word) > 1
        and word not in _DOUBLED_ON_PURPOSE
        and "/" not in text[max(0, one.start() - 1) : one.start()]
        and "/" not in text[other.end() : other.end() + 1]
    )


def placeholders(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt what a template leaves to be filled in.

    A warning, for a text may speak of such words itself.
    """
    for passage in manuscript.lines:
        for found in (*_PLACEHOLDERS.finditer(passage.bare), *_thirties(passage)):
            yield Finding(
                "placeholder",
                Level.WARNING,
                passage.field,
                f"Ada teks sementara “{found[0][:40]}” di "
                f"{excerpt(passage.text, *found.span())}. Ganti dengan isi yang benar.",
            )


def _thirties(passage: Passage) -> Iterator[re.Match[str]]:
    for found in _XXX.finditer(passage.bare):
        if not _NUMBERED.search(
            passage.bare[max(0, found.start() - 20) : found.start()]
        ):
            yield found
