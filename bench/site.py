"""A newsroom of its own for each measurement: database, web server and files."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import django
import psycopg
from django.core.management import call_command

from kpuweb import embedded, embedded_programs

CHECKOUT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def newsroom() -> Iterator[None]:
    """Set Django up with an empty database and folders that go away afterwards."""
    name = f"bench_{os.getpid()}"
    with (
        embedded.running("bench") as server,
        tempfile.TemporaryDirectory(prefix="kpuweb-bench-") as folder,
    ):
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        os.environ.update(
            DJANGO_SETTINGS_MODULE="kpuweb.settings",
            DATABASE_URL=server.url(name),
            POSTGRES_BIN=str(embedded_programs.clients()),
            SECRET_KEY="k" * 60,
            ALLOWED_HOSTS="127.0.0.1",
            SITE_ORIGIN=f"http://127.0.0.1:{free_port()}",
            MEDIA_ROOT=f"{folder}/media",
            STATIC_ROOT=f"{folder}/static",
        )
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            yield
        finally:
            django.db.connections.close_all()
            django.db.connection.close_pool()
            with psycopg.connect(server.url(), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def served(
    workers: int = 2, application: str = "kpuweb.wsgi:application"
) -> Iterator[str]:
    """Serve the newsroom with granian; yield its origin."""
    call_command("collectstatic", verbosity=0, interactive=False)
    origin = os.environ["SITE_ORIGIN"]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *(application, "--host", "127.0.0.1", "--respawn-failed-workers"),
        *("--port", origin.rpartition(":")[2], "--workers", str(workers)),
        *("--blocking-threads", "8", "--log-level", "error"),
    ]
    # A line for each request, as in production, but not on this terminal.
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=CHECKOUT, stderr=log) as process,  # noqa: S603
    ):
        try:
            wait_for(origin)
            yield origin
        finally:
            process.terminate()
            process.wait(20)


def wait_for(origin: str) -> None:
    for _ in range(300):
        try:
            urlopen(f"{origin}/readyz/", timeout=2).close()  # noqa: S310 - our own
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    sys.exit("Situsnya tidak menjawab.")
