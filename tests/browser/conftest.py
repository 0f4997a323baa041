import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.conftest import needs

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PASSWORD = "sandi-untuk-tes-peramban"

# Playwright runs an event loop in this thread, and Django would not let a test ask the
# database beside it; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def site(transactional_db, settings):
    """Serve the test's own database with granian, as in production."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    name = connection.settings_dict["NAME"]
    base, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    server = subprocess.Popen(  # noqa: S603 - our own server
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("kpuweb.wsgi:application", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--workers-kill-timeout", "10"),
        ],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"{base}/{name}", "SITE_ORIGIN": origin},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answered(origin)
        yield origin
    finally:
        server.terminate()
        server.wait(15)


def answered(origin):
    for _ in range(150):
        try:
            with urlopen(f"{origin}/healthz/", timeout=2):  # noqa: S310 - our own
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail("granian tidak menjawab dalam 15 detik")


@pytest.fixture
def chromium():
    needs("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=60_000
        )
        yield browser
        browser.close()
        # Beside Playwright's loop Django keeps a connection of its own; give it back,
        # or the test database cannot be dropped.
        connection.close()


@pytest.fixture
def complaints():
    """Hold what the pages' consoles said; a test asserts that it was nothing."""
    return []


def beyond_the_editors(complaints):
    """Return the complaints but for styles that the policy kept from the editor.

    CKEditor, and the parser of what was pasted, write style attributes that the policy
    refuses to apply; each refusal is a line in the console, and changes nothing.
    """
    return [
        said
        for said in complaints
        if not ("/admin/news/article/add/" in said and "inline style" in said)
    ]


@pytest.fixture
def opened(chromium, complaints):
    """Return a function that opens a window of its own, 360 px wide unless told."""

    def open_page(width=360, height=800, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="id-ID", **options
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{page.url}: {message.text}")
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    return open_page


@pytest.fixture
def signed_in(opened, site):
    """Return a function that signs a person in by the form, in a window of theirs."""

    def sign_in(user, **options):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        page = opened(**options)
        page.goto(f"{site}/admin/")
        page.get_by_label("Nama pengguna").fill(user.username)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Masuk").click()
        page.get_by_role("heading", name="Meja redaksi").wait_for()
        return page

    return sign_in
