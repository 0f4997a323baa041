"""The index of Cek Keaslian: which public versions a pasted text may be from.

Written with each publication, in its transaction. A scheduled text has its fingerprint
already, so whoever asks gets only what is due, by the database's clock.
"""

import json
from collections.abc import Collection, Iterator
from itertools import islice

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery

from news.authenticity import SCHEME, index_of, version_of
from news.models import Edition, Fingerprint, Publication, Revision

# So many versions are made up for at once, and in a minute.
AT_ONCE = 100


def keep(edition: Edition) -> None:
    """Write the fingerprint of what an edition now shows."""
    _write(edition, edition.version, edition.revision)


def _write(edition, version, revision):
    text = version_of(json.loads(revision.document), version, edition.pk)
    Fingerprint.objects.update_or_create(
        edition=edition,
        version=version,
        defaults={
            "revision": revision,
            "scheme": SCHEME,
            "shingles": sorted(index_of(text)),
        },
    )


def remove(article: int) -> None:
    """Forget an article's fingerprints: its text is erased."""
    Fingerprint.objects.filter(edition=article).delete()


def likely(asked: Collection[int], most: int) -> list[int]:
    """Return the keys of public versions' fingerprints that share shingles with a text.

    Those that share the most come first; a shingle says more the fewer versions have
    it. Withdrawn texts are among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint FROM news_likely(%s, %s)", [sorted(asked), most]
        )
        return [key for (key,) in cursor.fetchall()]


def make_up() -> int:
    """Write some fingerprints that lack or are of an older scheme; return how many.

    After an update, that is, or a backup that was restored without them.
    """
    made = 0
    for article, version, revision in islice(missing(), AT_ONCE):
        with transaction.atomic():
            # Whoever erases the text holds its row, and then there is none to read.
            shown = Edition.objects.select_for_update().filter(pk=article).first()
            text = Revision.objects.filter(pk=revision).exclude(document="").first()
            if shown and text:
                _write(shown, version, text)
        made += 1
    return made


def missing() -> Iterator[tuple[int, int, int]]:
    """Yield article, version and revision of public texts without a fingerprint."""
    kept = Fingerprint.objects.filter(version=OuterRef("version"), scheme=SCHEME)
    shown = Edition.objects.filter(erased_at=None).exclude(
        Exists(kept.filter(edition=OuterRef("pk")))
    )
    yield from shown.values_list("pk", "version", "revision")
    texts = Revision.objects.filter(
        article=OuterRef("article"), digest=OuterRef("digest")
    ).exclude(document="")
    older = (
        Publication.objects.filter(kind__in=Publication.VERSIONS)
        .exclude(Exists(kept.filter(edition=OuterRef("article"))))
        .annotate(revision=Subquery(texts.order_by("-number").values("pk")[:1]))
        .filter(revision__isnull=False)
    )
    yield from older.values_list("article", "version", "revision")
