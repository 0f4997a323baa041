"""The public record: what was published, changed, withdrawn, and what proves it.

The record only grows, so nothing here counts it or skips through it: a page is a range
of the key, and it says from which line on it shows.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, Subquery
from django.http import (
    FileResponse,
    Http404,
    HttpResponseBadRequest,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_safe

from kpuweb.middleware import PUBLIC
from news import corrections, ledger
from news.models import Category, Publication
from news.models.shown import moment_text
from news.presenting import Month
from news.public import feeds

ROWS = 20
# Each is compared with the text before it.
ROWS_COMPARED = 10
PROGRAM = settings.BASE_DIR / "tools" / "verify_ledger.py"

Kind = Publication.Kind

# A kind in words, for who has never seen the record.
KINDS = {
    Kind.PUBLISHED: "Naskah terbit",
    Kind.CORRECTED: "Ralat: yang keliru diperbaiki",
    Kind.UPDATED: "Pembaruan: ada keterangan baru",
    Kind.TYPO: "Salah ketik diperbaiki",
    Kind.RELEASED: "Siaran darurat, terbit sebelum disahkan",
    Kind.COUNTERSIGNED: "Siaran darurat disahkan komisioner",
    Kind.WITHDRAWN: "Naskah ditarik",
    Kind.RESTORED: "Naskah yang ditarik dimuat lagi",
    Kind.ERASED: "Naskah dihapus",
    Kind.IMPORTED: "Naskah situs lama dimuat",
}
CHANGE_KINDS = {
    Kind.CORRECTED: "Ralat",
    Kind.UPDATED: "Pembaruan",
    Kind.TYPO: "Salah ketik",
    Kind.RELEASED: "Siaran darurat yang mengganti naskah",
    Kind.WITHDRAWN: "Naskah ditarik",
    Kind.RESTORED: "Naskah dimuat lagi",
    Kind.ERASED: "Naskah dihapus",
    corrections.REPLY: "Hak jawab",
}

_SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")
_YEAR = re.compile(r"2[0-9]{3}")
_MONTH = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Asked:
    """Which lines an address asks for: of a kind, of a year, from a line downwards."""

    kind: str
    year: str
    until: str

    @classmethod
    def of(cls, request, kinds):
        """Return what is asked; 404 for what can be no line's."""
        asked = cls(
            *(request.GET.get(name, "") for name in ("jenis", "tahun", "sampai"))
        )
        fits = (
            asked.kind in {"", *kinds}
            and (not asked.year or _YEAR.fullmatch(asked.year))
            and (not asked.until or _SEQUENCE.fullmatch(asked.until))
        )
        if not fits:
            raise Http404("Halaman catatan itu tidak ada.")
        return asked

    def lines(self):
        """Return the lines of the year and from the line on, of whatever kind."""
        lines = Publication.objects.all()
        if self.year:
            lines = lines.of_year(int(self.year))
        if self.until:
            lines = lines.filter(sequence__lte=int(self.until))
        return lines

    def address(self, until=None):
        """Return the same list from another line on; without one, from the newest."""
        filters = {"jenis": self.kind, "tahun": self.year, "sampai": until}
        return "?" + urlencode({name: one for name, one in filters.items() if one})


@dataclass(frozen=True)
class Entry:
    """A line as people read it, with the article where it may be read."""

    line: Publication
    edition: object

    @property
    def kind(self):
        return KINDS[self.line.kind]

    @property
    def at_iso(self):
        return localtime(self.line.at).isoformat()

    @property
    def at_text(self):
        return moment_text(self.line.at)

    @property
    def recorded_text(self):
        return moment_text(self.line.recorded_at)


def ends():
    """Return the first and the last line of the record, in one query; or neither."""
    last = Publication.objects.order_by("-sequence").values("sequence")[:1]
    found = list(
        Publication.objects.filter(
            Q(sequence=1) | Q(sequence=Subquery(last))
        ).newest_first()
    )
    return (found[-1], found[0]) if found else (None, None)


def years(first, last):
    if last is None:
        return range(0)
    oldest, newest = (localdate(line.recorded_at).year for line in (first, last))
    return range(newest, oldest - 1, -1)


