"""What the site says in its log when it starts: what it cannot do as it is set up."""

import logging

from django.db import DatabaseError
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def say_what_is_missing():
    """Warn when there are fewer commissioners than an approval needs."""
    try:
        shortfall = import_string("news.approval.quorum_shortfall")()
    except DatabaseError:
        logger.warning("Basis data belum menjawab; situs menunggunya.")
    else:
        if shortfall:
            logger.warning(shortfall)
