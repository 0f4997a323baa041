"""What changes without a change of words: links, emphasis, headings, tables."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from news.changes import wording
from news.changes.gap import Gap, Side
from news.changes.passages import Passage, Style
from news.changes.result import Change, Critical
from news.changes.tokens import Sort, Token
from news.changes.units import Noted

# Emphasis alone; a struck or raised figure says something else.
_EMPHASIS = frozenset(("strong", "em", "u", "code"))
_PROSE = frozenset(("p", "h2", "h3", "h4"))

Pair = tuple[Token, Token]


def of_same(old: Passage, new: Passage) -> Iterator[Noted]:
    """Yield what differs between two passages of the same text."""
    if old.plain and new.plain:
        return
    pairs = list(zip(old.tokens, new.tokens, strict=True))
    yield from _emphasis(old, new, pairs)
    yield from _links(old, new, pairs)


def of_gap(gap: Gap, *, opened: bool) -> Iterator[Noted]:
    """Yield what differs between the passages of a gap that have words in common."""
    for (old, new), group in groupby(gap.matches(), key=lambda pair: _of(gap, pair)):
        pairs = [pair for pair in group if pair[0].sort is not Sort.BREAK]
        if pairs and not (old.plain and new.plain):
            yield from _emphasis(old, new, pairs)
            yield from _links(old, new, pairs)
        if pairs:
            yield from of_shape(old, new, opened=opened)
    yield from _links_in_changed_words(gap)


def _of(gap: Gap, pair: Pair) -> tuple[Passage, Passage]:
    return gap.old.of(pair[0]), gap.new.of(pair[1])


def of_shape(old: Passage, new: Passage, *, opened: bool) -> Iterator[Noted]:
    """Yield a change of kind or place; `opened` compares what begins just before."""
    same_start = not opened or old.opened == new.opened
    if old.shape == new.shape and same_start:
        return
    tags = {part.split()[0] for part in (*old.shape, *new.shape)}
    text = wording.quoted(new.text)
    if old.label != new.label:
        sentence = f"{old.label} {text} menjadi {new.label.lower()}."
    else:
        sentence = f"Susunan {new.label.lower()} {text} berubah."
    yield Noted(Change("body", "", "", None, sentence, typo=tags <= _PROSE))


def _emphasis(old: Passage, new: Passage, pairs: list[Pair]) -> Iterator[Noted]:
    differing = [
        (token, {*old.marks(before)} ^ {*new.marks(token)})
        for before, token in pairs
        if old.marks(before) != new.marks(token)
    ]
    if differing:
        first, last = differing[0][0], differing[-1][0]
        text = wording.quoted(new.text[first.start : last.end])
        typo = all(marks <= _EMPHASIS for _, parts in differing for _, marks in parts)
        sentence = f"Penekanan teks {text} berubah."
        yield Noted(Change("body", "", "", None, sentence, typo=typo))


def _links(old: Passage, new: Passage, pairs: list[Pair]) -> Iterator[Noted]:
    def hrefs(pair: Pair) -> tuple[str, str]:
        return old.style(pair[0]).href, new.style(pair[1]).href

    for (before, after), group in groupby(pairs, key=hrefs):
        if before != after:
            held = list(group)
            text = new.text[held[0][1].start : held[-1][1].end]
            yield _link(text, before, after)


def _link(text: str, before: str, after: str) -> Noted:
    words = wording.quoted(text)
    if not before:
        sentence = f"Tautan pada {words} ditambahkan, ke {wording.quoted(after)}."
    elif not after:
        sentence = f"Tautan pada {words} dihapus, semula ke {wording.quoted(before)}."
    else:
        addresses = f"{wording.quoted(before)} menjadi {wording.quoted(after)}"
        sentence = f"Tautan pada {words} diganti dari {addresses}."
    return Noted(Change("body", before, after, Critical.ADDRESS, sentence))


def _links_in_changed_words(gap: Gap) -> Iterator[Noted]:
    """Yield the links whose words all changed, where the passage itself stayed."""
    gone = list(_unmatched_links(gap, gap.old, gap.before))
    came = list(_unmatched_links(gap, gap.new, gap.after))
    kept = [style.href for style, _ in came]
    for style, text in gone:
        if style.href in kept:
            kept.remove(style.href)
        else:
            yield _link(text, style.href, "")
    left = [style.href for style, _ in gone]
    for style, text in came:
        if style.href in left:
            left.remove(style.href)
        else:
            yield _link(text, "", style.href)


def _unmatched_links(
    gap: Gap, side: Side, tokens: Iterable[Token]
) -> Iterator[tuple[Style, str]]:
    for number, group in groupby(tokens, key=lambda token: token.passage):
        passage = side.passages[number]
        held = [token for token in group if token.sort is not Sort.BREAK]
        stays = any(id(token) in gap.matched for token in held)
        if passage.plain or not stays:
            continue
        for link, linked in groupby(held, key=lambda token: passage.style(token).link):
            words = list(linked)
            if link and not any(id(token) in gap.matched for token in words):
                yield passage.style(words[0]), side.text(words)
