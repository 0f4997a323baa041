"""What search engines are told: which pages there are, and when they last changed.

Django's own sitemaps count all rows and skip to a page of them; with a million articles
each request would read them all. Here a file holds a range of numbers, so an article
stays in its file for ever, and each request reads that range alone.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import rfc3339_date
from django.utils.timezone import localtime
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from news.models import Category, Edition, Publication
from news.public.machine_text import absolute, fit

# Numbers in a file; a sitemap may hold 50,000 addresses.
CHUNK = 5_000
# So many of the ledger's last lines tell which files changed lately.
LINES_LOOKED_AT = 5_000

# What Google News reads: the last two days, at most a thousand.
NEWS_SPAN = timedelta(hours=48)
NEWS_MOST = 1000

# Pages that change whenever something is published.
LISTS = ("news:home", "news:list")
# A page that stays as it is.
STANDING = "news:authenticity"
# Pages that change with every public act, a withdrawal too.
RECORDS = ("news:corrections", "news:ledger")

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"


class Writer:
    """A sitemap as it is written, element by element."""

    def __init__(self, root: str, **namespaces: str) -> None:
        self.root = root
        self.text = StringIO()
        self.xml = SimplerXMLGenerator(self.text, "utf-8", short_empty_elements=True)
        self.xml.startDocument()
        self.xml.startElement(root, {"xmlns": NAMESPACE, **namespaces})

    def place(self, kind: str, address: str, changed: datetime | None) -> None:
        """Write one address, with the moment of its last change where it is known."""
        self.xml.startElement(kind, {})
        self.xml.addQuickElement("loc", absolute(address))
        if changed:
            self.xml.addQuickElement("lastmod", moment(changed))
        self.xml.endElement(kind)

    def news(self, address: str, title: str, published: datetime) -> None:
        self.xml.startElement("url", {})
        self.xml.addQuickElement("loc", absolute(address))
        self.xml.startElement("news:news", {})
        self.xml.startElement("news:publication", {})
        self.xml.addQuickElement("news:name", fit(settings.OFFICE["name"]))
        self.xml.addQuickElement("news:language", settings.LANGUAGE_CODE)
        self.xml.endElement("news:publication")
        self.xml.addQuickElement("news:publication_date", moment(published))
        self.xml.addQuickElement("news:title", fit(title))
        self.xml.endElement("news:news")
        self.xml.endElement("url")

    def response(self) -> HttpResponse:
        self.xml.endElement(self.root)
        self.xml.endDocument()
        return HttpResponse(self.text.getvalue(), content_type="application/xml")


def moment(at: datetime) -> str:
    return rfc3339_date(localtime(at).replace(microsecond=0))


@require_safe
def index(request):
    """List the files; an empty one, which no sitemap may be, is left out."""
    changed = lately_changed()
    writer = Writer("sitemapindex")
    writer.place("sitemap", reverse("news:sitemap_pages"), None)
    for number in filled_chunks():
        address = reverse("news:sitemap_chunk", args=[number])
        writer.place("sitemap", address, changed.get(number))
    return writer.response()


def chunk_of(pk: int) -> int:
    return (pk - 1) // CHUNK + 1


def in_chunk(number: int):
    """Return the articles of a file, in the order of their numbers."""
    first = (number - 1) * CHUNK + 1
    rows = Edition.objects.visible().filter(pk__gte=first, pk__lt=first + CHUNK)
    return rows.order_by("pk")


def filled_chunks() -> Iterator[int]:
    """Return the files that hold an article: one look into each, in one query."""
    last = Edition.objects.due().aggregate(last=Max("pk"))["last"]
    if last is None:
        return iter(())
    first, *others = [
        in_chunk(number).values_list("pk", flat=True)[:1]
        for number in range(1, chunk_of(last) + 1)
    ]
    return (chunk_of(pk) for pk in sorted(first.union(*others, all=True)))


def lately_changed() -> dict[int, datetime]:
    """Return when a file last changed, for those that the end of the ledger names.

    Any public act changes one, a withdrawal too. Of older changes nothing is said: to
    find them the whole ledger would have to be read.
    """
    lines = Publication.objects.order_by("-sequence").values_list("article", "at")
    found = {}
    for number, at in lines[:LINES_LOOKED_AT]:
        file = chunk_of(number)
        found[file] = max(at, found.get(file, at))
    return found


@require_safe
def pages(request):
    """List the lists: each changed when its newest article did."""
    writer = Writer("urlset")
    newest = newest_change(Edition.objects.visible()).first()
    for name in LISTS:
        writer.place("url", reverse(name), newest)
    last = Publication.objects.head()
    for name in RECORDS:
        writer.place("url", reverse(name), last and last.recorded_at)
    writer.place("url", reverse(STANDING), None)
    own = Edition.objects.visible().filter(category=OuterRef("pk"))
    for category in Category.objects.annotate(newest=Subquery(newest_change(own)[:1])):
        writer.place("url", category.get_absolute_url(), category.newest)
    return writer.response()


def newest_change(rows):
    """Return when a list's articles changed, the newest article first."""
    return rows.with_changed().newest_first().values_list("changed_at", flat=True)


@require_safe
def chunk(request, number):
    rows = in_chunk(int(number)).with_changed()
    found = rows.values_list("pk", "slug", "changed_at")
    if not found:
        raise Http404("Peta situs itu tidak ada.")
    writer = Writer("urlset")
    for pk, slug, changed in found:
        writer.place("url", reverse("news:article", args=[pk, slug]), changed)
    return writer.response()


@require_safe
def news(request):
    rows = (
        Edition.objects.visible()
        .written_here()
        .filter(publish_at__gt=Now() - NEWS_SPAN)
        .newest_first()
        .values_list("pk", "slug", "title", "publish_at")
    )
    writer = Writer("urlset", **{"xmlns:news": NEWS_NAMESPACE})
    for pk, slug, title, publish_at in rows[:NEWS_MOST]:
        writer.news(reverse("news:article", args=[pk, slug]), title, publish_at)
    return writer.response()
