"""Two texts as one, with what went and what came."""

from collections.abc import Iterator

from news.changes.gap import Event, Gap, Side, aligned
from news.changes.passages import Passage
from news.changes.result import Block, Kind, Segment
from news.changes.tokens import Sort, Token, tokenise

Piece = tuple[Kind, str]

# A common word or two between two changes reads better as a part of them.
_SHRED = 4


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """Return both texts as one: "sama" and "dihapus" join to `before` exactly, "sama"
    and "baru" to `after`."""
    old, new = tokenise(before), tokenise(after)
    pieces: list[Piece] = []
    at = other = 0
    for i2, j2 in [*aligned(old, new), (len(old), len(new))]:
        whole = i2 == len(old) and j2 == len(new)
        if not whole and old[i2].text != new[j2].text:
            continue
        start = len(before) if whole else old[i2].start
        other_start = len(after) if whole else new[j2].start
        pieces += _replacement(before[at:start], after[other:other_start])
        if not whole:
            pieces.append(("sama", old[i2].text))
            at, other = old[i2].end, new[j2].end
    return _segments(pieces)


def _replacement(before: str, after: str) -> list[Piece]:
    """Return a replaced stretch; white space that both begin or end with is kept."""
    head = _shared_space(before, after)
    before, after = before[len(head) :], after[len(head) :]
    tail = _shared_space(before[::-1], after[::-1])[::-1]
    return [
        ("sama", head),
        ("dihapus", before.removesuffix(tail)),
        ("baru", after.removesuffix(tail)),
        ("sama", tail),
    ]


def _shared_space(before: str, after: str) -> str:
    length = 0
    for one, other in zip(before, after, strict=False):
        if one != other or not one.isspace():
            break
        length += 1
    return before[:length]


def kept(old: Passage, new: Passage) -> Block:
    """Return a passage that both texts have; of a picture the words may differ."""
    return Block(new.field, new.label, segments(old.text, new.text))


def blocks(gap: Gap) -> Iterator[Block]:
    """Yield the passages of a gap, each with what changed in it."""
    pieces: list[Piece] = []
    passage: Passage | None = None
    events = list(gap.events())
    for at, (old, new) in enumerate(events):
        token = new or old
        side = gap.new if new else gap.old
        if token.sort is not Sort.BREAK:
            if passage is None or new:
                passage = side.of(token)
            pieces += _pieces(gap, old, new)
        elif new or _parts(pieces, events, at + 1):
            yield from _block(passage, pieces)
            pieces, passage = [], None
        else:
            pieces.append(("sama", " "))
    yield from _block(passage, pieces)


def _parts(pieces: list[Piece], events: list[Event], at: int) -> bool:
    """Whether a removed break ends or begins a passage that went altogether."""
    if all(kind == "dihapus" for kind, _ in pieces):
        return True
    while at < len(events):
        old, new = events[at]
        if (new or old).sort is Sort.BREAK:
            break
        if new:
            return False
        at += 1
    return True


def _block(passage: Passage | None, pieces: list[Piece]) -> Iterator[Block]:
    found = _segments(pieces)
    if passage is not None and found:
        yield Block(passage.field, passage.label, found)


def _pieces(gap: Gap, old: Token | None, new: Token | None) -> list[Piece]:
    if old and new:
        written = _with_space(gap.new, new)
        if old.text == new.text:
            return [("sama", written)]
        space = written[: len(written) - len(new.text)]
        return [("sama", space), ("dihapus", old.text), ("baru", new.text)]
    if new:
        return [("baru", _with_space(gap.new, new))]
    return [("dihapus", _with_space(gap.old, old))]


def _with_space(side: Side, token: Token) -> str:
    previous = side.neighbour(token, -1)
    start = previous.end if previous else token.start
    return side.of(token).text[start : token.end]


def _segments(pieces: list[Piece]) -> tuple[Segment, ...]:
    return tuple(Segment(kind, text) for kind, text in _calm(_merged(pieces)) if text)


def _merged(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    """Return runs as (same, removed, added); one of the first and the rest is empty."""
    runs: list[list[list[str]]] = []
    for kind, text in pieces:
        if not text:
            continue
        change = kind != "sama"
        if not runs or bool(runs[-1][0]) == change:
            runs.append([[], [], []])
        runs[-1][("sama", "dihapus", "baru").index(kind)].append(text)
    return [("".join(same), "".join(old), "".join(new)) for same, old, new in runs]


def _calm(runs: list[tuple[str, str, str]]) -> Iterator[Piece]:
    """Yield the runs, a short word between two replacements taken into them.

    After "semantic cleanup" in N. Fraser, "Diff Strategies" (2006).
    """
    removed, added = [], []
    for at, (same, old, new) in enumerate(runs):
        if same and not _is_shred(runs, at):
            yield "dihapus", "".join(removed)
            yield "baru", "".join(added)
            removed, added = [], []
            yield "sama", same
        else:
            removed.append(same or old)
            added.append(same or new)
    yield "dihapus", "".join(removed)
    yield "baru", "".join(added)


def _is_shred(runs: list[tuple[str, str, str]], at: int) -> bool:
    if not 0 < at < len(runs) - 1:
        return False
    same = runs[at][0].strip()
    around = (*runs[at - 1][1:], *runs[at + 1][1:])
    return (
        len(same) <= _SHRED
        and not any(map(str.isnumeric, same))
        and all(text.strip() for text in around)
    )
