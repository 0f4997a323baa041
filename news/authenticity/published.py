"""A published version as words, as a pasted text is compared with it."""

import re
from collections.abc import Sequence
from functools import cached_property

from news.authenticity.characters import fold, fold_in_place
from news.authenticity.texts import (
    WORD,
    Prepared,
    Role,
    Span,
    Version,
    Words,
    ends_sentence,
    has_emoji,
    split_words,
)

_SPACES = re.compile(r"\s+")


class Text:
    """A published version as words, with or without the numbers of its lists."""

    def __init__(self, version: Version, parts: Sequence[tuple[Role, str]]) -> None:
        self.version = version
        kept = [(role, _SPACES.sub(" ", text).strip()) for role, text in parts]
        self._roles = [role for role, text in kept if text]
        self._parts = [text for _, text in kept if text]
        self.raw = "\n\n".join(self._parts)
        self._folded = fold(self.raw)
        self._pictures = has_emoji(self._folded)

    @cached_property
    def _placed(self) -> Words:
        """The words with their places, which only what is shown has need of."""
        return Words(self.raw, *split_words(*fold_in_place(self.raw)))

    @cached_property
    def _by_part(self) -> list[list[str]]:
        # Pictures are rare, and which of them are dropped is said in one place alone.
        if self._pictures:
            return [split_words(*fold_in_place(part))[0] for part in self._parts]
        return [WORD.findall(folded) for folded in self._folded.split("\n\n")]

    @cached_property
    def words(self) -> list[str]:
        return [word for part in self._by_part for word in part]

    @cached_property
    def gaps(self) -> list[str]:
        if self._pictures:
            return self._placed.gaps
        return WORD.split(self._folded)

    @property
    def word_starts(self) -> list[int]:
        return self._placed.starts

    def __len__(self) -> int:
        return len(self.words)

    def written(self, start: int, end: int) -> str:
        return self._placed.written(start, end)

    def between(self, at: int) -> str:
        """Return what is written before word `at`, marks and spaces."""
        placed = self._placed
        start = placed.ends[at - 1] if at else 0
        end = placed.starts[at] if at < len(placed) else len(self.raw)
        return self.raw[start:end]

    @cached_property
    def parts(self) -> list[tuple[Role, Span]]:
        """Each part that has words, with its words."""
        found: list[tuple[Role, Span]] = []
        at = 0
        for role, words in zip(self._roles, self._by_part, strict=True):
            if words:
                found.append((role, Span(at, at + len(words))))
            at += len(words)
        return found

    @cached_property
    def optional(self) -> list[bool]:
        """Of each word, whether a whole text may be without its part."""
        return [
            role is not Role.BODY for role, span in self.parts for _ in range(len(span))
        ]

    @cached_property
    def body_length(self) -> int:
        return self.optional.count(False)

    @cached_property
    def part_starts(self) -> frozenset[int]:
        return frozenset(span.start for _, span in self.parts) | {len(self)}

    @cached_property
    def opens(self) -> list[bool]:
        """Of each word, and of the end, whether a sentence begins there."""
        if not self.words:
            return [True]
        inner = zip(self.gaps[1:-1], self.words, strict=False)
        ended = [gap != " " and ends_sentence(gap, word) for gap, word in inner]
        return [True, *ended, True]

    @cached_property
    def sentences(self) -> list[Span]:
        starts = [at for at, opens in enumerate(self.opens) if opens]
        return [
            Span(start, end) for start, end in zip(starts, starts[1:], strict=False)
        ]

    def sentence_start(self, at: int) -> int:
        while at > 0 and not self.opens[at]:
            at -= 1
        return at

    def sentence_end(self, at: int) -> int:
        while at < len(self) and not self.opens[at]:
            at += 1
        return at

    def part_of(self, at: int) -> tuple[Role, Span]:
        """Return the part that word `at` is in."""
        for role, span in self.parts:
            if span.start <= at < span.end:
                return role, span
        return self.parts[-1]


def texts_of(version: Version, pasted: Prepared) -> list[Text]:
    """Return the version as it may be copied: without, or with, its lists' numbers."""
    found = [Text(version, [(part.role, part.text) for part in version.parts])]
    if pasted.counts and any(part.marker for part in version.parts):
        marked = [
            (part.role, f"{part.marker} {part.text}".strip()) for part in version.parts
        ]
        found.append(Text(version, marked))
    return found
