"""What stands around a quotation: whether it is plainly somebody else's."""

from news.authenticity.runs import Corpus
from news.authenticity.senses import bridged
from news.authenticity.texts import Prepared, Span
from news.authenticity.wrapping import GREETINGS
from news.changes import lexicon

# Words outside a quotation are an altered part of the text when so many of them are
# those of one of its sentences, in order.
_ALIKE = 0.5
_ALIKE_WORDS = 6
FEWEST_ALIKE = 3
_FEW = 3
_MOST_COMPARED = 20_000


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
