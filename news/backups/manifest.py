"""What a backup says of itself, and whether it still is what it says."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath

from news.backups import BackupError
from news.backups.parts import Part, measure
from news.backups.progress import Progress
from news.ledger import canonical

NAME = "manifest.json"
FILES = "files.jsonl"
DATABASE = "database.dump"
JOURNAL = "journal.jsonl"
MEDIA = "media"
FORMAT = 1


@dataclass(frozen=True)
class Stored:
    """A file of the media: its name, size and time there, and what is stored of it."""

    name: str
    length: int
    modified: int  # nanoseconds since 1970, as the file system has it
    part: Part


@dataclass(frozen=True)
class Manifest:
    """A whole backup, but for the list of its files."""

    at: str  # the moment of the database, as the ledger writes one
    site: str
    versions: dict[str, str]
    migrations: list[list[str]]
    head: list | None  # the ledger's last line: its number and hash
    seal: str
    keys: str  # the digest of the keys that it is sealed for
    parts: dict[str, Part]
    files: int
    missing: list[str]
    format: int = FORMAT

    def part(self, name: str) -> tuple[str, Part]:
        """Return the name that a part is stored under, and its size and digest."""
        for stored, part in self.parts.items():
            if stored.startswith(name):
                return stored, part
        raise BackupError(f"Cadangan tidak memuat {name}.")


def write(manifest: Manifest, folder: Path) -> None:
    content = asdict(manifest)
    content["hash"] = _hash(content)
    (folder / NAME).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def read(folder: Path) -> Manifest:
    """Return a backup's manifest; raise BackupError unless it is whole."""
    try:
        content = json.loads((folder / NAME).read_text())
        if content.pop("hash") != _hash(content):
            raise ValueError
        if content["format"] != FORMAT:
            raise BackupError(
                f"Cadangan {folder.name} dibuat versi kpuweb yang lebih baru "
                f"(bentuk {content['format']}). Pulihkan dengan versi itu."
            )
        content["parts"] = {
            name: Part(**part) for name, part in content["parts"].items()
        }
        return Manifest(**{each.name: content[each.name] for each in fields(Manifest)})
    except FileNotFoundError:
        raise BackupError(
            f"{folder} bukan cadangan yang utuh: tidak ada {NAME} di dalamnya."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError(
            f"Cadangan {folder.name} rusak: {NAME} tidak dapat dipercaya."
        ) from None


def _hash(content):
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def line_of(stored: Stored) -> str:
    return canonical(
        {
            "name": stored.name,
            "length": stored.length,
            "modified": stored.modified,
            "size": stored.part.size,
            "sha256": stored.part.sha256,
        }
    )


def files_of(folder: Path) -> Iterator[Stored]:
    """Yield the files of a backup, in the order of its list."""
    with (folder / FILES).open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            part = Part(said["size"], said["sha256"])
            yield Stored(said["name"], said["length"], said["modified"], part)


def check(folder: Path, manifest: Manifest, progress: Progress) -> Sequence[Stored]:
    """Return a backup's files; raise BackupError at the first byte that is wrong."""
    for name, part in manifest.parts.items():
        _check_part(folder, name, part)
    files = list(files_of(folder))
    if len(files) != manifest.files:
        raise BackupError(f"Cadangan {folder.name} rusak: daftar berkasnya kurang.")
    suffix = f".{manifest.seal}" if manifest.seal else ""
    for stored in progress.over(files):
        if not is_inside(stored.name):
            raise BackupError(f"Cadangan menyebut berkas {stored.name!r} di luarnya.")
        _check_part(folder, f"{MEDIA}/{stored.name}{suffix}", stored.part)
    return files


def is_inside(name: str) -> bool:
    """Tell whether a name stays below the folder that it is put into."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _check_part(folder, name, part):
    try:
        found = measure(folder / name)
    except FileNotFoundError:
        raise BackupError(
            f"Cadangan {folder.name} tidak lengkap: {name} tidak ada."
        ) from None
    if found != part:
        raise BackupError(
            f"Cadangan {folder.name} rusak: isi {name} bukan yang dicadangkan. "
            "Pakai cadangan lain, atau salinannya di tempat lain."
        )
