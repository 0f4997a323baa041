"""What is read here, by day and by category: a page, a table and data for programs."""

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpuweb.spreadsheets import csv_text
from news import charts, statistics
from news.models import Category

COLUMNS = ("tanggal", "kategori", "nama_kategori", "pembacaan")


def asked(request):
    """Return the period that the address asks for; 404 for any that does not exist."""
    period = statistics.period_of(request.GET.get("periode", statistics.DEFAULT))
    if period is None:
        raise Http404("Periode itu tidak ada.")
    return period


@require_safe
def page(request):
    period = asked(request)
    categories = list(Category.objects.all())
    rows = list(statistics.sums(period, "day", "category"))
    steps = statistics.steps(period, ((day, number) for day, _, number in rows))
    by_category = statistics.named_sums(
        {each.pk: each.name for each in categories}, (row[1:] for row in rows)
    )
    return render(
        request,
        "news/statistics.html",
        {
            "period": period,
            "periods": statistics.periods(),
            "total": sum(step.readings for step in steps),
            "steps": steps,
            "steps_chart": charts.of_steps(period, steps),
            "by_category": by_category,
            "category_chart": charts.of_names(
                "menurut-kategori", "Pembacaan menurut kategori", period, by_category
            ),
            "most_read": statistics.most_read(period),
            "old_site": statistics.old_site(),
            "categories": categories,
        },
    )


@require_safe
def table(request):
    """Give each day and category with readings as CSV."""
    period = asked(request)
    rows = [COLUMNS, *daily(period)]
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="statistik-{period.key}.csv"'
    )
    return response


@require_safe
def data(request):
    """Give the same as JSON, with what was read most."""
    period = asked(request)
    return JsonResponse(
        {
            "periode": period.key,
            "dari": period.first.isoformat(),
            "sampai": period.days[-1].isoformat(),
            "hari": [dict(zip(COLUMNS, row, strict=True)) for row in daily(period)],
            "terbanyak": [
                {
                    "naskah": edition.pk,
                    "judul": edition.title,
                    "alamat": settings.SITE_ORIGIN + edition.get_absolute_url(),
                    "kategori": edition.category.slug,
                    "pembacaan": edition.recent,
                }
                for edition in statistics.most_read(period)
            ],
            "situs_lama": statistics.old_site()["readings"],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def daily(period):
    rows = statistics.sums(period, "day", "category__slug", "category__name")
    return [(day.isoformat(), *row) for day, *row in rows]
