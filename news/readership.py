"""What the newsroom asks of the readings: which articles, whose, and after what."""

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.utils.timezone import localtime

from news.models import Category, Edition, Imported, Publication, Tally
from news.statistics import Period, Step

ARTICLES = 50


def tallies(period: Period, category: Category | None = None) -> QuerySet:
    """Return the readings of a period, of one category or of all."""
    found = Tally.objects.filter(day__range=(period.first, period.last)).order_by()
    # As it is filed now; the sums by day keep the category of that day.
    return found.filter(edition__category=category) if category else found


def articles(period: Period, category: Category | None = None) -> list[Edition]:
    """Return every article read in a period, the most read first, with `recent`."""
    counted = dict(
        tallies(period, category).values_list("edition").annotate(sum=Sum("readings"))
    )
    found = (
        Edition.objects.filter(pk__in=counted)
        .select_related("category", "article__created_by", "article__imported")
        .only(
            *("title", "slug", "baseline", "withdrawn_at", "category__name"),
            *("article__byline_name", "article__created_by__name"),
            *("article__created_by__username", "article__imported__taken_at"),
        )
    )
    for edition in found:
        edition.recent = counted[edition.pk]
    return sorted(found, key=lambda edition: (-edition.recent, -edition.pk))


def by_author(period: Period, category: Category | None = None) -> QuerySet:
    """Return who made articles: name, how many were read, and how often."""
    return _by(period, category, "edition__article__created_by__name")


def by_byline(period: Period, category: Category | None = None) -> QuerySet:
    """Return the names that articles are signed with, in the same way."""
    found = _by(period, category, "edition__article__byline_name")
    return found.exclude(edition__article__byline_name="")


def _by(period, category, name):
    return (
        tallies(period, category)
        .values_list(name)
        .annotate(articles=Count("edition", distinct=True), sum=Sum("readings"))
        .order_by("-sum", name)
    )


def old_site() -> dict:
    """Return the counts that came from the old site, and when they were taken."""
    return Imported.objects.filter(baseline__gt=0).aggregate(
        articles=Count("pk"),
        readings=Sum("baseline"),
        first=Min("taken_at"),
        last=Max("taken_at"),
    )


def of_article(edition: Edition, period: Period, *names: str) -> QuerySet:
    """Return the readings of one article, summed by day or source."""
    return (
        tallies(period)
        .filter(edition=edition)
        .values_list(*names)
        .annotate(sum=Sum("readings"))
        .order_by(*names)
    )


def acts(edition: Edition, period: Period) -> list[Publication]:
    """Return what was done with an article before the public's eyes in a period."""
    lines = Publication.objects.filter(article=edition.pk).order_by("sequence")
    return [
        line
        for line in lines
        if period.first <= localtime(line.at).date() <= period.last
    ]


def marks(steps: list[Step], acts: list[Publication]) -> list[str]:
    """Return for each step what happened in it, in words; empty where nothing did."""
    said: dict[str, list[str]] = {}
    for act in acts:
        day = localtime(act.at).date().isoformat()
        said.setdefault(day, []).append(act.get_kind_display())
    # A month's name is how the names of its days begin.
    return [
        ", ".join(
            word
            for day, words in said.items()
            if day.startswith(step.iso)
            for word in words
        )
        for step in steps
    ]
