"""What the README's figures are measured with: one module each, `python -m bench.name`.

The database is the one of DATABASE_URL, which `kpuweb.embedded run --for bench` sets.
"""

import os

import django

os.environ.update(
    DJANGO_SETTINGS_MODULE="kpuweb.settings",
    SECRET_KEY="only-for-measuring-" + "k" * 50,
    ALLOWED_HOSTS="testserver",
    SITE_ORIGIN="http://127.0.0.1:8000",
)
django.setup()
