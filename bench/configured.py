"""Django, set up for a measurement that brings its own database.

It is the one of DATABASE_URL, which `kpuweb.embedded run --for bench` sets. Imported
before the newsroom's models.
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
