"""A link that says which version it shared, and what has changed since."""

import re
from dataclasses import dataclass

from django.urls import reverse

from news import changes

SENTENCES = 5
_VERSION = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class Since:
    """What changed since a version was shared; no more than that, once withdrawn."""

    version: int
    sentences: tuple[str, ...] = ()
    others: int = 0
    url: str = ""


def query(request):
    """Return the version that the address names, to be kept on its way; or nothing."""
    version = request.GET.get("v", "")
    return f"?v={version}" if _VERSION.fullmatch(version) else ""


def since(request, edition):
    """Return what changed since the version that the address names, or None.

    A version that is not there yet is nobody's: a typed number changes nothing.
    """
    named = query(request)
    version = int(named.removeprefix("?v=")) if named else edition.version
    if version >= edition.version:
        return None
    older = edition.superseded(version)
    if older is None:
        return Since(version)
    found = changes.compare(older.document, edition.document).changes
    return Since(
        version,
        tuple(change.sentence for change in found[:SENTENCES]),
        len(found[SENTENCES:]),
        reverse("news:version", args=[edition.pk, version]),
    )
