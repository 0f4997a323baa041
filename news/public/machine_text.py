"""What every answer for machines needs: absolute addresses, ids, and fit characters."""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from django.conf import settings

# All that XML 1.0 cannot hold, not even escaped, and the invisible C1 controls.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def fit(text: str) -> str:
    """Return the text without the characters that an XML parser refuses."""
    return _UNFIT.sub("", text)


def absolute(address: str) -> str:
    """Return an address of ours with the fixed origin; another host's stays as is."""
    return urljoin(f"{settings.SITE_ORIGIN}/", address)


def tag_uri(edition) -> str:
    """Return the id of an article for feeds, which no change of its title changes.

    The day is that of its publication, in UTC whatever the office's zone (RFC 4151).
    """
    return _tag(edition.publish_at, f"berita/{edition.pk}")


def line_uri(sequence: int, at: datetime) -> str:
    """Return the id of a line of the record, by the day of its act."""
    return _tag(at, f"catatan-publikasi/{sequence}")


def _tag(at: datetime, name: str) -> str:
    host, day = urlsplit(settings.SITE_ORIGIN).hostname, at.astimezone(UTC).date()
    return f"tag:{host},{day}:{name}"
