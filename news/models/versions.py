import json

from news.models.article import Revision
from news.models.attachment import listed_in
from news.models.publication import Publication


def documents_of(lines):
    """Return the documents of lines of the ledger, and of the versions before them.

    By number and digest; what was erased has none. The lines are those of
    `Publication.objects.with_texts()`.
    """
    lines = list(lines)
    found = (
        Revision.objects.filter(
            article__in={line.article for line in lines},
            digest__in={
                digest for line in lines for digest in (line.digest, line.digest_before)
            },
        )
        .exclude(document="")
        .values_list("article", "digest", "document")
    )
    return {
        (number, digest): json.loads(document) for number, digest, document in found
    }


class Versions:
    """The older texts of an article that the public may still read, for its edition."""

    def superseded(self, version):
        """Return an older public version as an edition of its own, unsaved, or None.

        The ledger says which text was public; of the drafts between, none can be asked.
        """
        lines = self._ledger_lines()
        line = self._superseded(lines).get(version)
        revision = line and self._texts([line.digest]).first()
        if revision is None:
            return None
        signed = lines.get((version, Publication.Kind.COUNTERSIGNED))
        older = type(self)(
            article_id=self.pk,
            version=version,
            round=0 if line.kind == Publication.Kind.IMPORTED else self.round,
            publish_at=self.publish_at,
            published_on=self.published_on,
            released_at=line.at if line.kind == Publication.Kind.RELEASED else None,
            countersigned_at=signed.at if signed else None,
        )
        older.present(revision)
        return older

    def attachment(self, digest):
        """Return an attachment of this text or of an older public one, or None."""
        if found := listed_in(self.document, digest):
            return found
        older = self._superseded(self._ledger_lines()).values()
        texts = self._texts([line.digest for line in older])
        documents = (
            json.loads(revision.document)
            for revision in texts.filter(files__contains=[digest])
        )
        return next(filter(None, (listed_in(one, digest) for one in documents)), None)

    def _ledger_lines(self):
        return {
            (line.version, line.kind): line
            for line in Publication.objects.filter(article=self.pk)
        }

    def _superseded(self, lines):
        """Return the line of each older version that is still shown."""
        # What a commissioner withdrew stays so, also when other words came after it.
        withdrawn = max(
            (number for number, kind in lines if kind == Publication.Kind.WITHDRAWN),
            default=0,
        )
        return {
            version: line
            for wanted in reversed(Publication.VERSIONS)
            for (version, kind), line in lines.items()
            if kind == wanted and withdrawn < version < self.version
        }

    def _texts(self, digests):
        return (
            Revision.objects.filter(article=self.pk, digest__in=digests)
            .exclude(document="")
            .order_by("-number")
        )
