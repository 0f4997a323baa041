"""What a reader typed into the search box, as a structure and as a query.

Pure functions on strings; nothing here knows of models or requests. A query is written
for the database's `news_query`, which alone knows the stems: a lexeme stands in single
quotes, and `'=word'` means the stems of that word.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from news.search_words import GROUPS

MOST_CHARACTERS = 200
MOST_TERMS = 10

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')
_APOSTROPHES = dict.fromkeys(map(ord, "'‘’ʼ`´"), None)
_CHUNK = re.compile(r'([-−]?)"([^"]*)"|(\S+)')
_EXCLUDED = re.compile(r"[-−](?=\w)")
# Letters and digits; what the database takes for the marks between words is not.
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """A word, or several that stand in this order; quoted ones as they are written."""

    words: tuple[str, ...]
    excluded: bool = False
    quoted: bool = False

    @property
    def is_word(self) -> bool:
        """Tell whether it may be found by its stem and its synonyms."""
        return len(self.words) == 1 and not (self.quoted or self.excluded)


@dataclass(frozen=True)
class Query:
    """What is asked for; `text` is what the box shows again, `cut` whether words went.

    `loose`, `strict` and `sure` are sources for `news_query`. The loose one asks for
    the words of a phrase without their order, which the index answers alone; the strict
    one is empty where both would be the same. What the sure one finds the strict one
    would find as well: it asks for no phrase, and is empty where only one will do.
    """

    text: str
    terms: tuple[Term, ...]
    cut: bool = False
    loose: str = field(init=False, default="")
    strict: str = field(init=False, default="")
    sure: str = field(init=False, default="")

    def __post_init__(self) -> None:
        loose, strict = (_source(self.terms, joint) for joint in (" & ", " <-> "))
        object.__setattr__(self, "loose", loose)
        if strict != loose:
            object.__setattr__(self, "strict", strict)
            if all(len(term.words) == 1 for term in self.terms):
                object.__setattr__(self, "sure", _source(self.terms, " & ", 1))

    def __bool__(self) -> bool:
        return bool(self.asked)

    @property
    def asked(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.excluded)

    @property
    def stemmed(self) -> list[str]:
        """Return the words that may be found by their stems."""
        return [term.words[0] for term in self.terms if term.is_word]

    @property
    def sequences(self) -> frozenset[tuple[str, ...]]:
        """Return all the word sequences that a text may be found by, stems apart."""
        found = {term.words for term in self.asked}
        for members in _alternatives(self.terms).values():
            found.update(members)
        return frozenset(found)


def fold(text: str) -> str:
    """Return a text without case, accents and compatibility forms, as the index is."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, folded."""
    return tuple(_WORD.findall(fold(text)))


def parse(typed: str) -> Query:
    """Return what a reader asks for; never fails, whatever was typed.

    Words are all asked for, "in quotes" as they are written, -without what follows a
    hyphen. A quotation mark without its pair is none. Nothing is a stop word: "tidak"
    changes what a sentence says. At most 200 characters and 10 terms are read.
    """
    shown = _visible(typed[: MOST_CHARACTERS * 4])
    text = shown[:MOST_CHARACTERS].rstrip()
    terms = list(_terms(text.translate(_QUOTES)))
    cut = len(shown) > MOST_CHARACTERS or len(typed) > MOST_CHARACTERS * 4
    return Query(text, tuple(terms[:MOST_TERMS]), cut or len(terms) > MOST_TERMS)


def _visible(typed: str) -> str:
    """Return one line without characters that nobody sees (controls, bidi marks)."""
    normal = unicodedata.normalize("NFC", typed)
    seen = "".join(
        " " if char.isspace() else char
        for char in normal
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(seen.split())


def _terms(text: str) -> Iterator[Term]:
    for sign, phrase, chunk in _CHUNK.findall(text):
        excluded = bool(sign or _EXCLUDED.match(chunk))
        found = words(phrase or chunk)
        if found:
            yield Term(found, excluded, quoted=bool(phrase))


_MEMBERS = [(tuple(words(member) for member in group)) for group in GROUPS]
_GROUP_OF = {member: group for group in _MEMBERS for member in group}
_LONGEST = max(map(len, _GROUP_OF))


def _alternatives(
    terms: tuple[Term, ...],
) -> dict[tuple[int, int], tuple[tuple[str, ...], ...]]:
    """Return the synonyms of each run of words, by its first and one past its last.

    The longest run counts: "pemilihan serentak" is pilkada before it is two words.
    """
    found: dict[tuple[int, int], tuple[tuple[str, ...], ...]] = {}
    start = 0
    while start < len(terms):
        size = next(
            (
                size
                for size in range(min(_LONGEST, len(terms) - start), 0, -1)
                if all(term.is_word for term in terms[start : start + size])
                and _run(terms, start, size) in _GROUP_OF
            ),
            0,
        )
        if size:
            run = _run(terms, start, size)
            found[start, start + size] = tuple(
                member for member in _GROUP_OF[run] if member != run
            )
        start += size or 1
    return found


def _run(terms: tuple[Term, ...], start: int, size: int) -> tuple[str, ...]:
    return tuple(term.words[0] for term in terms[start : start + size])


def _source(terms: tuple[Term, ...], joint: str, longest: int = _LONGEST) -> str:
    parts, at = [], 0
    alternatives = _alternatives(terms)
    ends = dict(alternatives.keys())
    while at < len(terms):
        end = ends.get(at, at + 1)
        own = " & ".join(filter(None, (_own(one, joint) for one in terms[at:end])))
        others = [
            _sequence(member, joint)
            for member in alternatives.get((at, end), ())
            if len(member) <= longest
        ]
        if own:
            parts.append(" | ".join([f"({own})", *others]) if others else own)
        at = end
    return " & ".join(f"({part})" for part in parts)


def _own(term: Term, joint: str) -> str:
    if term.is_word:
        (word,) = term.words
        return f"('{word}' | '={word}')"
    if not term.excluded:
        return _sequence(term.words, joint)
    # Of a phrase that is not wanted the words without their order say nothing.
    if len(term.words) > 1 and joint == " & ":
        return ""
    return f"!{_sequence(term.words, joint)}"


def _sequence(sequence: tuple[str, ...], joint: str) -> str:
    return f"({joint.join(f"'{word}'" for word in sequence)})"
