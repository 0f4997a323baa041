"""What must hold before a verb: each returns why it does not, or None.

A condition reads and never writes; the sentence it returns is shown to the person.
"""

import json
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from news import approval, attachments, changes, checks, images, ledger, replies
from news.checks.replies import REFUSALS
from news.models import Article, Edition
from news.models.article import ChangeClass, Verb

# Nobody can tell whether a reader already saw what comes out in a moment.
LAST_MOMENT = timedelta(seconds=5)


def edition_of(article: Article) -> Edition | None:
    return Edition.objects.filter(pk=article.pk).select_related("revision").first()


def saved(article: Article, by: User) -> str | None:
    if article.latest_revision is None:
        return "Naskah ini belum pernah disimpan. Buka dan simpan dahulu."
    return None


def findings(article: Article, document: dict) -> tuple[checks.Finding, ...]:
    """Return what is to be looked at in a document, and in what it names."""
    gone = attachments.gone(document) | images.gone(document["body"])
    reply = replies.standing(article.pk, document.get("reply_to"))
    return checks.check(document, gone=gone, reply=reply)


def passes_checks(article: Article, by: User) -> str | None:
    document = json.loads(article.latest_revision.document)
    stops = [
        finding.message
        for finding in findings(article, document)
        if finding.level == checks.Level.STOP
    ]
    return " ".join(stops) or None


def replies_to_public(article: Article, by: User) -> str | None:
    """What a reply answers may have been withdrawn since it was submitted."""
    document = json.loads(article.latest_revision.document)
    return REFUSALS.get(replies.standing(article.pk, document.get("reply_to")))


def change_is_classed(article: Article, by: User) -> str | None:
    """A change to a public text says what it is, and why, before it is reviewed."""
    edition = edition_of(article)
    if edition is None:
        return None
    new = json.loads(article.latest_revision.document)
    if changes.compare(edition.document, new).unchanged:
        if edition.withdrawn_at:
            return None
        return "Belum ada yang berubah dari naskah yang tayang. Sunting dahulu."
    if not new["change_class"]:
        return "Pilih dahulu jenis perubahannya: ralat, pembaruan, atau salah ketik."
    if new["change_class"] == ChangeClass.TYPO:
        return changes.typo_refusal(edition.document, new)
    if not new["change_note"]:
        return "Tulis dahulu keterangan perubahannya; publik akan membacanya."
    return None


def did_not_contribute(article: Article, by: User) -> str | None:
    if by.pk in approval.contributors(article):
        return (
            "Anda ikut menulis atau menyiarkan naskah ini, jadi tidak dapat "
            "menyetujuinya. Minta komisioner lain membacanya."
        )
    return None


def has_not_approved(article: Article, by: User) -> str | None:
    given = article.approvals.filter(round=article.round, approver=by).first()
    if given is None:
        return None
    if given.at < timezone.now() - approval.APPROVAL_LIFE:
        return (
            "Persetujuan Anda sudah lewat 14 hari. Minta Humas menarik kembali naskah "
            "ini dan mengajukannya lagi."
        )
    return "Anda sudah menyetujui naskah ini. Menunggu komisioner lain."


def has_not_countersigned(article: Article, by: User) -> str | None:
    edition = edition_of(article)
    if article.approvals.filter(round=edition.round, approver=by).exists():
        return "Anda sudah mengesahkan naskah ini. Menunggu komisioner lain."
    return None


def approved_by_quorum(article: Article, by: User) -> str | None:
    digest = article.latest_revision.digest
    if approval.has_quorum(article, article.round, digest):
        return None
    return (
        "Persetujuannya tidak lagi cukup: sudah lewat 14 hari, atau komisioner yang "
        "menyetujui tidak lagi bertugas. Tarik kembali, lalu ajukan lagi naskah ini."
    )


def is_visible(article: Article, by: User) -> str | None:
    if not Edition.objects.visible().filter(pk=article.pk).exists():
        return "Naskah ini tidak sedang tampil di situs."
    return None


def not_withdrawn(article: Article, by: User) -> str | None:
    edition = edition_of(article)
    if edition and edition.withdrawn_at:
        return (
            "Naskah ini ditarik komisioner dari publik; hanya persetujuan yang dapat "
            "menayangkannya lagi. Ajukan."
        )
    return None


def not_withdrawn_since_submission(article: Article, by: User) -> str | None:
    """Whoever submitted before a withdrawal did not ask for what it would undo."""
    edition = edition_of(article)
    if edition is None or edition.withdrawn_at is None:
        return None
    submitted = article.transitions.filter(verb=Verb.SUBMIT).first()
    if submitted.at < edition.withdrawn_at:
        return (
            "Naskah ini ditarik dari publik sesudah perubahan ini diajukan. Tarik "
            "kembali, lalu ajukan lagi bila memang hendak dipulihkan."
        )
    return None


def is_released(article: Article, by: User) -> str | None:
    if not Edition.objects.awaiting_countersign().filter(pk=article.pk).exists():
        return "Naskah ini bukan siaran darurat yang menunggu pengesahan."
    return None


def is_scheduled(article: Article, by: User) -> str | None:
    edition = edition_of(article)
    now = ledger.database_now()
    if edition is None or edition.withdrawn_at or edition.publish_at <= now:
        return "Naskah ini tidak sedang menunggu jadwal terbit."
    if edition.publish_at - now < LAST_MOMENT:
        return "Terlambat: naskah ini terbit dalam beberapa detik. Tarik bila perlu."
    return None


def is_withdrawn(article: Article, by: User) -> str | None:
    edition = edition_of(article)
    if edition is None or edition.withdrawn_at is None:
        return "Naskah ini tidak sedang ditarik."
    return not_erased(article, by)


def not_erased(article: Article, by: User) -> str | None:
    if Edition.objects.filter(pk=article.pk, erased_at__isnull=False).exists():
        return "Isi naskah ini sudah dihapus; yang tersisa hanya catatannya."
    return None


def was_public(article: Article, by: User) -> str | None:
    if not Edition.objects.due().filter(pk=article.pk).exists():
        return "Naskah ini belum pernah terbit, jadi cukup dibuang."
    return None


def has_origin(article: Article, by: User) -> str | None:
    if not hasattr(article, "imported"):
        return "Naskah impor harus menyimpan teks aslinya."
    return None
