"""The files of a backup: written whole and to the disk, each known by its SHA-256."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHUNK = 2**20


@dataclass(frozen=True)
class Part:
    """The size in bytes, and the SHA-256 in hex, of a file as it is stored."""

    size: int
    sha256: str


def chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def write(source: IO[bytes], target: Path) -> Part:
    """Write what is read into a new file, down to the disk; leave none if it fails."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            for chunk in chunks(source):
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise
    return Part(size, digest.hexdigest())


def measure(path: Path) -> Part:
    """Return what a stored file is now."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Part(file.tell(), digest.hexdigest())


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk, as `write` has the contents."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
