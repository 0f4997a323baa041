"""A published picture for whoever prints it: the stored file, its words inside."""

import hashlib
import mimetypes
from dataclasses import dataclass
from html.parser import HTMLParser

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from news import captioning, images
from news.models import Edition
from news.public.views import gone

# As long as a page's own copies may live: what is withdrawn must go.
CACHE_CONTROL = "public, max-age=60"


@dataclass(frozen=True)
class Picture:
    """A picture as a text shows it: with what it says there, and nowhere else."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""


class _Pictures(HTMLParser):
    """Collects the pictures of a clean body, each with the caption of its figure."""

    def __init__(self, body):
        super().__init__()
        self.found = []
        self._figure = None
        self._caption = None
        self.feed(body)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag == "figure":
            self._figure, self._caption = [], None
        elif tag == "figcaption":
            self._caption = []
        elif tag == "img":
            attributes = dict(attributes)
            # The address may be that of a smaller copy.
            file = images.main_name(attributes["src"].removeprefix(settings.MEDIA_URL))
            picture = Picture(file, attributes.get("alt") or "")
            (self.found if self._figure is None else self._figure).append(picture)

    def handle_data(self, data):
        if self._caption is not None:
            self._caption.append(data)

    def handle_endtag(self, tag):
        if tag == "figure" and self._figure is not None:
            caption = " ".join("".join(self._caption or ()).split())
            self.found += [
                Picture(each.file, each.alt, caption) for each in self._figure
            ]
            self._figure = self._caption = None


def pictures_of(edition):
    """Return the pictures that an edition shows, its cover first."""
    cover = edition.cover
    first = (
        [Picture(cover.file, cover.alt, cover.caption, cover.credit)] if cover else []
    )
    return first + _Pictures(edition.body).found


def words_of(edition, picture):
    office = settings.OFFICE["name"]
    return captioning.Words(
        description=picture.caption or picture.alt,
        credit=picture.credit,
        rights=f"Cantumkan kredit “{picture.credit or office}” bila dimuat ulang.",
        source=office,
        address=settings.SITE_ORIGIN + edition.get_absolute_url(),
    )


@require_safe
def photo(request, pk, digest, suffix):
    """Give a picture to keep, in full size; only one that the public text shows."""
    edition = Edition.objects.due().with_cover().filter(pk=pk).first()
    if edition is None:
        raise Http404("Naskah itu tidak ada.")
    if edition.withdrawn_at:
        return gone(request, edition)
    file = f"{images.FOLDER}/{digest}.{suffix}"
    picture = next((each for each in pictures_of(edition) if each.file == file), None)
    if picture is None or not default_storage.exists(file):
        raise Http404("Naskah itu tidak memuat foto ini.")
    words = words_of(edition, picture)
    said = hashlib.sha256(captioning.xmp(words)).hexdigest()
    etag = f'"{digest[:32]}-{said[:16]}"'
    response = get_conditional_response(request, etag=etag) or _attached(
        file, words, f"{edition.slug}-{digest[:8]}.{suffix}"
    )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _attached(file, words, name):
    with default_storage.open(file) as stored:
        content = captioning.with_words(stored.read(), words)
    return HttpResponse(
        content,
        content_type=mimetypes.guess_type(file)[0],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(len(content)),
        },
    )
