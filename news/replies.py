"""What an article may reply to ("hak jawab"): asked by form, checks and workflow."""

from news.checks import Standing
from news.models import Edition


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
