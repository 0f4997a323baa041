"""The workflow: one table of verbs, and `perform()`, the one way to move an article.

Buttons, addresses, commands and mails ask `refusal()`; `perform()` asks it again under
the lock, so what a page offers and what is enforced cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from accounts.roles import KOMISIONER, is_humas, is_komisioner
from news import ledger, richtext
from news.models import Approval, Article, Edition, Publication, Revision, Transition
from news.models.article import EDITABLE, Release, State, Verb

# The account that imported texts are saved by; inactive, so nobody can sign in as it.
ARCHIVE_USERNAME = "arsip-situs-lama"

APPROVAL_LIFE = timedelta(days=14)


class TransitionNotAllowed(Exception):  # noqa: N818 - the name says what it is
    """A refused act; `str()` is its reason, a sentence in Indonesian for the person."""


@dataclass(frozen=True)
class Archive:
    """What an import knows of an old publication; the dates are those of the old site.

    `publish_at` orders the feed and is never printed; `published_on` is, when known.
    """

    publish_at: datetime
    published_on: date | None
    baseline: int


@dataclass(frozen=True)
class Act:
    """One use of a verb: who does what to which text, and what the verb asked for."""

    article: Article
    by: User
    revision: Revision | None
    note: str
    digest: str
    release: str
    archive: Archive | None


Guard = Callable[[Article, User], str | None]


@dataclass(frozen=True)
class Rule:
    """A row of the table: from where, by whom, on what conditions, to what effect."""

    sources: frozenset[State]
    who: Callable[[User], bool]
    who_says: str
    carry_out: Callable[[Act], None]
    guards: tuple[Guard, ...] = ()
    note_says: str = ""


def approvable_by(user: User, articles: QuerySet) -> QuerySet:
    """Return the articles that wait for this commissioner: the many of `refusal`."""
    if not is_komisioner(user):
        return articles.none()
    quorum = Approval.objects.filter(
        article=OuterRef("article"),
        round=OuterRef("round"),
        digest=OuterRef("revision__digest"),
    )
    public = Edition.objects.filter(Exists(quorum), pk=OuterRef("article"))
    written = Revision.objects.filter(article=OuterRef("pk"), saved_by=user).filter(
        number__gt=Coalesce(Subquery(public.values("revision__number")), 0)
    )
    given = Approval.objects.filter(
        article=OuterRef("pk"), round=OuterRef("round"), approver=user
    )
    return articles.filter(state=State.SUBMITTED).exclude(
        Exists(written) | Exists(given)
    )


def contributors(article: Article) -> set[int]:
    """Return the ids of all who wrote what the public has not yet had by a quorum."""
    edition = Edition.objects.filter(pk=article.pk).select_related("revision").first()
    base = 0
    if (
        edition
        and article.approvals.filter(
            round=edition.round, digest=edition.revision.digest
        ).exists()
    ):
        base = edition.revision.number
    return set(
        article.revisions.filter(number__gt=base)
        .order_by()
        .values_list("saved_by", flat=True)
    )


def valid_approvals(article: Article, digest: str):
    """Return this round's approvals of a text that still count.

    An approver must still be an active commissioner, and an approval lapses.
    """
    return Approval.objects.filter(
        article=article,
        round=article.round,
        digest=digest,
        at__gt=timezone.now() - APPROVAL_LIFE,
        approver__is_active=True,
        approver__groups__name=KOMISIONER,
    )


def has_quorum(article: Article, digest: str) -> bool:
    return valid_approvals(article, digest).count() >= settings.APPROVAL_QUORUM


def _saved(article, by):
    if article.latest_revision is None:
        return "Naskah ini belum pernah disimpan. Buka dan simpan dahulu."
    return None


def _did_not_contribute(article, by):
    if by.pk in contributors(article):
        return (
            "Anda ikut menulis naskah ini, jadi tidak dapat menyetujuinya. "
            "Minta komisioner lain membacanya."
        )
    return None


def _has_not_approved(article, by):
    if article.approvals.filter(round=article.round, approver=by).exists():
        return "Anda sudah menyetujui naskah ini. Menunggu komisioner lain."
    return None


def _approved_by_quorum(article, by):
    revision = article.latest_revision
    if revision is None or not has_quorum(article, revision.digest):
        return (
            "Persetujuannya tidak lagi cukup: sudah lewat 14 hari, atau komisioner "
            "yang menyetujui tidak lagi bertugas. Ajukan kembali naskah ini."
        )
    return None


def _is_visible(article, by):
    if not Edition.objects.visible().filter(pk=article.pk).exists():
        return "Naskah ini tidak sedang tampil di situs."
    return None


def _has_origin(article, by):
    if not hasattr(article, "imported"):
        return "Naskah impor harus menyimpan teks aslinya."
    return None


def _is_archive(user):
    return user.username == ARCHIVE_USERNAME and not user.is_active


def _submit(act):
    act.article.round += 1
    act.article.release = act.release
    act.article.state = State.SUBMITTED


def _recall(act):
    act.article.state = State.DRAFT


def _return(act):
    act.article.state = State.RETURNED


def _approve(act):
    if act.digest != act.revision.digest:
        raise TransitionNotAllowed(
            "Naskah ini berubah sejak Anda membukanya. Muat ulang halaman, baca lagi, "
            "lalu setujui."
        )
    Approval.objects.create(
        article=act.article,
        round=act.article.round,
        digest=act.revision.digest,
        approver=act.by,
    )
    if not has_quorum(act.article, act.revision.digest):
        return
    if act.article.release == Release.ON_APPROVAL:
        _publish(act)
    else:
        act.article.state = State.APPROVED


def _publish(act):
    now = ledger.database_now()
    edition = Edition.objects.filter(pk=act.article.pk).first() or Edition(
        article=act.article,
        version=0,
        publish_at=now,
        published_on=timezone.localdate(now),
    )
    _show(act, edition, Publication.Kind.PUBLISHED, now)


def _import(act):
    if act.archive is None:
        raise TransitionNotAllowed("Impor memerlukan data terbitan lamanya.")
    edition = Edition(
        article=act.article,
        version=0,
        publish_at=act.archive.publish_at,
        published_on=act.archive.published_on,
        baseline=act.archive.baseline,
    )
    _show(act, edition, Publication.Kind.IMPORTED, ledger.database_now())


def _show(act, edition, kind, now):
    """Make a revision what the public reads, and write it into the ledger."""
    edition.present(act.revision)
    edition.version += 1
    edition.round = act.article.round
    edition.save()
    act.article.state = State.LIVE
    ledger.append(
        article=act.article.pk,
        version=edition.version,
        digest=act.revision.digest,
        kind=kind,
        note="",
        at=now,
    )


def _withdraw(act):
    edition = Edition.objects.select_related("revision").get(pk=act.article.pk)
    edition.withdrawn_at = ledger.database_now()
    edition.withdrawn_reason = act.note
    edition.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    ledger.append(
        article=act.article.pk,
        version=edition.version,
        digest=edition.revision.digest,
        kind=Publication.Kind.WITHDRAWN,
        note=act.note,
        at=edition.withdrawn_at,
    )


RULES = {
    Verb.SUBMIT: Rule(
        sources=EDITABLE,
        who=is_humas,
        who_says="Hanya Humas yang dapat mengajukan naskah.",
        guards=(_saved,),
        carry_out=_submit,
    ),
    Verb.RECALL: Rule(
        sources=frozenset({State.SUBMITTED, State.APPROVED}),
        who=is_humas,
        who_says="Hanya Humas yang dapat menarik kembali naskah.",
        carry_out=_recall,
    ),
    Verb.RETURN: Rule(
        sources=frozenset({State.SUBMITTED, State.APPROVED}),
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat mengembalikan naskah.",
        carry_out=_return,
        note_says="Tulis dahulu apa yang perlu diperbaiki.",
    ),
    Verb.APPROVE: Rule(
        sources=frozenset({State.SUBMITTED}),
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat menyetujui naskah.",
        guards=(_saved, _did_not_contribute, _has_not_approved),
        carry_out=_approve,
    ),
    Verb.PUBLISH: Rule(
        sources=frozenset({State.APPROVED}),
        who=is_humas,
        who_says="Hanya Humas yang dapat menerbitkan naskah.",
        guards=(_approved_by_quorum,),
        carry_out=_publish,
    ),
    Verb.WITHDRAW: Rule(
        # What matters is what the public sees, wherever the desk copy stands.
        sources=frozenset(State),
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat menarik naskah dari publik.",
        guards=(_is_visible,),
        carry_out=_withdraw,
        note_says="Tulis dahulu alasannya; publik akan membacanya.",
    ),
    Verb.IMPORT: Rule(
        sources=frozenset({State.DRAFT}),
        who=_is_archive,
        who_says="Naskah lama hanya masuk lewat perintah impor.",
        guards=(_saved, _has_origin),
        carry_out=_import,
    ),
}


def refusal(verb: Verb, article: Article, by: User) -> str | None:
    """Return why a person may not do a verb to an article now, or None if they may."""
    rule = RULES[verb]
    if not rule.who(by):
        return rule.who_says
    state = State(article.state)
    if state not in rule.sources:
        wanted = " atau ".join(item.label for item in State if item in rule.sources)
        return f"Untuk naskah berstatus {wanted}; naskah ini {state.label}."
    for guard in rule.guards:
        reason = guard(article, by)
        if reason:
            return reason
    return None


def perform(
    verb: str,
    article: Article,
    by: User,
    *,
    note: str = "",
    digest: str = "",
    release: str = Release.ON_APPROVAL,
    archive: Archive | None = None,
) -> Article:
    """Do a verb to an article, whole or not at all, and return the article afterwards.

    `note` is the reason that returning and withdrawing ask for; `digest` that of the
    text which the approver saw; `release` who publishes after approval; `archive` what
    an import knows. Raises TransitionNotAllowed with the reason, and changes nothing.
    """
    verb = Verb(verb)
    rule = RULES[verb]
    note = richtext.paragraphs(note)
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        reason = refusal(verb, article, by)
        if reason is None and rule.note_says and not note:
            reason = rule.note_says
        if reason:
            raise TransitionNotAllowed(reason)
        before = article.state
        revision = article.latest_revision
        rule.carry_out(
            Act(article, by, revision, note, digest, Release(release), archive)
        )
        # Not save(): the desk copy's own columns, and the time they were saved, stay.
        Article.objects.filter(pk=article.pk).update(
            state=article.state, round=article.round, release=article.release
        )
        Transition.objects.create(
            article=article,
            verb=verb,
            before=before,
            after=article.state,
            round=article.round,
            digest=revision.digest if revision else "",
            note=note,
            by=by,
        )
    return article


def actions(article: Article, by: User) -> list[tuple[Verb, str | None]]:
    """Return the verbs of a person's role, each with why it is refused now, or None."""
    return [
        (verb, refusal(verb, article, by))
        for verb, rule in RULES.items()
        if rule.who(by)
    ]
