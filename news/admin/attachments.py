"""Attachments in an article's form, and their files for the staff who review them."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import re_path, reverse
from django.views.decorators.http import require_safe

from news import attachments, downloads, richtext
from news.models import Attachment
from news.models.attachment import NAME_LENGTH, listed_in
from news.models.shown import slug_of

STAFF_ATTACHMENT = "admin:news_article_attachment"

BOXES = 3
LAST_PLACE = 99

_UNKNOWN = "Ada lampiran yang tidak dikenal, dan dilewati. Unggah lagi berkasnya."
_TOO_MANY = (
    f"Satu naskah memuat paling banyak {attachments.AT_MOST} lampiran. Keluarkan "
    "sebagian, atau gabungkan berkasnya."
)


@dataclass
class Row:
    """An attachment in the form, as typed; `url` is empty until it was saved."""

    attachment: Attachment
    name: str
    place: str = ""
    saved_place: int = LAST_PLACE + 1
    removed: bool = False
    url: str = ""
    errors: list = field(default_factory=list)

    @property
    def key(self):
        return f"attachment-{self.attachment.pk}"

    @property
    def value(self):
        return str(self.attachment.pk)

    @property
    def size_text(self):
        return downloads.size_text(self.attachment.size)

    def read(self, data):
        """Take what was typed, if the form had this row."""
        if f"{self.key}-name" not in data:
            return
        self.name = richtext.plain(data[f"{self.key}-name"])
        self.place = data.get(f"{self.key}-position", "").strip()
        self.removed = f"{self.key}-remove" in data
        if self.removed:
            return
        if not self.name:
            self.errors.append("Tulis nama lampiran ini; publik membacanya.")
        self.errors += too_long(self.name)
        if self.place and self.number is None:
            self.errors.append(f"Isi urutan dengan angka 1 sampai {LAST_PLACE}.")

    @property
    def sort_key(self):
        """Return where it goes: what moved up to a place stands before what is there,
        and what moved down after it."""
        number = self.number or LAST_PLACE + 1
        return number, (number > self.saved_place) - (number < self.saved_place)

    @property
    def number(self):
        """Return the place that was typed, or None where none can be read."""
        typed = self.place
        fits = typed.isascii() and typed.isdecimal() and len(typed) <= 2
        return int(typed) if fits and int(typed) else None


@dataclass
class Box:
    """An empty place for a file and its name; kept as typed where it is refused."""

    key: str
    number: int
    name: str = ""
    errors: list = field(default_factory=list)
    refused: bool = False

    def store(self, data, files, by):
        """Return the attachment that was sent in this box, or None."""
        self.name = richtext.plain(data.get(f"{self.key}-name", ""))
        upload = files.get(f"{self.key}-file")
        if upload is None:
            if self.name:
                self.errors.append("Pilih berkas PDF untuk nama ini.")
            return None
        self.errors += too_long(self.name)
        try:
            return attachments.store(upload, by, self.name[:NAME_LENGTH])
        except ValidationError as refusal:
            self.refused = True
            self.errors += refusal.messages
        return None


def too_long(name):
    if len(name) <= NAME_LENGTH:
        return []
    return [f"Nama lampiran paling panjang {NAME_LENGTH} huruf."]


class Section:
    """The attachments of an article's form: a row for each, and boxes for new ones.

    What the form says nothing of stays as it is: an attachment goes by its own box
    alone, and a form that is sent twice attaches once.
    """

    def __init__(self, article):
        self.errors = []
        self.boxes = [Box(f"attachment-new-{n}", n) for n in range(1, BOXES + 1)]
        self.rows = []
        saved = attachments.chosen_of(article) if article.pk else []
        for place, (attachment, name) in enumerate(saved, 1):
            args = [article.pk, attachment.digest, slug_of(name)]
            url = reverse(STAFF_ATTACHMENT, args=args)
            self.rows.append(Row(attachment, name, str(place), place, url=url))

    @property
    def refused_a_file(self):
        return any(box.refused for box in self.boxes)

    @property
    def is_open(self):
        """Tell whether there is something to see; else it is folded."""
        return bool(self.rows or self.errors or any(box.errors for box in self.boxes))

    def read(self, data, files, by):
        """Take what was sent; files are kept, whatever else is wrong with the form."""
        self._add_kept(data.getlist("attachments"))
        for row in self.rows:
            row.read(data)
        for box in self.boxes:
            if attachment := box.store(data, files, by):
                self._add(box, attachment, files[f"{box.key}-file"].name)
        for place, row in enumerate(self.rows, 1):
            row.place = row.place or str(place)
        if len(self.chosen) > attachments.AT_MOST:
            self.errors.append(_TOO_MANY)

    def _add_kept(self, sent):
        """Add what an earlier sending of this form has stored."""
        numbers = {
            int(value)
            for value in sent
            if value.isascii() and value.isdecimal() and len(value) < 19
        }
        known = Attachment.objects.in_bulk(numbers)
        if len(known) < len(set(sent)):
            self.errors.append(_UNKNOWN)
        shown = {row.attachment.pk for row in self.rows}
        self.rows += [
            Row(known[number], known[number].name)
            for number in sorted(known.keys() - shown)
        ]

    def _add(self, box, attachment, file_name):
        row = next((row for row in self.rows if row.attachment == attachment), None)
        if row is None:
            row = Row(attachment, attachments.proposed_name(file_name))
            self.rows.append(row)
        row.name = box.name or row.name
        row.removed = False
        row.errors += box.errors
        box.name, box.errors = "", []

    @property
    def is_valid(self):
        parts = (*self.rows, *self.boxes)
        return not self.errors and not any(part.errors for part in parts)

    @property
    def chosen(self):
        """Return the attachments as they are to be, in order, with their names."""
        kept = [row for row in self.rows if not row.removed]
        kept.sort(key=lambda row: row.sort_key)
        return [(row.attachment, row.name) for row in kept]


class AttachmentViews:
    """The files of any revision's attachments, mixed into the article's admin."""

    def attachment_urls(self):
        return [
            re_path(
                r"^(?P<pk>[0-9]+)/lampiran/(?P<digest>[0-9a-f]{64})/"
                r"(?P<slug>[^/]+)\.pdf$",
                self.admin_site.admin_view(require_safe(self.attachment_view)),
                name="news_article_attachment",
            )
        ]

    def attachment_view(self, request, pk, digest, slug):
        article = self.article_for(request, pk)
        texts = article.revisions.filter(files__contains=[digest]).exclude(document="")
        documents = (json.loads(revision.document) for revision in texts)
        found = filter(None, (listed_in(one, digest) for one in documents))
        if (attached := next(found, None)) is None:
            raise Http404("Lampiran itu tidak ada.")
        return downloads.answer(request, attached)
