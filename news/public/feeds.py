"""RSS, Atom and JSON Feed with the whole text, of all news and of each category.

Django's generators write them. Its syndication view is not used: it dates the answer
by the newest item, so that a reader that asks "since then?" would never learn of a
withdrawal; and it takes the addresses' host from the request.
"""

import json
import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import (
    Atom1Feed,
    Enclosure,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.html import escape
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from news import corrections, presenting, richtext
from news.models import Category, Edition, Publication
from news.picturing import bounded_name
from news.public.machine_text import absolute, fit, line_uri, tag_uri

ITEMS = 30
CONTENT = "http://purl.org/rss/1.0/modules/content/"
# What a feed without any item says of its last change; it must not move by itself.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class DatedByItems(SyndicationFeed):
    """A feed whose date is that of its items alone, also when it has none."""

    def latest_post_date(self):
        moments = [item["updateddate"] for item in self.items]
        return localtime(max(moments, default=NEVER))


class RssFeed(DatedByItems, Rss201rev2Feed):
    def rss_attributes(self):
        return {**super().rss_attributes(), "xmlns:content": CONTENT}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class AtomFeed(DatedByItems, Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(DatedByItems):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json"

    def write(self, outfile, encoding):
        feed = self.feed
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "description": feed["description"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "language": feed["language"],
            "icon": absolute(static("img/icon-512.png")),
            "favicon": absolute(static("img/favicon.svg")),
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "items": [self.item(item) for item in self.items],
        }
        json.dump(document, outfile, ensure_ascii=False)

    def item(self, item):
        found = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["content"],
            "summary": item["summary"],
            "image": next((one.url for one in item["enclosures"]), None),
            "date_published": item["pubdate"] and rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": item["author_name"]}],
            "tags": item["categories"],
            "language": self.feed["language"],
        }
        return {name: value for name, value in found.items() if value}


FORMS = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True)
class Link:
    """A feed as the head of a page offers it."""

    type: str
    title: str
    url: str


def title_of(category):
    office = settings.OFFICE["name"]
    return f"{category.name} – {office}" if category else f"Berita {office}"


def address_of(form, category):
    if category is None:
        return reverse("news:feed", args=[form])
    return reverse("news:category_feed", args=[category.slug, form])


def links(category=None):
    """Return the feeds that a page offers: of the category that it shows, or of all."""
    return [
        Link(
            generator.content_type.partition(";")[0],
            f"{title_of(category)} ({NAMES[form]})",
            address_of(form, category),
        )
        for form, generator in FORMS.items()
    ]


def correction_links():
    """Return the feeds of changes, as their page offers them."""
    return [
        Link(
            generator.content_type.partition(";")[0],
            f"Koreksi {settings.OFFICE['name']} ({NAMES[form]})",
            reverse("news:corrections_feed", args=[form]),
        )
        for form, generator in FORMS.items()
    ]


@require_safe
def feed(request, form):
    return answer(form, None)


@require_safe
def category_feed(request, slug, form):
    return answer(form, get_object_or_404(Category, slug=slug))


def answer(form, category):
    rows = (
        Edition.objects.visible()
        .written_here()
        .with_ledger()
        .with_pictures()
        .with_replied()
        .with_changed()
        .select_related("revision", "category", "series")
        .newest_first()
    )
    if category:
        rows = rows.filter(category=category)
    generator = started(form, category)
    for edition in rows[:ITEMS]:
        generator.add_item(**item_of(edition))
    return written(generator)


def written(generator):
    response = HttpResponse(
        generator.writeString("utf-8"), content_type=generator.content_type
    )
    # Readers that run in a browser fetch from a site of their own.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def started(form, category):
    about = category and category.description
    return begun(
        form,
        title=title_of(category),
        page=category.get_absolute_url() if category else reverse("news:home"),
        about=about or f"Kabar resmi dari {settings.OFFICE['full_name']}",
        address=address_of(form, category),
    )


