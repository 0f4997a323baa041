"""What was read, for the staff: by article, category, author and kind of source."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.roles import is_newsroom, is_pengelola
from kpuweb.spreadsheets import csv_text
from news import charts, readership, statistics
from news.models import Category, Edition
from news.models.tally import Source
from news.statistics import named_sums

WITHDRAWN = "(naskah ditarik)"

# As a chart has room for.
SOURCES = {
    Source.WHATSAPP: "WhatsApp",
    Source.SEARCH: "Mesin pencari",
    Source.SOCIAL: "Media sosial",
    Source.OTHER_SITE: "Situs lain",
    Source.DIRECT: "Langsung",
}


def staff_page(view):
    """Let the newsroom and Pengelola in; everybody else is told that it is not theirs.

    The view gets the period that the address asks for.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not (is_newsroom(request.user) or is_pengelola(request.user)):
            raise PermissionDenied("Statistik ini untuk redaksi dan pengelola.")
        period = statistics.period_of(request.GET.get("periode", statistics.DEFAULT))
        if period is None:
            raise Http404("Periode itu tidak ada.")
        return view(request, period, *args, **kwargs)

    return admin.site.admin_view(require_safe(guarded))


def category_of(request):
    slug = request.GET.get("kategori")
    return get_object_or_404(Category, slug=slug) if slug else None


def named(edition, user):
    """Return a title; of what was withdrawn only to those who may read the text."""
    if edition.withdrawn_at and not is_newsroom(user):
        return WITHDRAWN
    return edition.title or WITHDRAWN


def sums_of(period, category, *names):
    found = statistics.sums(period, *names)
    return found.filter(category=category) if category else found


@staff_page
def overview(request, period):
    category = category_of(request)
    articles = readership.articles(period, category)
    shown = articles[: readership.ARTICLES]
    for edition in shown:
        edition.name = named(edition, request.user)
    return render(
        request,
        "admin/statistics.html",
        {
            **admin.site.each_context(request),
            **charted(period, category),
            "by_author": readership.by_author(period, category),
            "by_byline": readership.by_byline(period, category),
            "articles": shown,
            "article_count": len(articles),
            "old_site": readership.old_site(),
        },
    )


def charted(period, category):
    """Return the charts of all articles, or of those of one category."""
    categories = list(Category.objects.all())
    rows = list(sums_of(period, category, "day", "category", "source"))
    by_category = named_sums(
        {each.pk: each.name for each in categories}, ((row[1], row[3]) for row in rows)
    )
    return {
        "category": category,
        "categories": categories,
        **by_time_and_source(period, ((row[0], row[2], row[3]) for row in rows)),
        "by_category": by_category,
        "category_chart": charts.of_names(
            "menurut-kategori", "Pembacaan menurut kategori", period, by_category
        ),
    }


def by_time_and_source(period, rows):
    """Return what the page of all and that of one article both show."""
    rows = list(rows)
    steps = statistics.steps(period, ((day, number) for day, _, number in rows))
    by_source = named_sums(SOURCES, ((source, number) for _, source, number in rows))
    return {
        "period": period,
        "periods": statistics.periods(),
        "total": sum(step.readings for step in steps),
        "steps": steps,
        "steps_chart": charts.of_steps(period, steps),
        "by_source": by_source,
        "source_chart": charts.of_names(
            "sumber", "Pembacaan menurut asal pembaca", period, by_source
        ),
    }


@staff_page
def article(request, period, pk):
    edition = edition_of(pk)
    shown = by_time_and_source(
        period, readership.of_article(edition, period, "day", "source")
    )
    acts = readership.acts(edition, period)
    marks = readership.marks(shown["steps"], acts)
    return render(
        request,
        "admin/statistics_article.html",
        {
            **admin.site.each_context(request),
            **shown,
            "edition": edition,
            "name": named(edition, request.user),
            "imported": getattr(edition.article, "imported", None),
            "counted": edition.views - edition.baseline,
            "acts": acts,
            "steps_chart": charts.of_article(period, shown["steps"], marks),
            "marked_steps": zip(shown["steps"], marks, strict=True),
        },
    )


def edition_of(pk):
    """Return what was public once, also if it was withdrawn."""
    return get_object_or_404(
        Edition.objects.due()
        .with_views()
        .select_related("category", "article__imported")
        .defer("body"),
        pk=pk,
    )


def csv_response(name, rows):
    # Excel takes a text for UTF-8 if it begins with this mark.
    response = HttpResponse(
        "\ufeff" + csv_text(rows), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@staff_page
def days_csv(request, period):
    rows = sums_of(period, category_of(request), "day", "category__name", "source")
    return csv_response(
        f"harian-{period.key}",
        [
            ("tanggal", "kategori", "asal", "pembacaan"),
            *((day.isoformat(), *row) for day, *row in rows),
        ],
    )


@staff_page
def articles_csv(request, period):
    rows = [
        (
            *(edition.pk, named(edition, request.user), edition.category.name),
            *(str(edition.article.created_by), edition.article.byline_name),
            *(edition.recent, edition.baseline),
            taken_at(edition),
        )
        for edition in readership.articles(period, category_of(request))
    ]
    return csv_response(
        f"naskah-{period.key}",
        [
            (
                *("nomor", "judul", "kategori", "dibuat_oleh", "penulis"),
                *("pembacaan", "hitungan_situs_lama", "hitungan_situs_lama_diambil"),
            ),
            *rows,
        ],
    )


def taken_at(edition):
    imported = getattr(edition.article, "imported", None)
    return imported.taken_at.isoformat() if imported and imported.taken_at else ""


@staff_page
def authors_csv(request, period):
    category = category_of(request)
    return csv_response(
        f"penulis-{period.key}",
        [
            ("sebagai", "nama", "naskah_dibaca", "pembacaan"),
            *(("pembuat", *row) for row in readership.by_author(period, category)),
            *(("penulis", *row) for row in readership.by_byline(period, category)),
        ],
    )


@staff_page
def article_csv(request, period, pk):
    rows = readership.of_article(edition_of(pk), period, "day", "source")
    return csv_response(
        f"naskah-{pk}-{period.key}",
        [
            ("tanggal", "asal", "pembacaan"),
            *((day.isoformat(), *row) for day, *row in rows),
        ],
    )
