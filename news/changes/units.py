"""What one text has and the other lacks: words, whole sentences, whole passages."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from news.changes import wording
from news.changes.gap import Gap, Side, gravest, name_run, reasons
from news.changes.passages import Passage
from news.changes.result import Change, Critical
from news.changes.tokens import Sort, Token

# Marks, beside full stops, that may come and go without a change of sense. A question
# mark makes a doubt of a statement, and quotation marks make words somebody's.
_PARTING_MARKS = frozenset((",", ";", ":", "-"))
_HARMLESS_MARKS = frozenset((",", ";", ":", "-", "(", ")", "[", "]", "!"))

# Shorter ones, and cells and items, say something by where they stand.
_MOVED_WORDS = 6
_MOVABLE = frozenset(("Paragraf", "Judul bagian", "Kalimat"))
_MOST_ALIKE = 4
_DOUBLED = frozenset((None, Critical.NAME, Critical.OFFICE))

Way = Literal["dihapus", "ditambahkan"]


@dataclass(frozen=True)
class Noted:
    """A change; of a passage or sentence also what it is, and which way it went.

    `covers` holds the identities of the tokens of a name, said whole once.
    """

    change: Change
    unit: str = ""
    way: str = ""
    covers: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        return self.change.before or self.change.after

    @property
    def can_move(self) -> bool:
        return self.unit in _MOVABLE and len(self.text.split()) >= _MOVED_WORDS


def said(
    passage: Passage,
    before: str,
    after: str,
    critical: Critical | None,
    sentence: str,
    *,
    typo: bool = False,
) -> Change:
    """Return a change, its sentence opened by the field unless that is the body."""
    label = "" if passage.kind else passage.label
    sentence = wording.on(label, sentence)
    return Change(passage.field, before, after, critical, sentence, typo)


def one_sided(gap: Gap, side: Side, tokens: list[Token], way: Way) -> Iterator[Noted]:
    """Yield what of `side` came or went: passages, then sentences, then words."""
    breaks = [token for token in tokens if token.sort is Sort.BREAK]
    words = [token for token in tokens if token.sort is not Sort.BREAK]
    whole = 0
    for _, group in groupby(words, key=lambda token: token.passage):
        held = list(group)
        passage = side.of(held[0])
        if len(held) == len(passage.tokens):
            whole += 1
            yield _unit(side, held, passage.label, way)
        else:
            yield from _sentences(gap, side, held, way)
    for token in breaks[whole:]:
        yield from _parting(side, token, way)


def _unit(side: Side, tokens: list[Token], label: str, way: Way) -> Noted:
    passage, text = side.of(tokens[0]), side.text(tokens)
    found = reasons(tokens)
    if any(passage.style(token).href for token in tokens):
        found = sorted({*found, Critical.ADDRESS}, key=list(Critical).index)
    inside = wording.kinds(found) if len(tokens) > 1 else ""
    shown = f"{label} {wording.quoted(text)}"
    if text == label.lower():
        shown = label
    sentence = f"{shown} {way}{inside}."
    if label == "Kalimat":
        sentence = wording.on("" if passage.kind else passage.label, sentence)
    critical = found[0] if found else None
    before, after = _sides(text, way)
    change = Change(passage.field, before, after, critical, sentence)
    return Noted(change, label, way)


def _sides(text: str, way: Way) -> tuple[str, str]:
    return (text, "") if way == "dihapus" else ("", text)


def _sentences(gap: Gap, side: Side, tokens: list[Token], way: Way) -> Iterator[Noted]:
    sizes = side.of(tokens[0]).sizes
    rest: list[Token] = []
    for number, group in groupby(tokens, key=lambda token: token.sentence):
        held = list(group)
        if len(held) == sizes[number] and len(held) > 1:
            yield from _words(gap, side, rest, way)
            rest = []
            yield _unit(side, held, "Kalimat", way)
        else:
            rest += held
    yield from _words(gap, side, rest, way)


def _words(gap: Gap, side: Side, tokens: list[Token], way: Way) -> Iterator[Noted]:
    words = [token for token in tokens if token.sort is not Sort.MARK]
    if not words:
        yield from (_mark(gap, side, token, way) for token in tokens)
    elif len(words) == 1:
        yield _word(gap, side, words[0], way)
    elif all(token.critical is Critical.NAME for token in words):
        yield _name(gap, side, words, way)
    else:
        passage, text = side.of(words[0]), side.text(words)
        inside = wording.kinds(reasons(words))
        sentence = f"Teks {wording.quoted(text)} {way}{inside}."
        yield Noted(said(passage, *_sides(text, way), gravest(words), sentence))


def _word(gap: Gap, side: Side, token: Token, way: Way) -> Noted:
    if way == "dihapus" and _is_double(gap, side, token):
        sentence = f"Kata “{token.text}” yang tertulis ganda dihapus."
        passage = side.of(token)
        return Noted(said(passage, token.text, "", None, sentence, typo=True))
    if token.critical is Critical.NAME:
        return _name(gap, side, [token], way)
    noun = wording.noun_for(token.critical, [token])
    text = wording.value(token.critical, token.text, bare=noun != "Tanda")
    sentence = f"{noun} {text} {way}."
    sides = _sides(token.text, way)
    return Noted(said(side.of(token), *sides, token.critical, sentence))


def _is_double(gap: Gap, side: Side, token: Token) -> bool:
    """Whether the same word stands beside it and stays."""
    beside = (side.neighbour(token, -1), side.neighbour(token, 1))
    return (
        token.sort is Sort.WORD
        and token.critical in _DOUBLED
        and any(
            other is not None and other.text == token.text and id(other) in gap.matched
            for other in beside
        )
    )


def _name(gap: Gap, side: Side, tokens: list[Token], way: Way) -> Noted:
    """Say a name that came or went, or that became shorter or longer by a part."""
    run = name_run(side, tokens)
    changed = {id(token) for token in tokens}
    kept = [token for token in run if id(token) not in changed]
    text = side.text(tokens)
    if kept and all(id(token) in gap.matched for token in kept):
        longer, shorter = side.text(run), " ".join(token.text for token in kept)
        sides = (longer, shorter) if way == "dihapus" else (shorter, longer)
        sentence = wording.replaced("Nama", *map(wording.quoted, sides))
    else:
        sides = _sides(text, way)
        sentence = f"Nama {wording.quoted(text)} {way}."
    change = said(side.of(tokens[0]), *sides, Critical.NAME, sentence)
    return Noted(change, covers=frozenset(changed))


def _mark(gap: Gap, side: Side, token: Token, way: Way) -> Noted:
    passage = side.of(token)
    previous = side.neighbour(token, -1)
    where = f" sesudah “{previous.text}”" if previous else ""
    name = wording.mark(token)
    sentence = f"{name[0].upper()}{name[1:]}{where} {way}."
    harmless = is_harmless(token) and not _parts_what_matters(side, token)
    typo = harmless or _closes_a_quote(gap, side, token, way)
    return Noted(said(passage, *_sides(token.text, way), None, sentence, typo=typo))


def is_harmless(mark: Token) -> bool:
    return mark.key in _HARMLESS_MARKS or not mark.key.strip(".")


def _parts_what_matters(side: Side, token: Token) -> bool:
    """Whether it stands beside a name, a number or a negation, within a sentence.

    "Kata Budi, Andi" and "Kata Budi Andi" accuse different people.
    """
    beside = (side.neighbour(token, -1), side.neighbour(token, 1))
    return token.key in _PARTING_MARKS and any(
        other is not None and other.critical for other in beside
    )


def _closes_a_quote(gap: Gap, side: Side, token: Token, way: Way) -> bool:
    """Whether it is the one quotation mark that was missing or too many."""
    if token.key != '"':
        return False
    name = "old" if side is gap.old else "new"
    odd = way == "dihapus"
    return gap.quotes[name, token.passage] == 1 and side.of(token).quotes % 2 == odd


def _parting(side: Side, token: Token, way: Way) -> Iterator[Noted]:
    """Say that a passage was parted in two, or two joined."""
    following = side.following(token)
    if following is None:
        return
    begins = wording.quoted(following.text)
    what = side.of(token).label
    if way == "dihapus":
        sentence = f"{what} sebelum {begins} disatukan dengan teks itu."
    else:
        sentence = f"{what} dipecah sebelum {begins}."
    both = {side.of(token).kind, following.kind}
    edges = [*side.of(token).tokens[-1:], *following.tokens[:1]]
    harmless = both == {"p"} and not any(edge.critical for edge in edges)
    yield Noted(Change("body", "", "", None, sentence, typo=harmless))


def gathered(noted: Iterable[Noted]) -> list[Change]:
    """Return the changes: what moved said once, and many passages alike in one."""
    stayed = _moved(list(noted))
    changes: list[Change] = []
    for (unit, _), group in groupby(stayed, key=lambda one: (one.unit, one.way)):
        held = list(group)
        if unit and len(held) > _MOST_ALIKE:
            changes.append(_many(held))
        else:
            changes += [one.change for one in held]
    return [
        replace(change, sentence=wording.ended(change.sentence, times))
        for change, times in Counter(_without_flood(changes)).items()
    ]


def _without_flood(changes: list[Change]) -> list[Change]:
    """Say once that many words have foreign letters, as a disguised text has."""
    alike = [one for one in changes if one.critical is Critical.LOOKALIKE]
    if len(alike) <= _MOST_ALIKE:
        return changes
    sentence = (
        f"Huruf pada {len(alike)} kata diganti dengan huruf lain yang mirip, "
        f"yang pertama “{alike[0].after}”."
    )
    rest = [one for one in changes if one.critical is not Critical.LOOKALIKE]
    return [replace(alike[0], sentence=sentence), *rest]


def _moved(noted: list[Noted]) -> list[Noted]:
    came: dict[str, list[int]] = {}
    for at, one in enumerate(noted):
        if one.can_move and one.way == "ditambahkan":
            came.setdefault(one.text, []).append(at)
    gone: set[int] = set()
    for at, one in enumerate(noted):
        if one.can_move and one.way == "dihapus" and came.get(one.text):
            gone.add(came[one.text].pop())
            sentence = f"{one.unit} {wording.quoted(one.text)} dipindahkan."
            change = Change(one.change.field, one.text, one.text, None, sentence)
            noted[at] = Noted(change)
    return [one for at, one in enumerate(noted) if at not in gone]


def _many(noted: list[Noted]) -> Change:
    first, last = noted[0], noted[-1]
    found = {one.change.critical for one in noted}
    grave = [critical for critical in Critical if critical in found]
    before = "\n".join(one.change.before for one in noted).strip()
    after = "\n".join(one.change.after for one in noted).strip()
    sentence = (
        f"{len(noted)} {first.unit.lower()} {first.way}, dari "
        f"{wording.quoted(first.text)} sampai {wording.quoted(last.text)}"
        f"{wording.kinds(grave)}."
    )
    critical = grave[0] if grave else None
    return Change(first.change.field, before, after, critical, sentence)
