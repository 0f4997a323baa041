"""What was pasted, and what a version has, as words with the marks between them."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property, lru_cache

from news.authenticity.characters import SYMBOL, disguised, fold_in_place, hidden
from news.authenticity.characters import plain as plain_character
from news.authenticity.wrapping import Link, links, place, wrappings
from news.changes.lexicon import ABBREVIATIONS

LONGEST = 20_000

WORD = re.compile(rf"[^\W_]+|{SYMBOL}.", re.DOTALL)
_SYMBOL = re.compile(f"{SYMBOL}.", re.DOTALL)
_DOTS = re.compile(r"\.{2,}")
_ENDED = re.compile(r"[.?!…][\"')\]}.?!…]*(?=\s)")
# Where an empty line would be lost, people write a dot on it.
_EMPTY_LINE = re.compile(r"(?<=\n)[ \t]*\.[ \t]*(?=\n)")
_BULLET = re.compile(r"(?:^|\n)\s*[-•·>▪◦‣–]+(?=\s|$)")
_EMOJI = range(0x2190, 0x3300), range(0x1F000, 0x1FC00)
_EMOJI_EXTRAS = "\u20e3"
# What may stand at the end of a passage, and need not when it becomes a line.
_LINE_MARKS = ".:;,-|!/>•·▪(\"'"
_PARTING = frozenset(':"…')


class Role(Enum):
    """What a part of a page is. The body must be whole in a whole text."""

    TITLE = auto()
    LEAD = auto()
    BODY = auto()
    MARGIN = auto()


@dataclass(frozen=True)
class Part:
    """A block of a page; `marker` is the number that a list shows before it."""

    role: Role
    text: str
    marker: str = ""


@dataclass(frozen=True)
class Version:
    """A published version, its parts in the order of the page.

    key       what the caller knows it by
    article   what all versions of one article share
    address   its public address, with the origin
    opinion   whether it is its author's view alone
    """

    key: Hashable
    article: Hashable
    parts: tuple[Part, ...]
    address: str = ""
    opinion: bool = False

    @property
    def title(self) -> str:
        return next((part.text for part in self.parts if part.role is Role.TITLE), "")


@dataclass(frozen=True)
class Span:
    """Words of a text, from `start` up to but not including `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, eq=False)
class Words:
    """A text as folded words; `gaps[i]` is what stands before word i, folded too."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def written(self, start: int, end: int) -> str:
        """Return the words from `start` to before `end` as they are written."""
        return self.text[self.starts[start] : self.ends[end - 1]] if start < end else ""


@dataclass(frozen=True, eq=False)
class Prepared(Words):
    """What was pasted; `wrapped` are the places of the message's own furniture."""

    wrapped: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def pieces(self) -> list[Span]:
        """The runs of words with no line end, full stop or colon between them."""
        cuts = [at for at in range(1, len(self)) if self.parted(at)]
        return [
            Span(start, end)
            for start, end in zip([0, *cuts], [*cuts, len(self)], strict=True)
            if start < end
        ]

    def parted(self, at: int, own: str = "") -> bool:
        """Whether word `at` is plainly not of one sentence with the word before it.

        Marks that the published text has there, `own`, part nothing.
        """
        if at in (0, len(self)):
            return True
        gap = self.gaps[at]
        parting = _PARTING & set(marks(gap)) - set(marks(own))
        return "\n" in gap or bool(parting) or self.ended(at)

    def ended(self, at: int) -> bool:
        return ends_sentence(self.gaps[at], self.words[at - 1])

    def shown(self, at: int) -> str:
        """Return a word in plain letters and its own case."""
        return plain(self.text[self.starts[at] : self.ends[at]])

    @cached_property
    def counts(self) -> bool:
        """Whether a line begins with a number, as those of a list do."""
        return any(
            word.isdecimal() and (at == 0 or "\n" in self.gaps[at])
            for at, word in enumerate(self.words)
        )

    @cached_property
    def disguised(self) -> list[str]:
        """The words with letters that only look like those of the alphabet."""
        return [
            self.text[start:end]
            for start, end in zip(self.starts, self.ends, strict=True)
            if not self.text[start:end].isascii()
            and any(map(disguised, self.text[start:end]))
        ]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return links(self.text)

    @cached_property
    def hides(self) -> bool:
        """Whether a character is hidden between or inside its words."""
        # A joiner or a selector belongs to the emoji before it.
        return any(
            hidden(char)
            and char not in "\u200d\ufe0e\ufe0f"
            and not 0xE0000 <= ord(char) < 0xE0080
            for char in set(self.text)
        )


def plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(plain_character, text))


@lru_cache(4096)
def marks(gap: str) -> str:
    """Return the marks of a gap without white space; two dots or more are "…"."""
    return _DOTS.sub("…", "".join(_EMPTY_LINE.sub("", gap).split()))


@lru_cache(4096)
def line_marks(gap: str) -> str:
    """Return the marks of a gap that a new passage cannot explain."""
    return marks(gap).strip(_LINE_MARKS)


@lru_cache(4096)
def without_bullets(gap: str) -> str:
    return marks(_BULLET.sub("\n", gap))


def ends_sentence(gap: str, before: str) -> bool:
    """Whether a sentence ends in `gap`, which follows the word `before`."""
    if "\n" in gap:
        return True
    found = _ENDED.search(gap)
    if found is None:
        return False
    if marks(gap) != ".":
        return True
    return not (before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()))


def prepare(text: str, addresses: Iterable[str] = ()) -> Prepared:
    """Return what was pasted as words; never fails, and reads `LONGEST` characters.

    `addresses` are those of the articles that it is compared with: where they stand in
    the text they are the message's, as in the site's own share text.
    """
    text = text[:LONGEST]
    wrapped = wrappings(text, map(place, filter(None, addresses)))
    bare = text
    for start, end in wrapped:
        bare = bare[:start] + "\n" * (end - start) + bare[end:]
    found = split_words(*fold_in_place(bare))
    return Prepared(text, *found, wrapped)


def split_words(
    folded: str, places: list[int]
) -> tuple[list[str], list[int], list[int], list[str]]:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: list[str] = []
    at = 0
    if not places:
        return words, starts, ends, [folded]
    for match in WORD.finditer(folded):
        start, end = match.span()
        gaps.append(folded[at:start])
        words.append(match[0])
        starts.append(places[start])
        ends.append(places[end - 1] + 1)
        at = end
    gaps.append(folded[at:])
    if has_emoji(folded):
        return _without_edge_emoji(words, starts, ends, gaps)
    return words, starts, ends, gaps


def _without_edge_emoji(
    words: list[str], starts: list[int], ends: list[int], gaps: list[str]
) -> tuple[list[str], list[int], list[int], list[str]]:
    """Drop the pictures at the beginning or the end of a text or a line."""
    kept: list[int] = []
    new_gaps = [gaps[0]]
    at = 0
    while at < len(words):
        end = at
        pending = ""
        while end < len(words) and _is_emoji(words[end]):
            if end > at and "\n" in gaps[end]:
                break
            pending += gaps[end + 1]
            end += 1
        if end > at and _at_edge(words, gaps, at, end):
            new_gaps[-1] += pending
        else:
            end = max(end, at + 1)
            kept += range(at, end)
            new_gaps += gaps[at + 1 : end + 1]
        at = end
    return (
        [words[i] for i in kept],
        [starts[i] for i in kept],
        [ends[i] for i in kept],
        new_gaps,
    )


def _at_edge(words: list[str], gaps: list[str], start: int, end: int) -> bool:
    if start == 0 or end == len(words) or "\n" in gaps[start] + gaps[end]:
        return True
    return ends_sentence(gaps[start], words[start - 1])


def has_emoji(folded: str) -> bool:
    return SYMBOL in folded and any(map(_is_emoji, set(_SYMBOL.findall(folded))))


def _is_emoji(word: str) -> bool:
    return word[0] == SYMBOL and (
        any(ord(word[1]) in block for block in _EMOJI) or word[1] in _EMOJI_EXTRAS
    )
