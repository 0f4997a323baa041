"""Encryption by age, a file at a time; chosen over GnuPG for its plain key files.

The server that makes backups holds only the public keys: whoever breaks into it cannot
read the older ones. A file once encrypted is encrypted no more: its content never
changes, so the next backup links to it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from news.backups import BackupError, piping


class Plain:
    """No encryption: for a folder that is itself encrypted, or guarded."""

    name = suffix = keys = ""

    @contextmanager
    def seal(self, source: IO[bytes]) -> Iterator[IO[bytes]]:
        yield source

    unseal = seal


class Age:
    """Encryption for the keys in BACKUP_RECIPIENTS, undone by BACKUP_IDENTITY's."""

    name = "age"
    suffix = ".age"

    @property
    def keys(self) -> str:
        """Return the digest of the keys that may read what is sealed now."""
        path = _key_file("BACKUP_RECIPIENTS", settings.BACKUP_RECIPIENTS)
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()

    @contextmanager
    def seal(self, source: IO[bytes]) -> Iterator[IO[bytes]]:
        keys = _key_file("BACKUP_RECIPIENTS", settings.BACKUP_RECIPIENTS)
        command = ["age", "--encrypt", "--recipients-file", keys]
        with piping.reading(command, stdin=source) as sealed:
            yield sealed

    @contextmanager
    def unseal(self, source: IO[bytes]) -> Iterator[IO[bytes]]:
        key = _key_file("BACKUP_IDENTITY", settings.BACKUP_IDENTITY)
        command = ["age", "--decrypt", "--identity", key]
        with piping.reading(command, stdin=source) as plain:
            yield plain


type Seal = Plain | Age


def for_making() -> Seal:
    """Return how new backups are sealed, by the settings."""
    return Age() if settings.BACKUP_RECIPIENTS else Plain()


def of(name: str) -> Seal:
    """Return the seal of a backup by the name that its manifest gives."""
    for kind in (Plain, Age):
        if kind.name == name:
            return kind()
    raise BackupError(f"Cadangan ini disandikan dengan {name!r}, yang tidak dikenal.")


def _key_file(setting, path):
    if not path:
        raise BackupError(f"{setting} belum diisi. Isi dengan berkas kunci age.")
    if not Path(path).is_file():
        raise BackupError(f"Berkas kunci {setting}, {path}, tidak ada.")
    return str(path)
