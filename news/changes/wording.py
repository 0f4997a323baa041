"""Changes in words: Indonesian sentences, short enough to be heard."""

from collections.abc import Iterable

from news.changes.result import Critical
from news.changes.tokens import Sort, Token

_LONGEST = 90
_MARKS = {
    ",": "koma",
    ".": "titik",
    ";": "titik koma",
    ":": "titik dua",
    "?": "tanda tanya",
    "!": "tanda seru",
    "'": "apostrof",
    '"': "tanda petik",
    "-": "tanda hubung",
    "(": "kurung buka",
    ")": "kurung tutup",
    "[": "kurung siku buka",
    "]": "kurung siku tutup",
    "..": "titik ganda",
    "...": "elipsis",
    "*": "tanda bintang",
}
_NOUNS = {
    Critical.NUMBER: "Angka",
    Critical.DATE: "Tanggal",
    Critical.WEEKDAY: "Hari",
    Critical.DECISION: "Nomor keputusan",
    Critical.NAME: "Nama",
    Critical.OFFICE: "Jabatan",
    Critical.ADDRESS: "Alamat",
}
_BARE = frozenset({Critical.NUMBER, Critical.DATE, Critical.WEEKDAY, Critical.DECISION})


def short(text: str) -> str:
    """Return `text` as it may be quoted: its beginning and end when it is long."""
    if len(text) <= _LONGEST:
        return text
    head = text[: _LONGEST * 2 // 3]
    tail = text[-_LONGEST // 3 :]
    return f"{_cut(head)} … {_cut(tail[::-1])[::-1]}"


def _cut(text: str) -> str:
    """Return `text` without the word that it breaks off in, if it has another."""
    return text.rpartition(" ")[0].rstrip() or text


def quoted(text: str) -> str:
    return f"“{short(text)}”"


def ended(sentence: str, times: int = 1) -> str:
    """Return a sentence with how often it holds, and with one full stop alone."""
    if times > 1:
        return f"{sentence.removesuffix('.')}, di {times} tempat."
    return f"{sentence[:-3]}.”" if sentence.endswith(".”.") else sentence


def on(label: str, sentence: str) -> str:
    """Return a sentence about a field: "Judul: angka 5 menjadi 6."."""
    if not label:
        return sentence
    return f"{label}: {sentence[0].lower()}{sentence[1:]}"


def replaced(noun: str, before: str, after: str) -> str:
    return f"{noun} {before} menjadi {after}."


def removed(noun: str, text: str) -> str:
    return f"{noun} {text} dihapus."


def added(noun: str, text: str) -> str:
    return f"{noun} {text} ditambahkan."


def noun_for(critical: Critical | None, tokens: Iterable[Token]) -> str:
    """Return what tokens are called: "Angka", "Nama", "Kata"; a lone mark "Tanda"."""
    tokens = list(tokens)
    if any(token.sort is Sort.SYMBOL for token in tokens):
        return "Tanda" if len(tokens) == 1 else "Teks"
    if critical is Critical.DATE and all(token.sort is Sort.WORD for token in tokens):
        return "Bulan"
    return _NOUNS.get(critical, "Kata") if critical else "Kata"


def value(critical: Critical | None, text: str, *, bare: bool) -> str:
    """Return a changed value: figures plain, as one says them, words in quotes."""
    return text if bare and critical in _BARE else quoted(text)


def kinds(found: Iterable[Critical]) -> str:
    """Return "; di dalamnya ada angka dan nama", or nothing."""
    names = [str(critical) for critical in found]
    if not names:
        return ""
    if len(names) == 1:
        return f"; di dalamnya ada {names[0]}"
    return f"; di dalamnya ada {', '.join(names[:-1])} dan {names[-1]}"


def mark(token: Token) -> str:
    """Return the name of a mark, which a screen reader would pass over."""
    return _MARKS.get(token.key, f"“{token.text}”")
