from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from news.models.article import Revision
from news.models.edition import Edition


class FingerprintQuerySet(models.QuerySet):
    def public(self):
        """Return those of texts that are, or were, public, with the text."""
        shown = Edition.objects.due().filter(erased_at=None)
        rows = self.filter(edition__in=shown)
        return rows.select_related("revision").defer("shingles")


class Fingerprint(models.Model):
    """The shingles of one public version: by them a pasted text finds its source.

    Written with the publication by `news.fingerprints`, and gone with the edition; an
    erased text has none. It can be made again from the documents at any time.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="fingerprints"
    )
    version = models.PositiveIntegerField("versi")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    # How the shingles were made; those of another scheme are made again.
    scheme = models.PositiveSmallIntegerField("skema")
    shingles = ArrayField(models.BigIntegerField(), verbose_name="sirap")

    objects = FingerprintQuerySet.as_manager()

    class Meta:
        verbose_name = "sidik kata"
        verbose_name_plural = "sidik kata"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "version"], name="fingerprint_of_version"
            )
        ]
        indexes = [
            GinIndex(fields=["shingles"], name="fingerprint_shingles", fastupdate=False)
        ]

    def __str__(self):
        return f"{self.edition_id}/{self.version}"
