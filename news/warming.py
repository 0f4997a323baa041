"""What the cache in front holds at once after each public act: what most people read.

So a database that fails soon after still leaves them something to read.
"""

import http.client
import logging

from django.urls import reverse

from kpuweb import edge
from news.models import Category, Edition

logger = logging.getLogger(__name__)

PAGES = 5
ARTICLES = 100


class Warmer:
    """Fetch the pages of a generation once; asked each second by the worker."""

    def __init__(self):
        self.warmed = None

    def __call__(self):
        current = edge.generation()
        if current == self.warmed:
            return
        self.warmed = current
        try:
            edge.fetch(addresses())
        except (OSError, http.client.HTTPException) as error:
            logger.warning("Tembolok di depan situs tidak menjawab: %s", error)


def addresses():
    """Return the addresses of the first pages and the newest articles."""
    yield reverse("news:home")
    yield reverse("news:list")
    yield from (f"{reverse('news:list')}?page={n}" for n in range(2, PAGES + 1))
    yield from (one.get_absolute_url() for one in Category.objects.all())
    newest = Edition.objects.visible().newest_first().only("slug")[:ARTICLES]
    yield from (edition.get_absolute_url() for edition in newest)
