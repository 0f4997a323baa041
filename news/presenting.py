"""What an article's page shows, for the public and for the staff who review it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlsplit

import segno
from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate, localtime

from news import cards, downloads, richtext, sharing
from news.models import Edition, Publication
from news.models.edition import POPULAR_ROWS
from news.models.shown import moment_text
from news.picturing import BOUNDED_WIDTH, LAZY, bounded_name, markup

WORDS_A_MINUTE = 200
POPULAR_DAYS = 30

# How wide the article's column is on the screen.
COLUMN = "(min-width: 720px) 672px, calc(100vw - 32px)"

# How an event's date is known, where it was not written out in full.
BASIS = {
    "tanpa-tahun": "tahunnya tidak tertulis; disimpulkan dari naskah di sekitarnya",
    "dateline": "tidak tertulis dalam isi; diambil dari dateline",
}


@dataclass(frozen=True)
class Notice:
    kind: str
    label: str
    text: str


@dataclass(frozen=True)
class SeriesPlace:
    """Where an article stands in its series, with its neighbours if they are public."""

    name: str
    url: str
    part: int | None
    previous: Edition | None
    next: Edition | None
    continues: bool

    def get_absolute_url(self):
        return self.url


@dataclass(frozen=True)
class Correction:
    """A change that the public is told of, with the text as it was before."""

    kind: str
    kind_label: str
    at_iso: str
    at_text: str
    note: str
    before_url: str


def corrections(edition):
    """Return the changes since the first publication, the newest first."""
    found = []
    for line in edition.corrections:
        at = localtime(datetime.fromisoformat(line["at"]))
        found.append(
            Correction(
                kind=line["kind"],
                kind_label=Publication.Kind(line["kind"]).label,
                at_iso=at.isoformat(),
                at_text=moment_text(at),
                note=line["note"],
                before_url=before_url(edition, line["version"] - 1),
            )
        )
    return found


def before_url(edition, version):
    """Return the address of an older version, unless it was withdrawn."""
    if version <= edition.withdrawn_version:
        return ""
    return reverse("news:version", args=[edition.pk, version])


@dataclass(frozen=True)
class LedgerPlace:
    sequence: int
    at_text: str
    hash: str

    def get_absolute_url(self):
        return Publication(sequence=self.sequence).get_absolute_url()


@dataclass(frozen=True)
class SharePicture:
    """What a shared link shows, with the size that apps lay out before it arrives."""

    url: str
    width: int
    height: int
    alt: str


def share_picture(edition):
    """Return an edition's card, or its cover while there is none; None without both."""
    cover = edition.cover
    if edition.share_image:
        shows_cover = cover and sharing.is_on_card(cover)
        return SharePicture(
            default_storage.url(edition.share_image),
            *cards.SIZE,
            cover.alt if shows_cover else f"Judul: {edition.title}",
        )
    if cover is None:
        return None
    width = min(cover.width, BOUNDED_WIDTH)
    return SharePicture(
        default_storage.url(bounded_name(cover.file, cover.width)),
        width,
        round(cover.height * width / cover.width),
        cover.alt,
    )


def offers(edition):
    """Return what a public page offers to pass on or to keep; a preview has none."""
    return {
        "share_picture": share_picture(edition),
        "share_url": share_url(edition),
        "whatsapp_url": whatsapp_url(edition),
    }


def download_url(edition, file):
    """Return where a public edition's picture can be had with its words inside."""
    digest, _, suffix = file.rpartition("/")[2].rpartition(".")
    return reverse("news:photo", args=[edition.pk, digest, suffix])


def story(
    edition,
    series=None,
    *,
    photo_url=lambda file: "",
    attachment_view="news:attachment",
):
    """Return the context of `news/_article.html`: the one look of an article.

    `photo_url` says where a picture's file can be had with its words inside.
    """
    document = edition.document
    return {
        "edition": edition,
        "article": {
            **document,
            "event_date_text": _day(document["event_date"]),
            "event_date_basis_text": BASIS.get(document["event_date_basis"], ""),
            "source_date_text": source_date_text(document),
        },
        "body": richtext.display(
            edition.body,
            urlsplit(settings.SITE_ORIGIN).hostname,
            body_pictures(edition, photo_url),
        ),
        "reading_minutes": max(
            1, round(richtext.word_count(edition.body) / WORDS_A_MINUTE)
        ),
        "series": series,
        "cover_download_url": edition.cover and photo_url(edition.cover.file),
        "attachments": downloads.downloads(edition, attachment_view),
    }


