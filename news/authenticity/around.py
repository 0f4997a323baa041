"""What stands around a quotation: whether it is plainly somebody else's."""

from collections.abc import Container, Iterator

from news.authenticity.runs import Corpus
from news.authenticity.senses import asks
from news.authenticity.texts import Prepared, Span, ends_sentence, marks
from news.authenticity.wrapping import FURNITURE, GREETINGS, LABELS, PERSONAL
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
_FEW_OWN = 2


def thanks(pasted: Prepared, at: int) -> bool:
    """Whether the words from `at` on do no more than thank or greet."""
    return "\n" in pasted.gaps[at] and GREETINGS.issuperset(pasted.words[at:])


def clings(pasted: Prepared, joint: int, beside: int) -> bool:
    """Whether a line of a few words beside the quotation denies it or goes on with it.

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
    if len(words) > _FEW:
        return False
    if any(map(lexicon.reverses, words)):
        return True
    # One line with it, or what reads as the end of a sentence that broke: "mendadak".
    broken = gap.count("\n") == 1 and _lower(pasted, piece.start)
    near = "\n" not in gap or broken
    return (
        near
        and own_words(pasted, piece) > 0
        and PERSONAL.isdisjoint(words)
        and not asks(pasted.gaps[piece.end])
    )


def _lower(pasted: Prepared, at: int) -> bool:
    return pasted.text[pasted.starts[at]].islower()


def statements(pasted: Prepared, ours: Container[int], lines: int) -> list[Span]:
    """Return the sentences that state something and have no word that is ours.

    They would be read as ours. A person who passes a text on greets, asks, says "saya"
    or leads in with a colon; a page adds labels. Neighbours are one stretch. So many
    line ends as `lines` part two sentences.
    """
    found: list[Span] = []
    for sentence in _sentences(pasted, ours, lines):
        if not _states(pasted, sentence):
            continue
        if found and found[-1].end == sentence.start:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def own_words(pasted: Prepared, span: Span) -> int:
    """Return how many words are no labels of a page, dates or greetings."""
    return sum(
        not _says_nothing(pasted.words[at]) and not _linked(pasted, at)
        for at in range(span.start, span.end)
    )


def is_label(pasted: Prepared, piece: Span) -> bool:
    """Whether it leads in, or says where a text is from: "Sumber: KPU Serang"."""
    before, after = pasted.gaps[piece.start], pasted.gaps[piece.end]
    if marks(before) == ":" and pasted.words[piece.start - 1] in LABELS:
        return True
    few = own_words(pasted, piece) < FEWEST_ALIKE
    return few and "\n" in after and marks(after) == ":"


def _sentences(pasted: Prepared, ours: Container[int], lines: int) -> Iterator[Span]:
    """Yield the sentences between the words that are ours."""
    start = 0
    for at in range(len(pasted)):
        if at in ours:
            start = at + 1
        elif at + 1 in ours or _begins(pasted, at + 1, lines):
            yield Span(start, at + 1)
            start = at + 1


def _begins(pasted: Prepared, at: int, lines: int) -> bool:
    if at == len(pasted):
        return True
    gap = pasted.gaps[at]
    ended = ends_sentence(gap.replace("\n", " "), pasted.words[at - 1])
    # A line that begins with a small letter goes on with the one before.
    wraps = gap.count("\n") == 1 and _lower(pasted, at)
    return ended or (gap.count("\n") >= lines and not wraps)


def _states(pasted: Prepared, sentence: Span) -> bool:
    words = [
        pasted.words[at]
        for at in range(sentence.start, sentence.end)
        if not _linked(pasted, at)
    ]
    own = [word for word in words if not _says_nothing(word)]
    after = pasted.gaps[sentence.end]
    if not own or asks(after) or not PERSONAL.isdisjoint(words):
        return False
    undoes = any(map(lexicon.is_reversal, own))
    stops = not {".", "!"}.isdisjoint(marks(after))
    if not stops and (words[0] in LABELS or (":" in marks(after) and not undoes)):
        return False
    if stops or undoes:
        return len(own) >= _SENTENCE_WORDS
    # Figures alone are a date; with words they tell something: "Ditunda Sampai 2027".
    figures = len(own) > _FEW_OWN and any(map(str.isdecimal, words))
    return len(own) + figures >= _LABEL_WORDS


def _linked(pasted: Prepared, at: int) -> bool:
    """Whether a word is of an address."""
    place = pasted.starts[at]
    return any(link.start <= place < link.end for link in pasted.links)


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
    if not 0 < at < len(pasted) or thanks(pasted, at):
        return False
    # An ellipsis at the end of a line ends what stands there.
    return "…" in marks(pasted.gaps[at].rpartition("\n")[2])


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
