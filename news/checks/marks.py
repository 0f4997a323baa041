"""Brackets and quotation marks that have no other half.

Warnings, all: the reader is puzzled, not misled.
"""

import re
from collections.abc import Iterator, Sequence

from news.checks.findings import Finding, Level, excerpt
from news.checks.manuscript import Manuscript, Passage

Place = tuple[Passage, int]

_BRACKETS = re.compile(r"[()\[\]]")
_PARTNER = {")": "(", "]": "["}
_SMILEY = re.compile(r"[:;=]['’]?-?[()\[\]]+")
# "a)", "12)", "iv)", "1.2)" number the parts of a sentence or a list.
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\s,;:]))(?:[a-zA-Z]{1,2}|[0-9]{1,3}(?:\.[0-9]{1,2})?|[ivxIVX]{1,5})\)"
)
_CURLY = re.compile("[“”]")

_NAMES = {
    "(": "Kurung buka “(”",
    ")": "Kurung tutup “)”",
    "[": "Kurung siku buka “[”",
    "]": "Kurung siku tutup “]”",
    "“": "Tanda kutip buka",
    "”": "Tanda kutip tutup",
    '"': "Tanda kutip",
}


def unclosed(manuscript: Manuscript) -> Iterator[Finding]:
    """Look through each paragraph, and through the quotations that run over several."""
    others = [line for line in manuscript.lines if line.field != "body"]
    for group in [*([line] for line in others), manuscript.paragraphs]:
        for passage, start in (*_brackets(group), *_curly(group), *_straight(group)):
            mark = passage.text[start]
            yield Finding(
                "mark-unclosed",
                Level.WARNING,
                passage.field,
                f"{_NAMES[mark]} di {excerpt(passage.text, start, start + 1)} tidak "
                "punya pasangan. Lengkapi atau hapus.",
            )


def _brackets(passages: Sequence[Passage]) -> Iterator[Place]:
    """Return the first unpaired bracket of each passage.

    A smiley or "a)" may or may not be part of a pair: "(senang :)", "(huruf a)". The
    text is well where any reading of them pairs every bracket.
    """
    for passage in passages:
        text = passage.bare
        without_smileys = _blanked(_SMILEY, text)
        readings = (
            text,
            without_smileys,
            _blanked(_LIST_MARK, text),
            _blanked(_LIST_MARK, without_smileys),
        )
        places = [_unpaired(each) for each in readings]
        if None not in places:
            yield passage, places[-1]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _unpaired(text: str) -> int | None:
    """Return where the first bracket without its other half is, or None."""
    opened: list[re.Match[str]] = []
    for found in _BRACKETS.finditer(text):
        partner = _PARTNER.get(found[0])
        if partner is None:
            opened.append(found)
        elif opened and opened[-1][0] == partner:
            opened.pop()
        else:
            return found.start()
    return opened[0].start() if opened else None


def _opens(text: str, at: int) -> bool:
    """Return whether a quotation mark stands where one opens."""
    return at == 0 or text[at - 1] in " ([“\"'‘—–-/"


def _curly(passages: Sequence[Passage]) -> Iterator[Place]:
    """Return the “ and ” without the other.

    A quotation may run on: the next paragraph then begins with “, or has the ”. Both
    “kata“ and ”kata” are read as pairs, since phones write them so.
    """
    opened: Place | None = None
    for passage in passages:
        if opened is None and passage.bare.count("“") == passage.bare.count("”"):
            continue  # “a “b” c” as well
        unpaired, opened = _curly_in(passage, opened)
        yield from unpaired
    if opened:
        yield opened


def _curly_in(
    passage: Passage, carried: Place | None
) -> tuple[list[Place], Place | None]:
    """Return the unpaired marks of a passage, and the one that is still open.

    `carried` is open since the passage before, and must be closed or renewed here.
    """
    text, unpaired, opened = passage.bare, [], carried
    for found in _CURLY.finditer(text):
        at = found.start()
        renewed = opened is not None and opened is carried and at == 0
        closes = found[0] == "”" or (found[0] == "“" and not _opens(text, at))
        if opened is None and (found[0] == "“" or _opens(text, at)):
            opened = passage, at
        elif opened is None:
            unpaired.append((passage, at))
        elif renewed:
            opened = passage, at
        elif closes:
            opened = None
        else:
            unpaired.append(opened)
            opened = passage, at
    if opened is not None and opened is carried:
        return [*unpaired, opened], None
    return unpaired, opened


def _straight(passages: Sequence[Passage]) -> Iterator[Place]:
    """Return the last \" of each paragraph that has an odd number of them.

    A quotation may run on into the next paragraph, as with “. Where “ is also
    unpaired, the two are one mistake, which is told once.
    """
    places = [_odd(passage.bare) for passage in passages]
    runs_on = [
        place is not None or passage.bare.startswith('"')
        for passage, place in zip(passages, places, strict=True)
    ]
    waiting = False
    for passage, place, goes_on in zip(
        passages, places, [*runs_on, False][1:], strict=True
    ):
        if place is None or waiting:
            waiting = False
        elif goes_on:
            waiting = True
        elif passage.bare.count("“") == passage.bare.count("”"):
            yield passage, place


def _odd(text: str) -> int | None:
    """Return where the last unpaired \" is; after a digit it may mean inches."""
    opened = None
    for found in re.finditer('"', text):
        at = found.start()
        if opened is not None:
            opened = None
        elif not text[at - 1 : at].isdigit():
            opened = at
    return opened
