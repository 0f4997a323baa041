"""Mark the pasted text in place: what is ours, what is new, what is gone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from news.authenticity.altering import Region
from news.authenticity.edges import Reading
from news.authenticity.texts import Prepared, Span
from news.authenticity.verdict import Mark
from news.authenticity.wrapping import asides

# Of each word of the pasted text: what it is, and from which text.
Label = tuple[str, int | None]
# Before which word something is gone, what, and from which text.
Gone = dict[int, list[tuple[str, int]]]

_OUTSIDE: Label = ("luar", None)
_LONGEST_GONE = 600


def of_reading(pasted: Prepared, reading: Reading, order: Sequence[int]) -> list[Mark]:
    """Return the marks of a whole quotation; `order` numbers its texts as sources."""
    labels = [_OUTSIDE] * len(pasted)
    for run in reading.runs:
        source = order.index(run.text) if run.text in order else 0
        labels[run.start : run.end] = [("sama", source)] * run.length
    return _marks(pasted, labels, {})


def of_regions(
    pasted: Prepared, regions: Iterable[Region], order: Sequence[int]
) -> list[Mark]:
    """Return the marks of an altered text."""
    labels = [_OUTSIDE] * len(pasted)
    gone: Gone = {}
    # The largest last, so that its words are not called new by another.
    for region in sorted(regions, key=lambda region: region.matched):
        source = order.index(region.number)
        _label(region, source, labels, gone)
    for region in regions:
        source = order.index(region.number)
        for cell in region.cells:
            if cell.kind == "sama":
                labels[cell.word] = ("sama", source)
    return _marks(pasted, labels, gone)


def _label(region: Region, source: int, labels: list[Label], gone: Gone) -> None:
    missing: list[int] = []
    at = 0
    for cell in region.cells:
        if cell.word is None:
            if cell.kind == "dihapus":
                missing.append(cell.place)
            continue
        labels[cell.word] = ("baru" if cell.kind == "pindah" else cell.kind, source)
        if missing:
            _lose(region, source, missing, cell.word, gone)
            missing = []
        at = cell.word + 1
    if missing:
        _lose(region, source, missing, at, gone)


def _lose(
    region: Region, source: int, places: list[int], before: int, gone: Gone
) -> None:
    text = region.text.written(places[0], places[-1] + 1)
    if len(text) > _LONGEST_GONE:
        text = f"{text[:_LONGEST_GONE].rpartition(' ')[0]} …"
    gone.setdefault(before, []).append((text, source))


def _marks(pasted: Prepared, labels: list[Label], gone: Gone) -> list[Mark]:
    marks: list[Mark] = []
    at, last = 0, _OUTSIDE
    for span in _stretches(pasted, labels, gone):
        label = labels[span.start]
        # Marks piled on one letter are words of their own that share its place.
        start = max(pasted.starts[span.start], at)
        end = max(pasted.ends[span.end - 1], start)
        between = pasted.text[at:start]
        # Furniture of the message may stand there, and that is nobody's quotation.
        apart = any(map(str.isalnum, between))
        _add(marks, _OUTSIDE if apart else last, between)
        marks += [Mark("dihapus", *lost) for lost in gone.get(span.start, [])]
        _add(marks, label, pasted.text[start:end])
        at, last = end, label
    marks += [Mark("dihapus", *lost) for lost in gone.get(len(labels), [])]
    rest = pasted.text[at:]
    _add(marks, _OUTSIDE if any(map(str.isalnum, rest)) else last, rest)
    return marks


def _stretches(pasted: Prepared, labels: list[Label], gone: Gone) -> Iterator[Span]:
    """Yield the words that one mark holds."""
    cuts = {bisect_left(pasted.starts, start) for start, _ in pasted.wrapped}
    cuts |= gone.keys()
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or at in cuts or labels[at] != labels[at - 1]:
            yield Span(first, at)
            first = at


def _add(marks: list[Mark], label: Label, text: str) -> None:
    """Add a stretch, to the one before it if that is alike."""
    if not text:
        return
    if marks and (marks[-1].kind, marks[-1].source) == label:
        marks[-1] = Mark(marks[-1].kind, marks[-1].text + text, marks[-1].source)
    else:
        marks.append(Mark(label[0], text, label[1]))


@dataclass(frozen=True)
class Outside:
    """The words around a quotation."""

    words: list[str]
    stretches: tuple[str, ...]


def outside(pasted: Prepared, reading: Reading) -> Outside:
    """Return what stands around the runs of a reading."""
    starts = [0, *(run.end for run in reading.runs)]
    ends = [*(run.start for run in reading.runs), len(pasted)]
    spans = [span for span in zip(starts, ends, strict=True) if span[0] < span[1]]
    return Outside(
        [word for span in spans for word in pasted.words[slice(*span)]],
        (*(pasted.written(*span) for span in spans), *asides(pasted.text)),
    )
