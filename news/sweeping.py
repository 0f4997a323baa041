"""Files that no text uses go, after a grace; none that a text is about to name.

What a revision ever named stays as long as the revision does. So does what a desk copy
shows, and what the library was told to keep. The rest was tried and left, and would
only fill disks and backups.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import CharField, F, Func, Model, QuerySet

from news import attachments, images, sharing
from news.models import Attachment, Photo, Revision

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PICTURE = re.compile(r"[0-9a-f]{64}(?:-[0-9]{3,4})?\.(?:jpg|png)")
_PDF = re.compile(rf"{attachments.FOLDER}/[0-9a-f]{{64}}\.pdf")


def hold(document: str) -> None:
    """Keep the rows of what a document names until its revision is committed."""
    with connection.cursor() as cursor:
        for statement in _HOLD:
            cursor.execute(statement, [document])


_HOLD = (
    "SELECT FROM news_photo WHERE digest = ANY (news_files_of(%s)) "
    "ORDER BY digest FOR KEY SHARE",
    "SELECT FROM news_attachment WHERE digest = ANY (news_files_of(%s)) "
    "ORDER BY digest FOR KEY SHARE",
)


@dataclass(frozen=True)
class Kind:
    """A kind of file with a row: which may go, what uses them, and how they go."""

    label: str
    rows: QuerySet
    is_used: Callable[[str], bool]
    files_of: Callable[[Model], list[str]]
    remove: Callable[[str], bool]


@dataclass(frozen=True)
class Unused:
    """Something to sweep: what it is to people, its files, and the act that sweeps it.

    The act looks again, under a lock, and tells whether it was still unused.
    """

    what: str
    names: tuple[str, ...]
    size: int
    sweep: Callable[[], bool]


def unused(before: datetime) -> Iterator[Unused]:
    """Yield what no text has used since a moment: rows, then files without one."""
    named = _named()
    for kind in (PHOTOS, PDFS):
        for row in kind.rows.filter(uploaded_at__lt=before):
            if row.digest not in named and not kind.is_used(row.digest):
                yield _unused(
                    f"{kind.label} “{row}”",
                    kind.files_of(row),
                    partial(_sweep_row, kind, row.pk, before),
                )
    yield from _strays(before)


def _unused(what, names, sweep):
    return Unused(what, tuple(names), sum(map(default_storage.size, names)), sweep)


def _named():
    """Return the digests of all files that any revision names."""
    each = Func(F("files"), function="unnest", output_field=CharField())
    return set(Revision.objects.order_by().values_list(each, flat=True).distinct())


def _sweep_row(kind, pk, before):
    """Delete a row, if it is still unused, and then its files."""
    with transaction.atomic():
        rows = kind.rows.filter(pk=pk, uploaded_at__lt=before)
        # Who names it at this moment holds it (`hold`): then it is no longer unused.
        row = rows.select_for_update(skip_locked=True).first()
        if row is None or kind.is_used(row.digest):
            return False
        row.delete()
    # After the commit, so that no row is ever without its file.
    return kind.remove(row.file.name)


def _strays(before):
    """Yield files without a row, such as those of a save that was undone."""
    folders, names = _listed(images.FOLDER)
    digests = {images.digest_in(name) for name in names if _PICTURE.fullmatch(name)}
    digests |= set(filter(_DIGEST.fullmatch, folders))
    for digest in sorted(digests - set(Photo.objects.values_list("digest", flat=True))):
        found = images.files_of(digest)
        if found and all(_modified(name) < before for name in found):
            yield _stray(found, images.remove)
    stored = {f"{attachments.FOLDER}/{name}" for name in _listed(attachments.FOLDER)[1]}
    for name in sorted(stored - set(Attachment.objects.values_list("file", flat=True))):
        if _PDF.fullmatch(name) and _modified(name) < before:
            yield _stray([name], attachments.remove)
    for name in sharing.unused():
        since = sharing.unused_since(name)
        if since and max(since, _modified(name)) < before:
            yield _stray([name], sharing.remove)


def _stray(names, remove):
    return _unused(f"Berkas tanpa catatan {names[0]}", names, partial(remove, names[0]))


def _listed(folder):
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _modified(name):
    return default_storage.get_modified_time(name)


def _pdfs_of(attachment):
    return list(filter(default_storage.exists, [attachment.file.name]))


PHOTOS = Kind(
    label="Foto",
    rows=Photo.objects.filter(is_kept=False),
    is_used=images.is_used,
    files_of=lambda photo: images.files_of(photo.digest),
    remove=images.remove,
)
PDFS = Kind(
    label="Lampiran",
    rows=Attachment.objects.all(),
    is_used=attachments.is_used,
    files_of=_pdfs_of,
    remove=attachments.remove,
)
