"""Check a pasted text against the published versions that it may come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from news.authenticity import around, marking, quoting, remarks
from news.authenticity.altering import Region, regions
from news.authenticity.edges import Reading
from news.authenticity.published import Text, texts_of
from news.authenticity.runs import Corpus
from news.authenticity.saying import added, changes_of
from news.authenticity.texts import Prepared, Version, prepare
from news.authenticity.verdict import Kind, Source, Verdict
from news.authenticity.wrapping import FURNITURE, GREETINGS, PERSONAL, asides
from news.changes import Change

FEWEST_WORDS = 5
# Fewer say something only where they are a whole sentence or title.
FEWEST_IN_PART = 8
# A quotation within more words of others than this is not what the text is.
_OURS = 0.5
_LONG_QUOTE = 40
_ALTERED = 0.4
_LONG_ALTERED = 25
_NOT_OWN = GREETINGS | PERSONAL
# Around a whole text these leave it the same.
_LABELS = GREETINGS | FURNITURE


@dataclass(frozen=True, eq=False)
class _Case:
    pasted: Prepared
    corpus: Corpus

    @property
    def own(self) -> int:
        """How many words of the pasted text are more than a greeting or a request."""
        return sum(word not in _NOT_OWN for word in self.pasted.words) or 1

    @cached_property
    def likely(self) -> list[int]:
        """The texts that may explain as much as any: others share far fewer runs."""
        shared = self.corpus.shared
        most = max(shared, default=0)
        return [at for at, count in enumerate(shared) if count and count >= most / 2]

    @cached_property
    def possible(self) -> list[int]:
        return [at for at, count in enumerate(self.corpus.shared) if count]


def check(pasted: str, candidates: Sequence[Version]) -> Verdict:
    """Return what `pasted` is, compared with the candidates.

    Takes any text and never fails. Candidates are the versions that share the most
    shingles with it (see `shingles`), the likeliest first, twenty at most in practice;
    an older and a newer version of one article are two. Where several explain the text
    equally well the earlier candidate comes first. A wrong SAME or EXCERPT is the worst
    that can happen: in doubt the answer is ALTERED or NOT_FOUND.
    """
    prepared = prepare(pasted, [version.address for version in candidates])
    notes = remarks.of_text(prepared)
    if len(prepared) < FEWEST_WORDS:
        return Verdict(Kind.TOO_SHORT, notes=notes)
    corpus = Corpus(
        prepared, [text for one in candidates for text in texts_of(one, prepared)]
    )
    case = _Case(prepared, corpus)
    crossed = remarks.struck_out(prepared)
    found = _altered(case, crossed) if crossed else _quoted(case) or _altered(case)
    return remarks.completed(prepared, found, notes, len(pasted))


def _quoted(case: _Case) -> Verdict | None:
    """Return the verdict on a whole quotation, or None where it is none."""
    readings = [
        (number, quoting.read(case.corpus.only(number))) for number in case.likely
    ]
    whole = [(number, one) for number, one in readings if one.whole]
    most = max((one.covered for _, one in whole), default=0)
    best = [(number, one) for number, one in whole if one.covered == most]
    outside = len(case.pasted) - most
    if not best or (outside and not _explained(case, best[0][1])):
        return _mixed(case)
    return _single(case, _one_each(case, best))


def _explained(case: _Case, reading: Reading) -> bool:
    """Whether the words outside a quotation are from no other text."""
    return not any(
        around.own_words(case.pasted, piece) >= around.FEWEST_ALIKE
        and around.resembles(case.corpus, piece, case.possible)
        for piece in case.pasted.pieces
        if piece.end <= reading.start or piece.start >= reading.end
    )


def _one_each(
    case: _Case, found: list[tuple[int, Reading]]
) -> list[tuple[int, Reading]]:
    """Return each version once: without its lists' numbers where both explain it."""
    by_version: dict[int, tuple[int, Reading]] = {}
    for number, reading in found:
        by_version.setdefault(id(case.corpus.texts[number].version), (number, reading))
    return list(by_version.values())


def _single(case: _Case, best: list[tuple[int, Reading]]) -> Verdict:
    pasted = case.pasted
    complete = [pair for pair in best if _is_complete(case.corpus.texts[pair[0]], pair)]
    number, reading = (complete or best)[0]
    text = case.corpus.texts[number]
    order = [number, *(other for other, _ in [*complete, *best] if other != number)]
    order = list(dict.fromkeys(order))
    if _too_short(case, text, reading):
        return Verdict(Kind.TOO_SHORT)
    outside = marking.outside(pasted, reading)
    foreign = asides(pasted.text) or not _LABELS.issuperset(outside.words)
    kind = Kind.EXCERPT
    if complete and not foreign and not reading.bridges:
        kind = Kind.SAME
    if not _is_ours(case, reading.covered):
        kind = Kind.NOT_FOUND
    return Verdict(
        kind,
        tuple(
            _source(case, case.corpus.texts[other], reading.covered) for other in order
        ),
        marks=tuple(marking.of_reading(pasted, reading, order)),
        notes=tuple(reading.notes) + remarks.of_bridges(reading),
        outside=outside.stretches,
    )


