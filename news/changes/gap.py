"""The tokens of a stretch in which two texts differ, aligned."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from news.changes import alignment, lexicon
from news.changes.passages import Passage, stream
from news.changes.result import Critical
from news.changes.tokens import Sort, Token, Vocabulary

# Two sentences of so many words that share no more than this were written apart.
_CHANCE_SIZE = 10
_CHANCE_SHARE = 0.35
_MOVED_SIZE = 6

# A name is seldom longer; what is, such as a title, is no name.
_NAME_RUN = 4

Event = tuple[Token | None, Token | None]


@dataclass(frozen=True)
class Side:
    """All passages of one of the two texts, and the words that occur in them."""

    passages: list[Passage]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(
            token.key
            for passage in self.passages
            for token in passage.tokens
            if token.sort is Sort.WORD
        )

    @cached_property
    def sentences(self) -> frozenset[str]:
        return frozenset(
            text
            for passage in self.passages
            for text in passage.sentences(passage.tokens)
        )

    def of(self, token: Token) -> Passage:
        return self.passages[token.passage]

    def following(self, token: Token) -> Passage | None:
        after = token.passage + 1
        return self.passages[after] if after < len(self.passages) else None

    def neighbour(self, token: Token, step: int) -> Token | None:
        at = token.index + step
        tokens = self.of(token).tokens
        return tokens[at] if 0 <= at < len(tokens) else None

    def spaced(self, token: Token) -> bool:
        """Whether white space stands before the token."""
        previous = self.neighbour(token, -1)
        return previous is not None and previous.end < token.start

    def text(self, tokens: list[Token]) -> str:
        """Return the text from the first to the last of some tokens of one passage."""
        return self.of(tokens[0]).text[tokens[0].start : tokens[-1].end]


@dataclass(frozen=True)
class Gap:
    """Two streams of tokens and the matches between them, settled."""

    old: Side
    new: Side
    before: list[Token]
    after: list[Token]
    pairs: list[alignment.Pair]
    words: Vocabulary
    quotes: Counter = field(default_factory=Counter)

    @cached_property
    def regions(self) -> list[alignment.Region]:
        return alignment.regions(self.pairs, len(self.before), len(self.after))

    @cached_property
    def matched(self) -> frozenset[int]:
        """The identities of the tokens that both sides have."""
        return frozenset(
            identity
            for i, j in self.pairs
            for identity in (id(self.before[i]), id(self.after[j]))
        )

    def matches(self) -> Iterator[tuple[Token, Token]]:
        return ((self.before[i], self.after[j]) for i, j in self.pairs)

    def events(self) -> Iterator[Event]:
        """Yield both streams as one, what went before what came."""
        i = j = 0
        for i2, j2 in [*self.pairs, (len(self.before), len(self.after))]:
            yield from ((token, None) for token in self.before[i:i2])
            yield from ((None, token) for token in self.after[j:j2])
            if i2 < len(self.before) and j2 < len(self.after):
                yield self.before[i2], self.after[j2]
            i, j = i2 + 1, j2 + 1


def gap(old: Side, new: Side, rows: range, columns: range, words: Vocabulary) -> Gap:
    """Return the alignment of some passages of both sides, words inside passages."""
    before = list(stream(old.passages, rows))
    after = list(stream(new.passages, columns))
    pairs = aligned(before, after)
    found = Gap(old, new, before, after, pairs, words)
    for region in found.regions:
        for side, tokens in (
            ("old", before[region.i1 : region.i2]),
            ("new", after[region.j1 : region.j2]),
        ):
            found.quotes.update(
                (side, token.passage) for token in tokens if token.key == '"'
            )
    return found


def aligned(before: list[Token], after: list[Token]) -> list[alignment.Pair]:
    """Return the matches of two streams of tokens, as a person would see them."""
    sides = (before, after)

    def begins(side: int, at: int) -> int:
        tokens = sides[side]
        if at == 0 or tokens[at - 1].sort is Sort.BREAK:
            return 2
        return int(tokens[at - 1].sentence != tokens[at].sentence)

    pairs = alignment.matches([t.key for t in before], [t.key for t in after])
    pairs = _meant(pairs, before, after)
    return alignment.settle(pairs, _written(before), _written(after), begins)


def _meant(
    pairs: list[alignment.Pair], before: list[Token], after: list[Token]
) -> list[alignment.Pair]:
    """Drop the matches of sentences that have no more in common than chance gives.

    Those are sentences that share few words, and a sentence that moved with the one in
    whose place it now is.
    """
    old, new = _Sentences(before), _Sentences(after)
    shared = Counter(
        (_sentence(before[i]), _sentence(after[j]))
        for i, j in pairs
        if _says(before[i])
    )
    same = {
        (one, other)
        for (one, other), count in shared.items()
        if old.texts[one] == new.texts[other] and count == old.sizes[one]
    }
    left = old.left({one for one, _ in same}) & new.left({other for _, other in same})

    def meant(pair: alignment.Pair) -> bool:
        one, other = _sentence(before[pair[0]]), _sentence(after[pair[1]])
        size = min(old.sizes[one], new.sizes[other])
        if (one, other) in same or not size:
            return True
        if old.texts[one] in left or new.texts[other] in left:
            return False
        share = _CHANCE_SHARE * size if size >= _CHANCE_SIZE else 1
        return shared[one, other] >= share

    return [
        pair
        for pair in pairs
        if before[pair[0]].sort in (Sort.BREAK, Sort.PICTURE) or meant(pair)
    ]


class _Sentences:
    """The sentences of a stream: how many words each has, and its text."""

    def __init__(self, tokens: list[Token]) -> None:
        words = [token for token in tokens if _says(token)]
        self.sizes = Counter(map(_sentence, words))
        self.texts = {
            sentence: " ".join(token.text for token in group)
            for sentence, group in groupby(words, key=_sentence)
        }

    def left(self, matched: set[tuple[int, int]]) -> Counter[str]:
        """Return the longer sentences that are not among `matched`."""
        return Counter(
            text
            for sentence, text in self.texts.items()
            if sentence not in matched and self.sizes[sentence] >= _MOVED_SIZE
        )


def _says(token: Token) -> bool:
    return token.sort not in (Sort.MARK, Sort.BREAK, Sort.PICTURE)


def _sentence(token: Token) -> tuple[int, int]:
    return token.passage, token.sentence


def _written(tokens: list[Token]) -> list[str]:
    whole = (Sort.BREAK, Sort.PICTURE)
    return [token.key if token.sort in whole else token.text for token in tokens]


def gravest(tokens: list[Token]) -> Critical | None:
    """Return the first reason, in the order of `Critical`, that any token gives."""
    found = reasons(tokens)
    return found[0] if found else None


def reasons(tokens: list[Token]) -> list[Critical]:
    held = {token.critical for token in tokens}
    return [critical for critical in Critical if critical in held]


def name_run(side: Side, tokens: list[Token]) -> list[Token]:
    """Return a part of a name with the rest of the name around it."""
    run = list(tokens)
    if run[0].headline:
        return run
    for step in (-1, 1):
        for _ in range(_NAME_RUN):
            beside = side.neighbour(run[0] if step < 0 else run[-1], step)
            if beside is None or beside.critical is not Critical.NAME:
                break
            if beside.key in lexicon.HONORIFICS:
                break
            run = [beside, *run] if step < 0 else [*run, beside]
    return run
