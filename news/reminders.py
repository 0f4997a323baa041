"""What has waited too long for whom, and the one mail a day that says so."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail import EmailMessage
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.tasks import TaskContext, task
from django.utils import timezone

from accounts.models import User
from accounts.roles import is_humas
from kpuweb.tasks import enqueue_once
from news.approval import approvable_by, countersignable_by
from news.models import Article, Transition
from news.models.article import State, Verb
from news.notifications import link_to, mail, newsroom, send

APPROVER_PATIENCE = timedelta(days=1)
AUTHOR_PATIENCE = timedelta(days=3)


@dataclass(frozen=True)
class Waiting:
    """An article that waits, since when, and where to go."""

    title: str
    since: date
    link: str


@dataclass(frozen=True)
class Reminder:
    """All that has waited too long for one person: to approve, and to mend."""

    person: User
    to_approve: list[Waiting]
    to_mend: list[Waiting]


def due() -> list[Reminder]:
    """Return the reminders that are due now, the longest waiting articles first."""
    found = [reminder_of(person) for person in newsroom().order_by("username")]
    return [each for each in found if each.to_approve or each.to_mend]


def reminder_of(person: User) -> Reminder:
    now = timezone.now()
    articles = waiting()
    to_approve = (
        approvable_by(person, articles) | countersignable_by(person, articles)
    ).filter(since__lt=now - APPROVER_PATIENCE)
    to_mend = waiting().filter(
        Q(created_by=person) | Q(submitted_by=person.pk),
        state=State.RETURNED,
        since__lt=now - AUTHOR_PATIENCE,
    )
    return Reminder(
        person=person,
        to_approve=rows(to_approve),
        to_mend=rows(to_mend) if is_humas(person) else [],
    )


def waiting() -> QuerySet[Article]:
    """Return articles with `since`, when they came to their state, and by whom."""
    acts = Transition.objects.filter(article=OuterRef("pk")).order_by("-pk")
    arrived = acts.filter(after=OuterRef("state")).exclude(before=OuterRef("state"))
    return Article.objects.annotate(
        since=Subquery(arrived.values("at")[:1]),
        submitted_by=Subquery(acts.filter(verb=Verb.SUBMIT).values("by")[:1]),
    ).order_by("since")


def rows(articles: QuerySet[Article]) -> list[Waiting]:
    return [
        Waiting(each.title, timezone.localdate(each.since), link_to(each))
        for each in articles
    ]


def remind(reminders: list[Reminder], day: date) -> None:
    """Queue reminders, each person's once a day."""
    enqueue_once(
        deliver_reminder, [(day.isoformat(), each.person.pk) for each in reminders]
    )


@task(queue_name="mail", priority=10, takes_context=True)
def deliver_reminder(context: TaskContext, day: str, recipient_id: int) -> str:
    """Send one person what still waits; `day` is there to make the task one a day."""
    recipient = newsroom().filter(pk=recipient_id).first()
    found = recipient and reminder_of(recipient)
    if not found or not (found.to_approve or found.to_mend):
        return "tidak perlu lagi"
    return send(context, written(found))


def written(reminder: Reminder) -> EmailMessage:
    return mail("pengingat", reminder.person, reminder=reminder)
