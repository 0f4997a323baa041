"""Erasing a published document: text and files go, digests and the ledger stay.

A published identity number must be able to go (UU 27/2022), also from a database that
is restored from an older backup: each erasure is written to a file beside the media,
and `manage.py replay_erasures` does them again.
"""

import json
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from taggit.models import Tag

from news import attachments, fingerprints, images, ledger, sharing
from news.ledger import canonical, timestamp
from news.models import Article, Attachment, Edition, Photo, Publication, Revision

ERASED = "(dihapus)"

# Each kind of file: its rows, and the module that knows who uses it and how it goes.
KINDS = ((Photo, images), (Attachment, attachments))


def journal() -> Path:
    """Return the file that remembers erasures; it belongs with the media's backup."""
    return Path(settings.MEDIA_ROOT) / "penghapusan.jsonl"


def erase(article: int, version: int, reason: str, at: datetime) -> None:
    """Empty every version of an article's document, in the caller's transaction.

    The ledger must hold its line already; the triggers allow it for no other. Files
    that no other document shows go when the transaction has succeeded.
    """
    digests = Revision.objects.filter(article=article).values_list("digest", flat=True)
    line = canonical(
        {
            "article": article,
            "at": timestamp(at),
            "digests": sorted(set(digests)),
            "reason": reason,
            "version": version,
        }
    )
    # First, and whatever becomes of the files: without it a backup brings all back.
    transaction.on_commit(lambda: _remember(line))
    _empty(article, reason, at)


def _empty(article, reason, at):
    files = _digests_of(article)
    Edition.objects.filter(pk=article).update(
        title="",
        slug="dihapus",
        excerpt="",
        tag_names=[],
        topics=[],
        cover_document=None,
        share_image="",
        body="",
        withdrawn_at=at,
        withdrawn_reason=reason,
        erased_at=at,
    )
    fingerprints.remove(article)
    _empty_desk_copy(article)
    with connection.cursor() as cursor:
        cursor.execute("SELECT news_erase(%s)", [article])
    for rows, store in KINDS:
        for row in rows.objects.filter(digest__in=files):
            if not store.is_used(row.digest):
                row.delete()
                # Each by itself: one that cannot be deleted keeps no other.
                remove = partial(store.remove, row.file.name)
                transaction.on_commit(remove, robust=True)
    transaction.on_commit(lambda: sharing.remove_all(article), robust=True)


def _digests_of(article):
    """Return the digests of every file that a text of the article ever named."""
    texts = Revision.objects.filter(article=article).values_list("files", flat=True)
    desk = Article.objects.filter(pk=article).values_list(
        "cover__digest", "attachments__attachment__digest"
    )
    return {digest for row in (*texts, *desk) for digest in row if digest}


def _empty_desk_copy(pk):
    article = Article.objects.get(pk=pk)
    topics = list(article.tags.all())
    article.tags.clear()
    attachments.attach(article, [])
    Tag.objects.filter(
        pk__in=[topic.pk for topic in topics], news_articletag_items=None
    ).delete()
    article.title, article.body = ERASED, f"<p>{ERASED}</p>"
    for name in ("lead", "cover_alt", "cover_caption", "cover_credit", "dateline"):
        setattr(article, name, "")
    for name in ("byline_name", "byline_office", "credit", "source_name"):
        setattr(article, name, "")
    article.event_date_basis = article.change_class = article.change_note = ""
    article.cover = article.event_date = article.source_date = None
    article.series = article.series_part = None
    article.save()


def _remember(line):
    path = journal()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def remembered() -> list[dict]:
    """Return the erasures that the journal holds, oldest first."""
    path = journal()
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def replay() -> list[int]:
    """Erase again what a restored backup brought back; return the articles' numbers.

    A document is known by its digests, so that a number which the restored database
    gave to another article since is left alone. Also one that the backup holds as a
    draft, from before it was published.
    """
    again = []
    for line in remembered():
        with transaction.atomic():
            article = (
                Article.objects.select_for_update()
                .filter(pk=line["article"])
                .filter(
                    Exists(
                        Revision.objects.filter(
                            article=OuterRef("pk"), digest__in=line["digests"]
                        ).exclude(document="")
                    )
                )
                .first()
            )
            if article is None:
                continue
            now = ledger.database_now()
            ledger.append(
                article=article.pk,
                version=line["version"],
                digest=article.latest_revision.digest,
                kind=Publication.Kind.ERASED,
                note=line["reason"],
                at=now,
            )
            _empty(article.pk, line["reason"], now)
            again.append(article.pk)
    return again
