import unicodedata
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.timezone import get_default_timezone, now

from news.importing.archive import take_over, taken_over
from news.importing.arranging import entries
from news.importing.feed import FeedError, read
from news.models import Article
from news.models.article import DateBasis

COLUMNS = ("No", "Hitungan", "Kategori", "Tanggal", "Diketahui", "Hasil", "Judul")
TITLE_WIDTH = 60

# What the reader takes out of a text, and a column may be too narrow for.
MEASURED = (
    *("title", "dateline", "credit", "byline_name", "byline_office", "source_name"),
)


def day(text):
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"--taken-at berisi {text!r}; tulis tanggal seperti 2022-02-01."
        ) from error


class Command(BaseCommand):
    help = (
        "Impor satu halaman daftar berita situs lama yang disimpan sebagai teks. "
        "Aman diulang: naskah yang sudah ada tidak disentuh."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="berkas teks UTF-8")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tunjukkan apa yang akan diimpor, tanpa menulis apa pun",
        )
        parser.add_argument(
            "--taken-at",
            metavar="TANGGAL",
            help="kapan hitungan baca diambil dari situs lama, misalnya 2022-02-01",
        )

    def handle(self, *args, **options):
        taken_at = day(options["taken_at"]) if options["taken_at"] else None
        feed = self.read(options["file"])
        self.refuse_what_does_not_fit(feed)
        found = entries(feed.items, get_default_timezone(), now(), taken_at)
        with transaction.atomic():
            results = [
                self.take(position, len(found), entry, options["dry_run"])
                for position, entry in enumerate(found, 1)
            ]
        self.report(feed, found, results)
        new = results.count("baru")
        self.stdout.write(
            f"{new} naskah akan diimpor; tidak ada yang ditulis (--dry-run)."
            if options["dry_run"]
            else f"{new} naskah diimpor, {len(results) - new} sudah ada."
        )

    def read(self, name):
        try:
            return read(Path(name).read_bytes())
        except OSError as error:
            raise CommandError(
                f"Berkas {name} tidak dapat dibaca. Periksa nama dan izinnya; yang "
                "diminta sebuah berkas teks, bukan folder."
            ) from error
        except FeedError as error:
            raise CommandError(
                f"{error} Tidak ada yang diimpor.", returncode=2
            ) from error

    def refuse_what_does_not_fit(self, feed):
        for item in feed.items:
            for name in MEASURED:
                field = Article._meta.get_field(name)
                if len(getattr(item, name)) > field.max_length:
                    raise CommandError(
                        f"Baris {item.line}: {field.verbose_name} naskah ini lebih "
                        f"dari {field.max_length} huruf. Perbaiki berkasnya. Tidak ada "
                        "yang diimpor.",
                        returncode=2,
                    )

    def take(self, position, total, entry, dry_run):
        result = "ada" if taken_over(entry) else "baru"
        if result == "baru" and not dry_run:
            take_over(entry)
        self.stdout.write(f"[{position}/{total}] {shorten(entry.fields['title'])}")
        return result

    def report(self, feed, found, results):
        rows = [COLUMNS]
        for item, entry, result in zip(feed.items, found, results, strict=True):
            when = item.event_date or item.source_date
            rows.append(
                (
                    str(item.position),
                    "–" if entry.baseline is None else str(entry.baseline),
                    entry.category,
                    when.isoformat() if when else "–",
                    basis_of(item),
                    result,
                    shorten(item.title),
                )
            )
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        self.stdout.write("")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        doubted = [
            (item, entry)
            for item, entry in zip(feed.items, found, strict=True)
            if entry.doubts
        ]
        self.stdout.write("")
        if doubted:
            self.stdout.write(
                "Yang perlu diperiksa orang (juga ada di halaman tinjau tiap naskah):"
            )
        for item, entry in doubted:
            self.stdout.write(f"{item.position}. {shorten(item.title)}")
            for doubt in entry.doubts:
                self.stdout.write(f"   - {doubt}")


def basis_of(item):
    """Return in a word or two how an item's date is known."""
    if item.event_date:
        return {
            DateBasis.EXPLICIT: "tertulis",
            DateBasis.YEAR_INFERRED: "tahun disimpulkan",
            DateBasis.DATELINE: "dateline",
        }[item.event_date_basis]
    return "koran" if item.source_date else "tidak ada"


def shorten(title):
    """Return a title for one line of a terminal, without what could control it."""
    shown = "".join(c for c in title if unicodedata.category(c)[0] != "C")
    return shown if len(shown) <= TITLE_WIDTH else shown[: TITLE_WIDTH - 1] + "…"
