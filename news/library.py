"""The photo library: what is found in it, and which articles use a photo."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from news.models import Article, Edition, Photo, Revision

PAGE_SIZE = 30
# Nobody looks so far back by turning pages; who searches finds older ones.
MAX_PAGE = 1000
LONGEST_SEARCH = 100
# The articles whose titles a search looks through, the newest first.
NAMED = 200
# As many texts as a photo's page lists for it.
USES = 500

# What the library shows: everything, one's own, or what no article uses.
OWN, UNUSED = "saya", "belum"

_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass
class Use:
    """An article that names a photo: in its desk copy, its public text, or both."""

    article: Article
    on_desk: bool = False
    in_public: bool = False

    @property
    def public_state(self):
        """Return where the public text that names the photo stands, in words."""
        if not self.in_public:
            return ""
        edition = self.article.edition
        if edition.withdrawn_at:
            return "ditarik dari publik"
        return "terjadwal" if edition.publish_at > timezone.now() else "dibaca publik"


@dataclass(frozen=True)
class PhotoPage:
    """A page of photos that never asks how many there are in all."""

    photos: list[Photo]
    number: int
    has_next: bool

    @property
    def previous_number(self):
        return self.number - 1

    @property
    def next_number(self):
        return self.number + 1


def current_revisions():
    """Return the texts that count as use: each desk copy's latest, and the public's."""
    newer = Revision.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    public = Edition.objects.filter(revision=OuterRef("pk"))
    return (
        Revision.objects.annotate(on_desk=~Exists(newer), in_public=Exists(public))
        .filter(Q(on_desk=True) | Q(in_public=True))
        .order_by()
    )


def search(words):
    """Return the photos whose own words, or whose article's title, hold every word."""
    words = words[:LONGEST_SEARCH].split()
    if not words:
        return Photo.objects.all()
    own, title = Q(), Q()
    for word in words:
        own &= (
            Q(description__icontains=word)
            | Q(caption__icontains=word)
            | Q(credit__icontains=word)
        )
        title &= Q(article__title__icontains=word)
    named = current_revisions().filter(title).order_by("-pk")
    digests = {
        digest
        for files in named.values_list("files", flat=True)[:NAMED]
        for digest in files
    }
    return Photo.objects.filter(own | Q(digest__in=digests))


def shown(photos, which, user):
    """Narrow photos to a person's own, or to what no article uses."""
    if which == OWN:
        return photos.filter(uploaded_by=user)
    if which == UNUSED:
        naming = current_revisions().filter(files__contains=[OuterRef("digest")])
        return photos.filter(~Exists(naming))
    return photos


def page_of(photos, number, size=PAGE_SIZE):
    """Return one page of photos; what is no page's number gives the first."""
    number = int(number) if _NUMBER.fullmatch(number) else 1
    number = min(max(number, 1), MAX_PAGE)
    start = (number - 1) * size
    found = list(photos[start : start + size + 1])
    return PhotoPage(found[:size], number, len(found) > size and number < MAX_PAGE)


def count_uses(photos):
    """Return how many articles use each of these photos, by digest."""
    digests = {photo.digest for photo in photos}
    naming = current_revisions().filter(files__overlap=list(digests))
    pairs = {
        (article, digest)
        for article, files in naming.values_list("article", "files")
        for digest in digests.intersection(files)
    }
    return Counter(digest for _, digest in pairs)


def uses_of(photo):
    """Return the articles that use a photo, the one saved last first."""
    naming = (
        current_revisions()
        .filter(files__contains=[photo.digest])
        .select_related("article__category", "article__edition")
        .defer("document", "article__body", "article__edition__body")
        .order_by("-article__updated_at", "-article", "-number")
    )
    found = {}
    for revision in naming[:USES]:
        use = found.setdefault(revision.article_id, Use(revision.article))
        use.on_desk |= revision.on_desk
        use.in_public |= revision.in_public
    return list(found.values())


def keys_in(numbers):
    """Return what may be a photo's key among what was sent for one."""
    return [int(number) for number in numbers if _NUMBER.fullmatch(number)]


def numbered(numbers):
    """Return the photos of these numbers, in their order; what is none is left out."""
    keys = keys_in(numbers)
    found = Photo.objects.in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]
