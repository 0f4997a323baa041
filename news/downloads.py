"""An attachment as readers get it: its line on a page, and the file itself."""

import re
from dataclasses import dataclass
from math import ceil

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.formats import number_format

from news.models.shown import slug_of

# Nothing of a PDF may act as a page of this site, should a browser show it as one.
POLICY = "default-src 'none'; sandbox"

KILOBYTE, MEGABYTE = 2**10, 2**20

# What no file system, or not every one, takes in a name; at a word's end it only goes.
_UNFIT_END = re.compile(r'[:?"*](?=\s|$)')
_UNFIT = re.compile(r'[\\/:*?"<>|%\x00-\x1f\x7f]+')


@dataclass(frozen=True)
class Download:
    """An attachment on a page: its name, where it is, and how long it takes."""

    name: str
    url: str
    size_text: str


def downloads(edition, address):
    """Return an edition's attachments for its page; `address` names their view."""
    return [
        Download(one.name, url_of(edition.pk, one, address), size_text(one.size))
        for one in edition.attached
    ]


def url_of(article, attached, address):
    return reverse(address, args=[article, attached.sha256, slug_of(attached.name)])


def size_text(size):
    """Return a size as people read it: "84 KB", "1,2 MB"."""
    if size < MEGABYTE:
        return f"{ceil(size / KILOBYTE)} KB"
    return f"{number_format(size / MEGABYTE, 1)} MB"


def file_name(name):
    """Return what a reader's machine is to call the file."""
    fit = _UNFIT.sub("-", _UNFIT_END.sub("", name)).strip(" .-")
    return f"{fit or 'lampiran'}.pdf"


def answer(request, attached):
    """Return the file, or 304 to a reader who has it; its digest is its ETag."""
    etag = f'"{attached.sha256}"'
    response = get_conditional_response(request, etag=etag) or _file(attached)
    response.headers["ETag"] = etag
    # Also on 304, whose headers take the place of those that a cache has.
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file(attached):
    try:
        file = default_storage.open(attached.file)
    except FileNotFoundError as error:
        raise Http404("Berkas lampiran itu tidak ada.") from error
    return FileResponse(
        file,
        as_attachment=True,
        filename=file_name(attached.name),
        content_type="application/pdf",
    )
