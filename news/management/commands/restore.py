from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from news.backups import BackupError, in_a_sentence, keeping, restoring
from news.management.commands.backup import add_folder, folder_of


class Command(BaseCommand):
    help = (
        "Pulihkan cadangan ke situs yang kosong: basis data tanpa tabel dan folder "
        "media tanpa berkas. FOLDER adalah satu cadangan, atau folder yang memuatnya: "
        "lalu yang terbaru dipakai. Penghapusan sesudah cadangan itu dijalankan lagi, "
        "dan catatan publikasinya diperiksa. Hentikan dahulu situs dan pekerjanya."
    )

    requires_system_checks = []

    def add_arguments(self, parser):
        add_folder(parser)
        parser.add_argument(
            "--journal",
            type=Path,
            action="append",
            default=[],
            metavar="BERKAS",
            help="catatan penghapusan yang lebih baru, misalnya penghapusan.jsonl dari "
            "media yang lama; boleh lebih dari satu",
        )

    def handle(self, *args, folder, journal, **options):
        try:
            backup = keeping.newest(folder_of(folder))
            self.stdout.write(f"Memulihkan {backup} …")
            found = restoring.restore(backup, journal, self.stdout.write)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(in_a_sentence(error)) from error
        if found.erased:
            numbers = ", ".join(map(str, found.erased))
            self.stdout.write(f"Dihapus lagi: naskah {numbers}.")
        for name in found.missing:
            self.stderr.write(f"PERINGATAN: {name} tercatat, tetapi berkasnya hilang.")
        self.stdout.write(
            f"Pulih. Catatan publikasi UTUH: {found.whole.lines} baris, "
            f"{found.whole.editions} naskah.\nKepala: {found.whole.head}"
        )
