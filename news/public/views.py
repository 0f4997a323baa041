"""What the public reads. Nothing here can reach a desk copy."""

import functools
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from kpuweb import edge
from kpuweb.clients import address_of
from news import changes, downloads, presenting
from news.counting import (
    Outcome,
    count_reading,
    is_robot,
    own_host,
    reader_of,
    source_of,
)
from news.models import Category, Edition, Publication, Series, UrgentNotice
from news.public import feeds, linked_data, shared

ROWS = 10
MOST_PAGES = 1000
RELATED = 3

# Python 3.12 does not know the newer ones.
PICTURE_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}

_PAGE = re.compile(r"[1-9][0-9]{0,3}")


class BoundedPaginator(Paginator):
    """Pages of a list that never counts, nor shows, more than the bound."""

    @property
    def count(self):
        if not hasattr(self, "_count"):
            self._count = (
                self.object_list.order_by().values("pk")[: ROWS * MOST_PAGES].count()
            )
        return self._count


def page_of(request, rows):
    """Return the page that the address asks for; 404 for any that does not exist."""
    asked = request.GET.get("page", "1")
    paginator = BoundedPaginator(rows, ROWS)
    if not _PAGE.fullmatch(asked) or int(asked) > paginator.num_pages:
        raise Http404("Halaman itu tidak ada.")
    return paginator.page(int(asked))


def list_page(request, rows, *, heading, intro="", current="", feed_of=None, **more):
    page = page_of(request, rows)
    return render(
        request,
        "news/list.html",
        {
            "heading": heading,
            "intro": intro,
            "current": current,
            "feeds": feeds.links(feed_of),
            "page": page,
            "page_numbers": page.paginator.get_elided_page_range(
                page.number, on_each_side=1, on_ends=1
            ),
            "base_url": request.path,
            "canonical": settings.SITE_ORIGIN
            + request.path
            + (f"?page={page.number}" if page.number > 1 else ""),
            "categories": Category.objects.all(),
            **more,
        },
    )


@require_safe
def home(request):
    newest = list(Edition.objects.for_list()[:ROWS])
    return render(
        request,
        "news/home.html",
        {
            "lead": newest[0] if newest else None,
            "editions": newest[1:],
            "popular": presenting.popular(),
            "urgent": UrgentNotice.objects.raised().first(),
            "feeds": feeds.links(),
            "categories": Category.objects.all(),
        },
    )


@require_safe
def latest(request):
    return list_page(
        request,
        Edition.objects.for_list(),
        heading="Berita Terkini",
        current="terkini",
    )


@require_safe
def category(request, slug):
    chosen = get_object_or_404(Category, slug=slug)
    return list_page(
        request,
        Edition.objects.for_list().filter(category=chosen),
        heading=chosen.name,
        intro=chosen.description,
        current=chosen.slug,
        feed_of=chosen,
    )


@require_safe
def topic(request, slug):
    rows = Edition.objects.for_list().filter(topics__contains=[slug])
    newest = rows.first()
    if newest is None:
        raise Http404("Topik itu tidak ada.")
    name = newest.tag_names[newest.topics.index(slug)]
    return list_page(request, rows, heading=name, intro="Naskah dengan topik ini.")


@require_safe
def series(request, slug):
    chosen = get_object_or_404(Series, slug=slug)
    rows = Edition.objects.for_list().filter(series=chosen)
    if not rows.exists():
        raise Http404("Seri itu belum punya naskah terbit.")
    return list_page(request, rows, heading=chosen.name, intro="Semua bagian seri ini.")


@require_safe
def archive(request):
    """List the months, from the first article's to the newest's."""
    return render(
        request,
        "news/archive.html",
        {"years": presenting.archive_years(), "categories": Category.objects.all()},
    )


@require_safe
def month(request, year, month):
    years = presenting.archive_years()
    shown = next((one for one in years.get(year, ()) if one.number == month), None)
    if shown is None:
        raise Http404("Tidak ada arsip untuk bulan itu.")
    return list_page(
        request,
        Edition.objects.of_month(year, month),
        heading=f"Arsip {shown.name} {year}",
        intro="Semua naskah yang terbit pada bulan ini.",
        months=years[year],
        shown=shown,
    )


