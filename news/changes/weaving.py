"""Compare two lists of passages: what changed, and both as one text."""

from collections.abc import Iterator

from news.changes import alignment, differences, display, markup
from news.changes.gap import Side, gap
from news.changes.passages import Passage, understand
from news.changes.result import Block, Change
from news.changes.tokens import Vocabulary, vocabulary
from news.changes.units import Noted, gathered


def words_of(*texts: list[Passage]) -> Vocabulary:
    """Return what passages tell about their words, and mark what is critical there."""
    passages = [passage for text in texts for passage in text]
    words = vocabulary(passage.tokens for passage in passages)
    understand(passages, words)
    return words


def weave(
    before: list[Passage], after: list[Passage], words: Vocabulary
) -> tuple[list[Change], list[Block]]:
    """Return the changes and the blocks. Passages that stayed whole hold the rest in
    place; words are aligned between them, across passages that were parted or joined.
    """
    old, new = Side(before), Side(after)
    noted: list[Noted] = []
    blocks: list[Block] = []
    keys = [passage.key for passage in before], [passage.key for passage in after]
    pairs = alignment.matches(*keys)
    as_many = len(before) == len(after)
    i = j = 0
    for i2, j2 in [*pairs, (len(before), len(after))]:
        if i < i2 or j < j2:
            part = gap(old, new, range(i, i2), range(j, j2), words)
            noted += differences.of_gap(part)
            noted += differences.spacing(part)
            noted += markup.of_gap(part, opened=as_many)
            blocks += display.blocks(part)
        if i2 < len(before) and j2 < len(after):
            noted += _same(before[i2], after[j2], words, opened=as_many)
            blocks.append(display.kept(before[i2], after[j2]))
        i, j = i2 + 1, j2 + 1
    return gathered(noted), blocks


def _same(
    old: Passage, new: Passage, words: Vocabulary, *, opened: bool
) -> Iterator[Noted]:
    if old.text != new.text:
        yield Noted(differences.alternative_text(old, new, words))
    else:
        yield from markup.of_same(old, new)
    yield from markup.of_shape(old, new, opened=opened)
