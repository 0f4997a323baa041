"""Restoring a backup into an empty site: all of it is checked before anything changes.

The database is filled in one transaction, and files are taken away again when that
fails. Then come the migrations that the backup lacks, the erasures that it does not
know of, and the question whether the ledger continues what it was.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from news import auditing, erasure
from news.backups import BackupError, making, manifest, parts, postgres, sealing
from news.backups.manifest import Manifest, Stored
from news.backups.progress import Progress, Say
from news.models import Attachment, Photo


@dataclass(frozen=True)
class Restored:
    """What is there after a restore, and what is not."""

    whole: auditing.Whole
    erased: list[int]
    missing: list[str]


@dataclass(frozen=True)
class Source:
    """A backup that was read to its last byte, ready to be restored."""

    folder: Path
    manifest: Manifest
    files: Sequence[Stored]
    seal: sealing.Seal

    @contextmanager
    def opened(self, stored: str) -> Iterator:
        """Yield the content of a part, unsealed, to be read."""
        with (self.folder / stored).open("rb") as file, self.seal.unseal(file) as plain:
            yield plain

    def text(self, name: str) -> str:
        with self.opened(self.manifest.part(name)[0]) as plain:
            return plain.read().decode()


def restore(folder: Path, journals: Sequence[Path], say: Say) -> Restored:
    """Restore a backup; raise BackupError, or what the database says against it."""
    said = manifest.read(folder)
    check_fit(said)
    check_empty()
    files = manifest.check(folder, said, Progress(say, "Memeriksa cadangan"))
    source = Source(folder, said, files, sealing.of(said.seal))
    remembered = [source.text(manifest.JOURNAL), *map(read_journal, journals)]
    with _placed(source, Progress(say, "Media")):
        _fill_database(source, say)
    erasure.merge(remembered)
    say("Menyesuaikan susunan basis data …")
    call_command("migrate", interactive=False, verbosity=0)
    erased = erasure.replay()
    say("Memeriksa catatan publikasi …")
    return Restored(verified(said), erased, dangling())


def check_fit(said: Manifest) -> None:
    """Raise BackupError where this code or this PostgreSQL is older than the backup."""
    known = MigrationLoader(None).disk_migrations
    newer = [".".join(each) for each in said.migrations if tuple(each) not in known]
    if newer:
        raise BackupError(
            f"Cadangan ini dari kpuweb yang lebih baru: {newer[0]} belum dikenal. "
            "Pasang versi itu dahulu, lalu pulihkan."
        )
    postgres.check_loadable(said.versions["postgresql"], said.versions["pg_dump"])


def check_empty() -> None:
    """Raise BackupError unless neither database nor media hold anything."""
    found = postgres.contents()
    if found:
        raise BackupError(
            f"Basis data {connection.settings_dict['NAME']} tidak kosong: ada tabel "
            f"{found[0]}. Pulihkan ke basis data yang baru dibuat."
        )
    name = next(making.names(Path(settings.MEDIA_ROOT)), None)
    if name:
        raise BackupError(
            f"Folder media {settings.MEDIA_ROOT} tidak kosong: ada {name}. Pindahkan "
            "dahulu isinya; hanya catatan penghapusan boleh tinggal."
        )


def read_journal(path: Path) -> str:
    try:
        text = path.read_text("utf-8")
        erasure.parse(text)
    except OSError as error:
        raise BackupError(f"{path} tidak dapat dibaca: {error.strerror}.") from None
    except ValueError:
        raise BackupError(f"{path} bukan catatan penghapusan.") from None
    return text


def verified(said: Manifest) -> auditing.Whole:
    """Return the whole ledger, which still has the line that was the last."""
    try:
        return auditing.verify(tuple(said.head) if said.head else None)
    except auditing.BrokenError as broken:
        raise BackupError(
            f"Sudah dipulihkan, tetapi catatan publikasinya TIDAK COCOK. {broken}"
        ) from None


def dangling() -> list[str]:
    """Return the files that rows name and that are not there."""
    named = (
        *Photo.objects.values_list("file", flat=True),
        *Attachment.objects.values_list("file", flat=True),
    )
    return sorted(name for name in named if not default_storage.exists(name))


def _fill_database(source, say):
    say("Basis data …")
    with source.opened(source.manifest.part(manifest.DATABASE)[0]) as plain:
        postgres.load(plain)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def _placed(source, progress):
    """Put the media in their folder; take them away again if what follows fails."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    placed: list[Path] = []
    try:
        for stored in progress.over(source.files):
            target = root / stored.name
            placed.append(target)
            _place(source, stored, target)
        for inner, _, _ in os.walk(root):
            parts.settle(Path(inner))
        yield
    except BaseException:
        for target in placed:
            with suppress(OSError):
                target.unlink()
        raise


def _place(source, stored, target):
    with source.opened(f"{manifest.MEDIA}/{stored.name}{source.seal.suffix}") as plain:
        written = parts.write(plain, target)
    if written.size != stored.length:
        raise BackupError(f"Berkas {stored.name} dalam cadangan tidak utuh.")
    target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    os.utime(target, ns=(stored.modified, stored.modified))
