"""Align two sequences of words, or of paragraphs, in an order that reads well.

Unique items that both share are the anchors (B. Cohen's "patience diff"); what lies
between them is aligned by the shortest edit script of E. W. Myers, "An O(ND) Difference
Algorithm and Its Variations" (Algorithmica 1, 1986). Both are bounded: past the bounds
a stretch counts as rewritten, which is longer to read but never wrong.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

# Shorter items, such as "di" or a comma, recur by chance and anchor nothing.
_ANCHOR_LENGTH = 4
_DEPTH = 40
_EDITS = 120
_STEPS = 1_500_000
_SLIDE = 400

Pair = tuple[int, int]


class Region(NamedTuple):
    """A stretch of the older sequence in whose place a stretch of the newer stands."""

    i1: int
    i2: int
    j1: int
    j2: int


class _Range(NamedTuple):
    i1: int
    i2: int
    j1: int
    j2: int
    depth: int


def matches(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Return the positions of items that both hold, rising on both sides."""
    steps = _STEPS
    pairs: list[Pair] = []
    todo = [_Range(0, len(before), 0, len(after), 0)]
    while todo:
        part = _trimmed(before, after, todo.pop(), pairs)
        steps -= part.i2 - part.i1 + part.j2 - part.j1
        if part.i1 == part.i2 or part.j1 == part.j2 or steps < 0:
            continue
        anchors = _anchors(before, after, part) if part.depth < _DEPTH else []
        if anchors:
            todo += _between(anchors, part)
            pairs += anchors
        else:
            found, left, used = _shortest(before, after, part, steps)
            pairs += found
            steps -= used
            if left.i1 < left.i2 and (left.i1, left.j1) != (part.i1, part.j1):
                todo.append(left)
    return sorted(pairs)


def _trimmed(
    before: Sequence[str], after: Sequence[str], part: _Range, pairs: list[Pair]
) -> _Range:
    i1, i2, j1, j2, depth = part
    while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
        pairs.append((i1, j1))
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and before[i2 - 1] == after[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
        pairs.append((i2, j2))
    return _Range(i1, i2, j1, j2, depth)


def _between(anchors: list[Pair], part: _Range) -> list[_Range]:
    starts = [(part.i1, part.j1), *((i + 1, j + 1) for i, j in anchors)]
    ends = [*anchors, (part.i2, part.j2)]
    return [
        _Range(i1, i2, j1, j2, part.depth + 1)
        for (i1, j1), (i2, j2) in zip(starts, ends, strict=True)
    ]


def _anchors(before: Sequence[str], after: Sequence[str], part: _Range) -> list[Pair]:
    in_before = Counter(before[part.i1 : part.i2])
    in_after = Counter(after[part.j1 : part.j2])
    place = {after[j]: j for j in range(part.j1, part.j2) if in_after[after[j]] == 1}
    candidates = [
        (i, place[before[i]])
        for i in range(part.i1, part.i2)
        if in_before[before[i]] == 1
        and before[i] in place
        and len(before[i]) >= _ANCHOR_LENGTH
    ]
    return _rising(candidates)


def _rising(candidates: list[Pair]) -> list[Pair]:
    """Return the longest part of the pairs that rises on both sides (patience sort)."""
    piles: list[int] = []
    tops: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(candidates):
        pile = bisect_left(piles, j)
        previous.append(tops[pile - 1] if pile else -1)
        if pile == len(piles):
            piles.append(j)
            tops.append(index)
        else:
            piles[pile], tops[pile] = j, index
    chain: list[Pair] = []
    index = tops[-1] if tops else -1
    while index >= 0:
        chain.append(candidates[index])
        index = previous[index]
    return chain[::-1]


def _shortest(
    before: Sequence[str], after: Sequence[str], part: _Range, steps: int
) -> tuple[list[Pair], _Range, int]:
    """Return matches of the shortest edit script, what it left, and its steps.

    Past `_EDITS` the path that came furthest is kept and the rest left for another
    round, as GNU diff does with what is too expensive.
    """
    old, new = before[part.i1 : part.i2], after[part.j1 : part.j2]
    if set(old).isdisjoint(new):
        return [], part._replace(i1=part.i2), len(old) + len(new)
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    used = 0
    for edits in range(min(len(old) + len(new), _EDITS, max(steps, 1)) + 1):
        trace.append(dict(reach))
        used += edits
        for diagonal in range(-edits, edits + 1, 2):
            x = start = _furthest(reach, diagonal, edits)
            while (
                x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]
            ):
                x += 1
            reach[diagonal] = x
            used += 1 + x - start
            if x >= len(old) and x - diagonal >= len(new):
                pairs = _walk_back(trace, len(old), len(new), part)
                return pairs, part._replace(i1=part.i2), used
    x, y = _best_so_far(reach, len(trace) - 1, len(old), len(new))
    left = part._replace(i1=part.i1 + x, j1=part.j1 + y)
    return _walk_back(trace, x, y, part), left, used


