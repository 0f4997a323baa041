"""What a gap between two texts changes, word by word: what it is, and how grave."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from news.changes import lexicon, wording
from news.changes.alignment import Region
from news.changes.gap import Gap, Side, gravest, name_run, reasons
from news.changes.pairing import Item, pair_up
from news.changes.passages import Passage
from news.changes.result import Change, Critical
from news.changes.spelling import is_slip, near
from news.changes.tokens import (
    Sort,
    Token,
    Vocabulary,
    fold,
    judge,
    same_form,
    tokenise,
)
from news.changes.units import Noted, is_harmless, one_sided, said

# A longer stretch is said as sentences that went and sentences that came.
_LONGEST_PAIRED = 24
_SHORTEST_REWRITTEN = 8


class Kind(Enum):
    """How a pair is said; ordinary words are said with those beside them."""

    SAME = auto()
    MARK = auto()
    WORD = auto()
    ORDINARY = auto()


@dataclass(frozen=True)
class Judged:
    item: Item
    critical: Critical | None
    typo: bool

    @property
    def kind(self) -> Kind:
        if self.item.same:
            return Kind.SAME
        if self.item.before[0].sort is Sort.MARK:
            return Kind.MARK
        return Kind.WORD if self.critical or self.typo else Kind.ORDINARY


def of_gap(gap: Gap) -> Iterator[Noted]:
    """Yield each difference of the words of a gap, in reading order."""
    found: list[tuple[int, int, list[Noted]]] = [
        (region.j1, region.i1, list(_of_region(gap, region))) for region in gap.regions
    ]
    for i, j in gap.pairs:
        found.append((j, i, _of_match(gap, gap.before[i], gap.after[j])))
    said_of: set[int] = set()
    for _, _, noted in sorted(found, key=lambda place: place[:2]):
        for one in noted:
            if not one.covers or not one.covers <= said_of:
                yield one
            said_of |= one.covers


def _of_region(gap: Gap, region: Region) -> Iterator[Noted]:
    before = gap.before[region.i1 : region.i2]
    after = gap.after[region.j1 : region.j2]
    whole = _are_whole(gap, before, after)
    if whole and _neither_moved(gap, before, after):
        yield _said_whole(gap, before, after)
        return
    apart = whole or max(len(before), len(after)) > _LONGEST_PAIRED
    items = _apart(before, after) if apart else pair_up(before, after)
    for kind, group in groupby(items, key=_kind):
        held = list(group)
        tokens = [token for item in held for token in item.before + item.after]
        if kind == "both":
            yield from _replaced(gap, held)
        else:
            side = gap.old if kind == "dihapus" else gap.new
            yield from one_sided(gap, side, tokens, kind)


def _apart(before: list[Token], after: list[Token]) -> list[Item]:
    return [
        *(Item((token,), ()) for token in before),
        *(Item((), (token,)) for token in after),
    ]


def _kind(item: Item) -> str:
    if item.before and item.after:
        return "both"
    return "dihapus" if item.before else "ditambahkan"


def _are_whole(gap: Gap, before: list[Token], after: list[Token]) -> bool:
    """Whether whole sentences stand in the place of others."""
    return (
        min(len(before), len(after)) >= _SHORTEST_REWRITTEN
        and _is_whole(gap.old, before)
        and _is_whole(gap.new, after)
    )


def _neither_moved(gap: Gap, before: list[Token], after: list[Token]) -> bool:
    went = gap.old.of(before[0]).sentences(before)
    came = gap.new.of(after[0]).sentences(after)
    return gap.new.sentences.isdisjoint(went) and gap.old.sentences.isdisjoint(came)


def _is_whole(side: Side, tokens: list[Token]) -> bool:
    """Whether tokens are nothing but whole sentences of one passage."""
    words = [token for token in tokens if token.sort is not Sort.BREAK]
    if not words or words[0].passage != words[-1].passage:
        return False
    sizes = side.of(words[0]).sizes
    return len(words) == sum(sizes[number] for number in {t.sentence for t in words})


def _said_whole(gap: Gap, before: list[Token], after: list[Token]) -> Noted:
    words = [
        [token for token in tokens if token.sort is not Sort.BREAK]
        for tokens in (before, after)
    ]
    passage = gap.new.of(after[0])
    old, new = gap.old.text(words[0]), gap.new.text(words[1])
    whole = len(words[1]) == len(passage.tokens)
    label = passage.label if whole else "Kalimat"
    inside = wording.kinds(reasons(before + after))
    sentence = (
        f"{label} {wording.quoted(old)} diganti dengan {wording.quoted(new)}{inside}."
    )
    critical = gravest(before + after)
    return Noted(Change(passage.field, old, new, critical, sentence))


def _replaced(gap: Gap, items: list[Item]) -> Iterator[Noted]:
    judged = [_judged(gap, item) for item in items]
    for kind, group in groupby(judged, key=lambda one: one.kind):
        if kind is Kind.ORDINARY:
            yield _ordinary(gap, list(group))
        elif kind is Kind.SAME:
            for one in group:
                yield from _of_match(gap, one.item.before[0], one.item.after[0])
        else:
            yield from (_said(gap, one) for one in group)


def _judged(gap: Gap, item: Item) -> Judged:
    before, after = item.before[0], item.after[0]
    if before.sort is Sort.MARK:
        return Judged(item, None, is_harmless(before) and is_harmless(after))
    if item.merged:
        critical = gravest([*item.before, *item.after])
        return Judged(item, critical, critical is None and _is_latin(item))
    critical = None if _excused(gap, before, after) else gravest([before, after])
    return Judged(item, critical, critical is None and _is_slip(gap, item))


def _excused(gap: Gap, before: Token, after: Token) -> bool:
    """Whether a capital, a title or "hoaks" is the spelling of a word being mended."""
    held = {before.critical, after.critical} - {None}
    if not near(before.key, after.key):
        return False
    if after.key in lexicon.REFUTATIONS and before.critical is not Critical.QUALIFIER:
        held -= {Critical.QUALIFIER}
        if not held:
            return True
    if held == {Critical.OFFICE}:
        return before.critical is None and not (before.capital or after.capital)
    if held != {Critical.NAME}:
        return False
    keys = {before.key, after.key}
    small = before.headline and not keys.isdisjoint(gap.words.small)
    placed = before.headline or before.opens
    return small or (placed and not keys.isdisjoint(lexicon.FUNCTION))


def _is_slip(gap: Gap, item: Item) -> bool:
    before, after = item.before[0], item.after[0]
    return (
        before.sort is after.sort is Sort.WORD
        and _is_latin(item)
        and is_slip(before.key, after.key)
        and before.key not in gap.new.words
        and not _may_be_name(gap, before, after)
    )


def _is_latin(item: Item) -> bool:
    """Whether no letter is another that looks like it."""
    return all(
        token.key == same_form(token.text).casefold()
        for token in (*item.before, *item.after)
    )


def _may_be_name(gap: Gap, before: Token, after: Token) -> bool:
    """Whether a word that opens a sentence could be a name, for all the texts tell."""
    if not (before.capital and before.opens):
        return False
    return not any(
        gap.words.ordinary(token.key) or token.key in lexicon.WORDS
        for token in (before, after)
    )


def _ordinary(gap: Gap, judged: list[Judged]) -> Noted:
    before = [token for one in judged for token in one.item.before]
    after = [token for one in judged for token in one.item.after]
    noun = "Kata" if len(judged) == 1 else "Teks"
    if len(judged) == 1:
        noun = wording.noun_for(None, before + after)
    return _change(gap, before, after, None, noun)


def _said(gap: Gap, one: Judged) -> Noted:
    before, after = list(one.item.before), list(one.item.after)
    if one.kind is Kind.MARK:
        return _marks(gap, one)
    if before[0].sort is Sort.PICTURE:
        return _picture(gap, before, after)
    if one.typo:
        noun = "Penulisan" if one.item.merged else "Ejaan"
        return _change(gap, before, after, None, noun, typo=True)
    if all(token.critical is Critical.NAME for token in before + after):
        before, after = name_run(gap.old, before), name_run(gap.new, after)
    return _change(gap, before, after, one.critical, _noun(before, after))


def _noun(before: list[Token], after: list[Token]) -> str:
    nouns = {wording.noun_for(side[0].critical, side) for side in (before, after)}
    if len(nouns) == 1:
        return nouns.pop()
    words = all(token.sort is Sort.WORD for token in before + after)
    return "Kata" if words else "Teks"


def _change(
    gap: Gap,
    before: list[Token],
    after: list[Token],
    critical: Critical | None,
    noun: str,
    typo: bool = False,
) -> Noted:
    passage = gap.new.of(after[0])
    old, new = gap.old.text(before), gap.new.text(after)
    bare = before[0].critical is after[0].critical and noun not in ("Tanda", "Teks")
    sentence = wording.replaced(
        noun,
        wording.value(critical, old, bare=bare),
        wording.value(critical, new, bare=bare),
    )
    covers = before + after if noun == "Nama" else []
    return Noted(
        said(passage, old, new, critical, sentence, typo=typo),
        covers=frozenset(map(id, covers)),
    )


def _marks(gap: Gap, one: Judged) -> Noted:
    before, after = one.item.before[0], one.item.after[0]
    sentence = f"Tanda baca {wording.mark(before)} menjadi {wording.mark(after)}."
    passage = gap.new.of(after)
    return Noted(said(passage, before.text, after.text, None, sentence, typo=one.typo))


def _picture(gap: Gap, before: list[Token], after: list[Token]) -> Noted:
    old, new = gap.old.of(before[0]), gap.new.of(after[0])
    sentence = f"{old.label} {wording.quoted(old.text)} diganti"
    if (old.text, old.label) != (new.text, new.label):
        sentence += f" dengan {new.label.lower()} {wording.quoted(new.text)}"
    critical = gravest(before + after)
    return Noted(Change("body", old.source, new.source, critical, f"{sentence}."))


def _of_match(gap: Gap, before: Token, after: Token) -> list[Noted]:
    """Return how the writing of a word that both texts have differs."""
    if before.sort is Sort.BREAK:
        return []
    return [_variant(gap, before, after)] if before.text != after.text else []


def spacing(gap: Gap) -> Iterator[Noted]:
    """Yield for each passage that its spaces between words differ, if they do."""
    for number, group in groupby(gap.matches(), key=lambda pair: pair[1].passage):
        tokens = [new for old, new in group if _spacing_differs(gap, old, new)]
        if tokens:
            passage, first = gap.new.passages[number], tokens[0]
            word = first
            if first.sort is Sort.MARK:
                word = gap.new.neighbour(first, -1) or first
            count = f" di {len(tokens)} tempat" if len(tokens) > 1 else ""
            sentence = f"Spasi{count} berubah, di dekat “{word.text}”."
            yield Noted(said(passage, "", "", None, sentence, typo=True))


def alternative_text(old: Passage, new: Passage, words: Vocabulary) -> Change:
    """Return the change of the words that stand for a picture."""
    tokens = [*tokenise(old.text), *tokenise(new.text)]
    judge(tokens, words)
    noun = f"Teks alternatif {new.label.lower()}"
    sides = wording.quoted(old.text), wording.quoted(new.text)
    sentence = wording.replaced(noun, *sides)
    return Change(new.field, old.text, new.text, gravest(tokens), sentence)


def _variant(gap: Gap, before: Token, after: Token) -> Noted:
    passage = gap.new.of(after)
    if before.sort is Sort.PICTURE:
        return Noted(alternative_text(gap.old.of(before), passage, gap.words))
    old, new = before.text, after.text
    form, other_form = same_form(old), same_form(new)
    critical = None
    if form == other_form and before.sort is Sort.MARK:
        sentence = f"Bentuk {wording.mark(before)} berubah."
    elif form == other_form:
        sentence = f"Tanda atau karakter tak terlihat pada “{form}” berubah."
    elif form.casefold() == other_form.casefold():
        sentence = wording.replaced("Penulisan", f"“{old}”", f"“{new}”")
    else:
        critical = Critical.LOOKALIKE
        word = old if fold(old) == form.casefold() else new
        sentence = f"Huruf pada “{word}” diganti dengan huruf lain yang mirip."
    return Noted(said(passage, old, new, critical, sentence, typo=critical is None))


def _spacing_differs(gap: Gap, before: Token, after: Token) -> bool:
    if before.sort is Sort.BREAK:
        return False
    previous = gap.old.neighbour(before, -1), gap.new.neighbour(after, -1)
    if not all(token and id(token) in gap.matched for token in previous):
        return False
    return gap.old.spaced(before) != gap.new.spaced(after)
