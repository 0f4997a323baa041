"""The one way in for a PDF, and the one way out: checked, and kept as it came.

An official PDF carries an electronic signature over its bytes, so not one is changed.
What is dangerous to open is refused instead.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from accounts.roles import is_humas
from news import files, richtext
from news.models import Article, ArticleAttachment, Attachment, Revision
from news.models.attachment import NAME_LENGTH, attached_in

FOLDER = "lampiran"
MAX_BYTES = 20 * 2**20
AT_MOST = 10  # attachments of one article
UNNAMED = "Lampiran"

# Longer than the inspection's own limit of processor time, which it meets first.
SECONDS = 25
_INSPECTION = Path(__file__).with_name("inspecting.py")

_REFUSALS = {
    "too_large": "PDF ini lebih dari 20 MB. Perkecil, atau bagi menjadi beberapa "
    "berkas, lalu kirim lagi.",
    "empty": "Berkas ini kosong. Pilih lagi berkasnya.",
    "not_a_pdf": "Berkas ini bukan PDF. Simpan dahulu sebagai PDF, lalu kirim lagi.",
    "unreadable": "PDF ini rusak atau tidak dapat dibaca. Minta berkas aslinya, atau "
    "simpan ulang sebagai PDF, lalu kirim lagi.",
    "password": "PDF ini terkunci kata sandi. Kirim yang dapat dibuka siapa saja.",
    "active": "PDF ini memuat skrip, media, atau tindakan otomatis, yang berbahaya "
    "bagi pembaca. Cetak ulang ke PDF biasa, lalu kirim lagi.",
    "holds_files": "PDF ini menyimpan berkas lain di dalamnya. Kirim berkas itu "
    "sebagai lampiran sendiri, dan PDF ini tanpa isi tambahan.",
    "complex": "PDF ini terlalu rumit: halaman atau bagiannya terlalu banyak. Bagi "
    "menjadi beberapa berkas, lalu kirim lagi.",
    "bomb": "PDF ini menjadi terlalu besar ketika dibuka. Perkecil gambarnya, lalu "
    "kirim lagi.",
}
_SUFFIX = re.compile(r"(?:\.pdf)+$", re.IGNORECASE)


def store(upload, by, name="") -> Attachment:
    """Return the newsroom's attachment for an uploaded PDF, adding it when it is new.

    Raises ValidationError, with a sentence for the person, for anything that is not a
    whole PDF that is safe to open. `name` is what to call it, else its file's name.
    """
    if not is_humas(by):
        raise PermissionDenied("Hanya Humas yang dapat mengunggah lampiran.")
    if upload.size > MAX_BYTES:
        raise _refused("too_large")
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    if not Attachment.objects.filter(digest=digest).exists():
        _inspect(content)
    file = f"{FOLDER}/{digest}.pdf"
    with transaction.atomic():
        files.hold(file)
        # Also for one that is known: a lost file comes back by being sent again.
        files.keep(file, content)
        # Sent again is as good as new: its time until it is swept begins anew.
        if not Attachment.objects.filter(digest=digest).update(uploaded_at=Now()):
            Attachment.objects.create(
                digest=digest,
                file=file,
                size=len(content),
                name=proposed_name(name or upload.name or ""),
                uploaded_by=by,
            )
        return Attachment.objects.get(digest=digest)


def _refused(code):
    return ValidationError(_REFUSALS[code], code=code)


def _inspect(content):
    if not content:
        raise _refused("empty")
    # At the first byte: what stands before it would be read by other programs.
    if not content.startswith(b"%PDF-"):
        raise _refused("not_a_pdf")
    said = _inspection(content)
    if said != "ok":
        raise _refused(said if said in _REFUSALS else "unreadable")


def _inspection(content) -> str:
    """Return what `news.inspecting` says of a file, in a process without our secrets.

    Nothing, where it was stopped by its limits or by what the file did to the parser.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program, the file on its input
            [sys.executable, "-I", "-B", str(_INSPECTION)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""


def proposed_name(file_name: str) -> str:
    """Return a first name for an attachment from what its file was called."""
    base = re.split(r"[/\\]", file_name)[-1]
    name = _SUFFIX.sub("", richtext.plain(base)).strip()
    return name[:NAME_LENGTH].rstrip() or UNNAMED


def chosen_of(article: Article) -> list[tuple[Attachment, str]]:
    """Return the desk copy's attachments in order, each with its name there."""
    rows = article.attachments.select_related("attachment")
    return [(row.attachment, row.name) for row in rows]


def attach(article: Article, chosen: Iterable[tuple[Attachment, str]]) -> None:
    """Make these, in this order, the attachments of a desk copy."""
    article.attachments.all().delete()
    for position, (attachment, name) in enumerate(chosen, 1):
        ArticleAttachment.objects.create(
            article=article, attachment=attachment, name=name, position=position
        )


def gone(document: dict) -> frozenset[str]:
    """Return the digests of a document's attachments whose files are not there."""
    return frozenset(
        one.sha256
        for one in attached_in(document)
        if not default_storage.exists(one.file)
    )


def is_used(digest: str) -> bool:
    """Tell whether any text, public or not, has the attachment."""
    # Its index finds them by the digest; the words are how a document lists it, which
    # a link in a body cannot say, since there a quotation mark is escaped.
    listing = Revision.objects.filter(
        files__contains=[digest], document__contains=f'"file":"lampiran/{digest}.pdf"'
    )
    return (
        listing.exists()
        or ArticleAttachment.objects.filter(attachment__digest=digest).exists()
    )


def remove(name: str) -> bool:
    """Delete an attachment's file, unless somebody sent it again meanwhile."""
    with transaction.atomic():
        files.hold(name)
        if Attachment.objects.filter(file=name).exists():
            return False
        default_storage.delete(name)
    return True
