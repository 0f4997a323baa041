"""Addresses whose view really asks a PostgreSQL that is not there."""

import psycopg
from django.db import connection
from django.db.utils import DatabaseErrorWrapper
from django.http import HttpResponse
from django.urls import include, path

from news.models import Category
from news.public.urls import urlpatterns as public


def away(request):
    with DatabaseErrorWrapper(connection):
        psycopg.connect(host="/nonexistent", dbname="x", connect_timeout=1)


def broken(request):
    raise RuntimeError("rahasia dalam pesan")


def known_twice(request):
    Category.objects.create(slug="rahasia-slug", name="a")
    Category.objects.create(slug="rahasia-slug", name="b")


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.21), %s", ["rahasia-nilai"])
    return HttpResponse("pelan")


urlpatterns = [
    path("", away),
    path("dua-kali/", known_twice),
    path("pelan/", slow),
    path("rusak/", broken),
    path("", include((public, "news"))),
]
