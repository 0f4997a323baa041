import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from kpuweb.tasks import Lease, Worker, new_worker_id
from news import counting, fingerprints, ledger, limits, ranking, renditions, sharing

# Each minute, between the tasks.
CHORES = [
    ledger.record_due,
    counting.roll_up,
    limits.forget,
    ranking.rank_in_turn,
    renditions.make_up,
    sharing.make_missing,
    fingerprints.make_up,
]


class Command(BaseCommand):
    help = (
        "Jalankan pekerja latar: ia mengirim surat, membuat gambar bagikan yang belum "
        "ada, mencoba ulang yang gagal, dan mengambil alih yang ditinggal pekerja "
        "yang mati. Boleh lebih dari satu. "
        "Pekerja berhenti bila basis data putus; systemd menjalankannya lagi."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once",
            action="store_true",
            help="kerjakan yang sudah waktunya, lalu usai",
        )

    def handle(self, *args, **options):
        worker_id = new_worker_id()
        try:
            with Lease(worker_id) as lease:
                worker = Worker(lease, worker_id, chores=CHORES)
                worker.configure_signals()
                if options["once"]:
                    worker.drain()
                else:
                    worker.work()
        except (Error, psycopg.Error) as error:
            raise CommandError(f"Basis data tidak dapat dipakai: {error}") from error
