"""The picture that a shared link shows: made when an edition is, and mended later.

Its name carries the digest of its bytes, so an address never changes what it shows, and
apps that keep a preview for weeks ask again when the title or the cover has changed.
"""

import hashlib
import logging
import re
from datetime import datetime

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils.crypto import salted_hmac
from PIL import Image

from news import cards, files
from news.models import Edition, Photo
from news.models.photo import FOCAL_X, FOCAL_Y
from news.models.shown import Cover
from news.picturing import bounded_name

logger = logging.getLogger(__name__)

FOLDER = "bagikan"
# How many a worker makes between two tasks.
BATCH = 20
# A cover that would have to be enlarged further than this is not shown on a card.
LEAST_WIDTH, LEAST_HEIGHT = cards.SCENE[0] // 2, cards.SCENE[1] // 2

_NAME = re.compile(rf"{FOLDER}/([0-9]+)-[0-9a-f]{{64}}\.jpg")


def make(edition: Edition) -> str:
    """Return the name of an edition's card, drawn and stored; empty if that failed.

    A link without its picture is a lesser evil than a text that is not published. The
    caller's transaction has locked the article, or the edition.
    """
    try:
        content = draw(edition, _focal_point(edition.cover))
        name = f"{FOLDER}/{edition.pk}-{hashlib.sha256(content).hexdigest()}.jpg"
        files.hold(name)
        files.keep(name, content)
    except DatabaseError:
        raise
    # Decoders of broken files raise far more than their documentation lists.
    except Exception:
        logger.exception("Gambar bagikan naskah %s tidak dapat dibuat.", edition.pk)
        return ""
    return name


def draw(edition: Edition, focal: tuple[int, int] = (FOCAL_X, FOCAL_Y)) -> bytes:
    """Return the card of an edition as a JPEG: the same bytes for equal input."""
    card = _card(edition, focal)
    # What is scheduled has its card already. Without a word of ours in its bytes, and
    # so in its name, whoever guesses a title could draw the card and ask for it.
    secret = salted_hmac("news.sharing", card.tobytes(), algorithm="sha256")
    return cards.encode(card, secret.hexdigest().encode())


def _card(edition, focal):
    office = settings.OFFICE
    words = cards.Words(
        title=cards.legible(edition.title) or office["full_name"],
        kicker=_kicker(edition),
        office=office["name"],
    )
    cover = edition.cover
    if cover is None or not is_on_card(cover):
        return cards.of_title(words)
    with (
        default_storage.open(bounded_name(cover.file, cover.width)) as file,
        Image.open(file, formats=("JPEG", "PNG")) as photo,
    ):
        return cards.of_photo(photo, focal, words)


def _kicker(edition):
    if edition.is_reply:
        return "Hak jawab · pernyataan penulisnya"
    if edition.is_authors_view:
        return f"{edition.category.name} · pandangan penulis"
    return edition.category.name


def is_on_card(cover: Cover) -> bool:
    """Tell whether a cover is large enough to be what its article's card shows."""
    return cover.width >= LEAST_WIDTH and cover.height >= LEAST_HEIGHT


def _focal_point(cover):
    if cover is None:
        return FOCAL_X, FOCAL_Y
    points = Photo.objects.filter(digest=cover.sha256).values_list("focal_x", "focal_y")
    return points.first() or (FOCAL_X, FOCAL_Y)


def refresh_of(photo: Photo) -> None:
    """Have the cards made anew that show a photo, whose focal point has changed.

    Until a worker has done it, within a minute or so, links show the cover itself.
    """
    Edition.objects.filter(cover_document__sha256=photo.digest).update(share_image="")


def make_missing() -> None:
    """Make some of the cards that are missing; a worker asks it each minute."""
    missing = Edition.objects.filter(withdrawn_at=None, share_image="")
    # In any order, so that some that always fail cannot keep all others waiting.
    for pk in missing.order_by("?").values_list("pk", flat=True)[:BATCH]:
        if not _mend(missing, pk):
            # A full disk fails them all: one attempt a minute is enough.
            break


@transaction.atomic
def _mend(missing, pk) -> bool:
    edition = (
        missing.select_for_update(skip_locked=True, of=("self",))
        .select_related("category")
        .filter(pk=pk)
        .first()
    )
    if edition is None:
        # Somebody else is at it, or it has been made or withdrawn since.
        return True
    edition.share_image = make(edition)
    edition.save(update_fields=["share_image"])
    return bool(edition.share_image)


def unused() -> list[str]:
    """Return the names of stored cards that no edition shows now, or will."""
    return sorted(set(stored()) - set(_shown().values_list("share_image", flat=True)))


def _shown():
    return Edition.objects.filter(withdrawn_at=None)


def unused_since(name: str) -> datetime | None:
    """Return when a card gave way to another, or its article was withdrawn.

    None while the one that takes its place is not there.
    """
    edition = Edition.objects.filter(pk=_NAME.fullmatch(name)[1]).first()
    if edition is None:
        return default_storage.get_modified_time(name)
    if edition.withdrawn_at:
        return edition.withdrawn_at
    if not (edition.share_image and default_storage.exists(edition.share_image)):
        return None
    return default_storage.get_modified_time(edition.share_image)


def remove(name: str) -> bool:
    """Delete a card unless an edition shows it, again or still; tell which."""
    with transaction.atomic():
        files.hold(name)
        if _shown().filter(share_image=name).exists():
            return False
        default_storage.delete(name)
    return True


def remove_all(article: int) -> None:
    """Delete every card that an article ever had; its titles stood on them."""
    for name in stored():
        if _NAME.fullmatch(name)[1] == str(article):
            default_storage.delete(name)


def stored() -> list[str]:
    """Return the names of all cards that are stored."""
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []
    return sorted(filter(_NAME.fullmatch, (f"{FOLDER}/{name}" for name in names)))
