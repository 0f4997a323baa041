"""Who may approve what, and when a text has approvals enough."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.roles import KOMISIONER, is_komisioner
from news.models import Approval, Article, Edition, Revision, Transition
from news.models.article import State, Verb

APPROVAL_LIFE = timedelta(days=14)


def approved_number(article: Article) -> int:
    """Return the last revision that the public had by a quorum; 0 when none."""
    return (
        Edition.objects.filter(pk=article.pk)
        .values_list("approved_number", flat=True)
        .first()
        or 0
    )


def contributors(article: Article) -> set[int]:
    """Return the ids of all who wrote or released what no quorum has yet approved.

    Stricter than Whitehall, where only the submitter may not approve: whoever saved
    any revision since the last publication that had a quorum is one of its authors.
    """
    written = article.revisions.filter(number__gt=approved_number(article))
    released = article.transitions.filter(
        verb=Verb.RELEASE, digest__in=written.order_by().values("digest")
    )
    return {
        *written.order_by().values_list("saved_by", flat=True),
        *released.order_by().values_list("by", flat=True),
    }


def approvable_by(user: User, articles: QuerySet) -> QuerySet:
    """Return the submitted articles that this commissioner may approve now."""
    if not is_komisioner(user):
        return articles.none()
    return articles.filter(state=State.SUBMITTED).exclude(
        _contributed(user) | _approved(user, OuterRef("round"))
    )


def countersignable_by(user: User, articles: QuerySet) -> QuerySet:
    """Return the public releases that this commissioner may countersign now."""
    if not is_komisioner(user):
        return articles.none()
    waiting = Edition.objects.awaiting_countersign().filter(pk=OuterRef("pk"))
    return articles.filter(Exists(waiting)).exclude(
        _contributed(user) | _approved(user, OuterRef("edition__round"))
    )


def _contributed(user):
    """Return the condition that a user is among an article's contributors."""
    new = Revision.objects.filter(
        article=OuterRef("pk"),
        number__gt=Coalesce(OuterRef("edition__approved_number"), 0),
    )
    release = Transition.objects.filter(
        article=OuterRef("article"),
        verb=Verb.RELEASE,
        by=user,
        digest=OuterRef("digest"),
    )
    return Exists(new.filter(saved_by=user)) | Exists(new.filter(Exists(release)))


def _approved(user, round_):
    return Exists(
        Approval.objects.filter(article=OuterRef("pk"), round=round_, approver=user)
    )


def valid_approvals(article: Article, round_: int, digest: str) -> QuerySet:
    """Return a round's approvals of a text that still count.

    An approver must still be an active commissioner, and an approval lapses after
    fourteen days.
    """
    return Approval.objects.filter(
        article=article,
        round=round_,
        digest=digest,
        at__gt=timezone.now() - APPROVAL_LIFE,
        approver__is_active=True,
        approver__groups__name=KOMISIONER,
    )


def has_quorum(article: Article, round_: int, digest: str) -> bool:
    count = valid_approvals(article, round_, digest).count()
    return count >= settings.APPROVAL_QUORUM


def quorum_shortfall() -> str | None:
    """Return a sentence when fewer commissioners are active than a quorum needs."""
    active = User.objects.filter(is_active=True, groups__name=KOMISIONER).count()
    if active >= settings.APPROVAL_QUORUM:
        return None
    return (
        f"Perlu {settings.APPROVAL_QUORUM} komisioner untuk menyetujui naskah, tetapi "
        f"baru {active} yang aktif. Tambahkan akun komisioner, atau ubah "
        "APPROVAL_QUORUM."
    )
