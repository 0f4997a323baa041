"""Files named by their content: written whole or not at all, and held meanwhile."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection


def hold(name: str) -> None:
    """Wait until nobody else writes or deletes what bears this name.

    The caller's transaction holds it until it ends: whoever names a file in a row has
    committed the row before a sweep looks for one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def keep(name: str, content: bytes) -> None:
    """Write a file unless it is there, whole; leave nothing of one that failed."""
    if default_storage.exists(name):
        # The name is the content's own digest, so a file of that name is that file,
        # but for one that a full disk or a power cut left short.
        if default_storage.size(name) == len(content):
            return
        default_storage.delete(name)
    try:
        default_storage.save(name, ContentFile(content))
    except BaseException:
        default_storage.delete(name)
        raise
