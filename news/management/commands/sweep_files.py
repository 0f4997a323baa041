from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from news import sweeping

GRACE_DAYS = 30
MOST_DAYS = 36_500


class Command(BaseCommand):
    help = (
        "Buang foto dan lampiran yang tidak dipakai naskah mana pun, juga dalam "
        "revisi lama, dan berkas yang tertinggal di penyimpanan. Yang ditandai "
        "“simpan di pustaka” tetap ada. Dijalankan tiap malam."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--grace-days",
            type=int,
            default=GRACE_DAYS,
            help="tenggang waktu dalam hari (biasanya %(default)s): yang lebih baru "
            "tidak disentuh",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tunjukkan apa yang akan dibuang, tanpa membuang apa pun",
        )

    def handle(self, *args, **options):
        days = options["grace_days"]
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(
                f"--grace-days berisi {days}. Isi dengan 1 sampai {MOST_DAYS} hari."
            )
        swept = []
        for found in sweeping.unused(timezone.now() - timedelta(days=days)):
            if options["dry_run"] or found.sweep():
                swept.append(found)
                self.stdout.write(f"{found.what}: {in_words([found])}")
        if not swept:
            self.stdout.write("Tidak ada berkas yang perlu dibuang.")
        elif options["dry_run"]:
            self.stdout.write(
                f"Akan dibuang: {in_words(swept)}. Belum ada yang hilang."
            )
        else:
            self.stdout.write(f"Dibuang: {in_words(swept)}.")


def in_words(swept):
    """Return how many files these are and how large, as people read it."""
    count = sum(len(found.names) for found in swept)
    size = filesizeformat(sum(found.size for found in swept))
    return f"{count} berkas, {size}".replace("\N{NO-BREAK SPACE}", " ")
