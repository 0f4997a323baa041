"""Mail to the people of the newsroom: who gets which, and one function for each mail.

A subject holds a number and never a title: it lights up on locked screens and stays in
a forwarded mail. Titles and notes stand in the body, which goes to staff alone. What a
mail says, and whether it is still to be said to this person, is decided when it is
sent, so that nobody is called to an article that was recalled in the meantime.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db.models import Q, QuerySet
from django.tasks import TaskContext, TaskResultStatus, task
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.roles import HUMAS, KOMISIONER
from kpuweb.tasks import enqueue_once
from news.approval import contributors
from news.models import Article, Edition, Transition
from news.models.article import State, Verb
from news.models.shown import moment_text


def announce(transition: Transition) -> None:
    """Queue the mails that an act calls for, in the transaction of the act."""
    notice = NOTICES.get(transition.verb)
    if notice:
        people = notice.to(transition).values_list("pk", flat=True)
        enqueue_once(deliver, [(transition.pk, pk) for pk in people])


@task(queue_name="mail", priority=10, takes_context=True)
def deliver(context: TaskContext, transition_id: int, recipient_id: int) -> str:
    """Send what an act calls for to one person."""
    transition = Transition.objects.get(pk=transition_id)
    notice = NOTICES[transition.verb]
    recipient = notice.to(transition).filter(pk=recipient_id).first()
    if recipient is None:
        return "tidak perlu lagi"
    return send(context, notice.write(recipient, transition))


def send(context: TaskContext, message: EmailMessage) -> str:
    """Hand a message to the mail server, and record at once that it was accepted.

    Before the connection is closed, which a server may draw out or break: a mail that
    it has accepted must not be sent again for that. Killed between the two, the worker
    sends it twice, with the same Message-ID, by which mail programs know the second.
    """
    pk = context.task_result.id
    host = urlsplit(settings.SITE_ORIGIN).hostname
    message.extra_headers = {
        "Message-ID": f"<{pk}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    mailer = mailers.default
    try:
        mailer.open()
        mailer.send_messages([message])
        DBTaskResult.objects.filter(pk=pk).update(
            status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now()
        )
    finally:
        with contextlib.suppress(OSError):
            mailer.close()
    return "terkirim"


# Who


def newsroom() -> QuerySet[User]:
    """Return the people of the newsroom whom mail can reach."""
    return User.objects.filter(
        pk__in=User.objects.filter(groups__name__in=[HUMAS, KOMISIONER]).values("pk"),
        is_active=True,
    ).exclude(email="")


def commissioners(transition: Transition) -> QuerySet[User]:
    return newsroom().filter(groups__name=KOMISIONER).exclude(pk=transition.by_id)


def approvers(transition: Transition) -> QuerySet[User]:
    """Return who may approve the text that was submitted, while it still waits."""
    article = article_of(transition)
    if (
        article is None
        or article.state != State.SUBMITTED
        or article.round != transition.round
    ):
        return User.objects.none()
    return commissioners(transition).exclude(pk__in=contributors(article))


def authors(transition: Transition) -> QuerySet[User]:
    """Return who created the article, and who submitted it last."""
    return newsroom().filter(_wrote(transition)).exclude(pk=transition.by_id)


def authors_of_approved(transition: Transition) -> QuerySet[User]:
    """Return the authors, once an approval has led to something."""
    if transition.after == State.SUBMITTED:
        return User.objects.none()
    return authors(transition)


def authors_and_commissioners(transition: Transition) -> QuerySet[User]:
    people = newsroom().filter(Q(groups__name=KOMISIONER) | _wrote(transition))
    return people.exclude(pk=transition.by_id).distinct()


def _wrote(transition):
    submitted = Transition.objects.filter(
        article=transition.article_id, verb=Verb.SUBMIT, pk__lte=transition.pk
    ).order_by("-pk")[:1]
    created = Article.objects.filter(pk=transition.article_id)
    return Q(pk__in=submitted.values("by")) | Q(pk__in=created.values("created_by"))


# What


def submitted(recipient: User, transition: Transition) -> EmailMessage:
    return about("ajukan", recipient, transition)


def returned(recipient: User, transition: Transition) -> EmailMessage:
    return about("kembalikan", recipient, transition)


def approved(recipient: User, transition: Transition) -> EmailMessage:
    """Tell the author that the quorum was reached, or that the public reads it now."""
    if transition.after == State.LIVE:
        return published(recipient, transition)
    return about("setujui", recipient, transition)


def published(recipient: User, transition: Transition) -> EmailMessage:
    scheduled = Edition.objects.scheduled().filter(pk=transition.article_id).first()
    return about(
        "tayang",
        recipient,
        transition,
        scheduled=scheduled and moment_text(scheduled.publish_at),
    )


def released(recipient: User, transition: Transition) -> EmailMessage:
    return about("darurat", recipient, transition)


def withdrawn(recipient: User, transition: Transition) -> EmailMessage:
    return about("tarik", recipient, transition)


def erased(recipient: User, transition: Transition) -> EmailMessage:
    """Tell that a text was erased, and so do not repeat any of it."""
    return about("hapus", recipient, transition)


def about(
    name: str, recipient: User, transition: Transition, **more: object
) -> EmailMessage:
    """Return a mail on an act; the article may have been discarded since."""
    article = article_of(transition)
    return mail(
        name,
        recipient,
        number=transition.article_id,
        title=article.title if article else "",
        link=link_to(article or Article(pk=transition.article_id)),
        by=transition.by,
        verb=transition.verb,
        note=transition.note,
        **more,
    )


def mail(name: str, recipient: User, **context: object) -> EmailMessage:
    """Return the mail that a template writes: its subject, an empty line, its body."""
    text = render_to_string(
        f"mail/{name}.txt",
        {"recipient": recipient, "office": settings.OFFICE, **context},
    )
    subject, _, body = text.partition("\n\n")
    return EmailMessage(subject, body, to=[recipient.email])


def article_of(transition: Transition) -> Article | None:
    return Article.objects.filter(pk=transition.article_id).first()


def link_to(article: Article) -> str:
    """Return the address of the review page, by the site's fixed origin."""
    return settings.SITE_ORIGIN + article.desk_url


def whatsapp_reminder_url(article: Article) -> str:
    """Return the address that opens WhatsApp with a reminder, which names no title."""
    text = (
        "Ada naskah yang menunggu persetujuan Anda di Meja redaksi "
        f"{settings.OFFICE['name']}: {link_to(article)}"
    )
    return f"https://wa.me/?text={quote(text, safe='')}"


@dataclass(frozen=True)
class Notice:
    """What a verb makes us say, and to whom."""

    to: Callable[[Transition], QuerySet[User]]
    write: Callable[[User, Transition], EmailMessage]


NOTICES = {
    Verb.SUBMIT: Notice(to=approvers, write=submitted),
    Verb.RETURN: Notice(to=authors, write=returned),
    Verb.APPROVE: Notice(to=authors_of_approved, write=approved),
    Verb.PUBLISH: Notice(to=authors, write=published),
    Verb.RELEASE: Notice(to=commissioners, write=released),
    Verb.WITHDRAW: Notice(to=authors_and_commissioners, write=withdrawn),
    Verb.ERASE: Notice(to=commissioners, write=erased),
}