def _is_complete(text: Text, pair: tuple[int, Reading]) -> bool:
    """Whether every word of the body is quoted."""
    covered = {place for run in pair[1].runs for place in range(run.at, run.at_end)}
    return text.body_length > 0 and all(
        optional or place in covered for place, optional in enumerate(text.optional)
    )


def _too_short(case: _Case, text: Text, reading: Reading) -> bool:
    if reading.covered >= FEWEST_IN_PART:
        return False
    first, last = reading.runs[0], reading.runs[-1]
    whole = text.opens[first.at] and text.opens[last.at_end]
    return not whole or reading.covered < FEWEST_WORDS


def _is_ours(case: _Case, words: int) -> bool:
    return words >= _OURS * case.own or words >= _LONG_QUOTE


def _source(case: _Case, text: Text, words: int) -> Source:
    share = min(words / text.body_length, 1.0) if text.body_length else 1.0
    return Source(text.version, words, min(words / case.own, 1.0), share)


def _mixed(case: _Case) -> Verdict | None:
    """Return the verdict on whole quotations of several versions, or None."""
    reading = quoting.read(case.corpus.only(*case.possible))
    texts = {id(case.corpus.texts[number].version) for number in reading.texts}
    if not reading.whole or len(texts) < 2 or not _is_ours(case, reading.covered):
        return None
    if not _explained(case, reading):
        return None
    order = sorted(reading.texts, key=lambda number: -_words_of(reading, number))
    return Verdict(
        Kind.MIXED,
        tuple(
            _source(case, case.corpus.texts[number], _words_of(reading, number))
            for number in order
        ),
        marks=tuple(marking.of_reading(case.pasted, reading, order)),
        notes=tuple(reading.notes) + remarks.of_bridges(reading),
        outside=marking.outside(case.pasted, reading).stretches,
    )


def _words_of(reading: Reading, number: int) -> int:
    return sum(run.length for run in reading.runs if run.text == number)


def _altered(case: _Case, crossed: Sequence[Change] = ()) -> Verdict:
    found = regions(case.corpus)
    order = _order(case, found)
    sources = tuple(
        _source(
            case,
            case.corpus.texts[number],
            sum(region.matched for region in found if region.number == number),
        )
        for number in order
    )
    marks = tuple(marking.of_regions(case.pasted, found, order))
    changes = [change for region in found for change in changes_of(region)]
    changes += [*crossed, *remarks.seams(case.pasted, found)]
    if not _is_from_ours(case, found, changes):
        return Verdict(Kind.NOT_FOUND, sources, marks=marks)
    changes += _added(case.pasted, found)
    if not changes and len(case.pasted) < FEWEST_IN_PART:
        return Verdict(Kind.TOO_SHORT)
    return Verdict(
        Kind.ALTERED,
        sources,
        tuple(dict.fromkeys(changes)) or (_UNSAID,),
        marks,
    )


_UNSAID = Change(
    "body",
    "",
    "",
    None,
    "Kata-katanya mirip dengan naskah, tetapi susunan atau potongannya lain.",
)


def _added(pasted: Prepared, found: list[Region]) -> Iterator[Change]:
    """Yield that sentences which state something were put around what is ours."""
    taken = frozenset().union(*(region.taken for region in found))
    wrapped = any(
        quoting.wraps(pasted, region.text, run)
        for region in found
        for run in region.runs
    )
    for span in around.statements(pasted, taken, 2 if wrapped else 1):
        yield from added(pasted.written(span.start, span.end))


def _order(case: _Case, found: list[Region]) -> list[int]:
    numbers = dict.fromkeys(region.number for region in found)
    return sorted(
        numbers,
        key=lambda number: (
            -sum(region.matched for region in found if region.number == number)
        ),
    )


def _is_from_ours(case: _Case, found: list[Region], changes: Sequence[Change]) -> bool:
    """Whether so much is ours that it is an altered text rather than another one."""
    matched = sum(region.matched for region in found)
    if matched >= _ALTERED * case.own:
        return True
    # A whole quotation within a longer text is altered by nothing.
    return bool(changes) and any(
        region.matched >= _LONG_ALTERED and region.dense for region in found
    )
