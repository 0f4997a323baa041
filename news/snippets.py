"""The part of a text that shows why it was found, with the hits marked.

Pure functions on strings; the pieces are plain text, which a template escapes.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from news.search import words

LENGTH = 220

# A word as it is shown: letters, digits and the apostrophe within (Jum'at).
_SHOWN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    sequence: tuple[str, ...]


def snippet(
    texts: Collection[str],
    sequences: Collection[tuple[str, ...]],
    kin: Collection[str] = (),
    length: int = LENGTH,
) -> list[Piece]:
    """Return the best part of the first text that shows most of what was asked for.

    `sequences` are folded words that are a hit where they stand in a row, `kin` single
    ones that were found by their stem. About `length` characters, cut between words.
    """
    wanted = [*sequences, *((word,) for word in kin)]
    best: tuple[int, str, list[_Hit], int, int] = (-1, "", [], 0, 0)
    for text in texts:
        hits = list(_hits(text, wanted))
        start, end, kinds = _window(text, hits, length)
        if kinds > best[0]:
            best = kinds, text, hits, start, end
    _, text, hits, start, end = best
    return list(_pieces(text, hits, start, end))


def marked(
    text: str, sequences: Collection[tuple[str, ...]], kin: Collection[str] = ()
) -> list[Piece]:
    """Return a whole text with its hits marked."""
    hits = list(_hits(text, [*sequences, *((word,) for word in kin)]))
    return list(_pieces(text, hits, 0, len(text)))


def _hits(text: str, wanted: Collection[tuple[str, ...]]) -> Iterator[_Hit]:
    """Yield what is marked, from left to right, the longest where several begin."""
    shown = [
        (word, found.start(), found.end())
        for found in _SHOWN.finditer(text)
        for word in words(found[0])
    ]
    starting: dict[str, list[tuple[str, ...]]] = {}
    for sequence in sorted(set(wanted), key=len, reverse=True):
        starting.setdefault(sequence[0], []).append(sequence)
    at = 0
    while at < len(shown):
        for sequence in starting.get(shown[at][0], ()):
            run = shown[at : at + len(sequence)]
            if tuple(word for word, _, _ in run) == sequence:
                yield _Hit(run[0][1], run[-1][2], sequence)
                at += len(sequence) - 1
                break
        at += 1


def _window(text: str, hits: list[_Hit], length: int) -> tuple[int, int, int]:
    """Return where the part with most kinds of hits begins and ends, and how many."""
    if len(text) <= length:
        return 0, len(text), len({hit.sequence for hit in hits})
    best, begin, most = 0, 0, 0
    for first, hit in enumerate(hits):
        kinds = {
            other.sequence
            for other in hits[first : first + 40]
            if other.end - hit.start <= length
        }
        if len(kinds) > most:
            most, begin = len(kinds), hit.start
    # A few words before the first hit, so that it is read in its sentence.
    best = _word_start(text, max(0, begin - length // 4) if most else 0)
    end = min(len(text), best + length)
    if end < len(text):
        end = max(text.rfind(" ", best, end + 1), *(_end_of(hits, best, end)))
    return best, end, most


def _end_of(hits: list[_Hit], start: int, end: int) -> list[int]:
    """Return where the hits end that a cut at `end` would part, and `start`."""
    return [start, *(hit.end for hit in hits if hit.start < end < hit.end)]


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _pieces(text: str, hits: list[_Hit], start: int, end: int) -> Iterator[Piece]:
    at, before = start, "… " if start else ""
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if before or hit.start > at:
            yield Piece(before + text[at : hit.start])
        yield Piece(text[hit.start : hit.end], is_hit=True)
        at, before = hit.end, ""
    rest = text[at:end] + (" …" if end < len(text) else "")
    if before + rest:
        yield Piece(before + rest)
