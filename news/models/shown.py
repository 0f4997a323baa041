"""What people see of a row: covers, topics, dates and addresses, as values.

Pure: a row's columns in, words and addresses out; nothing here asks the database.
"""

import hashlib
import textwrap
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime

from news import richtext
from news.picturing import Picture

SLUG_LENGTH = 100
NO_SLUG = "naskah"
EXCERPT_LENGTH = 220


@dataclass(frozen=True)
class Topic:
    name: str
    url: str

    def get_absolute_url(self):
        return self.url


@dataclass(frozen=True)
class Dated:
    """A date as a list shows it: a word before it, its machine form, and its text."""

    label: str
    iso: str
    day: date
    form: str = "DATE_FORMAT"

    @property
    def text(self):
        return date_format(self.day, self.form)


@dataclass(frozen=True)
class Cover:
    """The cover as the document has it; its file is named by its digest."""

    file: str
    sha256: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    # Not the document's: which copies of the file exist just now.
    rendered: str = ""

    @property
    def picture(self):
        return Picture(self.file, self.width, self.height, self.rendered)

    @property
    def url(self):
        return default_storage.url(self.file)


def moment_text(moment):
    """Return a moment as people read it, with the name of its zone."""
    local = localtime(moment)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local:%Z}"


def slug_of(title):
    """Return the decoration of an address: whole words, at most 100 characters."""
    slug = slugify(title.replace("/", " "))
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return slug or NO_SLUG


def topic_slug(name):
    """Return a topic's address; one without Latin letters gets one of its own."""
    slug = slug_of(name)
    if slug == NO_SLUG:
        return f"topik-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return slug


def excerpt_of(document):
    """Return the lead, or the beginning of the body, cut after a whole word."""
    return textwrap.shorten(
        document["lead"] or richtext.text(document["body"]),
        EXCERPT_LENGTH,
        placeholder=" …",
    )
