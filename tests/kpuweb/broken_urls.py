"""Addresses whose view really asks a PostgreSQL that is not there."""

import psycopg
from django.db.utils import DatabaseErrorWrapper
from django.urls import include, path

from news.public.urls import urlpatterns as public


def away(request):
    from django.db import connection  # noqa: PLC0415 - this test's own, when asked

    with DatabaseErrorWrapper(connection):
        psycopg.connect(host="/nonexistent", dbname="x", connect_timeout=1)


def broken(request):
    raise RuntimeError("rahasia dalam pesan")


urlpatterns = [
    path("", away),
    path("rusak/", broken),
    path("", include((public, "news"))),
]
