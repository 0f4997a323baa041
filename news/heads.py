"""The head of each day of the ledger, sent to those who vouch for what is published.

Once a head lies in many mailboxes, nobody can rewrite the record up to it unseen, not
even who holds the database.
"""

from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.tasks import TaskContext, task
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import KOMISIONER, PENGELOLA
from kpuweb.tasks import enqueue_once
from news.models import Publication
from news.notifications import mail, send


def last_before(today: date) -> Publication | None:
    """Return the last line that was written before a day began, by the office's clock.

    A day that has ended gets no more lines, so its head is the same whenever asked.
    """
    midnight = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    written = Publication.objects.filter(recorded_at__lt=midnight)
    return written.order_by("-recorded_at", "-sequence").first()


def keepers() -> QuerySet[User]:
    """Return who gets the heads: the commissioners and Pengelola."""
    return (
        User.objects.filter(groups__name__in=[KOMISIONER, PENGELOLA], is_active=True)
        .exclude(email="")
        .distinct()
        .order_by("username")
    )


def announce(today: date) -> None:
    """Queue the mail with the newest head of a day that has ended, to each once.

    A day without lines has none, so it needs no mail; one whose timer was dead is made
    up for by the next.
    """
    head = last_before(today)
    if head:
        enqueue_once(deliver_head, [(head.sequence, each.pk) for each in keepers()])


@task(queue_name="mail", takes_context=True)
def deliver_head(context: TaskContext, sequence: int, recipient_id: int) -> str:
    """Send one person a head to keep."""
    recipient = keepers().filter(pk=recipient_id).first()
    if recipient is None:
        return "tidak perlu lagi"
    return send(context, written(recipient, Publication.objects.get(pk=sequence)))


def written(recipient: User, head: Publication) -> EmailMessage:
    return mail(
        "kepala",
        recipient,
        head=head,
        day=timezone.localdate(head.recorded_at),
        record=settings.SITE_ORIGIN + reverse("news:ledger"),
    )
