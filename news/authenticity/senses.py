"""What the words and marks of a text mean to those beside them."""

from news.authenticity.published import Text
from news.authenticity.runs import Run
from news.authenticity.texts import Prepared, line_marks, marks, without_bullets
from news.changes import lexicon

# A sentence as short as this may belong to the one before it: "Itu hoaks."
_AFTERTHOUGHT = 4
# One as short as this may be all that is said of the next: "Tidak benar."
_FOREWORD = 2
_POINTING = frozenset(["itu", "ini", "tersebut", "demikian", "begitu", "hal", "kabar"])
_ELLIPSIS = "…"


def may_skip(text: Text, start: int, end: int) -> bool:
    return (
        start in text.part_starts
        and end in text.part_starts
        and all(text.optional[start:end])
    )


def hides(text: Text, start: int, end: int) -> bool:
    """Whether an ellipsis in the place of some words makes of them something else.

    Whole sentences may go. Of a sentence that goes in part nothing critical may; and
    the beginning of one sentence may not be joined to the end of another.
    """
    cut_left, cut_right = not text.opens[start], not text.opens[end]
    if not (cut_left or cut_right):
        return taken_back(text, start)
    first_end, last_start = text.sentence_end(start), text.sentence_start(end)
    if inside_a_word(text, start) or inside_a_word(text, end):
        return True
    if cut_left and cut_right:
        one_sentence = first_end > end or first_end == text.sentence_end(end)
        return not one_sentence or tells(text, start, end)
    part = (start, first_end) if cut_left else (last_start, end)
    return reverses(text, *part)


def inside_a_word(text: Text, at: int) -> bool:
    """Whether words before and at `at` are parts of one, as those of "74,29" are."""
    return 0 < at < len(text) and not any(map(str.isspace, text.gaps[at]))


def reverses(text: Text, start: int, end: int) -> bool:
    """Whether words without which the rest may say its opposite are among these."""
    if any(asks(gap) for gap in text.gaps[start : end + 1]):
        return True
    return refutes(text, start, end) or any(
        map(lexicon.reverses, text.words[start:end])
    )


def taken_back(text: Text, at: int) -> bool:
    """Whether the sentence at `at` takes back the one before it: "Itu tidak benar."

    A refutation does so from the next passage too.
    """
    if at == len(text):
        return False
    end = text.sentence_end(at + 1)
    if end - at > _AFTERTHOUGHT or asks(text.gaps[end]):
        return False
    same_part = text.part_of(at)[1].start < at
    return refutes(text, at, end) or (same_part and _points_back(text, at, end))


def _points_back(text: Text, start: int, end: int) -> bool:
    words = text.words[start:end]
    points = len(words) <= _FOREWORD or not _POINTING.isdisjoint(words)
    return points and any(map(lexicon.is_negation, words))


def denied_before(text: Text, at: int) -> bool:
    """Whether the sentence before `at` says that what follows is untrue: "Hoaks!"."""
    start = text.sentence_start(at - 1)
    if ":" in text.gaps[at] and reverses(text, start, at):
        return True
    if text.part_of(at)[1].start == at or at - start > _AFTERTHOUGHT:
        return False
    answers = asks(text.gaps[start])
    short = at - start <= _FOREWORD and not answers
    return refutes(text, start, at) or (
        short and any(map(lexicon.is_negation, text.words[start:at]))
    )


def refutes(text: Text, start: int, end: int) -> bool:
    """Whether these words say of others that they are untrue."""
    words = text.words[start:end]
    return "cek fakta" in " ".join(words) or any(map(lexicon.is_refutation, words))


def tells(text: Text, start: int, end: int) -> bool:
    """Whether a number, a name, a qualifier or the like is among these words."""
    written = text.raw
    return reverses(text, start, end) or any(
        not word.isalpha()
        or lexicon.is_qualifier(word)
        or lexicon.is_number_word(word)
        or word in lexicon.OFFICES | lexicon.MONTHS | lexicon.WEEKDAYS
        or written[at] != written[at].lower()
        for word, at in zip(
            text.words[start:end], text.word_starts[start:end], strict=True
        )
    )


def agrees(pasted: Prepared, text: Text, run: Run) -> bool:
    """Whether the marks inside a run are those of the published text."""
    return all(
        same_marks(pasted, run.start + step, text, run.at + step)
        for step in range(1, run.length)
    )


def same_marks(pasted: Prepared, at: int, text: Text, place: int) -> bool:
    """Whether the marks before a word that both have are the same.

    A new passage may begin without the marks that end a line, and a line with a bullet.
    """
    here, there = pasted.gaps[at], text.gaps[place]
    if here == there or marks(here) == marks(there):
        return True
    if asks(here) != asks(there):
        return False
    if "\n" in there:
        return line_marks(here) == line_marks(there)
    if "\n" in here:
        return without_bullets(here) == marks(there)
    return False


def asks(gap: str) -> bool:
    return "?" in gap


def bridged(pasted: Prepared, at: int) -> bool:
    """Whether an ellipsis stands before word `at`."""
    return _ELLIPSIS in marks(pasted.gaps[at])
