import re

from django.core.management.base import BaseCommand, CommandError

from news import auditing

HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-fA-F]{64})")


class Command(BaseCommand):
    help = (
        "Periksa seluruh catatan publikasi dari basis data: rantai hash, nomor urut, "
        "versi, sidik setiap naskah, dan naskah yang dapat dibaca publik. Yang pertama "
        "tidak cocok disebut, dan kode keluarnya 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            metavar="NOMOR:HASH",
            help="kepala yang pernah disimpan, misalnya dari surat harian",
        )

    def handle(self, *args, head=None, **options):
        try:
            whole = auditing.verify(head_of(head) if head else None)
        except auditing.BrokenError as broken:
            raise CommandError(f"TIDAK COCOK. {broken}") from None
        self.stdout.write(
            f"UTUH: {whole.lines} baris, {whole.editions} naskah.\nKepala: {whole.head}"
        )
        if whole.waiting:
            self.stdout.write(
                f"{whole.waiting} naskah terjadwal sudah terbit dan belum dicatat; "
                "jalankan record_due."
            )


def head_of(text):
    found = HEAD.fullmatch(text.strip())
    if not found:
        raise CommandError("Tulis --head sebagai NOMOR:HASH, seperti pada surat.")
    return int(found[1]), found[2].lower()
