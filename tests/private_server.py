"""Give the test run a PostgreSQL and a folder of its own, before Django reads settings.

Loaded with `-p`, since pytest-django reads the settings before any conftest.py. The
workers of a parallel run inherit what is set here.
"""

import os
import shutil
import subprocess
import sys
import tempfile

import pytest

from kpuweb import embedded, embedded_programs

# Nothing of a test has to survive the power going off.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Private:
    """What this run started, to be put away at its end."""

    server = None
    folder = None


def pytest_load_initial_conftests():
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    Private.folder = tempfile.mkdtemp(prefix="kpuweb-test-")
    if "DATABASE_URL" not in os.environ:
        Private.server = embedded.start("test", **FAST)
        os.environ["DATABASE_URL"] = Private.server.url()
        os.environ["POSTGRES_BIN"] = str(embedded_programs.clients())
    os.environ.update(
        SECRET_KEY="only-for-tests-" + "k" * 50,
        ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
        SITE_ORIGIN="http://127.0.0.1:8000",
        MEDIA_ROOT=f"{Private.folder}/media",
        STATIC_ROOT=f"{Private.folder}/static",
        DJANGO_SETTINGS_MODULE="kpuweb.settings",
    )
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], check=True
    )


pytest_load_initial_conftests = pytest.hookimpl(tryfirst=True)(
    pytest_load_initial_conftests
)


def pytest_unconfigure():
    if Private.server:
        Private.server.stop()
    if Private.folder:
        shutil.rmtree(Private.folder, ignore_errors=True)
