"""Align a pasted text that is no whole quotation with what it was made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import Indel

from news.authenticity import edges, quoting, senses
from news.authenticity.published import Text
from news.authenticity.runs import SHORT_RUN, SHORT_TEXT, SHORTEST, Corpus, Run
from news.authenticity.texts import Prepared, Span

_MOST_RUNS = 90
_MOST_ALIGNED = 3
_STRAY = 15
_MOVED = 10
_FEWEST = 4
_DENSE = 0.45
_MOST_OF = 0.75
_WORTH_READING = 6
_MOST_REGIONS = 8
# No sentence has more words beside what it shares with ours.
_EDGE = 200

Pair = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """A word of the pasted text, of the published one, or of both.

    kind   "sama", "baru", "dihapus", "pindah" (it stands elsewhere in the text) or
           "jembatan" (an ellipsis stands for it)
    """

    kind: str
    word: int | None
    place: int | None


@dataclass(eq=False)
class Region:
    """A stretch of the pasted text that was made from one text."""

    number: int
    text: Text
    pasted: Prepared
    pairs: list[Pair]
    runs: list[Run]
    moved: list[Run] = field(default_factory=list)

    @property
    def matched(self) -> int:
        return len(self.pairs) + sum(run.length for run in self.moved)

    @property
    def span(self) -> Span:
        return Span(self.pairs[0][0], self.pairs[-1][0] + 1)

    @property
    def longest(self) -> int:
        return max(run.length for run in self.runs)

    @property
    def dense(self) -> bool:
        return self.matched >= _DENSE * len(self.span)

    @cached_property
    def cells(self) -> list[Cell]:
        return list(_cells(self))

    @property
    def taken(self) -> set[int]:
        return {cell.word for cell in self.cells if cell.word is not None}


def regions(corpus: Corpus) -> list[Region]:
    """Return the stretches of the pasted text that have a source, in order."""
    found: list[Region] = []
    todo = [Span(0, len(corpus.query))]
    for _ in range(_MOST_REGIONS):
        if not todo:
            break
        todo.sort(key=len)
        span = todo.pop()
        region = _best(corpus, span)
        if region is None:
            continue
        found.append(region)
        todo += [part for part in _rest(region, span) if len(part) >= _WORTH_READING]
    return sorted(found, key=lambda region: region.span.start)


def _rest(region: Region, span: Span) -> Iterator[Span]:
    """Yield the stretches of a span in which a region has no word."""
    moved = [(at, 0) for run in region.moved for at in range(run.start, run.end)]
    at = span.start
    for word, _ in [*sorted(region.pairs + moved), (span.end, 0)]:
        if word > at:
            yield Span(at, word)
        at = max(at, word + 1)


def _best(corpus: Corpus, span: Span) -> Region | None:
    """Return the region of the text that explains the most of a span."""
    size = SHORT_RUN if len(span) <= SHORT_TEXT else SHORTEST
    shared = corpus.shared_in(span)
    likely = sorted(range(len(shared)), key=lambda number: -shared[number])
    found = [
        region
        for number in likely[:_MOST_ALIGNED]
        if shared[number] * 2 > shared[likely[0]]
        and (region := align(corpus, span, number, size))
    ]
    worthy = [region for region in found if _is_worthy(region)]
    return max(worthy, key=_sense, default=None)


def _is_worthy(region: Region) -> bool:
    if region.matched < _FEWEST or not region.dense:
        return False
    if region.longest >= _FEWEST or region.matched >= _WORTH_READING:
        return True
    return region.matched >= _MOST_OF * len(region.pasted)


def _sense(region: Region) -> tuple[float, int]:
    passed = region.pairs[-1][1] - region.pairs[0][1] + 1 - len(region.pairs)
    return region.matched - passed / 4, -region.number


def align(corpus: Corpus, span: Span, number: int, size: int) -> Region | None:
    """Return how a span and a text go together, or None where they do not."""
    runs = _runs(corpus, span, number, size)
    chain = _without_strays(_heaviest(runs), corpus.texts[number])
    if not chain:
        return None
    kept = set(map(id, chain))
    moved = [
        run
        for run in runs
        if id(run) not in kept
        and _is_whole(corpus.texts[number], run)
        and not any(_overlap(run, other) for other in chain)
    ]
    pairs = list(_filled(corpus, number, chain, span))
    text = corpus.texts[number]
    return Region(number, text, corpus.pasted, pairs, chain, _apart(moved))


def _runs(corpus: Corpus, span: Span, number: int, size: int) -> list[Run]:
    alone = corpus.only(number)
    found: list[Run] = []
    at, last = span.start, 0
    while at < span.end:
        length = min(alone.longest(at, size), span.end - at)
        if length < size:
            at += 1
            continue
        places = [place for _, place in alone.places(at, length)]
        ahead = [place for place in places if place >= last]
        start = min(ahead) if ahead else places[0]
        found.append(Run(at, length, number, start))
        at, last = at + length, start + length
    return sorted(found, key=lambda run: -run.length)[:_MOST_RUNS]


def _heaviest(runs: list[Run]) -> list[Run]:
    """Return the chain of runs, in order on both sides, that has the most words.

    Words that a text skips between two runs count against them, a little.
    """
    runs = sorted(runs, key=lambda run: run.start)
    best: list[float] = []
    before: list[int] = []
    for at, run in enumerate(runs):
        weight, previous = float(run.length), -1
        for other in range(at):
            if runs[other].at_end > run.at or runs[other].end > run.start:
                continue
            skipped = min((run.at - runs[other].at_end) / 100, 2.5)
            total = best[other] + run.length - skipped
            if total > weight:
                weight, previous = total, other
        best.append(weight)
        before.append(previous)
    chain: list[Run] = []
    at = max(range(len(runs)), key=best.__getitem__, default=-1)
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    return chain[::-1]


def _without_strays(chain: list[Run], text: Text) -> list[Run]:
    """Drop short runs at the ends that stand far from the rest by chance."""
    while len(chain) > 1 and _strays(chain[0], chain[0], chain[1], text):
        chain = chain[1:]
    while len(chain) > 1 and _strays(chain[-1], chain[-2], chain[-1], text):
        chain = chain[:-1]
    return chain


def _strays(run: Run, left: Run, right: Run, text: Text) -> bool:
    far = right.at - left.at_end > 2 * (right.start - left.end) + _STRAY
    apart = right.start - left.end > _STRAY
    short = run.length < quoting.CORE
    return short and (far or apart) and not _is_sentence(text, run)


def _is_sentence(text: Text, run: Run) -> bool:
    return text.opens[run.at] and text.opens[run.at_end]


def _is_whole(text: Text, run: Run) -> bool:
    """Whether a run is long enough to be missed where it stood."""
    return run.length >= _MOVED or (run.length >= _FEWEST and _is_sentence(text, run))


def _overlap(run: Run, other: Run) -> bool:
    return run.at < other.at_end and other.at < run.at_end


def _apart(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if not any(_overlap(run, other) for other in found):
            found.append(run)
    return sorted(found, key=lambda run: run.start)


def _filled(
    corpus: Corpus, number: int, chain: list[Run], span: Span
) -> Iterator[Pair]:
    """Yield the words that both have: those of the chain and those between its runs."""
    text = corpus.texts[number]
    word, place = _left_edge(corpus.pasted, text, chain[0], span)
    for run in chain:
        yield from _between(corpus, number, (word, run.start), (place, run.at))
        for step in range(run.length):
            yield run.start + step, run.at + step
        word, place = run.end, run.at_end
    ends = _right_edge(corpus.pasted, text, chain[-1], span)
    yield from _between(corpus, number, (word, ends[0]), (place, ends[1]))


def _left_edge(pasted: Prepared, text: Text, run: Run, span: Span) -> tuple[int, int]:
    """Return where the sentence of the first run begins on both sides."""
    place, start = text.sentence_start(run.at), run.start
    own = "".join(text.gaps[place : run.at + 1])
    first = max(span.start, run.start - _EDGE)
    while start > first and not pasted.parted(start, own):
        start -= 1
    return start, place


def _right_edge(pasted: Prepared, text: Text, run: Run, span: Span) -> tuple[int, int]:
    place, end = text.sentence_end(run.at_end), run.end
    own = "".join(text.gaps[run.at_end : place + 1])
    last = min(span.end, run.end + _EDGE)
    while end < last and not pasted.parted(end, own):
        end += 1
    return end, place


def _between(
    corpus: Corpus, number: int, words: tuple[int, int], places: tuple[int, int]
) -> Iterator[Pair]:
    here = corpus.query[slice(*words)]
    there = corpus.coded[number][slice(*places)]
    if not here or not there:
        return
    for tag, i1, i2, j1, _ in Indel.opcodes(here, there):
        if tag == "equal":
            for step in range(i2 - i1):
                yield words[0] + i1 + step, places[0] + j1 + step


def _cells(region: Region) -> Iterator[Cell]:
    pasted, text = region.pasted, region.text
    moved = {
        run.start + step: run.at + step
        for run in region.moved
        for step in range(run.length)
    }
    elsewhere = frozenset(moved.values())
    first, last = region.pairs[0], region.pairs[-1]
    whole = Span(0, len(pasted))
    head = Run(first[0], 1, region.number, first[1])
    tail = Run(last[0], 1, region.number, last[1])
    word, place = _left_edge(pasted, text, head, whole)
    if word == first[0]:
        place = _beginning(pasted, text, *first)
    for i, j in region.pairs:
        yield from _unmatched(region, moved, elsewhere, (word, i), (place, j))
        yield Cell("sama", i, j)
        word, place = i + 1, j + 1
    i, j = _right_edge(pasted, text, tail, whole)
    if word == i:
        j = _ending(pasted, text, last[0] + 1, last[1] + 1)
    yield from _unmatched(region, moved, elsewhere, (word, i), (place, j))


def _beginning(pasted: Prepared, text: Text, word: int, place: int) -> int:
    """Return from which word on a quotation that begins at `place` should be there."""
    reading = edges.Reading([Run(word, 1, 0, place)])
    edges.judge_left(pasted, text, reading, reading.runs[0])
    if reading.whole:
        return place
    return text.sentence_start(max(place - text.opens[place], 0))


def _ending(pasted: Prepared, text: Text, word: int, place: int) -> int:
    reading = edges.Reading([Run(word - 1, 1, 0, place - 1)])
    edges.judge_right(pasted, text, reading, reading.runs[0])
    if reading.whole:
        return place
    asks = "?" in pasted.gaps[word] and "?" not in text.gaps[place]
    return text.sentence_end(min(place + (text.opens[place] and not asks), len(text)))


def _unmatched(
    region: Region,
    moved: dict[int, int],
    elsewhere: frozenset[int],
    words: tuple[int, int],
    places: tuple[int, int],
) -> Iterator[Cell]:
    """Yield what stands between two words that both have."""
    pasted, text = region.pasted, region.text
    left_out = words[0] == words[1] and places[0] < places[1]
    inside = 0 < words[0] < len(pasted) and places[0] > 0
    kind = "dihapus"
    if left_out and inside and _may_leave_out(pasted, text, words[0], places):
        kind = "jembatan"
    for place in range(*places):
        yield Cell("pindah" if place in elsewhere else kind, None, place)
    for word in range(*words):
        at = moved.get(word)
        yield Cell("baru" if at is None else "pindah", word, at)


def _may_leave_out(
    pasted: Prepared, text: Text, word: int, places: tuple[int, int]
) -> bool:
    if senses.may_skip(text, *places):
        return True
    return senses.bridged(pasted, word) and not senses.hides(text, *places)
