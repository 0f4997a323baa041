"""Find the runs of words that the pasted text and the published ones share.

Every different word of the pasted text becomes one character, and all published texts
one string of such characters: a search for a run is then a search for a substring,
which is fast and linear in every case (CPython's two-way search), and the alignment of
two stretches is one of two short strings.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from news.authenticity.published import Text
from news.authenticity.texts import Prepared, Span

SHORTEST = 3
# In a text as short as a headline two words together already tell where it is from.
SHORT_TEXT = 40
SHORT_RUN = 2
_ELSEWHERE = "\0"
# The planes for private use hold more characters than a pasted text has words.
_FIRST_CODE = 0xF0000
_PLACES = 24


@dataclass(frozen=True)
class Run:
    """`length` words that stand at `start` in the pasted text and at `at` in a text."""

    start: int
    length: int
    text: int
    at: int

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def at_end(self) -> int:
        return self.at + self.length


def grams(coded: str, size: int) -> set[str]:
    return {coded[at : at + size] for at in range(len(coded) - size + 1)}


class Corpus:
    """The pasted text and the texts that it is compared with, as codes."""

    def __init__(self, pasted: Prepared, texts: Sequence[Text]) -> None:
        self.pasted = pasted
        self.texts = list(texts)
        self._all: tuple[int, set[str]] | None = None
        codes: dict[str, str] = {}
        for word in pasted.words:
            codes.setdefault(word, chr(_FIRST_CODE + len(codes)))
        code = codes.get
        self.query = "".join(codes[word] for word in pasted.words)
        self.coded = [
            "".join([code(word, _ELSEWHERE) for word in text.words]) for text in texts
        ]

    @cached_property
    def whole(self) -> str:
        return _ELSEWHERE.join(self.coded)

    @cached_property
    def _offsets(self) -> list[int]:
        offsets, at = [], 0
        for coded in self.coded:
            offsets.append(at)
            at += len(coded) + 1
        return offsets

    @cached_property
    def shared(self) -> list[int]:
        """Of each text, how many runs of a few words the pasted text has too."""
        return self.shared_in(Span(0, len(self.query)))

    def shared_in(self, span: Span) -> list[int]:
        size = SHORT_RUN if len(span) <= SHORT_TEXT else SHORTEST
        wanted = grams(self.query[span.start : span.end], size)
        return [len(wanted & self._grams(number, size)) for number in self._numbers]

    @property
    def _numbers(self) -> range:
        return range(len(self.coded))

    def _grams(self, number: int, size: int) -> set[str]:
        if (number, size) not in self._known_grams:
            self._known_grams[number, size] = grams(self.coded[number], size)
        return self._known_grams[number, size]

    def _all_grams(self, size: int) -> set[str]:
        """Return the runs of all texts."""
        if self._all is None or self._all[0] != size:
            numbers = [number for number in self._numbers if self.coded[number]]
            found = [self._grams(number, size) for number in numbers]
            self._all = size, found[0] if len(found) == 1 else set().union(*found)
        return self._all[1]

    @cached_property
    def _known_grams(self) -> dict[tuple[int, int], set[str]]:
        return {}

    def only(self, *numbers: int) -> "Corpus":
        """Return a corpus of some texts alone, their numbers kept."""
        alone = object.__new__(Corpus)
        alone.pasted, alone.texts, alone.query = self.pasted, self.texts, self.query
        alone._known_grams, alone._all = self._known_grams, None
        alone.coded = [
            coded if number in numbers else ""
            for number, coded in enumerate(self.coded)
        ]
        return alone

    def place(self, offset: int) -> tuple[int, int]:
        """Return the text and the word that an offset of `whole` stands for."""
        text = bisect_right(self._offsets, offset) - 1
        return text, offset - self._offsets[text]

    def longest(self, start: int, shortest: int = SHORTEST) -> int:
        """Return how many words from `start` on stand together in some text, or 0."""
        query, whole = self.query, self.whole
        if query[start : start + shortest] not in self._all_grams(shortest):
            return 0
        most = len(query) - start
        low, high = shortest, shortest * 2
        while high <= most and query[start : start + high] in whole:
            low, high = high, high * 2
        high = min(high, most + 1)
        while high - low > 1:
            middle = (low + high) // 2
            if query[start : start + middle] in whole:
                low = middle
            else:
                high = middle
        return min(low, most)

    def places(self, start: int, length: int) -> list[tuple[int, int]]:
        """Return the first places where a run of the pasted text stands."""
        wanted = self.query[start : start + length]
        if wanted not in self._known_places:
            self._known_places[wanted] = list(self._found(wanted))
        return self._known_places[wanted]

    @cached_property
    def _known_places(self) -> dict[str, list[tuple[int, int]]]:
        return {}

    def _found(self, wanted: str) -> Iterator[tuple[int, int]]:
        at = -1
        for _ in range(_PLACES):
            at = self.whole.find(wanted, at + 1)
            if at < 0:
                return
            yield self.place(at)

    def length_at(self, start: int, text: int, at: int) -> int:
        """Return how many words from `start` on stand from `at` on in a text."""
        query, coded, length = self.query, self.coded[text], 0
        most = min(len(query) - start, len(coded) - at)
        while length < most and query[start + length] == coded[at + length]:
            length += 1
        return length

    def common(self, span: Span, text: int, other: Span) -> int:
        """Return how many words of two stretches are common, in order."""
        return LCSseq.similarity(
            self.query[span.start : span.end], self.coded[text][other.start : other.end]
        )
