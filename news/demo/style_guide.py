"""The page `/gaya/`: every part of the public pages, in every state it can have.

Drawn by the templates that the site itself uses, from texts that are never saved. Only
where `STYLE_GUIDE` is set is there such an address.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from news import changes, charts, presenting, richtext, search, snippets, statistics
from news.demo import style_guide_texts as texts
from news.models import Category, Edition, Photo, Series, UrgentNotice
from news.models.article import Revision
from news.models.edition import PICTURE_FACTS
from news.public.searching import ORDERS, Filters

TOKENS = Path(settings.BASE_DIR) / "static/css/tokens.css"
PUBLISHED = datetime(2026, 1, 28, 5, 0, tzinfo=UTC)

_COLOUR = re.compile(r"^ *--([a-z-]+): (#[0-9a-f]{3,6});", re.MULTILINE)


@require_safe
def page(request):
    cover = some_cover()
    article = edition(texts.ARTICLE, cover, released_at=PUBLISHED)
    return render(
        request,
        "news/style_guide.html",
        {
            "colours": colours(TOKENS.read_text("utf-8")),
            "types": ("h1", "h2", "large", "body", "", "small"),
            **stories(cover),
            **search_box(),
            **numbers(),
            **presenting.story(
                article, series_place(), photo_url=lambda file: reverse("style_guide")
            ),
            "whatsapp_url": presenting.whatsapp_url(article),
            "notices": [*presenting.notices(article), texts.FROM_ARCHIVE],
            "urgent": UrgentNotice(**texts.URGENT),
            "answer": reply(),
            "answers": texts.REPLIES,
            "corrections": texts.CORRECTIONS,
            "ledger": texts.LEDGER,
            "comparison": changes.compare(texts.BEFORE, texts.AFTER),
            "lists": [pages("Awal", 1), pages("Tengah", 10), pages("Akhir", 20)],
            "categories": Category.objects.all(),
        },
    )


def colours(style):
    """Return the name of each colour with its value on light and on dark paper."""
    light, _, dark = style.partition("prefers-color-scheme: dark")
    dark = dict(_COLOUR.findall(dark.partition("@media")[0]))
    return [
        (name, value, dark.get(name, value)) for name, value in _COLOUR.findall(light)
    ]


def some_cover():
    """Return the facts of a cover that the public can see, or None without any."""
    shown = Edition.objects.for_list().filter(cover_document__isnull=False).first()
    return shown and (shown.cover_document, shown.cover_rendered)


def edition(words, cover=None, **fields):
    """Return an unsaved text as the public reads one."""
    row = Edition(
        **{"pk": 0, "version": 2, "round": 2, "publish_at": PUBLISHED}
        | {"published_on": PUBLISHED.date(), **fields}
    )
    document = texts.EMPTY | words
    if cover:
        document["cover"], row.cover_rendered = cover
        document["body"] += texts.PICTURE.format(cover[0]["file"])
    document["body"] = richtext.clean(document["body"])
    row.present(Revision(document=json.dumps(document), digest="0a1b2c3d" * 8))
    digests = cover and [cover[0]["sha256"]]
    row.photos = Photo.objects.filter(digest__in=digests or []).values(
        "digest", *PICTURE_FACTS
    )
    row.views = 1234
    return row


def reply():
    """Return a reply to another text that the public reads."""
    row = edition(texts.REPLY)
    row.replied = edition(texts.SHORT)
    return row


def stories(cover):
    """Return a row of a list for each of its states, and the lists beside them."""
    found = edition(texts.SHORT)
    words = [("data",), ("pemilih",)]
    found.title_pieces = snippets.marked(found.title, words)
    found.snippet = snippets.snippet([found.excerpt], words)
    popular = []
    for recent in (1208, 640, 87, 45, 20):
        popular.append(edition(texts.SHORT))
        popular[-1].recent = recent
    return {
        "illustrated": edition(texts.ARTICLE, cover),
        "plain": edition(texts.SHORT),
        "undated": edition(texts.SHORT, published_on=None, round=0),
        "of_event": edition(
            texts.SHORT | {"event_date": "2021-12-06"}, published_on=None, round=0
        ),
        "found": found,
        "popular": popular,
        "related": popular[:3],
        "months": [presenting.Month(2026, number) for number in range(12, 0, -1)],
        "shown": presenting.Month(2026, 3),
    }


def series_place():
    series = Series(slug="contoh", name="Pendidikan Pemilih")
    return presenting.SeriesPlace(
        name=series.name,
        url=series.get_absolute_url(),
        part=2,
        previous=edition(texts.SHORT),
        next=None,
        continues=True,
    )


def pages(label, number):
    page = Paginator(range(200), 10).page(number)
    numbers = page.paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    return label, page, numbers


def search_box():
    return {
        "query": search.parse("data pemilh"),
        "filters": Filters(category="opini", order="sesuai"),
        "years": (2026, 2025),
        "orders": ORDERS.items(),
        "suggestions": [("data pemilih", reverse("news:search") + "?q=data+pemilih")],
        "everywhere": reverse("news:search") + "?q=data+pemilh",
    }


def numbers():
    """Return charts and tables of readings that never were."""
    period = statistics.rolling(30)
    first = localdate() - timedelta(days=29)
    steps = statistics.steps(
        period,
        [(first + timedelta(days=day), day * 37 % 101) for day in range(30)],
    )
    named = [("Siaran Pers", 812), ("Opini", 301), ("Laporan Webinar", 0)]
    return {
        "period": period,
        "periods": [period, statistics.year(first.year)],
        "steps": steps[:3],
        "steps_chart": charts.of_steps(period, steps),
        "category_chart": charts.of_names(
            "menurut-kategori", "Pembacaan menurut kategori", period, named
        ),
        "by_category": named,
    }
