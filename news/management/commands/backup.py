from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from news.backups import BackupError, in_a_sentence, keeping, making, sealing
from news.backups.keeping import Linked, Plan

# Of how many of which periods the last backup stays.
KEPT = (("daily", 7, "hari"), ("weekly", 5, "minggu"), ("monthly", 12, "bulan"))


class Command(BaseCommand):
    help = (
        "Cadangkan basis data dan media sebagai satu saat yang sama ke dalam FOLDER, "
        "lalu buang cadangan lama. Berkas media yang sudah ada dalam cadangan "
        "sebelumnya ditautkan, tidak disalin lagi. Dengan BACKUP_RECIPIENTS isinya "
        "disandikan oleh age."
    )

    requires_system_checks = []

    def add_arguments(self, parser):
        add_folder(parser)
        for name, usual, what in KEPT:
            parser.add_argument(
                f"--keep-{name}",
                type=int,
                default=usual,
                help=f"simpan yang terakhir dari sekian {what} (biasanya %(default)s)",
            )
        parser.add_argument(
            "--full",
            action="store_true",
            help="salin semua berkas media, juga yang sudah ada di cadangan sebelumnya",
        )

    def handle(self, *args, folder, **options):
        root = folder_of(folder)
        plan = Plan(
            *(options[f"keep_{name}"] for name in ("daily", "weekly", "monthly"))
        )
        if min(plan.daily, plan.weekly, plan.monthly) < 0:
            raise CommandError("Jumlah yang disimpan tidak boleh kurang dari nol.")
        try:
            with keeping.alone(root):
                earlier = None if options["full"] else keeping.latest(root)
                linked = Linked(earlier, sealing.for_making())
                made, said = making.make(root, linked, self.stdout.write)
                removed = keeping.tidy(root, plan)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(
                f"TIDAK ADA CADANGAN BARU. {in_a_sentence(error)}"
            ) from error
        for name in said.missing:
            self.stderr.write(f"PERINGATAN: {name} tercatat, tetapi berkasnya hilang.")
        self.stdout.write(f"Cadangan {made} utuh: {said.files} berkas media.")
        for each in removed:
            self.stdout.write(f"Dibuang sesuai aturan simpan: {each.name}.")


def add_folder(parser):
    parser.add_argument(
        "folder",
        nargs="?",
        metavar="FOLDER",
        help="folder cadangan; tanpa ini BACKUP_DIR",
    )


def folder_of(given):
    """Return the folder that was given, or that of the settings."""
    path = given or settings.BACKUP_DIR
    if not path:
        raise CommandError("Sebutkan folder cadangan, atau isi BACKUP_DIR.")
    return Path(path).absolute()
