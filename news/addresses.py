"""Addresses that people type or pass on: whether they are ours, of which article."""

import re
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

# A number that the database can hold.
_NUMBER = r"[1-9][0-9]{0,17}"
_PATH = re.compile(rf"/berita/({_NUMBER})(?:/.*)?")


def is_ours(address: str) -> bool:
    """Tell whether an address is of this site, with or without its scheme."""
    parts = _parts(address)
    return parts is not None and parts.netloc.lower() == _own_host()


def number_in(typed: str) -> int | None:
    """Return the number of the article that was typed, or None for anything else.

    By itself, or as a public address of this site, whatever follows the number in it.
    """
    typed = typed.strip().strip("<>")
    if re.fullmatch(_NUMBER, typed):
        return int(typed)
    parts = _parts(typed)
    if parts is None or parts.netloc.lower() not in {"", _own_host()}:
        return None
    found = _PATH.fullmatch(parts.path)
    return int(found[1]) if found else None


def _parts(address: str) -> SplitResult | None:
    if "://" not in address and not address.startswith("/"):
        address = f"https://{address}"
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _own_host() -> str:
    return urlsplit(settings.SITE_ORIGIN).netloc.lower()
