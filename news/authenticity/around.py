"""What stands around a quotation: whether it is plainly somebody else's."""

from bisect import bisect_left
from collections.abc import Container, Iterator

from news.authenticity.runs import Corpus
from news.authenticity.senses import asks, bridged
from news.authenticity.texts import Prepared, Span, marks
from news.authenticity.wrapping import FURNITURE, GREETINGS, LABELS, PERSONAL, links
from news.changes import lexicon

# Words outside a quotation are an altered part of the text when so many of them are
# those of one of its sentences, in order.
_ALIKE = 0.5
_ALIKE_WORDS = 6
FEWEST_ALIKE = 3
_FEW = 3
_MOST_COMPARED = 20_000
# Fewer words of its own make a line a label; with a full stop, two make a sentence.
_LABEL_WORDS = 4
_SENTENCE_WORDS = 2


def thanks(pasted: Prepared, at: int) -> bool:
    """Whether the words from `at` on do no more than thank or greet."""
    return "\n" in pasted.gaps[at] and GREETINGS.issuperset(pasted.words[at:])


def denies(pasted: Prepared, joint: int, beside: int) -> bool:
    """Whether a line of a few words beside the quotation denies or narrows it.

    `joint` is the word before which the line and the quotation meet, `beside` the
    nearest word of the line. A line end alone does not make "Tidak" somebody else's,
    nor does a full stop on the same line.
    """
    if not 0 <= beside < len(pasted):
        return False
    gap = pasted.gaps[joint]
    if gap.strip() and "\n" in gap:
        return False
    piece = next(one for one in pasted.pieces if one.start <= beside < one.end)
    words = pasted.words[piece.start : piece.end]
    return len(words) <= _FEW and any(map(lexicon.reverses, words))


def statements(pasted: Prepared, ours: Container[int]) -> list[Span]:
    """Return the sentences that state something and have no word that is ours.

    They would be read as ours. A person who passes a text on greets, asks, says "saya"
    or leads in with a colon; a page adds labels. Neighbours are one stretch.
    """
    found: list[Span] = []
    linked = _linked(pasted)
    for sentence in _sentences(pasted):
        if any(word in ours for word in range(sentence.start, sentence.end)):
            continue
        if not _states(pasted, sentence, linked):
            continue
        if found and found[-1].end == sentence.start:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def _sentences(pasted: Prepared) -> Iterator[Span]:
    start = 0
    for at in range(1, len(pasted) + 1):
        if at == len(pasted) or "\n" in pasted.gaps[at] or pasted.ended(at):
            yield Span(start, at)
            start = at


def _linked(pasted: Prepared) -> frozenset[int]:
    """Return the words of addresses."""
    return frozenset(
        at
        for link in links(pasted.text)
        for at in range(
            bisect_left(pasted.starts, link.start), bisect_left(pasted.starts, link.end)
        )
    )


def _states(pasted: Prepared, sentence: Span, linked: frozenset[int]) -> bool:
    words = [
        pasted.words[at]
        for at in range(sentence.start, sentence.end)
        if at not in linked
    ]
    own = [word for word in words if not _says_nothing(word)]
    after = pasted.gaps[sentence.end]
    if not own or asks(after) or words[0] in LABELS or not PERSONAL.isdisjoint(words):
        return False
    if ":" in marks(after) and not any(map(lexicon.is_reversal, words)):
        return False
    stops = not {".", "!"}.isdisjoint(marks(after))
    return len(own) >= (_SENTENCE_WORDS if stops else _LABEL_WORDS)


def _says_nothing(word: str) -> bool:
    return (
        word in GREETINGS
        or word in FURNITURE
        or word in lexicon.WEEKDAYS
        or word in lexicon.MONTHS
        or not word.isalpha()
    )


def goes_on(pasted: Prepared, at: int) -> bool:
    """Whether an ellipsis passes other words off as a part of the quotation."""
    inside = 0 < at < len(pasted)
    return inside and bridged(pasted, at) and "\n" not in pasted.gaps[at]


def resembles(corpus: Corpus, piece: Span, texts: list[int]) -> bool:
    """Whether words are mostly those of one sentence, in order."""
    compared = 0
    for number in texts:
        for sentence in corpus.texts[number].sentences:
            compared += 1
            if compared > _MOST_COMPARED:
                return True
            common = corpus.common(piece, number, sentence)
            sizes = len(piece), len(sentence)
            like = common >= _ALIKE * max(sizes)
            inside = common >= _ALIKE_WORDS and common >= _ALIKE * sizes[0]
            if common >= FEWEST_ALIKE - 1 and (like or inside):
                return True
    return False
