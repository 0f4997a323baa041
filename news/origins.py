"""The public versions that a pasted text may come from, and what may be told of each.

Of a version that was withdrawn: its title, when, and why. Never a word of its text.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime

from news import authenticity, fingerprints
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


@dataclass(frozen=True, eq=False)
class Origin:
    """A public version, with the lines of the ledger that tell what became of it."""

    fingerprint: Fingerprint
    lines: tuple[Publication, ...]

    @property
    def edition(self) -> Edition:
        return self.fingerprint.edition

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

    @cached_property
    def withdrawal(self) -> Publication | None:
        """The line that took this version away, also where a later one is shown."""
        return next(
            (
                line
                for line in self.lines
                if line.kind == Kind.WITHDRAWN and line.version >= self.number
            ),
            None,
        )

    @cached_property
    def successor(self) -> Publication | None:
        """The line of the version that replaced this one, or None."""
        return next(
            (
                line
                for line in self.lines
                if line.kind in Publication.VERSIONS and line.version == self.number + 1
            ),
            None,
        )

    @cached_property
    def began(self) -> Publication | None:
        """The line that made this version public; one just due may have none yet."""
        return next(
            (
                line
                for line in self.lines
                if line.kind in Publication.VERSIONS and line.version == self.number
            ),
            None,
        )

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
        if self.number == 1 or self.began is None:
            return ""
        return moment_text(localtime(self.began.at))

    @property
    def withdrawn_text(self) -> str:
        return moment_text(localtime(self.withdrawal.at)) if self.withdrawal else ""

    @property
    def replaced_text(self) -> str:
        """What became of it and when, if there is a newer text; else nothing."""
        if self.successor is None:
            return ""
        what = REPLACED.get(self.successor.kind, "sudah diganti")
        return f"{what} pada {moment_text(localtime(self.successor.at))}"

    def as_version(self) -> authenticity.Version:
        dated = self.edition.dated
        margins = [self.edition.category.name, f"{dated.label} {dated.text}"]
        if self.shown_since:
            margins.append(f"Diperbarui {self.shown_since}")
        return authenticity.version_of(
            self.document, self, self.edition.pk, self.address, margins
        )


def likely(pasted: authenticity.Prepared, linked: Iterable[int]) -> list[Origin]:
    """Return the versions that a text may be from, in three queries.

    Those of the articles that it links to are among them. What is shown now comes
    first, since where several explain a text the first is named; then what is likelier.
    """
    keys = fingerprints.likely(authenticity.query_of(pasted), MOST)
    found = Fingerprint.objects.public().filter(pk__in=keys) | (
        Fingerprint.objects.public().filter(edition__in=list(linked))
    )
    rank = {key: place for place, key in enumerate(keys)}
    origins = told(sorted(found, key=lambda one: rank.get(one.pk, len(rank))))
    return sorted(origins, key=lambda one: (not one.is_current, bool(one.withdrawal)))


def told(found: Iterable[Fingerprint]) -> list[Origin]:
    """Return fingerprints with their lines of the ledger, in the same order."""
    rows = list(found)
    lines: dict[int, list[Publication]] = {}
    about = Publication.objects.filter(article__in={row.edition_id for row in rows})
    for line in about.order_by("sequence"):
        lines.setdefault(line.article, []).append(line)
    return [Origin(row, tuple(lines.get(row.edition_id, ()))) for row in rows]
