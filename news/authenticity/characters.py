"""Characters as they are compared: what looks alike is alike, and hidden ones are none.

One table for the pasted and the published text; each character is folded alone, so
that a place in the folded text leads back to a place in the text as it was pasted.
"""

import re
import unicodedata

from news.changes.tokens import LOOKALIKES, QUOTES_AND_DASHES

# Stands before a symbol, so that one expression tells symbols from marks.
SYMBOL = "\ue000"

_NEWLINES = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
# Letters and blanks without a shape, beside the categories Cc and Cf.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_BLANK = "\u2800"
# What WhatsApp writes around bold, italic and struck words.
_FORMATTING = frozenset("*_~")
_SYMBOLS = frozenset("%‰&@#")
_ASCII_MARKS = frozenset("<>|^`~")
# Forms of a letter that people choose to disguise it or to adorn it.
_ADORNED = ("<font>", "<wide>", "<circle>", "<square>", "<super>", "<sub>", "<narrow>")

# Anything else stays as it is when it is folded, but for its case.
_SPECIAL = re.compile(r"[^ -~\n]|[*_~$+=%&@#]")


def hidden(char: str) -> bool:
    """Whether `char` takes no room and changes nothing that is read, as ZWSP does."""
    if char in _NEWLINES or char == "\t":
        return False
    return (
        unicodedata.category(char) in ("Cc", "Cf")
        or char in _SHAPELESS
        or any(ord(char) in selectors for selectors in _SELECTORS)
    )


def disguised(char: str) -> bool:
    """Whether `char` is a letter or digit put in the place of a plain one."""
    if char.isascii():
        return False
    if ord(char) in LOOKALIKES:
        return True
    return (
        unicodedata.decomposition(char).startswith(_ADORNED) and plain(char).isalnum()
    )


def plain(char: str) -> str:
    """Return `char` without disguise and in its case; nothing for a hidden one."""
    if char in _NEWLINES:
        return "\n"
    if char.isspace() or char == _BLANK:
        return " "
    if hidden(char):
        return ""
    if _raised_digit(char):
        return char
    unified = char.translate(QUOTES_AND_DASHES)
    return unicodedata.normalize("NFKC", unified).translate(LOOKALIKES)


def _raised_digit(char: str) -> bool:
    """Whether it is the 2 of m²: not folded, for 10² is not 102."""
    return (
        unicodedata.decomposition(char).startswith(("<super>", "<sub>"))
        and unicodedata.digit(char, None) is not None
    )


class _Table(dict):
    def __missing__(self, char: str) -> str:
        self[char] = found = _folded(char)
        return found


def _folded(char: str) -> str:
    if char in _FORMATTING:
        return " "
    if _raised_digit(char):
        return SYMBOL + char
    return "".join(map(_marked, plain(char).casefold().translate(QUOTES_AND_DASHES)))


def _marked(char: str) -> str:
    """Return `char` with the sign of a symbol, if it is no letter, digit or mark."""
    if char.isalnum() or char in "\n ":
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if char in _ASCII_MARKS or (category.startswith("P") and char not in _SYMBOLS):
        return char
    return SYMBOL + char


_TABLE = _Table()


def fold(text: str) -> str:
    """Return `text` as it is compared."""
    return fold_in_place(text)[0] if _composes(text) else _fold_each(text)


def _composes(text: str) -> bool:
    return not text.isascii() and not unicodedata.is_normalized("NFC", text)


def _fold_each(text: str) -> str:
    return _SPECIAL.sub(lambda match: _TABLE[match[0]], text).lower()


def fold_in_place(text: str) -> tuple[str, list[int]]:
    """Return `text` as it is compared, and where each of its characters came from."""
    pieces: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        folded = _fold_each(unicodedata.normalize("NFC", cluster))
        pieces.append(folded)
        if len(folded) == len(cluster):
            places.extend(range(start, start + len(cluster)))
        else:
            places.extend([start] * len(folded))
    return "".join(pieces), places


# What folds to another length, or may compose with what stands before it.
_CLUSTER = re.compile(r"(?:(?![$+=%&@#])[ -~\n])+|.", re.DOTALL)


def _clusters(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in _CLUSTER.finditer(text):
        start, piece = match.start(), match[0]
        if found and unicodedata.combining(piece[0]):
            before, base = found.pop()
            if len(base) > 1 and base.isascii():
                found.append((before, base[:-1]))
                before, base = before + len(base) - 1, base[-1]
            piece, start = base + piece, before
        found.append((start, piece))
    return found