# Its count of readings is a minute old at most, with the worker's fifty seconds.
@edge.kept(10)
@require_safe
def article_page(request, pk, slug):
    edition = (
        Edition.objects.due()
        .filter(pk=pk)
        .with_views()
        .with_ledger()
        .with_pictures()
        .with_replied()
        .with_replies()
        .select_related("revision", "category", "series")
        .first()
    )
    if edition is None:
        raise Http404("Naskah itu tidak ada.")
    if edition.withdrawn_at:
        return gone(request, edition)
    if slug != edition.slug:
        address = edition.get_absolute_url() + shared.query(request)
        return redirect(address, permanent=True)
    siblings = edition.series_siblings()
    corrections = presenting.corrections(edition)
    # A spelling that was mended is no update of what is said.
    updated = next(
        (one for one in corrections if one.kind != Publication.Kind.TYPO), None
    )
    return render(
        request,
        "news/article.html",
        {
            **presenting.story(
                edition,
                presenting.place_in_series(edition, siblings),
                photo_url=functools.partial(presenting.download_url, edition),
            ),
            **presenting.offers(edition),
            "notices": presenting.notices(edition),
            "corrections": corrections,
            "replies": edition.replies,
            "since_shared": shared.since(request, edition),
            "updated": updated,
            "linked_data": linked_data.of_page(edition, corrections, updated),
            "related": Edition.objects.related_to(edition)[:RELATED],
            "categories": Category.objects.all(),
            "ledger": presenting.place_in_ledger(edition),
            "address_code": presenting.address_code(
                settings.SITE_ORIGIN + edition.get_absolute_url()
            ),
        },
    )


@require_safe
def version_page(request, pk, number):
    """Show a text that was public once, and how the one of today differs from it."""
    edition = (
        Edition.objects.due()
        .filter(pk=pk)
        .select_related("revision", "category", "series")
        .first()
    )
    if edition is None:
        raise Http404("Naskah itu tidak ada.")
    if edition.withdrawn_at:
        return gone(request, edition)
    older = edition.superseded(int(number))
    if older is None:
        raise Http404("Versi itu tidak ada.")
    return render(
        request,
        "news/version.html",
        {
            **presenting.story(older),
            "notices": presenting.notices(older),
            "current": edition,
            "comparison": changes.compare(older.document, edition.document),
            "categories": Category.objects.all(),
            "preview": True,
        },
    )


@require_safe
def attachment(request, pk, digest, slug):
    """Serve an attachment of a text that the public may read; the digest decides."""
    edition = Edition.objects.due().filter(pk=pk).select_related("revision").first()
    if edition is None or edition.erased_at:
        raise Http404("Lampiran itu tidak ada.")
    if edition.withdrawn_at:
        return gone(request, edition)
    attached = edition.attachment(digest)
    if attached is None:
        raise Http404("Lampiran itu tidak ada.")
    address = downloads.url_of(edition.pk, attached, "news:attachment")
    if request.path != address:
        # Not for good: an attachment may be given its former name again.
        return redirect(address)
    response = downloads.answer(request, attached)
    # Kept, but asked about each time: what was withdrawn is gone at once.
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def gone(request, edition):
    """Answer for a withdrawn article: the reason, and not one word of its text."""
    return render(
        request,
        "news/withdrawn.html",
        {"edition": edition, "categories": Category.objects.all()},
        status=410,
    )


@csrf_exempt
@require_POST
def read(request, pk):
    """Count a reading; the page's beacon asks it, without cookie or token."""
    if not from_this_site(request):
        return HttpResponseForbidden("Hanya halaman situs ini yang dapat menghitung.")
    browser = request.headers.get("User-Agent", "")
    if is_prefetch(request) or is_robot(browser) or request.user.is_authenticated:
        get_object_or_404(Edition.objects.visible().only("pk"), pk=pk)
        return HttpResponse(status=204)
    reader = reader_of(address_of(request), browser)
    source = source_of(request.POST.get("dari", "")[:500], own_host())
    outcome = count_reading(pk, reader, source)
    if outcome is Outcome.NOT_PUBLIC:
        raise Http404("Naskah itu tidak ada.")
    return HttpResponse(status=429 if outcome is Outcome.FLOOD else 204)


def is_prefetch(request):
    """Tell whether a browser fetches ahead of a person who may never come."""
    said = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose"))
    return any("prefetch" in words for words in said)


def from_this_site(request):
    """Tell whether a browser that says where it comes from says: from here."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        return False
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


@require_safe
def counting_method(request):
    return render(request, "news/counting.html", {"categories": Category.objects.all()})


@require_safe
def picture(request, name):
    """Serve a picture where no nginx stands in front; what it shows never changes."""
    if not default_storage.exists(name):
        raise Http404("Gambar itu tidak ada.")
    kind = PICTURE_TYPES[name.rpartition(".")[2]]
    response = FileResponse(default_storage.open(name), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # The feeds name it, and some are read on a page of another site.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@never_cache
@require_safe
def alive(request):
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
