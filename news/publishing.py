"""What a verb does to the public record: editions, approvals and the ledger.

Called by `news.workflow` alone, inside its transaction and under its lock. Each act
returns the state in which it leaves the desk copy.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from news import approval, drafting, erasure, fingerprints, ledger, sharing
from news.conditions import edition_of
from news.models import Approval, Article, Edition, Publication, Revision
from news.models.article import Release, State


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
    seen_round: int | None
    release: str
    publish_at: datetime | None
    archive: Archive | None


def submit(act: Act) -> State:
    article = act.article
    if act.release == Release.AT_TIME:
        _require_time(act)
    article.round += 1
    article.release = act.release
    article.publish_at = act.publish_at if act.release == Release.AT_TIME else None
    return State.SUBMITTED


def _require_time(act):
    if edition_of(act.article):
        raise TransitionNotAllowed(
            "Naskah ini sudah pernah terbit; perubahannya terbit begitu disetujui."
        )
    if act.publish_at is None:
        raise TransitionNotAllowed("Isi tanggal dan jam terbitnya.")
    if act.publish_at <= ledger.database_now():
        raise TransitionNotAllowed("Waktu terbitnya sudah lewat. Pilih waktu lain.")


def recall(act: Act) -> State:
    return State.DRAFT


def send_back(act: Act) -> State:
    return State.RETURNED


def approve(act: Act) -> State:
    article, digest = act.article, act.revision.digest
    _require_seen(act, digest, article.round)
    Approval.objects.create(
        article=article, round=article.round, digest=digest, approver=act.by
    )
    if not approval.has_quorum(article, article.round, digest):
        return State.SUBMITTED
    if article.release == Release.BY_AUTHOR:
        return State.APPROVED
    return publish(act)


def _require_seen(act, digest, round_):
    """The text that was on the screen, and what its author then asked for."""
    if act.digest != digest or act.seen_round not in {None, round_}:
        raise TransitionNotAllowed(
            "Naskah ini berubah sejak Anda membukanya. Muat ulang halaman, baca lagi, "
            "lalu setujui."
        )


def publish(act: Act) -> State:
    now = ledger.database_now()
    # What was approved says what kind of change it is, not the desk copy's columns.
    document = json.loads(act.revision.document)
    edition = edition_of(act.article)
    if edition is None:
        moment = max(act.article.publish_at or now, now)
        edition = new_edition(act.article, moment)
        kind = Publication.Kind.PUBLISHED
    elif edition.withdrawn_at:
        kind = Publication.Kind.RESTORED
    else:
        kind = Publication.Kind(document["change_class"])
    edition.released_at = edition.countersigned_at = None
    edition.approved_number = act.revision.number
    return _show(act, edition, kind, now, document["change_note"])


def new_edition(article: Article, publish_at: datetime) -> Edition:
    return Edition(
        article=article,
        version=0,
        publish_at=publish_at,
        published_on=timezone.localdate(publish_at),
    )


def release(act: Act) -> State:
    """Make a text public without approval, and say so on its page."""
    now = ledger.database_now()
    # A round of its own: approvals of what waited before are not of this act.
    act.article.round += 1
    edition = edition_of(act.article) or new_edition(act.article, now)
    edition.released_at, edition.countersigned_at = now, None
    kind = Publication.Kind.RELEASED
    note = json.loads(act.revision.document)["change_note"]
    return _show(act, edition, kind, now, note)


def take_over(act: Act) -> State:
    if act.archive is None:
        raise TransitionNotAllowed("Impor memerlukan data terbitan lamanya.")
    edition = Edition(
        article=act.article,
        version=0,
        publish_at=act.archive.publish_at,
        published_on=act.archive.published_on,
        baseline=act.archive.baseline,
    )
    return _show(act, edition, Publication.Kind.IMPORTED, ledger.database_now(), "")


def _show(act, edition, kind, now, note):
    """Make a revision what the public reads, with its line in the ledger.

    One that is scheduled gets its line when it is due: `ledger.record_due`.
    """
    edition.present(act.revision)
    edition.version += 1
    edition.round = act.article.round
    edition.withdrawn_at, edition.withdrawn_reason = None, ""
    # Before the ledger's lock, which every other publication waits for.
    edition.share_image = sharing.make(edition)
    if kind != Publication.Kind.PUBLISHED or edition.publish_at <= now:
        _record(act, edition, kind, note, now)
    edition.save()
    fingerprints.keep(edition)
    return State.LIVE


def _record(act, edition, kind, note, at):
    ledger.append(
        article=act.article.pk,
        version=edition.version,
        digest=edition.revision.digest,
        kind=kind,
        note=note,
        at=at,
    )


def countersign(act: Act) -> State:
    edition = edition_of(act.article)
    digest = edition.revision.digest
    _require_seen(act, digest, edition.round)
    Approval.objects.create(
        article=act.article, round=edition.round, digest=digest, approver=act.by
    )
    if approval.has_quorum(act.article, edition.round, digest):
        edition.countersigned_at = ledger.database_now()
        edition.approved_number = edition.revision.number
        edition.save(update_fields=["countersigned_at", "approved_number"])
        kind = Publication.Kind.COUNTERSIGNED
        _record(act, edition, kind, "", edition.countersigned_at)
    return act.article.state


def revise(act: Act) -> State:
    """Open the desk copy; the public keeps reading the edition."""
    Article.objects.filter(pk=act.article.pk).update(change_class="", change_note="")
    return State.DRAFT


def discard(act: Act) -> State:
    edition = edition_of(act.article)
    if edition is None:
        act.article.revisions.all().delete()
        act.article.tags.clear()
        # Not the instance's delete(), which forgets the number that the log names.
        Article.objects.filter(pk=act.article.pk).delete()
        return State.DRAFT
    drafting.restore(act.article, edition.document)
    drafting.record(act.article, act.by)
    return State.LIVE


def unschedule(act: Act) -> State:
    Edition.objects.filter(pk=act.article.pk).delete()
    transaction.on_commit(partial(sharing.remove_all, act.article.pk), robust=True)
    return State.DRAFT


def withdraw(act: Act) -> State:
    edition = edition_of(act.article)
    edition.withdrawn_at = ledger.database_now()
    edition.withdrawn_reason = act.note
    edition.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _record(act, edition, Publication.Kind.WITHDRAWN, act.note, edition.withdrawn_at)
    return act.article.state


def restore(act: Act) -> State:
    return revise(act)


def erase(act: Act) -> State:
    """Empty a document in every version; its digests and the ledger stay."""
    edition = edition_of(act.article)
    now = ledger.database_now()
    _record(act, edition, Publication.Kind.ERASED, act.note, now)
    erasure.erase(act.article.pk, edition.version, act.note, now)
    return State.LIVE