def _best_so_far(
    reach: dict[int, int], edits: int, length: int, other_length: int
) -> Pair:
    ends = (
        (reach[diagonal], reach[diagonal] - diagonal)
        for diagonal in range(-edits, edits + 1, 2)
    )
    inside = (end for end in ends if end[0] <= length and end[1] <= other_length)
    return max(inside, key=sum, default=(0, 0))


def _goes_down(reach: dict[int, int], diagonal: int, edits: int) -> bool:
    return diagonal == -edits or (
        diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]
    )


def _furthest(reach: dict[int, int], diagonal: int, edits: int) -> int:
    if _goes_down(reach, diagonal, edits):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _walk_back(trace: list[dict[int, int]], x: int, y: int, part: _Range) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trace) - 1, -1, -1):
        reach, diagonal = trace[edits], x - y
        down = _goes_down(reach, diagonal, edits)
        from_diagonal = diagonal + 1 if down else diagonal - 1
        from_x = reach[from_diagonal]
        from_y = from_x - from_diagonal
        while x > from_x and y > from_y and x > 0 and y > 0:
            x, y = x - 1, y - 1
            pairs.append((part.i1 + x, part.j1 + y))
        x, y = from_x, from_y
    return pairs


def regions(pairs: list[Pair], length: int, other_length: int) -> list[Region]:
    """Return the stretches between the matches, in order, empty ones left out."""
    found: list[Region] = []
    i1 = j1 = 0
    for i2, j2 in [*pairs, (length, other_length)]:
        if i1 < i2 or j1 < j2:
            found.append(Region(i1, i2, j1, j2))
        i1, j1 = i2 + 1, j2 + 1
    return found


def settle(
    pairs: list[Pair],
    before: Sequence[str],
    after: Sequence[str],
    begins: Callable[[int, int], int],
) -> list[Pair]:
    """Move each pure addition or removal to where a person would say that it is.

    "A. [B. ]C." and "A[. B]. C." are one edit; the first begins where a sentence does.
    `begins(side, position)` says how well a stretch begins at a position of `before`
    (side 0) or `after` (side 1).
    """
    added = _slid(pairs, len(before), after, lambda at: begins(1, at))
    flipped = [(j, i) for i, j in added]
    removed = _slid(flipped, len(after), before, lambda at: begins(0, at))
    return [(i, j) for j, i in removed]


def _slid(
    pairs: list[Pair],
    other_length: int,
    items: Sequence[str],
    begins: Callable[[int], int],
) -> list[Pair]:
    """Slide each stretch of `items` that the other side lacks to its best beginning."""
    partner = dict(pairs)
    for at, other_end, start, end in regions(pairs, other_length, len(items)):
        if at != other_end:
            continue
        stretch = Region(at, at, start, end)
        steps = _steps(partner, items, stretch)
        best = max(steps, key=lambda step: (begins(start + step), -abs(step)))
        for step in range(best, 0):
            partner[at + step] = end + step
        for step in range(best):
            partner[at + step] = start + step
    return sorted(partner.items())


def _steps(partner: dict[int, int], items: Sequence[str], stretch: Region) -> range:
    """Return how far a stretch can slide to the left and to the right."""
    at, _, start, end = stretch
    left = right = 0
    while (
        left < min(_SLIDE, start)
        and partner.get(at - left - 1) == start - left - 1
        and items[start - left - 1] == items[end - left - 1]
    ):
        left += 1
    while (
        right < min(_SLIDE, len(items) - end)
        and partner.get(at + right) == end + right
        and items[start + right] == items[end + right]
    ):
        right += 1
    return range(-left, right + 1)
