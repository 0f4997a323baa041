import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgres://kpuweb@/kpuweb",
    "SECRET_KEY": "sangat-rahasia-" + "x" * 50,
    "ALLOWED_HOSTS": "contoh.kpu.go.id",
    "SITE_ORIGIN": "https://contoh.kpu.go.id",
}


def start(**environment):
    bare = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG"}
    }
    code = "import kpuweb.settings as s; print(s.SESSION_COOKIE_NAME, s.DEBUG)"
    return subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**bare, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", PRODUCTION)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_it_does_not_start_without_what_it_needs(name, value):
    environment = {**PRODUCTION, name: value}
    if value is None:
        del environment[name]
    done = start(**environment)
    assert done.returncode != 0
    assert f"{name} belum diisi. Isi dengan" in done.stderr


@pytest.mark.parametrize(
    "origin",
    ["http://contoh.kpu.go.id", "contoh.kpu.go.id", "https://", "ftp://127.0.0.1"]
    + ["https://contoh.kpu.go.id/berita", "https://contoh.kpu.go.id/?x"],
)
def test_an_origin_must_be_an_https_address(origin):
    done = start(**{**PRODUCTION, "SITE_ORIGIN": origin})
    assert done.returncode != 0
    assert "SITE_ORIGIN berisi" in done.stderr


@pytest.mark.parametrize("quorum", ["0", "-1"])
def test_a_quorum_is_at_least_one(quorum):
    done = start(**PRODUCTION, APPROVAL_QUORUM=quorum)
    assert done.returncode != 0
    assert "APPROVAL_QUORUM berisi" in done.stderr


def test_production_has_host_cookies_and_no_debugging():
    assert start(**PRODUCTION).stdout == "__Host-sesi False\n"


def test_a_loopback_origin_may_be_plain():
    done = start(**{**PRODUCTION, "SITE_ORIGIN": "http://127.0.0.1:8000"})
    assert done.stdout == "sesi False\n"
