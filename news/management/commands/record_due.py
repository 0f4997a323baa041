from django.core.management.base import BaseCommand

from news import ledger


class Command(BaseCommand):
    help = (
        "Tulis baris catatan publikasi untuk naskah terjadwal yang sudah terbit. "
        "Dijalankan tiap menit; terlambat pun tidak menunda terbitnya naskah."
    )

    def handle(self, *args, **options):
        count = ledger.record_due()
        if count:
            self.stdout.write(f"{count} naskah terjadwal dicatat.")
