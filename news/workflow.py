"""The workflow: one table of verbs, and `perform()`, the one way to move an article.

Buttons, addresses, commands and mails ask `refusal()`; `perform()` asks it again under
the lock, so what a page offers and what is enforced cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.roles import is_humas, is_komisioner
from news import conditions, notifications, publishing, richtext
from news.models import Article, Transition
from news.models.article import EDITABLE, Release, State, Verb
from news.publishing import Act, Archive, TransitionNotAllowed

__all__ = ["Archive", "TransitionNotAllowed", "actions", "perform", "refusal"]

# The account that imported texts are saved by; inactive, so nobody can sign in as it.
ARCHIVE_USERNAME = "arsip-situs-lama"

# For verbs that look at what the public sees, wherever the desk copy stands.
ANY = frozenset(State)

Condition = Callable[[Article, User], str | None]


@dataclass(frozen=True)
class Rule:
    """A row of the table: from where, by whom, on what conditions, to what effect.

    `note_says` is the sentence that asks for a note where the verb needs one. The act
    returns the state that the desk copy is then in.
    """

    sources: frozenset[State]
    who: Callable[[User], bool]
    who_says: str
    act: Callable[[Act], State]
    conditions: tuple[Condition, ...] = ()
    note_says: str = ""


def _is_archive(user: User) -> bool:
    return user.username == ARCHIVE_USERNAME and not user.is_active


def _is_newsroom(user: User) -> bool:
    return is_humas(user) or is_komisioner(user)


RULES = {
    Verb.SUBMIT: Rule(
        sources=EDITABLE,
        who=is_humas,
        who_says="Hanya Humas yang dapat mengajukan naskah.",
        conditions=(
            conditions.saved,
            conditions.passes_checks,
            conditions.change_is_classed,
        ),
        act=publishing.submit,
    ),
    Verb.RECALL: Rule(
        sources=frozenset({State.SUBMITTED, State.APPROVED}),
        who=is_humas,
        who_says="Hanya Humas yang dapat menarik kembali naskah.",
        act=publishing.recall,
    ),
    Verb.RETURN: Rule(
        sources=frozenset({State.SUBMITTED, State.APPROVED}),
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat mengembalikan naskah.",
        act=publishing.send_back,
        note_says="Tulis dahulu apa yang perlu diperbaiki.",
    ),
    Verb.APPROVE: Rule(
        sources=frozenset({State.SUBMITTED}),
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat menyetujui naskah.",
        conditions=(
            conditions.saved,
            conditions.not_withdrawn_since_submission,
            conditions.replies_to_public,
            conditions.did_not_contribute,
            conditions.has_not_approved,
        ),
        act=publishing.approve,
    ),
    Verb.PUBLISH: Rule(
        sources=frozenset({State.APPROVED}),
        who=is_humas,
        who_says="Hanya Humas yang dapat menerbitkan naskah.",
        conditions=(
            conditions.not_withdrawn_since_submission,
            conditions.replies_to_public,
            conditions.approved_by_quorum,
        ),
        act=publishing.publish,
    ),
    Verb.RELEASE: Rule(
        sources=EDITABLE | {State.SUBMITTED},
        who=is_humas,
        who_says="Hanya Humas yang dapat menyiarkan darurat.",
        conditions=(
            conditions.saved,
            conditions.not_withdrawn,
            conditions.passes_checks,
            conditions.change_is_classed,
        ),
        act=publishing.release,
        note_says="Tulis dahulu mengapa tidak dapat menunggu persetujuan.",
    ),
    Verb.COUNTERSIGN: Rule(
        sources=ANY,
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat mengesahkan siaran darurat.",
        conditions=(
            conditions.is_released,
            conditions.did_not_contribute,
            conditions.has_not_countersigned,
        ),
        act=publishing.countersign,
    ),
    Verb.REVISE: Rule(
        sources=frozenset({State.LIVE}),
        who=is_humas,
        who_says="Hanya Humas yang dapat menyunting naskah.",
        conditions=(conditions.is_visible,),
        act=publishing.revise,
    ),
    Verb.DISCARD: Rule(
        sources=EDITABLE,
        who=is_humas,
        who_says="Hanya Humas yang dapat membuang draf.",
        conditions=(conditions.not_erased,),
        act=publishing.discard,
    ),
    Verb.UNSCHEDULE: Rule(
        sources=ANY,
        who=_is_newsroom,
        who_says="Hanya Humas atau komisioner yang dapat membatalkan jadwal.",
        conditions=(conditions.is_scheduled,),
        act=publishing.unschedule,
    ),
    Verb.WITHDRAW: Rule(
        sources=ANY,
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat menarik naskah dari publik.",
        conditions=(conditions.is_visible,),
        act=publishing.withdraw,
        note_says="Tulis dahulu alasannya; publik akan membacanya.",
    ),
    Verb.RESTORE: Rule(
        sources=frozenset({State.LIVE}),
        who=is_humas,
        who_says="Hanya Humas yang dapat memulihkan naskah.",
        conditions=(conditions.is_withdrawn,),
        act=publishing.restore,
    ),
    Verb.ERASE: Rule(
        sources=ANY,
        who=is_komisioner,
        who_says="Hanya komisioner yang dapat menghapus isi naskah.",
        conditions=(conditions.was_public, conditions.not_erased),
        act=publishing.erase,
        note_says="Tulis dahulu alasannya; publik akan membacanya.",
    ),
    Verb.IMPORT: Rule(
        sources=frozenset({State.DRAFT}),
        who=_is_archive,
        who_says="Naskah lama hanya masuk lewat perintah impor.",
        conditions=(conditions.saved, conditions.has_origin),
        act=publishing.take_over,
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
    for condition in rule.conditions:
        reason = condition(article, by)
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
    seen_round: int | None = None,
    release: str = Release.ON_APPROVAL,
    publish_at: datetime | None = None,
    archive: Archive | None = None,
) -> Article:
    """Do a verb to an article, whole or not at all, and return the article afterwards.

    `note` is the reason that a verb asks for; `digest` that of the text which the
    approver saw, in the round `seen_round` if they say which; `release` who publishes
    after approval, and `publish_at` when; `archive` what an import knows. Raises
    TransitionNotAllowed with the reason, and changes nothing.
    """
    verb = Verb(verb)
    rule = RULES[verb]
    note = richtext.paragraphs(note)
    with transaction.atomic():
        article = locked(article)
        reason = refusal(verb, article, by)
        if reason is None and rule.note_says and not note:
            reason = rule.note_says
        if reason:
            raise TransitionNotAllowed(reason)
        before = article.state
        revision = article.latest_revision
        article.state = rule.act(
            Act(
                article=article,
                by=by,
                revision=revision,
                note=note,
                digest=digest,
                seen_round=seen_round,
                release=release,
                publish_at=publish_at,
                archive=archive,
            )
        )
        # Not save(): the desk copy's own columns, and the time they were saved, stay.
        Article.objects.filter(pk=article.pk).update(
            state=article.state,
            round=article.round,
            release=article.release,
            publish_at=article.publish_at,
        )
        transition = Transition.objects.create(
            article=article,
            verb=verb,
            before=before,
            after=article.state,
            round=article.round,
            digest=revision.digest if revision else "",
            note=note,
            by=by,
        )
        notifications.announce(transition)
    return article


def locked(article: Article) -> Article:
    """Return the article as it stands, held until the transaction ends."""
    found = Article.objects.select_for_update().filter(pk=article.pk).first()
    if found is None:
        raise TransitionNotAllowed("Naskah ini sudah dibuang.")
    return found


def actions(article: Article, by: User) -> list[tuple[Verb, str | None]]:
    """Return the verbs of a person's role, each with why it is refused now, or None."""
    return [
        (verb, refusal(verb, article, by))
        for verb, rule in RULES.items()
        if rule.who(by)
    ]
