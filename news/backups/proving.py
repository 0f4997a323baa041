"""Proof that a backup can be restored: it is, into a place that is then thrown away."""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection
from django.utils import timezone

from news.backups import BackupError, parts
from news.backups.progress import Say

NAME = "bukti.json"


@dataclass(frozen=True)
class Proof:
    """Which backup was last proven, when, and in how many seconds it was restored."""

    backup: str
    at: str
    seconds: float


def prove(folder: Path, say: Say) -> Proof:
    """Restore a backup as people would; raise BackupError if that does not go well.

    By the command itself, in a process of its own, into a database and a folder that
    nobody else uses. Nothing of it is left.
    """
    started = time.monotonic()
    with _scratch_database() as database, tempfile.TemporaryDirectory() as media:
        _restore(folder, {"DATABASE_URL": database, "MEDIA_ROOT": media}, say)
    seconds = round(time.monotonic() - started, 1)
    return Proof(folder.name, timezone.now().isoformat(timespec="seconds"), seconds)


def _restore(folder, instead, say):
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(folder)],
        env={**os.environ, **instead},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            say(f"  {lines[-1]}")
    if process.returncode:
        raise BackupError(f"Cadangan {folder.name} TIDAK TERBUKTI. {lines[-1]}")


@contextmanager
def _scratch_database() -> Iterator[str]:
    """Yield the address of an empty database, dropped afterwards."""
    name = f"{scratch()}{secrets.token_hex(4)}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        _drop_left_over(cursor)
        try:
            # Not of template1, which an administrator may have added to.
            cursor.execute(
                f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"
            )
        except ProgrammingError:
            raise BackupError(
                "Peran basis data ini tidak boleh membuat basis data untuk pembuktian. "
                f"Jalankan: ALTER ROLE {connection.settings_dict['USER']} CREATEDB"
            ) from None
    # The restore takes its time, longer than a connection may be left idle.
    connection.close()
    try:
        address = urlsplit(os.environ["DATABASE_URL"])
        yield address._replace(path=f"/{quote(name)}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def scratch() -> str:
    """Return how the names of our scratch databases begin, and no other site's."""
    return f"{connection.settings_dict['NAME'][:40]}_bukti_"


def _drop_left_over(cursor):
    """Drop what a killed proof left; one that is at work keeps its database."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [scratch()]
    )
    for (name,) in cursor.fetchall():
        with suppress(DatabaseError):
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)}")


def remember(root: Path, proof: Proof) -> None:
    """Write down beside the backups that one of them was proven."""
    draft = root / f".{NAME}"
    draft.write_text(json.dumps(asdict(proof), indent=1) + "\n")
    draft.rename(root / NAME)
    parts.settle(root)


def last(root: Path) -> Proof | None:
    """Return the last proof of a backup below a folder."""
    with suppress(OSError, ValueError, TypeError):
        return Proof(**json.loads((root / NAME).read_text()))
    return None
