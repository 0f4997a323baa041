"""Making a backup: everything of one moment, under its own name only when it is whole.

The moment is that of the database's snapshot. A file of the media is never replaced by
another, so the media are copied twice around it: all before, which takes long, and what
came meanwhile after. Whatever a row of the snapshot names was there before the row, and
no sweep takes a file younger than a day; so it was met by one of the two. Files that
went meanwhile, by a sweep or an erasure, leave the backup too unless a row of the
snapshot names them.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import django
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from news import erasure, images
from news.backups import BackupError, keeping, manifest, parts, postgres, sealing
from news.backups.manifest import Manifest, Stored
from news.backups.progress import Metered, Progress, Say, in_words
from news.ledger import database_now, timestamp
from news.models import Attachment, Edition, Photo, Publication


@dataclass
class Moment:
    """What the snapshot says beside its dump."""

    at: datetime
    head: list | None
    migrations: list[list[str]]
    names: frozenset[str]
    digests: frozenset[str]

    def shows(self, name: str) -> bool:
        """Tell whether a row of the snapshot has this file, or one it is a copy of."""
        return name in self.names or (
            name.startswith(f"{images.FOLDER}/")
            and images.digest_in(name) in self.digests
        )


def make(root: Path, linked: keeping.Linked, say: Say) -> tuple[Path, Manifest]:
    """Make a backup below a folder; return where it is, and what it says of itself.

    `linked` are the files of an earlier one, which need not be stored again. Raises
    BackupError or OSError, and then leaves nothing that looks like a backup.
    """
    dumper = postgres.version_of("pg_dump")
    postgres.check_dumpable(dumper)
    draft = root / f"{keeping.DRAFT}{os.getpid()}"
    draft.mkdir(mode=0o700)
    try:
        made = _fill(draft, linked, dumper, say)
        folder = _named(root, made)
        if folder.exists():
            raise BackupError(f"Cadangan {folder.name} sudah ada.")
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    parts.settle(root)
    return folder, made


def _named(root, made):
    at = datetime.fromisoformat(made.at).strftime(keeping.FORM)
    return root / at


def _fill(draft, linked, dumper, say):
    seal = sealing.for_making()
    media = Media(draft / manifest.MEDIA, seal, linked)
    media.copy(Progress(say, "Media"))
    with _snapshot() as (snapshot, moment), postgres.dump(snapshot) as dumped:
        database = _store(dumped, draft, manifest.DATABASE, seal, say)
    say(f"Basis data: {in_words(database[1].size)}.")
    media.copy(Progress(say, "Media yang baru"))
    media.drop_gone(moment)
    # Last, so that it knows of every erasure whose files were not met.
    journal = _store_journal(draft, seal, say)
    listed = _store_list(draft, media.stored.values())
    made = Manifest(
        at=timestamp(moment.at),
        site=settings.SITE_ORIGIN,
        versions={
            "django": django.get_version(),
            "postgresql": postgres.server_version(),
            "pg_dump": dumper,
        },
        migrations=moment.migrations,
        head=moment.head,
        seal=seal.name,
        keys=seal.keys,
        parts=dict([database, journal, listed]),
        files=len(media.stored),
        missing=sorted(moment.names - media.stored.keys()),
    )
    manifest.write(made, draft)
    _settle(draft)
    return made


def _store(source, folder, name, seal, say):
    stored = name + seal.suffix
    with seal.seal(source) as sealed:
        metered = Metered(say, "Basis data", sealed)
        return stored, parts.write(metered, folder / stored)


def _store_journal(draft, seal, say):
    path = erasure.journal()
    with open(path if path.exists() else os.devnull, "rb") as source:
        return _store(source, draft, manifest.JOURNAL, seal, say)


def _store_list(draft, stored):
    path = draft / manifest.FILES
    ordered = sorted(stored, key=lambda each: each.name)
    path.write_text("".join(f"{manifest.line_of(each)}\n" for each in ordered))
    return manifest.FILES, parts.measure(path)


def _settle(draft):
    for name in (manifest.FILES, manifest.NAME):
        with (draft / name).open("rb") as file:
            os.fsync(file.fileno())
    for inner, _, _ in os.walk(draft):
        parts.settle(Path(inner))


@contextmanager
def _snapshot() -> Iterator[tuple[str, Moment]]:
    """Yield the name of a snapshot, and what it says, while others can read it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # It waits, however long the dump takes.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        yield snapshot, _moment()


def _moment():
    head = Publication.objects.head()
    applied = MigrationRecorder(connection).applied_migrations()
    photos = Photo.objects.values_list("digest", "file")
    cards = Edition.objects.exclude(share_image="").filter(withdrawn_at=None)
    return Moment(
        at=database_now(),
        head=[head.sequence, head.hash] if head else None,
        migrations=sorted(map(list, applied)),
        names=frozenset(name for _, name in photos)
        | frozenset(Attachment.objects.values_list("file", flat=True))
        | frozenset(cards.values_list("share_image", flat=True)),
        digests=frozenset(digest for digest, _ in photos),
    )


@dataclass
class Media:
    """The media's copy in a backup: what is stored of it, by name."""

    folder: Path
    seal: sealing.Seal
    linked: keeping.Linked
    stored: dict[str, Stored] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)

    def copy(self, progress: Progress) -> None:
        """Store every file that is there now and was not there before."""
        self.present = set(names(Path(settings.MEDIA_ROOT)))
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for name in progress.over(sorted(self.present - self.stored.keys())):
            # One that went since is the other pass's, or nobody's.
            with suppress(FileNotFoundError):
                self.stored[name] = self._store(name)

    def drop_gone(self, moment: Moment) -> None:
        """Take back what is no longer there, unless the snapshot shows it."""
        for name in self.stored.keys() - self.present:
            if not moment.shows(name):
                self._target(name).unlink()
                del self.stored[name]

    def _store(self, name):
        target = self._target(name)
        with (Path(settings.MEDIA_ROOT) / name).open("rb") as source:
            found = os.fstat(source.fileno())
            earlier = self.linked.get(name, found.st_size, found.st_mtime_ns)
            if earlier and _link(earlier.path, target):
                return earlier.stored
            with self.seal.seal(source) as sealed:
                part = parts.write(sealed, target)
        return Stored(name, found.st_size, found.st_mtime_ns, part)

    def _target(self, name):
        return self.folder / (name + self.seal.suffix)


def _link(earlier, target):
    """Store a file by another name for the same bytes; tell whether that went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(earlier, target)
    except OSError:  # gone, or a file system that knows no links
        return False
    return True


def names(root: Path) -> Iterator[str]:
    """Yield the names of all files of the media; the journal is a part by itself."""
    for inner, _, found in os.walk(root):
        for each in found:
            path = Path(inner, each)
            name = path.relative_to(root).as_posix()
            if name != erasure.JOURNAL and path.is_file() and not path.is_symlink():
                yield name
