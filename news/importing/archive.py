"""Taking old articles over, whatever format they came in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from news import drafting
from news.models import Article, Category, Imported, Series
from news.models.article import Verb
from news.workflow import ARCHIVE_USERNAME, Archive, perform


@dataclass(frozen=True)
class Entry:
    """An old article, ready to be taken over.

    `fields` are the article's own, without category and series, which are a slug and a
    name; `raw` is the text as it was found, and `sha256` its hash.
    """

    raw: str
    sha256: str
    fields: dict[str, Any]
    category: str
    publish_at: datetime
    published_on: date | None = None
    series: str = ""
    tags: tuple[str, ...] = ()
    baseline: int | None = None
    taken_at: date | None = None
    doubts: tuple[str, ...] = field(default=())


def account() -> User:
    """Return the account that old texts are saved by; nobody can sign in as it."""
    user, created = User.objects.get_or_create(
        username=ARCHIVE_USERNAME,
        defaults={"name": "Arsip situs lama", "is_active": False},
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def taken_over(entry: Entry) -> Article | None:
    """Return the article that this entry already became, or None.

    The same page saved on another day has other counts, and so another raw text: the
    words of title and body decide as well.
    """
    known = Imported.objects.filter(sha256=entry.sha256).first()
    if known:
        return known.article
    return Article.objects.filter(
        imported__isnull=False,
        title=entry.fields["title"],
        body=entry.fields["body"],
    ).first()


@transaction.atomic
def take_over(entry: Entry) -> Article:
    """Make a published article of an entry that is new, and return it."""
    archivist = account()
    article = Article.objects.create(
        **entry.fields,
        category=Category.objects.get(slug=entry.category),
        series=_series(entry.series),
        created_by=archivist,
    )
    article.tags.add(*entry.tags)
    Imported.objects.create(
        article=article,
        raw=entry.raw,
        sha256=entry.sha256,
        baseline=entry.baseline,
        taken_at=entry.taken_at,
        doubts=list(entry.doubts),
    )
    drafting.record(article, archivist)
    return perform(
        Verb.IMPORT,
        article,
        archivist,
        archive=Archive(
            publish_at=entry.publish_at,
            published_on=entry.published_on,
            baseline=entry.baseline or 0,
        ),
    )


def _series(name):
    if not name:
        return None
    slug = slugify(name)[:120].strip("-") or "seri"
    return Series.objects.get_or_create(slug=slug, defaults={"name": name})[0]
