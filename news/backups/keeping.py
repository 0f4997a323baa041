"""Which backups are kept: of some days, weeks and months, and all of the last day."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.utils import timezone

from news.backups import BackupError, manifest
from news.backups.manifest import Manifest, Stored
from news.backups.sealing import Seal

# A backup's name, the moment of its database in UTC.
FORM = "%Y%m%dT%H%M%SZ"
LAST_DAY = timedelta(hours=24)
# What is not whole yet, and what is no longer.
DRAFT = ".sedang-"
TRASH = ".buang-"


@dataclass(frozen=True)
class Backup:
    """A whole backup: where it is, and the moment that it is of."""

    folder: Path
    at: datetime


def whole(root: Path) -> list[Backup]:
    """Return the backups below a folder whose manifest can be read, newest first."""
    found = []
    for folder in root.iterdir() if root.is_dir() else ():
        with suppress(ValueError, BackupError):
            at = datetime.strptime(folder.name, FORM).replace(tzinfo=UTC)
            manifest.read(folder)
            found.append(Backup(folder, at))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def latest(root: Path) -> Path | None:
    """Return the newest whole backup below a folder."""
    found = whole(root)
    return found[0].folder if found else None


def newest(path: Path) -> Path:
    """Return a backup: the one that a path is, or the newest below it."""
    found = path if (path / manifest.NAME).exists() else latest(path)
    if not found:
        raise BackupError(f"Di {path} tidak ada cadangan yang utuh.")
    return found


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one command at a time work below a folder, and clear what a dead one left."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(root / ".kunci", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in (*root.glob(f"{DRAFT}*"), *root.glob(f"{TRASH}*")):
            shutil.rmtree(left)
        yield
    except BlockingIOError:
        raise BackupError(
            f"Perintah cadangan lain sedang bekerja di {root}. Tunggu sampai usai."
        ) from None
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class Plan:
    """How many days, weeks and months keep their last backup each."""

    daily: int
    weekly: int
    monthly: int

    def kept(self, moments: Iterable[datetime]) -> set[datetime]:
        """Return which of the moments' backups are kept."""
        ordered = sorted(moments, reverse=True)
        # All of the last day: who backs up a site that was just damaged loses nothing.
        chosen = {each for each in ordered if ordered[0] - each < LAST_DAY}
        for count, period in (
            (self.daily, lambda day: day),
            (self.weekly, lambda day: day.isocalendar()[:2]),
            (self.monthly, lambda day: (day.year, day.month)),
        ):
            chosen |= _last_of_each(ordered, count, period)
        return chosen


def _last_of_each(ordered: list[datetime], count: int, period: Callable):
    last: dict = {}
    for moment in ordered:
        last.setdefault(period(timezone.localdate(moment)), moment)
    return set(list(last.values())[:count])


def tidy(root: Path, plan: Plan) -> list[Path]:
    """Remove the backups that a plan does not keep; return which they were."""
    found = whole(root)
    kept = plan.kept(backup.at for backup in found)
    removed = [backup.folder for backup in found if backup.at not in kept]
    for folder in removed:
        # Renamed first, so that none half removed looks whole.
        trash = root / f"{TRASH}{folder.name}"
        folder.rename(trash)
        shutil.rmtree(trash)
    return removed


@dataclass(frozen=True)
class Earlier:
    """A file as an earlier backup stores it."""

    path: Path
    stored: Stored


class Linked:
    """The files of an earlier backup, by which the next one stores them again."""

    def __init__(self, folder: Path | None, seal: Seal) -> None:
        said: Manifest | None = manifest.read(folder) if folder else None
        self.folder, self.suffix = folder, seal.suffix
        self.files: dict[str, Stored] = {}
        # Sealed for other keys, they would be of no use.
        if said and (said.seal, said.keys) == (seal.name, seal.keys):
            self.files = {each.name: each for each in manifest.files_of(folder)}

    def get(self, name: str, length: int, modified: int) -> Earlier | None:
        """Return a file that is the same by its name, length and time."""
        stored = self.files.get(name)
        if not stored or (stored.length, stored.modified) != (length, modified):
            return None
        path = self.folder / manifest.MEDIA / (name + self.suffix)
        with suppress(FileNotFoundError):
            if path.stat().st_size == stored.part.size:
                return Earlier(path, stored)
        return None
