"""PostgreSQL's own programs, on the database of the site, and what they need."""

import os
import re
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from news.backups import BackupError, piping

# Nobody's backup can sign somebody in; everybody signs in again after a restore.
WITHOUT_ROWS = ("django_session",)


def dump(snapshot: str) -> AbstractContextManager[IO[bytes]]:
    """Read the database as a transaction that exported its snapshot sees it.

    The rows of UNLOGGED tables stay out: keys of readings are in no backup.
    """
    left_out = [f"--exclude-table-data={table}" for table in WITHOUT_ROWS]
    command, env = _command(
        *("pg_dump", "--format=custom", "--no-unlogged-table-data"),
        *(f"--snapshot={snapshot}", "--no-password", *left_out),
    )
    return piping.reading(command, env=env)


def load(source: IO[bytes]) -> None:
    """Fill the empty database from a dump, wholly or not at all.

    Everything then belongs to the role that restores; `deploy` grants the rest.
    """
    command, env = _command("pg_restore", "--single-transaction", "--no-password")
    # Its one argument would be a file.
    command[-1] = f"--dbname={command[-1]}"
    piping.feed([*command, "--no-owner", "--no-privileges"], source, env)


def _command(program, *options):
    """Return a program's command line, and its environment with the password."""
    found, secrets = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, options
    )
    return [_path(program), *found[1:]], {**os.environ, **(secrets or {})}


def _path(program):
    folder = settings.POSTGRES_BIN
    return str(Path(folder) / program) if folder else program


def version_of(program: str) -> str:
    """Return a program's version, such as `15.18`."""
    try:
        said = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [_path(program), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        raise BackupError(
            f"{program} tidak ada atau tidak jalan. Pasang paket Debian "
            "postgresql-client, atau isi POSTGRES_BIN dengan folder program PostgreSQL."
        ) from None
    return re.search(r"\d+(?:\.\d+)*", said)[0]


def server_version() -> str:
    return ".".join(map(str, divmod(connection.pg_version, 10_000)))


def major(version: str) -> int:
    return int(version.partition(".")[0])


def check_dumpable(dumper: str) -> None:
    """Raise BackupError where pg_dump is older than the server, which it refuses."""
    ours, theirs = major(dumper), major(server_version())
    if ours < theirs:
        raise BackupError(
            f"pg_dump versi {ours} lebih tua daripada server PostgreSQL {theirs} dan "
            f"tidak dapat mencadangkannya. Pasang postgresql-client-{theirs}."
        )


def check_loadable(server: str, dumper: str) -> None:
    """Raise BackupError where server or pg_restore are older than what made a dump."""
    if major(server_version()) < major(server):
        raise BackupError(
            f"Cadangan ini dari PostgreSQL {major(server)}, sedangkan server ini "
            f"{major(server_version())}. Pulihkan ke server yang sama atau lebih baru."
        )
    loader = version_of("pg_restore")
    if major(loader) < major(dumper):
        raise BackupError(
            f"pg_restore versi {loader} tidak dapat membaca cadangan dari pg_dump "
            f"{dumper}. Pasang postgresql-client-{major(dumper)}."
        )


def contents() -> list[str]:
    """Return the names of what the database holds: nothing, where one may restore."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTENTS)
        return [name for (name,) in cursor.fetchall()]


# What an extension made is not ours: an administrator may have added it beforehand.
_CONTENTS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname NOT LIKE 'pg\\_t%'
    AND NOT EXISTS (
        SELECT FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
ORDER BY 1
"""
