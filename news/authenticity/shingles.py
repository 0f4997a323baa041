"""Shingles: runs of words as numbers, by which an index finds candidates.

A. Broder, "On the resemblance and containment of documents" (1997). Four words, since
one word changed anywhere in eight leaves four in a row, and fewer than eight are seldom
a quotation (measured: five words lose twice as many altered sentences). Headlines are
shorter and altered most, so they give runs of three as well, over the words that such
alterations do not touch: "tidak" inserted or a date changed breaks none of them.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

from news.authenticity.texts import Prepared, Role, Version
from news.authenticity.texts import prepare as _prepare
from news.changes import lexicon

# A number for this way of making them: an index that holds another is made again.
SCHEME = 2

WORDS = 4
TITLE_WORDS = 3
# A pasted text of so many words may be a headline.
HEADLINE = 40


def shingles(words: Sequence[str], size: int = WORDS) -> set[int]:
    """Return a number for each run of `size` words.

    The number is the first eight bytes, big-endian and signed, of the BLAKE2b digest
    (digest size 8, no key) of the size and the folded words joined by spaces, in UTF-8:
    the same on every machine and in every year, and a PostgreSQL bigint.
    """
    return {
        _number(" ".join((str(size), *words[at : at + size])))
        for at in range(len(words) - size + 1)
    }


def _of_headline(words: Sequence[str]) -> set[int]:
    return shingles([word for word in words if _stays(word)], TITLE_WORDS)


@lru_cache(65536)
def _stays(word: str) -> bool:
    return word.isalpha() and not (
        lexicon.is_negation(word)
        or lexicon.is_qualifier(word)
        or lexicon.is_number_word(word)
        or word in lexicon.WEEKDAYS
        or word in lexicon.MONTHS
    )


def _number(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def index_of(version: Version) -> set[int]:
    """Return the numbers under which an index keeps a version."""
    words = [word for part in version.parts for word in _prepare(part.text).words]
    found = shingles(words)
    for part in version.parts:
        if part.role in (Role.TITLE, Role.LEAD):
            found |= _of_headline(_prepare(part.text).words)
    return found


def query_of(pasted: Prepared) -> set[int]:
    """Return the numbers to look up: the versions that share the most are candidates.

    Beside those of the whole, each short line is looked up as a headline may be.
    """
    found = shingles(pasted.words)
    for line in _lines(pasted):
        if len(line) <= HEADLINE:
            found |= _of_headline(line)
    return found


def _lines(pasted: Prepared) -> Iterable[list[str]]:
    start = 0
    for at in range(1, len(pasted) + 1):
        if at == len(pasted) or "\n" in pasted.gaps[at]:
            yield pasted.words[start:at]
            start = at
