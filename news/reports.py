"""How long texts take on their way, and how often they go back: a month's report.

Computed from the log of transitions alone. A step counts in the month, of the site's
own zone, in which it ends, and under the category that the article has now. Steps that
did not happen have no median. Nothing here writes.
"""

import calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from django.utils.timezone import make_aware

from kpuweb.spreadsheets import cell
from news.models import Article, Category, Transition
from news.models.article import EDITABLE, State, Verb

HEADER = (
    *("Bulan", "Kategori"),
    *("Diajukan", "Median jam draf sampai diajukan"),
    *("Disetujui", "Median jam diajukan sampai disetujui"),
    *("Dikembalikan", "Median jam diajukan sampai dikembalikan"),
    *("Tayang", "Median jam disetujui sampai tayang"),
    "Siaran darurat",
)
STEPS = (Verb.SUBMIT, Verb.APPROVE, Verb.RETURN, Verb.PUBLISH)
ALL = "Semua kategori"
DISCARDED = "(naskah sudah dibuang)"


@dataclass
class Tally:
    """What happened in a category: each step's durations, None where not known."""

    steps: dict[str, list[timedelta | None]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def count(self, verb: str) -> int:
        return len(self.steps[verb])

    def median_hours(self, verb: str) -> str:
        """Return the median in hours with a decimal point, empty when there is none."""
        known = [each for each in self.steps[verb] if each is not None]
        return f"{median(known) / timedelta(hours=1):.2f}" if known else ""


def monthly(month: date) -> list[list[str]]:
    """Return the report of the month that a date is in, its header first."""
    days = calendar.monthrange(month.year, month.month)[1]
    start = make_aware(datetime.combine(month.replace(day=1), time()))
    end = make_aware(
        datetime.combine(month.replace(day=days) + timedelta(days=1), time())
    )
    tallies = defaultdict(Tally)
    for category, step, ended, duration in steps(start, end):
        if start <= ended:
            tallies[category].steps[step].append(duration)
            tallies[ALL].steps[step].append(duration)
    names = [*Category.objects.values_list("name", flat=True)]
    names += [DISCARDED] if DISCARDED in tallies else []
    return [
        list(HEADER),
        *(row(month, name, tallies[name]) for name in [*names, ALL]),
    ]


def row(month: date, name: str, tally: Tally) -> list[str]:
    figures = []
    for verb in STEPS:
        figures += [str(tally.count(verb)), tally.median_hours(verb)]
    return [f"{month:%Y-%m}", cell(name), *figures, str(tally.count(Verb.RELEASE))]


def steps(start: datetime, end: datetime):
    """Yield category, step, end and duration of all the articles of a month.

    A text that an approval makes public counts as both, and waited for no time.
    """
    acts = Transition.objects.filter(at__lt=end)
    touched = acts.filter(at__gte=start).values("article")
    articles = {
        pk: (name, created_at)
        for pk, name, created_at in Article.objects.filter(pk__in=touched).values_list(
            "pk", "category__name", "created_at"
        )
    }
    histories = defaultdict(list)
    for act in acts.filter(article__in=touched).order_by("pk"):
        histories[act.article_id].append(act)
    for pk, history in histories.items():
        category, created_at = articles.get(pk, (DISCARDED, None))
        for step, ended, begun in steps_of(history, created_at):
            yield category, step, ended, ended - begun if begun else None


def steps_of(history, created_at):
    """Yield each step of one article: what, when it ended, and when it began."""
    editable, submitted, approved = created_at, None, None
    for act in history:
        match act.verb:
            case Verb.SUBMIT:
                yield Verb.SUBMIT, act.at, editable
                submitted = act.at
            case Verb.RETURN:
                yield Verb.RETURN, act.at, submitted
            case Verb.APPROVE if act.after != State.SUBMITTED:
                yield Verb.APPROVE, act.at, submitted
                approved = act.at
            case Verb.RELEASE:
                yield Verb.RELEASE, act.at, None
        if act.verb in {Verb.APPROVE, Verb.PUBLISH} and act.after == State.LIVE:
            yield Verb.PUBLISH, act.at, approved
        if act.after in EDITABLE and act.before not in EDITABLE:
            editable = act.at
