"""What an article may reply to ("hak jawab"): asked by form, checks and workflow."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from news.checks import Standing
from news.models import Edition

# A number that the database can hold.
_NUMBER = r"[1-9][0-9]{0,17}"
_PATH = re.compile(rf"/berita/({_NUMBER})(?:/.*)?")


def number_in(typed: str) -> int | None:
    """Return the number of the article that was typed, or None for anything else.

    By itself, or as a public address of this site, whatever follows the number in it.
    """
    typed = typed.strip().strip("<>")
    if re.fullmatch(_NUMBER, typed):
        return int(typed)
    if "://" not in typed and not typed.startswith("/"):
        typed = f"https://{typed}"
    try:
        address = urlsplit(typed)
        hosts = {"", urlsplit(settings.SITE_ORIGIN).netloc.lower()}
    except ValueError:
        return None
    found = _PATH.fullmatch(address.path)
    return int(found[1]) if found and address.netloc.lower() in hosts else None


def standing(number: int | None, reply_to: int | None) -> Standing:
    """Return how an article, which may have no number yet, may reply to another.

    A reply that is public keeps what it replied to, also when that was withdrawn since:
    it must stay possible to correct it.
    """
    if reply_to is None:
        return Standing.FREE
    if reply_to == number:
        return Standing.ITSELF
    if not Edition.objects.visible().filter(pk=reply_to).exists():
        kept = Edition.objects.due().filter(pk=number, reply_to=reply_to)
        return Standing.OUTLIVED if kept.exists() else Standing.UNSEEN
    return Standing.LOOP if number in _replied_by(reply_to) else Standing.ALLOWED


def _replied_by(number: int | None) -> set[int]:
    """Return the articles that an article replies to, be it through others."""
    found: set[int] = set()
    while number is not None and number not in found:
        found.add(number)
        replied = Edition.objects.filter(pk=number).values_list("reply_to", flat=True)
        number = replied.first()
    return found
