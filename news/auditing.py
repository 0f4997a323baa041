"""The ledger recomputed from the database: the first place where it is not whole.

Nothing is taken on trust that a hash can show. Every question is bounded, a chunk of
lines or of editions at a time, so that the longest record needs no more memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from news import drafting, ledger
from news.ledger import GENESIS, line, line_hash
from news.models import Edition, Publication, Revision

Kind = Publication.Kind

# Whole texts are in memory at once, so fewer than lines.
TEXTS = 50
EDITIONS = 200


class BrokenError(Exception):
    """The first thing that is wrong; `str()` is a sentence in Indonesian that says it.

    `sequence` is the line's number, or None where it is an edition that has none.
    """

    def __init__(self, sequence: int | None, sentence: str) -> None:
        where = f"Nomor {sequence}: " if sequence else ""
        super().__init__(where + sentence)
        self.sequence = sequence


@dataclass(frozen=True)
class Whole:
    """What was found whole: how many lines and editions, and the head to keep."""

    lines: int
    editions: int
    waiting: int
    head: str


def verify(kept: tuple[int, str] | None = None) -> Whole:
    """Recompute everything; raise BrokenError at the first thing that is wrong.

    `kept` is the number and the hash of a line that somebody kept outside.
    """
    head = Publication.objects.head()
    last = check_lines(head.sequence if head else 0, kept)
    if kept and last[0] < kept[0]:
        raise BrokenError(
            kept[0], f"yang disimpan tidak ada; catatan berakhir di nomor {last[0]}."
        )
    editions, waiting = check_editions()
    return Whole(last[0], editions, waiting, f"{last[0]}:{last[1]}")


def check_lines(end: int, kept: tuple[int, str] | None = None) -> tuple[int, str]:
    """Check the lines up to a number; return the last one's number and hash."""
    last = (0, GENESIS)
    for chunk in ledger.chunks(0, end):
        for publication in chunk:
            last = check_next(publication, last)
            if kept and last[0] == kept[0] and last != kept:
                raise BrokenError(
                    last[0], "hash-nya bukan yang disimpan; catatan ditulis ulang."
                )
        check_versions(chunk)
        for start in range(0, len(chunk), TEXTS):
            check_texts(chunk[start : start + TEXTS])
    return last


def check_next(publication: Publication, last: tuple[int, str]) -> tuple[int, str]:
    number, due = publication.sequence, last[0] + 1
    if number != due:
        raise BrokenError(due, f"baris ini hilang; sesudahnya nomor {number}.")
    if publication.previous != last[1]:
        raise BrokenError(number, f"tidak menyambung ke nomor {due - 1}.")
    if publication.hash != line_hash(line(publication)):
        raise BrokenError(number, "isinya tidak cocok dengan hash-nya.")
    if publication.kind not in Kind.values:
        raise BrokenError(number, f"jenis “{publication.kind}” tidak dikenal.")
    return number, publication.hash


def check_versions(chunk: list[Publication]) -> None:
    """Check that each text is the version after the last, and other acts are of it."""
    earlier = Publication.objects.filter(
        article=OuterRef("article"),
        sequence__lt=OuterRef("sequence"),
        kind__in=Publication.VERSIONS,
    )
    rows = (
        Publication.objects.filter(
            sequence__gte=chunk[0].sequence, sequence__lte=chunk[-1].sequence
        )
        .annotate(
            last=Subquery(earlier.order_by("-sequence").values("version")[:1]),
        )
        .order_by("sequence")
    )
    for row in rows:
        due = row.last or 0
        if row.kind in Publication.VERSIONS:
            due += 1
        # A restored backup may know fewer versions than were erased.
        if row.version != due and not (row.kind == Kind.ERASED and row.version > due):
            raise BrokenError(
                row.sequence,
                f"versi {row.version} naskah {row.article}, seharusnya versi {due}.",
            )


