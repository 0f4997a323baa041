"""The page that the public searches on: what the address asks, and what is answered."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import make_aware
from django.views.decorators.http import require_safe

from news import finding, search
from news.models import Category

ROWS = 10
NEWEST, BEST = "terbaru", "sesuai"
ORDERS = {NEWEST: "Terbaru dahulu", BEST: "Paling sesuai"}

_PAGE = re.compile(r"[1-9][0-9]{0,3}")

CUT = (
    f"Pencarian Anda panjang; yang dibaca paling banyak {search.MOST_CHARACTERS} huruf "
    f"dan {search.MOST_TERMS} kata pertama."
)
NO_WORDS = "Tulis sedikitnya satu kata atau angka yang dicari."
ONLY_EXCLUDED = (
    "Tulis juga kata yang dicari. Tanda kurang di depan kata hanya menyaring hasilnya."
)
UNKNOWN = {
    "kategori": "Kategori yang diminta tidak ada, jadi semua kategori dicari.",
    "tahun": "Tidak ada naskah dari tahun yang diminta, jadi semua tahun dicari.",
    "urut": "Urutan yang diminta tidak dikenal, jadi yang terbaru didahulukan.",
}


@dataclass(frozen=True)
class Filters:
    """What narrows a search, as the address has it; empty where it says nothing."""

    category: str = ""
    year: str = ""
    order: str = ""

    def as_parameters(self):
        named = {"kategori": self.category, "tahun": self.year, "urut": self.order}
        return {name: value for name, value in named.items() if value}

    def narrows(self):
        return bool(self.category or self.year)

    def within(self, categories):
        """Return the same in keys and moments, in this office's time zone."""
        key = next((one.pk for one in categories if one.slug == self.category), None)
        if not self.year:
            return finding.Within(key)
        first, next_first = (
            make_aware(datetime(year, 1, 1))  # noqa: DTZ001 - made aware here
            for year in (int(self.year), int(self.year) + 1)
        )
        return finding.Within(key, first, next_first)


def filters_of(request, categories, years):
    """Return the filters that the address asks for, and a sentence for each unknown."""
    offered = {
        "kategori": {category.slug for category in categories},
        "tahun": {str(year) for year in years},
        "urut": set(ORDERS),
    }
    asked = {name: request.GET.get(name, "").strip() for name in offered}
    notes = [
        UNKNOWN[name]
        for name, value in asked.items()
        if value and value not in offered[name]
    ]
    known = {name: value for name, value in asked.items() if value in offered[name]}
    order = known.get("urut", NEWEST)
    return (
        Filters(
            known.get("kategori", ""),
            known.get("tahun", ""),
            order if order != NEWEST else "",
        ),
        notes,
    )


def page_of(request, keys):
    """Return the page that the address asks for; 404 for any that does not exist."""
    asked = request.GET.get("page", "1")
    paginator = Paginator(keys, ROWS)
    if not _PAGE.fullmatch(asked) or int(asked) > paginator.num_pages:
        raise Http404("Halaman itu tidak ada.")
    return paginator.page(int(asked))


def address(text, filters=None):
    parameters = {"q": text} | (filters.as_parameters() if filters else {})
    return f"{reverse('news:search')}?{urlencode(parameters)}"


def keys_of(query, filters, categories):
    if not query:
        return []
    find = finding.best if filters.order == BEST else finding.newest
    return find(query, filters.within(categories))


def said_of(query):
    """Return what a reader should know of how the query was read."""
    notes = [CUT] if query.cut else []
    if query.text and not query:
        notes.append(ONLY_EXCLUDED if query.terms else NO_WORDS)
    return notes


@require_safe
def search_page(request):
    query = search.parse(request.GET.get("q", ""))
    categories, years = list(Category.objects.all()), finding.years()
    filters, notes = filters_of(request, categories, years)
    keys = keys_of(query, filters, categories)
    page = page_of(request, keys[: finding.MOST])
    base_url = address(query.text, filters)
    context = {
        "query": query,
        "filters": filters,
        "notes": said_of(query) + notes,
        "categories": categories,
        "years": years,
        "orders": ORDERS.items(),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(
            page.number, on_each_side=1, on_ends=1
        ),
        "page_joint": "&page=",
        "base_url": base_url,
        "most": finding.MOST if len(keys) > finding.MOST else 0,
        "canonical": settings.SITE_ORIGIN
        + (base_url if query.text else request.path)
        + (f"&page={page.number}" if page.number > 1 else ""),
    }
    if keys:
        context["editions"] = finding.shown(page.object_list, query)
    elif query:
        # They were looked for everywhere, so that is where they lead.
        everywhere = Filters(order=filters.order)
        context["suggestions"] = [
            (text, address(text, everywhere)) for text in finding.suggestions(query)
        ]
        context["everywhere"] = address(query.text) if filters.narrows() else ""
    return render(request, "news/search.html", context)
