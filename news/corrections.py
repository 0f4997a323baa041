"""What readers are told of the changes: the words before and after each of them.

And of the replies ("hak jawab"), each by the line of the version that made it one: the
ledger has no kind of its own for them, for what is a reply is said in its document.

Nothing of a text that is withdrawn or erased, nor of a version that was: the ledger
says that there was one, and why it went.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
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

# What the page calls these lines, beside the ledger's own kinds.
REPLY = "hak jawab"
REPLY_LABEL = "Hak jawab"

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
    # Whose reply this line made of the article; empty for other lines.
    replier: str = ""

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

    @property
    def summary(self):
        """Return what it was in a sentence; a reply's first version has no note."""
        said = f"{self.replier} menanggapi naskah kami." if self.replier else ""
        return self.note or said or f"{self.kind_label}: {self.title}"


def newest(lines, kind, most):
    """Return so many of the lines that the public is told of, the newest first.

    Of a kind, or of any: then the newest changes and the newest replies, each found by
    an index of its own, however long the record is.
    """
    if kind == REPLY:
        found = replies(lines)
    elif kind:
        found = lines.changes().filter(kind=kind)
    else:
        either = [
            rows.newest_first().values("pk")[:most]
            for rows in (lines.changes(), replies(lines))
        ]
        found = lines.filter(pk__in=either[0].union(either[1]))
    return found.with_texts().newest_first()[:most]


def replies(lines):
    """Return the lines by which what the public reads became a reply."""
    shown = Edition.objects.visible().filter(
        pk=OuterRef("article"),
        reply_to__isnull=False,
        reply_version=OuterRef("version"),
    )
    return lines.filter(Exists(shown), kind__in=Publication.VERSIONS)


def told(lines):
    """Return lines of the ledger as told to the public; two queries, however many."""
    lines = list(lines)
    editions = (
        readable(line.number for line in lines)
        .only("title", "slug", "reply_to", "reply_version")
        .with_replied()
        .in_bulk()
    )
    documents = documents_of(line for line in lines if line.number in editions)
    return [_told(line, editions.get(line.number), documents) for line in lines]


def readable(numbers):
    """Return the editions that the public may read, without their text."""
    return Edition.objects.visible().filter(pk__in=set(numbers)).only("title", "slug")


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
    replier = _replier(line, edition, after)
    return Told(
        sequence=line.sequence,
        number=line.number,
        version=line.version,
        kind=line.kind,
        kind_label=_label(line, replier),
        record_url=line.get_absolute_url(),
        at=localtime(line.at),
        note=line.note,
        edition=edition,
        replier=replier,
        **compared,
    )


def _replier(line, edition, document):
    """Return who replies, with their office, where the line made the text a reply."""
    if not (edition and document and edition.is_reply):
        return ""
    if line.kind not in Publication.VERSIONS or line.version != edition.reply_version:
        return ""
    said = (document["byline_name"], document["byline_office"])
    return ", ".join(filter(None, said))


def _label(line, replier):
    label = Publication.Kind(line.kind).label
    if not replier:
        return label
    # A first version changed nothing: it is told of as a reply alone.
    return REPLY_LABEL if line.version == 1 else f"{label}, {REPLY}"


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
