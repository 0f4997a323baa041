import csv
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import get_default_timezone

from news import reports


def month(text):
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=get_default_timezone())
    except ValueError as error:
        raise CommandError(
            f"Bulan berisi {text!r}; tulis tahun dan bulan seperti 2026-01."
        ) from error
    if not 2000 <= found.year <= 2100:
        raise CommandError("Bulan di luar jangkauan; tulis tahun 2000 sampai 2100.")
    return found.date()


class Command(BaseCommand):
    help = (
        "Laporan kerja redaksi selama satu bulan sebagai CSV: berapa naskah diajukan, "
        "disetujui, dikembalikan, tayang, dan disiarkan darurat di tiap kategori, dan "
        "berapa lama (median, dalam jam, dengan titik desimal). Naskah terjadwal "
        "terhitung tayang ketika jadwalnya disetujui."
    )

    def add_arguments(self, parser):
        parser.add_argument("month", metavar="BULAN", help="misalnya 2026-01")
        parser.add_argument(
            "--output", metavar="BERKAS", help="tulis ke berkas, bukan ke layar"
        )

    def handle(self, *args, **options):
        rows = reports.monthly(month(options["month"]))
        if not options["output"]:
            csv.writer(self.stdout, lineterminator="\n").writerows(rows)
            return
        try:
            with Path(options["output"]).open(
                "w", encoding="utf-8", newline=""
            ) as file:
                csv.writer(file).writerows(rows)
        except OSError as error:
            raise CommandError(
                f"Berkas {options['output']} tidak dapat ditulis: {error.strerror}."
            ) from error