def begun(form, *, title, page, about, address):
    address = absolute(address)
    return FORMS[form](
        title=fit(title),
        link=absolute(page),
        description=fit(about),
        language=settings.LANGUAGE_CODE,
        author_name=fit(settings.OFFICE["name"]),
        author_link=absolute(reverse("news:home")),
        feed_url=address,
        feed_guid=address,
    )


@require_safe
def corrections_feed(request, form):
    """Give the newest changes, each with the words before and after it."""
    office = settings.OFFICE["name"]
    generator = begun(
        form,
        title=f"Koreksi {office}",
        page=reverse("news:corrections"),
        about=f"Setiap ralat, pembaruan, hak jawab, dan penarikan naskah di {office}.",
        address=reverse("news:corrections_feed", args=[form]),
    )
    lines = corrections.newest(Publication.objects.all(), "", ITEMS)
    for told in corrections.told(lines):
        generator.add_item(**item_of_change(told))
    return written(generator)


def item_of_change(told):
    page = told.edition.get_absolute_url() if told.edition else told.record_url
    content = render_to_string(
        "news/_told.html", {"told": told, "origin": settings.SITE_ORIGIN}
    )
    return {
        "title": fit(f"{told.kind_label}: {told.title}"),
        "link": absolute(page),
        "unique_id": line_uri(told.sequence, told.at),
        "unique_id_is_permalink": False,
        "pubdate": told.at,
        "updateddate": told.at,
        "author_name": fit(settings.OFFICE["full_name"]),
        "categories": [told.kind_label],
        "enclosures": [],
        "summary": fit(told.note),
        "description": escape(fit(told.note)),
        "content": fit(content).strip(),
    }


def item_of(edition):
    address = absolute(edition.get_absolute_url())
    image = image_of(edition)
    return {
        "title": fit(edition.title),
        "link": address,
        "unique_id": tag_uri(edition),
        "unique_id_is_permalink": False,
        # Of some old texts only the order is known: that date is never printed.
        "pubdate": localtime(edition.publish_at) if edition.published_on else None,
        "updateddate": localtime(edition.changed_at),
        "author_name": fit(
            edition.document["byline_name"] or settings.OFFICE["full_name"]
        ),
        "categories": [fit(edition.category.name), *map(fit, edition.tag_names)],
        "enclosures": [image] if image else [],
        "summary": fit(edition.excerpt),
        # RSS and Atom take it for HTML.
        "description": escape(fit(edition.excerpt)),
        "content": fit(content_of(edition, address)),
    }


def content_of(edition, address):
    """Return the article as HTML that stands alone: every address in it is absolute."""
    cover = edition.cover

    def picture(digest):
        known = edition.pictures.get(digest)
        return known and absolute(known.bounded_url)

    return render_to_string(
        "news/_syndicated.html",
        {
            "edition": edition,
            "document": edition.document,
            "notices": presenting.notices(edition),
            "corrections": presenting.corrections(edition),
            "source_date_text": presenting.source_date_text(edition.document),
            "cover": cover,
            "cover_url": cover and absolute(cover.picture.bounded_url),
            "replied_url": edition.is_reply and absolute(edition.replied_url),
            "series_url": edition.series
            and absolute(edition.series.get_absolute_url()),
            "body": richtext.portable(edition.body, address, picture),
        },
    ).strip()


def image_of(edition):
    """Return the picture that stands for an article, if it has one whose file exists.

    The photo rather than the picture for sharing, whose words the feed has as text.
    """
    cover = edition.cover
    name = bounded_name(cover.file, cover.width) if cover else edition.share_image
    if not name:
        return None
    try:
        size = size_of(name)
    except FileNotFoundError:
        return None
    kind = mimetypes.guess_type(name)[0]
    return Enclosure(absolute(default_storage.url(name)), str(size), kind)


@lru_cache(maxsize=4096)
def size_of(name):
    """Return a picture's size; its name is made from its content, so it never moves."""
    return default_storage.size(name)
