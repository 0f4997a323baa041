"""Whether one word put in another's place can be the mending of a slip.

Most slips are one letter added, dropped, replaced or two exchanged (F. J. Damerau, "A
technique for computer detection and correction of spelling errors", CACM 7:3, 1964),
and seldom at the first letter (J. J. Pollock, A. Zamora, "Automatic spelling correction
in scientific and scholarly text", CACM 27:4, 1984). But so are many pairs of true words
(memberi, membeli), and affixes change the sense (memilih, dipilih): when in doubt the
answer is no.
"""

from news.changes import lexicon

_MOST_EDITS = 2
_LETTERS_FOR_AN_EDIT = 3
_REPLACED_AMONG = 7
_DROPPED_AMONG = 6
_DROPPED_AMONG_OF_KNOWN = 5
_TWICE_AMONG = 8
_LONGEST = 60


def distance(first: str, second: str, most: int = _MOST_EDITS) -> int:
    """Return the edits between two words, or `most + 1` when there are more.

    Damerau-Levenshtein, each pair of neighbours exchanged at most once.
    """
    if abs(len(first) - len(second)) > most or max(len(first), len(second)) > _LONGEST:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(second) + 1))
    for i, one in enumerate(first, 1):
        row = [i]
        for j, other in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one != other))
            if _exchanged(first, second, i, j):
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return min(last[-1], most + 1)


def _exchanged(first: str, second: str, i: int, j: int) -> bool:
    return (
        i > 1
        and j > 1
        and first[i - 1] == second[j - 2]
        and first[i - 2] == second[j - 1]
    )


def near(first: str, second: str) -> bool:
    """Return whether two words differ by at most two edits and a third of a word."""
    shorter = min(len(first), len(second))
    edits = distance(first, second)
    return edits <= _MOST_EDITS and edits * _LETTERS_FOR_AN_EDIT <= shorter


def is_slip(before: str, after: str) -> bool:
    """Return whether `after` can be what the writer of `before` meant (both folded)."""
    return (
        _is_letters(before)
        and _is_letters(after)
        and before[0] == after[0]
        and near(before, after)
        and not lexicon.is_known(before)
        and lexicon.stems(before).isdisjoint(lexicon.stems(after))
        and _long_enough(before, after)
    )


def _is_letters(word: str) -> bool:
    return bool(word) and word.replace("-", "").isalpha()


def _long_enough(before: str, after: str) -> bool:
    """Return whether the words are long enough to have few neighbours by chance."""
    if distance(before, after) == 1 and sorted(before) == sorted(after):
        return True
    length = max(len(min(lexicon.stems(word), key=len)) for word in (before, after))
    if distance(before, after) > 1:
        return length >= _TWICE_AMONG
    if len(before) == len(after):
        return length >= _REPLACED_AMONG
    known = lexicon.is_known(after)
    return length >= (_DROPPED_AMONG_OF_KNOWN if known else _DROPPED_AMONG)
