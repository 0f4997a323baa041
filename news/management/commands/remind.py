from django.core.management.base import BaseCommand
from django.utils import timezone

from news import heads, reminders


class Command(BaseCommand):
    help = (
        "Ingatkan lewat surat: komisioner tentang naskah yang menunggu lebih dari "
        "satu hari, penulis tentang naskah yang dikembalikan lebih dari tiga hari "
        "lalu, paling banyak satu surat sehari. Komisioner dan Pengelola mendapat "
        "juga kepala catatan publikasi dari hari terakhir yang ada barisnya."
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
        today = timezone.localdate()
        head = heads.last_before(today)
        if head:
            self.stdout.write(f"Kepala catatan publikasi: {head.sequence}:{head.hash}")
        if options["dry_run"]:
            self.stdout.write("Tidak ada yang dikirim (--dry-run).")
        else:
            reminders.remind(due, today)
            heads.announce(today)
