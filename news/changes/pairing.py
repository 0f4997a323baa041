"""Pair the words of a short stretch with those that took their place."""

from collections.abc import Sequence
from dataclasses import dataclass

from news.changes.spelling import near
from news.changes.tokens import Sort, Token

_NEVER = 1e9
_MERGED = 4
_COST_OF_ONE = {Sort.MARK: 0.6, Sort.BREAK: 0.9}
_ALONE = frozenset({Sort.MARK, Sort.BREAK, Sort.PICTURE})


@dataclass(frozen=True)
class Item:
    """Tokens of the older text and what stands for them in the newer: 1:1, n:1, 1:n,
    or on one side alone."""

    before: tuple[Token, ...]
    after: tuple[Token, ...]

    @property
    def merged(self) -> bool:
        """Whether it is one spelling with and without spaces, as "di mana"."""
        return len(self.before) + len(self.after) > 2

    @property
    def same(self) -> bool:
        """Whether it is one token, at most written differently."""
        return not self.merged and self.before[0].key == self.after[0].key


def pair_up(before: Sequence[Token], after: Sequence[Token]) -> list[Item]:
    """Return the cheapest pairing, in order (Wagner, Fischer, JACM 21:1, 1974).

    Quadratic: for stretches of a sentence's length. Beyond edits of single words it
    knows words that were joined or parted.
    """
    rows_of_costs = range(len(before) + 1)
    best = [[_NEVER] * (len(after) + 1) for _ in rows_of_costs]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    best[0][0] = 0.0
    for i in range(len(before) + 1):
        for j in range(len(after) + 1):
            for rows, columns, cost in _ways(before, after, i, j):
                total = best[i - rows][j - columns] + cost
                if total < best[i][j]:
                    best[i][j], step[i, j] = total, (rows, columns)
    return _items(before, after, step)


def _items(
    before: Sequence[Token],
    after: Sequence[Token],
    step: dict[tuple[int, int], tuple[int, int]],
) -> list[Item]:
    items: list[Item] = []
    i, j = len(before), len(after)
    while i or j:
        rows, columns = step[i, j]
        items.append(Item(tuple(before[i - rows : i]), tuple(after[j - columns : j])))
        i, j = i - rows, j - columns
    return items[::-1]


def _ways(
    before: Sequence[Token], after: Sequence[Token], i: int, j: int
) -> list[tuple[int, int, float]]:
    ways = []
    if i:
        ways.append((1, 0, _COST_OF_ONE.get(before[i - 1].sort, 1.0)))
    if j:
        ways.append((0, 1, _COST_OF_ONE.get(after[j - 1].sort, 1.0)))
    if i and j:
        ways.append((1, 1, _cost(before[i - 1], after[j - 1])))
        ways += [
            (rows, columns, 0.3)
            for more in range(2, _MERGED + 1)
            for rows, columns in ((more, 1), (1, more))
            if i >= rows
            and j >= columns
            and _joined(before[i - rows : i], after[j - columns : j])
        ]
    return ways


def _cost(before: Token, after: Token) -> float:
    if before.key == after.key:
        return 0.0
    if before.sort in _ALONE or after.sort in _ALONE:
        return 0.5 if before.sort is after.sort else _NEVER
    if near(before.key, after.key):
        return 0.4
    if before.critical is after.critical:
        return 1.2 if before.critical is None else 0.8
    return 1.4 if before.sort is after.sort else 1.7


def _joined(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Return whether both sides are the same letters, parted differently."""
    if any(token.sort is not Sort.WORD for token in (*before, *after)):
        return False
    return _letters(before) == _letters(after)


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(token.key for token in tokens).replace("-", "")