def body_pictures(edition, photo_url):
    """Return how `richtext.display` shows each picture of the body.

    The first is loaded at once where there is no cover, since it may be in view.
    """
    loading = [] if edition.cover else [{"fetchpriority": "high"}]

    def show(digest, alt):
        known = edition.pictures.get(digest)
        if known is None:
            return None
        attributes = loading.pop() if loading else LAZY
        shown = markup(known, sizes=COLUMN, alt=alt, attributes=attributes)
        return shown, photo_url(known.file)

    return show


def source_date_text(document):
    """Return when a reprint's source had it, as people read it; empty if unknown."""
    return _day(document["source_date"], "j F Y")


def _day(iso, form="DATE_FORMAT"):
    return date_format(parse_date(iso), form) if iso else ""


def notices(edition):
    """Return what a reader must know before the text, each with the word it is."""
    found = []
    if edition.is_release:
        found.append(
            Notice(
                "darurat",
                "Siaran darurat, menunggu persetujuan.",
                "Naskah ini disiarkan segera dan belum disahkan komisioner.",
            )
        )
    if edition.is_from_archive:
        found.append(
            Notice(
                "arsip",
                "Dari situs lama",
                "Naskah ini berasal dari situs lama kantor ini.",
            )
        )
    return found


def place_in_series(edition, siblings):
    """Return an article's place among the public parts of its series, or None."""
    if edition.series is None:
        return None
    parts = {sibling.series_part: sibling for sibling in siblings}
    part = edition.series_part
    following = parts.get(part + 1) if part else None
    return SeriesPlace(
        name=edition.series.name,
        url=edition.series.get_absolute_url(),
        part=part,
        previous=parts.get(part - 1) if part else None,
        next=following,
        continues=following is None and "bersambung" in edition.body[-200:].lower(),
    )


def place_in_ledger(edition):
    """Return where the public ledger holds this version, or None."""
    if edition.ledger_sequence is None:
        return None
    return LedgerPlace(
        edition.ledger_sequence, moment_text(edition.recorded_at), edition.ledger_hash
    )


def popular():
    """Return the most read articles of the last month; none while few are read."""
    # Today is one of them, as in the public statistics.
    since = localdate() - timedelta(days=POPULAR_DAYS - 1)
    found = list(Edition.objects.popular(since))
    return found if len(found) == POPULAR_ROWS else []


@dataclass(frozen=True)
class Month:
    """A month of the archive."""

    year: int
    number: int

    @property
    def name(self):
        return date_format(date(self.year, self.number, 1), "F")

    @property
    def key(self):
        return f"{self.year}-{self.number:02}"

    def get_absolute_url(self):
        return reverse("news:month", args=[self.year, self.number])


def archive_years():
    """Return the months from the first article to the newest, by year, newest first."""
    ends = Edition.objects.visible().aggregate(
        first=Min("publish_at"), last=Max("publish_at")
    )
    if ends["first"] is None:
        return {}
    first, last = (
        (moment.year, moment.month)
        for moment in (localtime(ends["first"]), localtime(ends["last"]))
    )
    return {
        year: [
            Month(year, number)
            for number in range(12, 0, -1)
            if first <= (year, number) <= last
        ]
        for year in range(last[0], first[0] - 1, -1)
    }


def address_code(address):
    """Return a QR code of an address, as SVG in the page: paper cannot be clicked."""
    code = segno.make(address, error="m", micro=False)
    # It holds nothing but the squares that the address was turned into.
    return mark_safe(  # noqa: S308
        code.svg_inline(
            svgclass="print-code", lineclass=None, omitsize=True, border=2, dark="#000"
        )
    )


def share_url(edition):
    """Return the address to pass on: it says which version was shared.

    Who opens it after a correction is told what has changed since.
    """
    return f"{settings.SITE_ORIGIN}{edition.get_absolute_url()}?v={edition.version}"


def whatsapp_url(edition):
    """Return a link that opens WhatsApp with what a shared article says."""
    return "https://wa.me/?text=" + quote(share_text(edition))


def share_text(edition):
    """Return title, beginning and address of an article, and where to check them."""
    said = [f"*{edition.title}*", edition.excerpt, share_url(edition), invitation()]
    return "\n\n".join(said)


def invitation():
    """Return the line by which a shared text says where it can be checked."""
    return f"Periksa keasliannya: {settings.SITE_ORIGIN}{reverse('news:authenticity')}"
