"""From the desk copy to an immutable revision: the document and its digest."""

import hashlib

from django.utils.dateparse import parse_date

from news import sweeping
from news.ledger import canonical
from news.models import Article, Category, Photo, Revision, Series

# Raised when a key is added to or changes its meaning in the document.
SCHEMA = 1

# Keys whose value is the field's own.
PLAIN = (
    *("title", "lead", "body", "event_date_basis", "dateline", "byline_name"),
    *("byline_office", "credit", "source_name", "series_part"),
    *("change_class", "change_note"),
)


def document(article: Article, tags: list[str] | None = None) -> dict:
    """Return everything of an article that the public would read, as plain JSON values.

    Keys are the article's field names; dates are ISO text or None. Tags are read from
    their table, so must have been saved, unless they are given.
    """
    if tags is None:
        tags = list(article.tags.order_by().values_list("name", flat=True))
    return {
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "category": article.category.slug,
        "tags": sorted(tags),
        "cover": _cover(article),
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
        "change_class": article.change_class,
        "change_note": article.change_note,
    }


def restore(article: Article, content: dict) -> None:
    """Make the desk copy say what a document says, and save it with its tags."""
    for name in PLAIN:
        setattr(article, name, content[name])
    article.category = Category.objects.get(slug=content["category"])
    article.series = Series.objects.filter(slug=content["series"]).first()
    article.event_date = parse_date(content["event_date"] or "")
    article.source_date = parse_date(content["source_date"] or "")
    cover = content["cover"] or {"sha256": "", "alt": "", "caption": "", "credit": ""}
    article.cover = Photo.objects.filter(digest=cover["sha256"]).first()
    article.cover_alt = cover["alt"]
    article.cover_caption = cover["caption"]
    article.cover_credit = cover["credit"]
    article.save()
    article.tags.set(content["tags"])


def copy(content: dict, by) -> Article:
    """Begin a new draft with the words of a document, and return it."""
    article = Article(created_by=by)
    restore(article, {**content, "change_class": "", "change_note": ""})
    record(article, by)
    return article


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


def digest_of(text: str) -> str:
    """Return the SHA-256, in hex, of a document's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def record(article: Article, by) -> Revision:
    """Return the revision of the article as it stands, appending it when it is new.

    Call it after the tags were saved, in the transaction that saved the article, whose
    row the caller has locked. An unchanged text appends nothing.
    """
    text = serialise(document(article))
    digest = digest_of(text)
    latest = article.latest_revision
    if latest and latest.digest == digest:
        return latest
    sweeping.hold(text)
    return Revision.objects.create(
        article=article,
        number=latest.number + 1 if latest else 1,
        document=text,
        digest=digest,
        saved_by=by,
    )
