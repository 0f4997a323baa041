"""Django, set up for a measurement that brings its own database.

It is the one of DATABASE_URL, which `kpuweb.embedded run --for bench` sets. Imported
before the newsroom's models.
"""

import os
import tempfile

import django

# A folder of its own, which goes when the measurement ends: that of the checkout may be
# in use by a demo.
_STATIC = tempfile.TemporaryDirectory(prefix="kpuweb-bench-")

os.environ.update(
    DJANGO_SETTINGS_MODULE="kpuweb.settings",
    SECRET_KEY="only-for-measuring-" + "k" * 50,
    ALLOWED_HOSTS="testserver",
    SITE_ORIGIN="http://127.0.0.1:8000",
    STATIC_ROOT=_STATIC.name,
    # The figures are read by people, and no line for each page stands between them.
    LOG_FORMAT="plain",
)
django.setup()
