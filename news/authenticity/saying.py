"""Say what was changed: each altered sentence is read by the rules of news.changes."""

import re
from collections.abc import Iterator

from news.authenticity import senses
from news.authenticity.altering import Cell, Region
from news.changes import Change, text_changes, wording

# What is longer is said whole, without a comparison word by word.
_LONGEST = 3000
_SPACES = re.compile(r"\s+")
_UNSPACED_START = re.compile(r"\S*")
_UNSPACED_END = re.compile(r"\S*$")


def changes_of(region: Region) -> list[Change]:
    """Return the changes of a region, in the order of the pasted text."""
    said: list[Change] = list(_moves(region))
    for cells in _windows(region):
        before, after = _before(region, cells), _after(region, cells)
        found = [] if len(cells) > _LONGEST else list(text_changes(before, after))
        said += found or ([] if before == after else [_whole(before, after)])
    return list(dict.fromkeys(said))


def added(text: str) -> list[Change]:
    """Return the changes of words that stand outside of every region."""
    return list(text_changes("", text)) or [_whole("", text)]


def _moves(region: Region) -> Iterator[Change]:
    for run in region.moved:
        text = region.text.written(run.at, run.at_end)
        sentence = f"Urutan diubah: {wording.quoted(text)} dipindahkan."
        yield Change("body", text, text, None, sentence)


def _whole(before: str, after: str) -> Change:
    if not after:
        sentence = f"Teks {wording.quoted(before)} dihapus."
    elif not before:
        sentence = f"Teks {wording.quoted(after)} ditambahkan."
    else:
        sentence = wording.replaced(
            "Teks", wording.quoted(before), wording.quoted(after)
        )
    return Change("body", before, after, None, sentence)


def _windows(region: Region) -> Iterator[list[Cell]]:
    """Yield the stretches of whole sentences that hold a change."""
    cells = [cell for cell in region.cells if cell.kind != "pindah"]
    window: list[Cell] = []
    changed = False
    for at, cell in enumerate(cells):
        before = cells[at - 1] if at else None
        if cell.kind == "jembatan" or _begins(region, before, cell):
            if changed:
                yield window
            window, changed = [], False
        if cell.kind == "jembatan":
            continue
        window.append(cell)
        changed = changed or cell.kind != "sama" or _marks_differ(region, before, cell)
    if changed or (window and _ends_differ(region, window[-1])):
        yield window


def _begins(region: Region, before: Cell | None, cell: Cell) -> bool:
    """Whether a sentence begins at a cell, and nothing was changed just before it."""
    return (
        cell.kind == "sama"
        and region.text.opens[cell.place]
        and (before is None or before.kind == "sama")
        and not _marks_differ(region, before, cell)
    )


def _marks_differ(region: Region, before: Cell | None, cell: Cell) -> bool:
    if before is None or before.kind != "sama" or cell.kind != "sama":
        return False
    if before.place + 1 != cell.place or before.word + 1 != cell.word:
        return False
    return not senses.same_marks(region.pasted, cell.word, region.text, cell.place)


def _ends_differ(region: Region, cell: Cell) -> bool:
    """Whether a question was made of the last sentence, or of a question one."""
    if cell.kind != "sama":
        return False
    here = region.pasted.gaps[cell.word + 1]
    return ("?" in here) != ("?" in region.text.gaps[cell.place + 1])


def _before(region: Region, cells: list[Cell]) -> str:
    places = [cell.place for cell in cells if cell.place is not None]
    if not places:
        return ""
    text = region.text
    parts: list[str] = [_opening(text.between(places[0]))]
    for at, place in enumerate(places):
        if at:
            beside = places[at - 1] + 1 == place
            parts.append(text.between(place) if beside else " ")
        parts.append(text.written(place, place + 1))
    parts.append(_closing(text.between(places[-1] + 1)))
    return "".join(parts)


def _opening(between: str) -> str:
    """Return the marks that belong to the word after them, as a quotation mark."""
    return _UNSPACED_END.search(between)[0]


def _closing(between: str) -> str:
    return _UNSPACED_START.match(between)[0]


def _after(region: Region, cells: list[Cell]) -> str:
    """Return the pasted words, those of the text as the text writes them."""
    kept = [cell for cell in cells if cell.word is not None]
    if not kept:
        return ""
    text, pasted = region.text, region.pasted
    first = kept[0]
    parts = [_opening(text.between(first.place)) if first.kind == "sama" else ""]
    for at, cell in enumerate(kept):
        if at:
            parts.append(_joint(region, kept[at - 1], cell))
        same = cell.kind == "sama"
        parts.append(
            text.written(cell.place, cell.place + 1)
            if same
            else pasted.shown(cell.word)
        )
    last = kept[-1]
    ours = last.kind == "sama" and not _ends_differ(region, last)
    if ours:
        parts.append(_closing(text.between(last.place + 1)))
    else:
        parts.append(_closing(pasted.gaps[last.word + 1]))
    return "".join(parts)


def _joint(region: Region, before: Cell, cell: Cell) -> str:
    """Return what stands between two words of the pasted text, in the text's way."""
    text, pasted = region.text, region.pasted
    alike = before.kind == cell.kind == "sama" and before.place + 1 == cell.place
    if alike and not _marks_differ(region, before, cell):
        return text.between(cell.place)
    if before.word + 1 != cell.word:
        return " "
    gap = pasted.gaps[cell.word]
    if cell.kind == "sama" and "\n" in text.gaps[cell.place]:
        return f"{' '.join(gap.split())}\n\n"
    return _SPACES.sub(" ", gap)