def page_of(request, newest, kinds, rows):
    """Return the lines of a page, and the context by which its reader goes on.

    `newest` returns so many of the lines that it is given, of a kind or of any.
    """
    asked = Asked.of(request, kinds)
    first, last = ends()
    found = list(newest(asked.lines(), asked.kind, rows + 1))
    following = found[rows].sequence if len(found) > rows else None
    return found[:rows], {
        "asked": asked,
        "kinds": kinds.items(),
        "years": years(first, last),
        "head": last,
        "older_url": following and asked.address(following),
        "newest_url": asked.until and asked.address(),
        "categories": Category.objects.all(),
    }


def newest_lines(lines, kind, most):
    if kind:
        lines = lines.filter(kind=kind)
    return lines.newest_first()[:most]


@require_safe
def ledger_page(request):
    lines, context = page_of(request, newest_lines, KINDS, ROWS)
    editions = corrections.readable(line.number for line in lines).in_bulk()
    entries = [Entry(line, editions.get(line.number)) for line in lines]
    return render(request, "news/ledger.html", {**context, "entries": entries})


@require_safe
def heads(request):
    """Show the last line of each day of a month: what one keeps to check by later."""
    months = months_of(*ends())
    shown = month_asked(request, months)
    # Those beside it, so that the way through many years stays short.
    place = months.index(shown) if months else 0
    return render(
        request,
        "news/heads.html",
        {
            "heads": Publication.objects.heads_of_month(shown.year, shown.number),
            "shown": shown,
            "newer": months[place - 1] if place > 0 else None,
            "older": months[place + 1] if place + 1 < len(months) else None,
            "categories": Category.objects.all(),
        },
    )


def months_of(first, last):
    """Return every month from the last line's to the first one's, newest first."""
    if last is None:
        return []
    oldest, newest = (
        day.year * 12 + day.month - 1
        for day in (localdate(line.recorded_at) for line in (first, last))
    )
    return [
        Month(number // 12, number % 12 + 1) for number in range(newest, oldest - 1, -1)
    ]


def month_asked(request, months):
    """Return the month that the address asks for; without one, the newest."""
    today = localdate()
    newest = months[0] if months else Month(today.year, today.month)
    asked = request.GET.get("bulan", "")
    if not asked:
        return newest
    found = _MONTH.fullmatch(asked)
    month = found and Month(*map(int, found.groups()))
    if month not in (months or [newest]):
        raise Http404("Bulan itu tidak ada dalam catatan.")
    return month


@require_safe
def download(request):
    """Give the record to programs, line by line, from a number on or all of it."""
    since = request.GET.get("sejak", "1")
    if not _SEQUENCE.fullmatch(since):
        return HttpResponseBadRequest(
            "Isi ?sejak= dengan nomor baris, mulai dari 1.\n",
            content_type="text/plain; charset=utf-8",
        )
    head = Publication.objects.head()
    tag = f'"{head.hash if head else ledger.GENESIS}-{since}"'
    response = get_conditional_response(request, etag=tag) or StreamingHttpResponse(
        () if request.method == "HEAD" or not head else written(int(since), head),
        content_type="application/x-ndjson; charset=utf-8",
    )
    response.headers["ETag"] = tag
    # Said here, since a 304 must say the same as the answer that it confirms.
    response.headers["Cache-Control"] = PUBLIC
    # Whoever checks it in a browser does so from a page of their own.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def written(since, head):
    """Return the text of lines up to a head: later ones are not of this answer."""
    for chunk in ledger.chunks(since, head.sequence):
        yield "".join(f"{ledger.canonical(ledger.line(one))}\n" for one in chunk)


@require_safe
def program(request):
    """Give the program that checks a record without this site."""
    return FileResponse(PROGRAM.open("rb"), content_type="text/x-python; charset=utf-8")


@require_safe
def changes_page(request):
    lines, context = page_of(request, corrections.newest, CHANGE_KINDS, ROWS_COMPARED)
    return render(
        request,
        "news/corrections.html",
        {
            **context,
            "changes": corrections.told(lines),
            "feeds": feeds.correction_links(),
        },
    )
