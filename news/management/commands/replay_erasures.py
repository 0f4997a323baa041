from django.core.management.base import BaseCommand

from news import erasure


class Command(BaseCommand):
    help = (
        "Hapus lagi naskah yang penghapusannya terjadi sesudah cadangan yang baru "
        "dipulihkan dibuat. Jalankan sesudah memulihkan basis data dan media."
    )

    def handle(self, *args, **options):
        again = erasure.replay()
        if again:
            numbers = ", ".join(map(str, again))
            self.stdout.write(f"Dihapus lagi: naskah {numbers}.")
        else:
            self.stdout.write("Tidak ada yang perlu dihapus lagi.")
