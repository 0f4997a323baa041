"""What is left of readers in a copy of the database and in the logs: nothing."""

import base64
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from kpuweb import embedded_programs
from kpuweb.embedded import Server
from news import counting, ranking
from news.models import ReadingKey, Tally
from tests.conftest import needs

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("203.0.113.177", "2001:db8:77:88::99")
NETWORK = "2001:db8:77:88::/64"
BROWSERS = (
    "KenariPeramban/7.7 (Khusus Tes)",
    "KenariBot/9 (compatible; Googlebot/2.1)",
)


@pytest.fixture
def logged(transactional_db, tmp_path):
    """Serve the test's own database with granian; yield its origin and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    log = tmp_path / "log"
    with log.open("w") as file:
        server = subprocess.Popen(  # noqa: S603 - our own server
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi"),
                *("kpuweb.wsgi:application", "--host", "127.0.0.1"),
                *("--port", str(port), "--workers", "1"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}",
            },
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    origin = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            if answer(f"{origin}/healthz/", {}, None) == 200:
                break
            time.sleep(0.1)
        yield origin, log
    finally:
        server.terminate()
        server.wait(15)


def answer(address, headers, body):
    try:
        with urlopen(Request(address, body, headers), timeout=10) as response:  # noqa: S310
            return response.status
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return None


def dump(*options):
    """Return a copy of the test database as a backup would make it."""
    name = connection.settings_dict["NAME"]
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    server = Server("test")
    arguments = ["pg_dump", *options, f"--dbname={base}/{name}"]
    if (embedded_programs.folder(server.base) / "pg_dump").exists():
        done = server._run(*arguments)
    else:
        needs("pg_dump")
        done = subprocess.run(  # noqa: S603 - fixed arguments
            [shutil.which("pg_dump"), *arguments[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def traces(pk):
    """Yield all that would tell who read: plain, encoded, and hashed without a key."""
    readers = [
        counting.reader_of(address, browser)
        for address in ADDRESSES
        for browser in BROWSERS
    ]
    plain = [*ADDRESSES, NETWORK, *BROWSERS, *readers]
    plain += [f"{pk}\n{reader}" for reader in readers]
    for text in plain:
        data = text.encode()
        yield text
        for found in (
            data,
            *(hashlib.new(kind, data).digest() for kind in ("md5", "sha1", "sha256")),
        ):
            yield found.hex()
            yield base64.b64encode(found).decode()
    yield "KenariPeramban"
    yield "KenariBot"


def test_no_copy_and_no_log_tells_who_read(logged, publish, humas, commissioner):
    origin, log = logged
    article = publish(humas, commissioner)
    address = f"{origin}/berita/{article.pk}/dibaca/"
    for reader in ADDRESSES:
        headers = {"X-Real-IP": reader, "X-Forwarded-For": reader}
        for browser in BROWSERS:
            known = {**headers, "User-Agent": browser}
            assert answer(address, known, b"dari=") == 204
            assert answer(f"{origin}/berita/", known, None) == 200
            # What goes wrong writes lines into the log.
            assert answer(f"{origin}/berita/999/dibaca/", known, b"") == 404
            evil = {**known, "Origin": "https://evil.example"}
            assert answer(address, evil, b"") == 403
        flood = {**headers, "User-Agent": BROWSERS[0]}
        told = [answer(address, flood, b"") for _ in range(counting.PATIENCE)]
        assert told[-1] == 429
    assert sum(Tally.objects.values_list("readings", flat=True)) == len(ADDRESSES)
    assert ReadingKey.objects.count() == len(ADDRESSES)
    counting.roll_up()
    ranking.rank()
    whole, backup = dump(), dump("--no-unlogged-table-data")
    assert "COPY public.news_readingkey" in whole
    assert "COPY public.news_readingkey" not in backup
    assert "COPY public.news_readingsalt" not in backup
    assert "COPY public.news_tally" in backup
    written = log.read_text()
    assert '"status": 429' in written
    kept = {"whole": whole, "backup": backup, "log": written}
    database_log = Server("test").base / "log"
    if database_log.exists():
        kept["database's log"] = database_log.read_text(errors="replace")
    for place, text in kept.items():
        found = {trace for trace in traces(article.pk) if trace in text}
        assert found == set(), place
