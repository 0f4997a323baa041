"""RSS, Atom and JSON Feed with the whole text, of all news and of each category.

Django's syndication view is not used: it dates the answer by the newest item, so that a
reader that asks "since then?" would never learn of a withdrawal; and it takes the
addresses' host from the request.
"""

import mimetypes
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from news import corrections, downloads, presenting, richtext
from news.models import Category, Edition, Publication
from news.picturing import bounded_name
from news.public.feed_forms import AtomFeed, File, JsonFeed, RssFeed
from news.public.machine_text import absolute, fit, line_uri, tag_uri

ITEMS = 30
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
        "image": None,
        "attachments": [],
        "summary": fit(told.summary),
        "description": escape(fit(told.summary)),
        "content": fit(content).strip(),
    }


def item_of(edition):
    address = absolute(edition.get_absolute_url())
    attachments = attachments_of(edition)
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
        "image": image_of(edition),
        "attachments": attachments,
        "summary": fit(edition.excerpt),
        # RSS and Atom take it for HTML.
        "description": escape(fit(edition.excerpt)),
        "content": fit(content_of(edition, address, attachments)),
    }


def content_of(edition, address, attachments):
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
            "attachments": attachments,
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
    size = size_of(name)
    if size is None:
        return None
    kind = mimetypes.guess_type(name)[0]
    return File(absolute(default_storage.url(name)), kind, size)


def attachments_of(edition):
    """Return what the public can download of an article, in its order."""
    return [
        File(
            absolute(downloads.url_of(edition.pk, one, "news:attachment")),
            "application/pdf",
            one.size,
            fit(one.name),
        )
        for one in edition.attached
        if size_of(one.file) is not None
    ]


def size_of(name):
    """Return a file's size, or None where there is none."""
    try:
        return known_size(name)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4096)
def known_size(name):
    """Return a file's size; its name is made from its content, so it never moves."""
    return default_storage.size(name)
