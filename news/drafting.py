"""From the desk copy to an immutable revision: the document and its digest."""

import hashlib
import json

from django.utils.dateparse import parse_date

from news import attachments, sweeping
from news.ledger import canonical
from news.models import (
    Article,
    Attachment,
    Category,
    Edition,
    Photo,
    Revision,
    Series,
)
from news.models.attachment import attached_in

# Raised when a key is added to or changes its meaning in the document.
SCHEMA = 3
# What a document of an older schema has for a key that it lacks: of schema 1 for both,
# of schema 2 for the reply.
ADDED = {"attachments": [], "reply_to": None}

# Keys whose value is the field's own.
PLAIN = (
    *("title", "lead", "body", "event_date_basis", "dateline", "byline_name"),
    *("byline_office", "credit", "source_name", "series_part"),
    *("change_class", "change_note"),
)


def document(
    article: Article,
    tags: list[str] | None = None,
    chosen: list[tuple[Attachment, str]] | None = None,
) -> dict:
    """Return everything of an article that the public would read, as plain JSON values.

    Keys are the article's field names; dates are ISO text or None. Tags and attachments
    (`chosen`, each with its name) are read from their tables, so must have been saved,
    unless they are given.
    """
    if tags is None:
        tags = list(article.tags.order_by().values_list("name", flat=True))
    if chosen is None:
        chosen = attachments.chosen_of(article)
    return {
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "category": article.category.slug,
        "tags": sorted(tags),
        "cover": _cover(article),
        "attachments": [_attached(attachment, name) for attachment, name in chosen],
        "event_date": _iso(article.event_date),
        "event_date_basis": article.event_date_basis,
        "dateline": article.dateline,
        "byline_name": article.byline_name,
        "byline_office": article.byline_office,
        "credit": article.credit,
        "source_name": article.source_name,
        "source_date": _iso(article.source_date),
        "series": article.series.slug if article.series else None,
        "series_part": article.series_part,
        "reply_to": article.reply_to_id,
        "change_class": article.change_class,
        "change_note": article.change_note,
    }


def restore(article: Article, content: dict) -> None:
    """Make the desk copy say what a document says, and save it with its tags."""
    for name in PLAIN:
        setattr(article, name, content[name])
    article.category = Category.objects.get(slug=content["category"])
    article.series = Series.objects.filter(slug=content["series"]).first()
    # Older schemas have no such key.
    article.reply_to = Edition.objects.filter(pk=content.get("reply_to")).first()
    article.event_date = parse_date(content["event_date"] or "")
    article.source_date = parse_date(content["source_date"] or "")
    cover = content["cover"] or {"sha256": "", "alt": "", "caption": "", "credit": ""}
    article.cover = Photo.objects.filter(digest=cover["sha256"]).first()
    article.cover_alt = cover["alt"]
    article.cover_caption = cover["caption"]
    article.cover_credit = cover["credit"]
    article.save()
    article.tags.set(content["tags"])
    attachments.attach(article, _still_there(content))


def _still_there(content):
    listed = attached_in(content)
    found = {
        attachment.digest: attachment
        for attachment in Attachment.objects.filter(
            digest__in=[one.sha256 for one in listed]
        )
    }
    return [(found[one.sha256], one.name) for one in listed if one.sha256 in found]


def copy(content: dict, by) -> Article:
    """Begin a new draft with the words of a document, and return it."""
    article = Article(created_by=by)
    restore(article, {**content, "change_class": "", "change_note": ""})
    record(article, by)
    return article


def _attached(attachment, name):
    return {
        "file": attachment.file.name,
        "name": name,
        "sha256": attachment.digest,
        "size": attachment.size,
    }


def _iso(day):
    return day.isoformat() if day else None


def _cover(article):
    if article.cover is None:
        return None
    return {
        "file": article.cover.file.name,
        "sha256": article.cover.digest,
        "width": article.cover.width,
        "height": article.cover.height,
        "alt": article.cover_alt,
        "caption": article.cover_caption,
        "credit": article.cover_credit,
    }


def serialise(content: dict) -> str:
    """Return a document's one spelling: the schema number, then its keys in order."""
    return f'{{"schema":{SCHEMA},' + canonical(content)[1:]


def says(text: str) -> dict:
    """Return what a document says, alike whatever its schema."""
    content = {**ADDED, **json.loads(text)}
    del content["schema"]
    return content


def digest_of(text: str) -> str:
    """Return the SHA-256, in hex, of a document's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(article: Article, by) -> Revision:
    """Return the revision of the article as it stands, appending it when it is new.

    Call it after tags and attachments were saved, in the transaction that saved the
    article, whose row the caller has locked. An unchanged text appends nothing, also
    where the latest revision is of an older schema.
    """
    text = serialise(document(article))
    latest = article.latest_revision
    if latest and latest.document and says(latest.document) == says(text):
        return latest
    sweeping.hold(text)
    return Revision.objects.create(
        article=article,
        number=latest.number + 1 if latest else 1,
        document=text,
        digest=digest_of(text),
        saved_by=by,
    )
