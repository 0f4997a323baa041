"""What readers are told of the changes: the words before and after each of them.

Nothing of a text that is withdrawn or erased, nor of a version that was: the ledger
says that there was one, and why it went.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from news import changes
from news.changes import Block, Change, Segment
from news.models import Edition, Publication
from news.models.shown import moment_text
from news.models.versions import documents_of

# So many passages and sentences of one change; the page that compares has the rest.
PASSAGES = 3
SENTENCES = 5
# What most passages are, and so need not be called.
PLAIN = "Paragraf"
# A sentence that is longer is cut, in characters, away from what changed.
LONGEST = 200

_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"')]*\s+")


@dataclass(frozen=True)
class Passage:
    """The sentences around a change, as they were and as they are now."""

    label: str
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]


@dataclass(frozen=True)
class Told:
    """An act as the public is told of it; `edition` where its text may be read."""

    sequence: int
    number: int
    version: int
    kind: str
    kind_label: str
    record_url: str
    at: datetime
    note: str
    edition: Edition | None
    passages: tuple[Passage, ...] = ()
    # Changes that no passage shows: a photo, a date, an attachment.
    others: tuple[Change, ...] = ()
    before_url: str = ""

    @property
    def at_iso(self):
        return self.at.isoformat()

    @property
    def at_text(self):
        return moment_text(self.at)

    @property
    def title(self):
        """Return what to call it: of what is withdrawn, the title is not repeated."""
        return self.edition.title if self.edition else f"Naskah nomor {self.number}"


def told(lines):
    """Return lines of the ledger as told to the public; two queries, however many."""
    lines = list(lines)
    editions = readable(line.number for line in lines)
    documents = documents_of(line for line in lines if line.number in editions)
    return [_told(line, editions.get(line.number), documents) for line in lines]


def readable(numbers):
    """Return the editions that the public may read, by number, without their text."""
    visible = Edition.objects.visible().filter(pk__in=set(numbers))
    return visible.only("title", "slug").in_bulk()


def _told(line, edition, documents):
    before = documents.get((line.number, line.digest_before))
    after = documents.get((line.number, line.digest))
    # Other kinds changed no words, or have no earlier text that may be read.
    compared = {}
    if edition and before and after and line.version - 1 > line.withdrawn_version:
        compared = {
            **_compared(before, after),
            "before_url": reverse("news:version", args=[line.number, line.version - 1]),
        }
    return Told(
        sequence=line.sequence,
        number=line.number,
        version=line.version,
        kind=line.kind,
        kind_label=Publication.Kind(line.kind).label,
        record_url=line.get_absolute_url(),
        at=localtime(line.at),
        note=line.note,
        edition=edition,
        **compared,
    )


def _compared(before, after):
    comparison = changes.compare(before, after)
    blocks = [block for block in comparison.blocks if block.changed]
    shown = {block.field for block in blocks}
    others = [change for change in comparison.changes if change.field not in shown]
    return {
        "passages": tuple(passage(block) for block in blocks[:PASSAGES]),
        "others": tuple(others[:SENTENCES]),
    }


def passage(block: Block) -> Passage:
    """Return the sentences of a block that changed, each side by itself."""
    segments = list(block.segments)
    if segments[0].kind == "sama":
        segments[0] = Segment("sama", _end_of(segments[0].text))
    if segments[-1].kind == "sama":
        segments[-1] = Segment("sama", _beginning_of(segments[-1].text))
    return Passage(
        "" if block.label == PLAIN else block.label,
        tuple(each for each in segments if each.kind != "baru"),
        tuple(each for each in segments if each.kind != "dihapus"),
    )


def _end_of(text):
    """Return the sentence that a text breaks off in."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    sentence = text[ends[-1] :] if ends else text
    if len(sentence) > LONGEST:
        return "… " + sentence[-LONGEST:].partition(" ")[2]
    return sentence


def _beginning_of(text):
    """Return what a text still says of the sentence that it begins in."""
    end = _SENTENCE_END.search(text)
    sentence = text[: end.start()] if end else text
    if len(sentence) > LONGEST:
        return sentence[:LONGEST].rpartition(" ")[0] + " …"
    return sentence
