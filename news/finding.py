"""What the public may find: editions for a query, and other spellings when none.

The rule of what is public is `Edition.objects.visible()` here too; the index only says
where to look.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    CharField,
    F,
    FloatField,
    Func,
    Max,
    Min,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.utils import timezone

from news import richtext, search, snippets
from news.models import Edition, SearchTerm
from news.search_words import ROOTS

MOST = 1000
# Longer bodies are found, but marked in their beginning alone.
READ = 60_000
SUGGESTIONS = 3
MOST_WORDS = 4
# Measured on the office's own names: "zaenal muttakin" is 0.65 like Zaenal Mutiin.
NAME_LIKENESS = 0.5
WORD_LIKENESS = 0.45

_ROOTS = json.dumps(ROOTS)
_HITS = """
SELECT edition_id FROM news_hits(
    news_query(%s, %s), news_query(NULLIF(%s, ''), %s), news_query(NULLIF(%s, ''), %s),
    %s::bigint, %s::timestamptz, %s::timestamptz, %s
)
"""
_RANK = """
SELECT ts_rank(words.vector, news_query(%s, %s), 1) FROM news_editionsearch AS words
WHERE words.edition_id = news_edition.article_id
"""


@dataclass(frozen=True)
class Within:
    """What a search is narrowed to: a category's key, a span of publication."""

    category: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def newest(query: search.Query, within: Within) -> list[int]:
    """Return the keys of what is found, newest first; one more than may be shown."""
    return list(
        _found(query, within, MOST + 1).newest_first().values_list("pk", flat=True)
    )


def best(query: search.Query, within: Within) -> list[int]:
    """Return the keys of the newest that are found, those first that say it most."""
    found = _found(query, within, MOST + 1)
    source = query.strict or query.loose
    rank = RawSQL(_RANK, [source, _ROOTS], FloatField())  # noqa: S611 - parameters
    return list(
        found.annotate(rank=rank)
        .order_by("-rank", "-publish_at", "-pk")
        .values_list("pk", flat=True)
    )


def _found(query, within, most):
    hits = [query.loose, _ROOTS, query.strict, _ROOTS, query.sure, _ROOTS]
    narrowed = [within.category, within.since, within.until, most]
    return Edition.objects.visible().filter(
        pk__in=RawSQL(_HITS, [*hits, *narrowed])  # noqa: S611 - parameters
    )


def shown(keys: list[int], query: search.Query) -> list[Edition]:
    """Return these editions in this order, with what shows why they were found."""
    kin = Func(
        F("pk"),
        Value(query.stemmed, ArrayField(TextField())),
        RawSQL("%s::jsonb", [_ROOTS]),
        function="news_kin",
        output_field=ArrayField(TextField()),
    )
    rows = (
        Edition.objects.for_list()
        .filter(pk__in=keys)
        .annotate(beginning=Left("body", READ), kin=kin)
    )
    for edition in rows:
        kin = edition.kin or []
        edition.title_pieces = snippets.marked(edition.title, query.sequences, kin)
        texts = [edition.excerpt, richtext.text(edition.beginning)]
        edition.snippet = snippets.snippet(texts, query.sequences, kin)
    order = {key: place for place, key in enumerate(keys)}
    return sorted(rows, key=lambda edition: order[edition.pk])


def years() -> list[int]:
    """Return the years in which something was published, the newest first."""
    span = Edition.objects.visible().aggregate(
        first=Min("publish_at"), last=Max("publish_at")
    )
    if span["first"] is None:
        return []
    first, last = (timezone.localtime(span[name]).year for name in ("first", "last"))
    return list(range(last, first - 1, -1))


def suggestions(query: search.Query) -> list[str]:
    """Return up to three other spellings, each of which the public would find.

    The terms know scheduled texts as well, so that every proposal is first looked for,
    as it is written, in what is visible.
    """
    typed = [word for term in query.asked for word in term.words]
    if not typed or len(typed) > MOST_WORDS * 2:
        return []
    proposals = _proposals(typed, _alike(typed))
    found = []
    for place in sorted(_visible(proposals)):
        said = set(search.words(proposals[place]))
        # "Bapak Zainal Muttaqin" says no more than "Zainal Muttaqin" before it.
        if not any(said >= set(search.words(other)) for other in found):
            found.append(proposals[place])
    return found[:SUGGESTIONS]


def _alike(typed):
    """Return the terms that sound like each word, and the names like all of them."""
    words = SearchTerm.objects.exclude(term__contains=" ")
    asked = {word: _sounding(words, word, WORD_LIKENESS) for word in typed[:MOST_WORDS]}
    if 1 < len(typed) <= MOST_WORDS:
        names = SearchTerm.objects.filter(term__contains=" ")
        whole = " ".join(typed)
        asked[whole] = _sounding(names, whole, NAME_LIKENESS)
    queries = list(asked.values())
    alike = {text: [] for text in asked}
    for text, term in queries[0].union(*queries[1:], all=True):
        alike[text].append(term)
    return alike


def _sounding(terms, text, likeness):
    sound = Func(Value(text), function="news_sound", output_field=TextField())
    return (
        terms.annotate(
            asked=Value(text, CharField()), likeness=TrigramSimilarity("sound", sound)
        )
        .filter(sound__trigram_similar=sound, likeness__gte=likeness)
        .order_by("-likeness", "term")
        .values_list("asked", "term")[: SUGGESTIONS + 1]
    )


def _proposals(typed, alike):
    """Return what to try: whole names first, then the words with one put right."""
    name = " ".join(typed)
    proposals = [term for term in alike.get(name, ()) if term.lower() != name]
    choices = [
        # A word that is written so somewhere is meant so.
        [word] if word in alike.get(word, [word]) else alike[word][:2] or [word]
        for word in typed
    ]
    proposals += [" ".join(words) for words in product(*choices)]
    return [
        one for one in dict.fromkeys(proposals) if search.words(one) != tuple(typed)
    ][: SUGGESTIONS * 4]


def _visible(proposals):
    """Return the places of the proposals that some visible edition holds as written."""
    tried = []
    for place, proposal in enumerate(proposals):
        # A name must stand so; of other words each by itself.
        words = [proposal] if proposal != proposal.lower() else proposal.split()
        query = search.parse(" ".join(f'"{word}"' for word in words))
        tried.append(
            _found(query, Within(), 1)
            .annotate(place=Value(place))
            .values_list("place", flat=True)[:1]
        )
    if not tried:
        return []
    return list(tried[0].union(*tried[1:], all=True))
