import psycopg
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from kpuweb.tasks import Lease, UntilNothing, Worker, new_worker_id
from news import (
    counting,
    fingerprints,
    ledger,
    limits,
    ranking,
    renditions,
    sharing,
    warming,
)

# Each minute, between the tasks.
CHORES = [
    ledger.record_due,
    counting.roll_up,
    limits.forget,
    ranking.rank_in_turn,
    renditions.make_up,
    sharing.make_missing,
    UntilNothing(fingerprints.make_up),
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
        lease = Lease(worker_id)
        worker = Worker(
            lease,
            worker_id,
            chores=CHORES,
            watches=[ledger.record_lately_due, warming.Warmer()],
        )
        # Before it is known as a worker, and told to end.
        worker.configure_signals()
        try:
            with lease:
                if options["once"]:
                    worker.drain()
                else:
                    worker.work()
        except (Error, psycopg.Error) as error:
            raise CommandError(f"Basis data tidak dapat dipakai: {error}") from error
