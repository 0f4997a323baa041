"""Clean, divide and look over the text of one item; rewrite none of it."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from news.importing.doubts import Doubt, quoted

MARKS_IN_A_ROW = 30  # Unicode's own bound (UAX 15, Stream-Safe Text Format)
REPEAT_AT_LEAST = 7  # words: shorter sentences recur in good prose too
QUOTES_AT_MOST = 5

SPACES = re.compile(r"[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u2069\ufeff]"
    # A joiner inside an emoji or a script that needs it is part of the text.
    r"|(?<![^\x00-\u02ff])[\u200c\u200d]"
)
BREAKS = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
RUNS = re.compile(r" {2,}")

SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,3} +(?=[\"“‘'(\[]?[A-Z0-9])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:kab|kec|kel|prov|prof|drs?|dra|ir|hj?|kh|no|jl|tgl|bpk|sdr|yth"
    r"|ust|hlm|moh|muh|abd|s\.d|a\.n|u\.p|[a-z])\.$",
    re.IGNORECASE,
)

MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|&(?:[a-z]{2,8}|#[0-9]{1,6});")
BROKEN = re.compile(r"\ufffd|â€|Ã[\x80-\xbf]|Â[\xa0-\xbf]")
PRIVATE = re.compile(
    r"[\u115f\u2800\u3164\ue000-\uf8ff\U0001d400-\U0001d7ff\U000e0000-\U000e007f"
    r"\U000f0000-\U0010fffd]"
)
LOOKALIKE = re.compile(r"[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u04ff][A-Za-z]")


def overmarked(line: str) -> bool:
    """Return whether `line` piles up more combining marks than any script does.

    Such a pile also makes normalisation take quadratic time, so ask this first.
    """
    if line.isascii():
        return False
    run = 0
    # What is going to be removed holds no marks apart.
    for character in CONTROLS.sub("", INVISIBLE.sub("", line)):
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MARKS_IN_A_ROW:
            return True
    return False


def cleaned(line: str) -> str:
    """Return one line in NFC, its spaces plain, without invisible characters.

    Runs of spaces stay: on a page that lost its line breaks they are all that tells
    where one part ends and the next begins.
    """
    line = INVISIBLE.sub("", BREAKS.sub(" ", SPACES.sub(" ", line)))
    return unicodedata.normalize("NFC", CONTROLS.sub("", line)).strip(" ")


def collapsed(text: str) -> str:
    """Return `text` with each run of spaces made one space."""
    return RUNS.sub(" ", text).strip(" ")


def paragraphs_of(lines: Iterable[str]) -> list[str]:
    """Return the cleaned lines that hold text, runs of spaces kept."""
    pieces = (piece for line in lines for piece in BREAKS.split(line))
    return [text for text in map(cleaned, pieces) if text]


def as_html(paragraphs: Iterable[str]) -> str:
    """Return the paragraphs as `<p>…</p>`, their text escaped."""
    return "".join(
        f"<p>{html.escape(collapsed(paragraph), quote=False)}</p>"
        for paragraph in paragraphs
    )


def sentences_of(text: str) -> list[str]:
    """Divide `text` at sentence ends; an abbreviation does not end a sentence."""
    sentences, start = [], 0
    for end in SENTENCE_END.finditer(text):
        if ABBREVIATION.search(text[max(start, end.start() - 12) : end.start() + 1]):
            continue
        sentences.append(text[start : end.end()].strip())
        start = end.end()
    last = text[start:].strip()
    return [*sentences, last] if last else sentences


def _alike(one: list[str], other: list[str]) -> bool:
    """Return whether two sentences differ in no more than two words."""
    # Lengths first: it keeps a short sentence from being counted against a huge one.
    return (
        abs(len(one) - len(other)) <= 2
        and sum((Counter(one) - Counter(other)).values()) <= 2
    )


def repeats(paragraphs: Iterable[str]) -> list[str]:
    """Return the sentences that come again, word for word or all but two words.

    Each sentence is compared with the first one that begins alike: linear time.
    """
    seen: dict[tuple[str, ...], list[str]] = {}
    again = {}
    for paragraph in paragraphs:
        for sentence in sentences_of(collapsed(paragraph)):
            words = re.findall(r"\w+", sentence.casefold())
            if len(words) < REPEAT_AT_LEAST:
                continue
            first = seen.setdefault(tuple(words[:5]), words)
            if first is not words and _alike(first, words):
                again.setdefault(tuple(words[:5]), sentence)
    return list(again.values())


def lost_breaks(paragraphs: Iterable[str]) -> list[str]:
    """Return the words that follow a gap where a paragraph may have begun.

    Where the text is justified with double spaces, only wider gaps count.
    """
    places = []
    for paragraph in paragraphs:
        justified = re.search(r"[a-z,] {2}[a-z]", paragraph)
        gap = " {3,}" if justified else " {2,}"
        for found in re.finditer(rf"[.!?…)\"”]{gap}(?=[A-Z“\"])", paragraph):
            places.append(paragraph[found.end() : found.end() + 80])
    return places


def _listed(texts: list[str]) -> str:
    listed = "; ".join(quoted(text, 5) for text in texts[:QUOTES_AT_MOST])
    more = len(texts) - QUOTES_AT_MOST
    return f"{listed}; dan {more} lagi" if more > 0 else listed


def doubts_of_form(paragraphs: list[str]) -> list[Doubt]:
    """Doubt repeated sentences, lost paragraph breaks, and a text that stops short."""
    doubts = []
    if again := repeats(paragraphs):
        doubts.append(
            Doubt(
                "body",
                f"{len(again)} kalimat muncul lebih dari sekali, sama atau hampir "
                f"sama: {_listed(again)}. Naskah tidak diubah; periksa.",
            )
        )
    if places := lost_breaks(paragraphs):
        doubts.append(
            Doubt(
                "body",
                "Batas paragraf mungkin hilang sebelum "
                f"{_listed(places)}. Pisahkan bila memang paragraf baru.",
            )
        )
    ending = paragraphs[-1].rstrip(" \"”’')]*")
    if ending.endswith(("...", "…")) and not re.search(
        r"bersambung[ .…]*$", ending[-60:], re.IGNORECASE
    ):
        doubts.append(
            Doubt("body", "Naskah berakhir dengan titik-titik; mungkin terpotong.")
        )
    elif not ending.endswith((".", "!", "?", "…")) and paragraphs[-1][0] not in "([":
        doubts.append(
            Doubt(
                "body",
                "Naskah tidak berakhir dengan tanda baca dan mungkin terpotong: "
                f"“…{collapsed(ending)[-40:]}”.",
            )
        )
    if any(paragraph[0].islower() for paragraph in paragraphs[1:]):
        doubts.append(
            Doubt(
                "body",
                "Ada paragraf yang mulai dengan huruf kecil; kalimatnya mungkin "
                "terputus oleh ganti baris.",
            )
        )
    return doubts


UNUSUAL = (
    (
        INVISIBLE,
        "Karakter tak terlihat dibuang; naskah mentahnya tetap disimpan.",
    ),
    (CONTROLS, "Karakter kendali dibuang; naskah mentahnya tetap disimpan."),
    (BROKEN, "Ada huruf yang rusak (salah pengodean)."),
    (PRIVATE, "Ada huruf atau lambang yang tidak tampil di semua perangkat."),
    (LOOKALIKE, "Ada kata yang mencampur huruf Latin dan huruf lain yang mirip."),
    (MARKUP, "Ada kode HTML di dalam teks; kode itu ditampilkan apa adanya."),
)


def doubts_of_characters(field: str, raw: str) -> list[Doubt]:
    """Doubt characters that a person should see before they are published."""
    return [Doubt(field, message) for kind, message in UNUSUAL if kind.search(raw)]
