"""Collect the demo's static files, unless nothing has changed since the last time.

collectstatic takes many seconds, and passes over a changed file that is older than
its copy. So it always fills an empty folder here, and only if a digest of every file
that goes in or came out differs. The files then move into place one by one: a demo
that is already running keeps the hashed names that it knows.
"""

import hashlib
import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

HASHED = re.compile(r"\.[0-9a-f]{12}\.")


class QuickCompressor(Compressor):
    """Take a fifth of production's time, for files that are a tenth larger."""

    @staticmethod
    def compress_brotli(data):
        return brotli.compress(data, quality=9)


class QuickStorage(CompressedManifestStaticFilesStorage):
    """The storage of production, but source maps stay as they are."""

    def create_compressor(self, **kwargs):
        kept = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
        return QuickCompressor(**{**kwargs, "extensions": kept})


def collect(work: Path) -> None:
    """Fill STATIC_ROOT; `work` keeps the digest and the files on their way."""
    target = Path(settings.STATIC_ROOT)
    known = work / "digest"
    work.mkdir(exist_ok=True)
    if known.exists() and known.read_text() == digest(target):
        return
    known.unlink(missing_ok=True)
    fresh = work / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    settings.STATIC_ROOT = str(fresh)
    settings.STORAGES["staticfiles"]["BACKEND"] = "kpuweb.demo_static.QuickStorage"
    call_command("collectstatic", interactive=False, verbosity=0)
    replace(target, fresh)
    known.write_text(digest(target))


def replace(target: Path, fresh: Path) -> None:
    """Move the fresh files over the old ones, the manifest last."""
    names = sorted(files(fresh), key=lambda name: name == Path("staticfiles.json"))
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).replace(target / name)
    for name in set(files(target)) - set(names):
        if not HASHED.search(name.name):  # a hashed name never means anything else
            (target / name).unlink(missing_ok=True)
    shutil.rmtree(fresh)


def digest(target: Path) -> str:
    """Return a digest of all sources, what turns them into results, and the results."""
    total = hashlib.sha256()
    for path in sorted({settings_file(), *sources()}):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path} {content}\n".encode())
    for name in ("django", "whitenoise", "brotli"):
        total.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    for name in sorted(files(target)):
        found = (target / name).stat()
        total.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return total.hexdigest()


def sources() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def settings_file() -> Path:
    return Path(sys.modules[settings.SETTINGS_MODULE].__file__)


def files(folder: Path) -> Iterator[Path]:
    for inner, _, names in os.walk(folder):
        for name in names:
            yield Path(inner, name).relative_to(folder)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpuweb.settings")
    django.setup()
    collect(Path(sys.argv[1]))