def check_texts(lines: list[Publication]) -> None:
    """Check each line's digest against the bytes of the text that it speaks of."""
    erased = Publication.objects.filter(article=OuterRef("article"), kind=Kind.ERASED)
    revisions = (
        Revision.objects.filter(
            article__in={one.article for one in lines},
            digest__in={one.digest for one in lines},
        )
        .annotate(
            erased=Exists(erased),
            shown=Exists(Edition.objects.filter(pk=OuterRef("article"))),
        )
        .values_list("article", "digest", "document", "erased", "shown")
    )
    said = {}
    for article, *text in revisions.iterator(TEXTS):
        key = (article, text[0])
        said[key] = said.get(key) or _wrong_with(*text)
    for one in lines:
        wrong = said.get((one.article, one.digest), "naskahnya tidak ada.")
        if wrong:
            raise BrokenError(one.sequence, wrong)


def _wrong_with(digest, document, is_erased, is_shown):
    if not (is_shown or is_erased):
        return "naskahnya pernah terbit, dan hilang dari basis data."
    if document:
        same = drafting.digest_of(document) == digest
        return "" if same else "naskahnya tidak cocok dengan sidiknya."
    return "" if is_erased else "naskahnya kosong, padahal tidak pernah dihapus."


def check_editions() -> tuple[int, int]:
    """Check what the public reads against the ledger; return how many, and unrecorded.

    A scheduled one is public before the minute's timer writes its line.
    """
    count = waiting = 0
    for edition in _editions():
        count += 1
        if edition.line_version is None and _waits(edition):
            waiting += 1
        elif sentence := _wrong_with_edition(edition):
            raise BrokenError(edition.line_sequence, f"naskah {edition.pk}: {sentence}")
    return count, waiting


def _editions() -> Iterator[Edition]:
    lines = Publication.objects.filter(article=OuterRef("pk")).order_by("-sequence")
    text = lines.filter(kind__in=Publication.VERSIONS)
    gone = lines.filter(kind__in=(Kind.WITHDRAWN, Kind.ERASED))
    rows = (
        Edition.objects.due()
        .select_related("revision")
        .annotate(
            line_sequence=Subquery(text.values("sequence")[:1]),
            line_version=Subquery(text.values("version")[:1]),
            line_digest=Subquery(text.values("digest")[:1]),
            gone_sequence=Subquery(gone.values("sequence")[:1]),
        )
        .order_by("pk")
    )
    last = 0
    while found := list(rows.filter(pk__gt=last)[:EDITIONS]):
        yield from found
        last = found[-1].pk


def _waits(edition):
    return edition.version == 1 and edition.round > 0 and not edition.withdrawn_at


def _wrong_with_edition(edition):
    if edition.line_version is None:
        return "" if edition.erased_at else "terbit tanpa baris dalam catatan."
    gone = (edition.gone_sequence or 0) > edition.line_sequence
    if gone != bool(edition.withdrawn_at):
        return (
            "ditarik menurut catatan, tetapi dapat dibaca."
            if gone
            else ("ditarik tanpa baris dalam catatan.")
        )
    if edition.erased_at:
        return ""
    if edition.version != edition.line_version:
        return f"versi {edition.version}, menurut catatan {edition.line_version}."
    if edition.revision.digest != edition.line_digest:
        return "yang dimuat bukan naskah yang dicatat."
    return _wrong_with_columns(edition)


def _wrong_with_columns(edition):
    if not edition.revision.document:
        return "naskahnya kosong, padahal tidak pernah dihapus."
    document = drafting.says(edition.revision.document)
    shown = {
        "title": edition.title,
        "body": edition.body,
        "tags": edition.tag_names,
        "cover": edition.cover_document,
        "reply_to": edition.reply_to_id,
    }
    same = all(document[name] == value for name, value in shown.items())
    return "" if same else "yang dimuat berbeda dari naskah yang dicatat."
