from django.core.management.base import BaseCommand
from django.utils import timezone

from news import reminders


class Command(BaseCommand):
    help = (
        "Ingatkan lewat surat: komisioner tentang naskah yang menunggu lebih dari "
        "satu hari, penulis tentang naskah yang dikembalikan lebih dari tiga hari "
        "lalu. Tiap orang mendapat paling banyak satu surat sehari."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="tunjukkan siapa yang akan diingatkan, tanpa mengirim apa pun",
        )

    def handle(self, *args, **options):
        due = reminders.due()
        for each in due:
            self.stdout.write(
                f"{each.person.username}: {len(each.to_approve)} menunggu persetujuan, "
                f"{len(each.to_mend)} perlu diperbaiki"
            )
        if options["dry_run"]:
            self.stdout.write("Tidak ada yang dikirim (--dry-run).")
        else:
            reminders.remind(due, timezone.localdate())
