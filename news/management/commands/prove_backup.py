from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from news.backups import BackupError, in_a_sentence, keeping, proving
from news.management.commands.backup import add_folder, folder_of


class Command(BaseCommand):
    help = (
        "Buktikan bahwa cadangan dapat dipulihkan: yang terbaru dalam FOLDER "
        "dipulihkan ke basis data dan folder sementara, seluruh isinya diperiksa, "
        "lalu semuanya dibuang. Peran basis datanya perlu CREATEDB."
    )

    requires_system_checks = []

    def add_arguments(self, parser):
        add_folder(parser)

    def handle(self, *args, folder, **options):
        try:
            backup = keeping.newest(folder_of(folder))
            with keeping.alone(backup.parent):
                proof = proving.prove(backup, self.stdout.write)
                proving.remember(backup.parent, proof)
        except (BackupError, OSError, DatabaseError) as error:
            raise CommandError(in_a_sentence(error)) from error
        self.stdout.write(
            f"TERBUKTI: {proof.backup} dapat dipulihkan, dalam {proof.seconds} detik."
        )
