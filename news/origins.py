"""The public versions that a pasted text may come from, and what may be told of each.

Of a version that was withdrawn: its title, when, and why. Never a word of its text.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localtime

from news import authenticity, fingerprints, presenting
from news.models import Edition, Fingerprint, Publication
from news.models.shown import moment_text

Kind = Publication.Kind

# Twenty explain any text; more only take time.
MOST = 20

# What became of a text that another has replaced, by what the other one was.
REPLACED = {
    Kind.CORRECTED: "sudah diralat",
    Kind.UPDATED: "sudah diperbarui",
    Kind.TYPO: "sudah dibetulkan salah ketiknya",
}


@dataclass(frozen=True)
class Line:
    """What a line of the ledger says of a version."""

    kind: str
    version: int
    note: str
    at: datetime

    @property
    def at_text(self) -> str:
        return moment_text(self.at)


@dataclass(frozen=True, eq=False)
class Origin:
    """A public version, and its article with what became of both: see `_editions`."""

    fingerprint: Fingerprint
    edition: Edition

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(**{**line, "at": localtime(datetime.fromisoformat(line["at"]))})
            for line in self.edition.lines
        ]

    @property
    def number(self) -> int:
        return self.fingerprint.version

    @cached_property
    def document(self) -> dict[str, Any]:
        return json.loads(self.fingerprint.revision.document)

    @property
    def title(self) -> str:
        return self.document["title"]

    @property
    def is_opinion(self) -> bool:
        return self.edition.category.is_opinion

    @property
    def is_reply(self) -> bool:
        """Whether this version, by its own document, is somebody's reply."""
        return bool(self.document.get("reply_to"))

    @property
    def replier(self) -> str:
        said = (self.document["byline_name"], self.document["byline_office"])
        return ", ".join(filter(None, said))

    @cached_property
    def withdrawal(self) -> Line | None:
        """The line that took this version away, also where a later one is shown."""
        taken = (line for line in self.lines if line.kind == Kind.WITHDRAWN)
        return next((line for line in taken if line.version >= self.number), None)

    @cached_property
    def successor(self) -> Line | None:
        """The line of the version that replaced this one, or None."""
        return self._line_of(self.number + 1)

    def _line_of(self, version):
        """Return the line that made a version public; one just due may have none."""
        made = (line for line in self.lines if line.kind in Publication.VERSIONS)
        return next((line for line in made if line.version == version), None)

    @property
    def is_current(self) -> bool:
        return self.withdrawal is None and self.successor is None

    @property
    def address(self) -> str:
        return settings.SITE_ORIGIN + self.edition.get_absolute_url()

    @property
    def older_url(self) -> str:
        """Where this text itself can be read, if another is shown at its address."""
        if self.is_current or self.withdrawal:
            return ""
        return reverse("news:version", args=[self.edition.pk, self.number])

    @property
    def published_text(self) -> str:
        """When its article was published, or the best that is known of it."""
        dated = self.edition.dated
        return self.edition.published_text or f"{dated.label} {dated.text}"

    @property
    def shown_since(self) -> str:
        """When the public got these words, where they are not the first."""
        began = None if self.number == 1 else self._line_of(self.number)
        return began.at_text if began else ""

    @property
    def withdrawn_text(self) -> str:
        return self.withdrawal.at_text if self.withdrawal else ""

    @property
    def replaced_text(self) -> str:
        """What became of it and when, if there is a newer text; else nothing."""
        if self.successor is None:
            return ""
        what = REPLACED.get(self.successor.kind, "sudah diganti")
        return f"{what} pada {self.successor.at_text}"

    def as_version(self) -> authenticity.Version:
        """Return it as its page shows it, with the lines around the document.

        Whoever copies the page copies them too, and they are ours to the letter.
        """
        return authenticity.version_of(
            self.document,
            self,
            self.edition.pk,
            self.address,
            above=self._above(),
            margins=self._under_the_lead(),
            below=self._below(),
        )

    def _above(self) -> Iterator[str]:
        edition = self.edition
        for notice in presenting.notices(edition):
            yield notice.label
            yield notice.text
        if self.is_reply:
            yield f"Hak jawab · pernyataan dari {self.replier}"
            if replied := edition.replied:
                yield f"Menanggapi naskah {replied.title} ({_when(replied)})."
            yield f"Isinya pandangan penulisnya, bukan sikap {settings.OFFICE['name']}."
        for reply in edition.replies:
            who = ", ".join(filter(None, (reply.name, reply.office)))
            yield "Hak jawab"
            yield f"{who}, menanggapi naskah ini, {reply.at_text}"
        kicker = [edition.category.name]
        if edition.is_reply:
            kicker.append("hak jawab, pandangan penulis")
        elif edition.is_authors_view:
            kicker.append("pandangan penulis")
        yield " ".join(kicker)

    def _under_the_lead(self) -> Iterator[str]:
        yield _when(self.edition)
        if self.shown_since:
            yield f"Diperbarui {self.shown_since}"

    def _below(self) -> Iterator[str]:
        if series := self.edition.series:
            yield f"Bagian ke-{self.edition.series_part} dari seri {series.name}."
        for beside in self.edition.neighbours:
            is_before = beside["part"] < self.edition.series_part
            yield f"{'Sebelumnya' if is_before else 'Berikutnya'}: {beside['title']}"


def _when(edition):
    return f"{edition.dated.label} {edition.dated.text}".strip()


def likely(pasted: authenticity.Prepared, linked: Iterable[int]) -> list[Origin]:
    """Return the versions that a text may be from, in three queries.

    What the articles say now that it links to is among them. What is shown now comes
    first, since where several explain a text the first is named; then what is likelier.
    """
    keys = fingerprints.likely(authenticity.query_of(pasted), MOST)
    public = Fingerprint.objects.public()
    found = public.filter(pk__in=keys) | public.filter(
        edition__in=list(linked), version=F("edition__version")
    )
    rank = {key: place for place, key in enumerate(keys)}
    rows = sorted(found, key=lambda one: rank.get(one.pk, len(rank)))
    editions = _editions(row.edition_id for row in rows)
    origins = [
        Origin(row, editions[row.edition_id])
        for row in rows
        if row.edition_id in editions
    ]
    return sorted(origins, key=lambda one: (not one.is_current, bool(one.withdrawal)))


def _editions(numbers):
    """Return editions by number, with all that their pages say around the text.

    `lines` are those of the ledger in its order, `neighbours` the parts
    before and after in a series, with their titles.
    """
    lines = Publication.objects.filter(article=OuterRef("pk")).order_by("sequence")
    facts = JSONObject(kind="kind", version="version", note="note", at="at")
    neighbour = JSONObject(part="series_part", title="title")
    part = OuterRef("series_part")
    beside = (
        Edition.objects.visible()
        .filter(series=OuterRef("series"), series_part__in=[part - 1, part + 1])
        .order_by("series_part")
    )
    return (
        Edition.objects.due()
        .filter(pk__in=set(numbers), erased_at=None)
        .with_replied()
        .with_replies()
        .annotate(
            lines=ArraySubquery(lines.values(facts=facts)),
            neighbours=ArraySubquery(beside.values(facts=neighbour)),
        )
        .select_related("category", "series")
        .defer("body")
        .in_bulk()
    )
