from datetime import datetime

from django.db import models
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.timezone import get_default_timezone


class Kind(models.TextChoices):
    PUBLISHED = "terbit", "Terbit"
    CORRECTED = "ralat", "Ralat"
    UPDATED = "pembaruan", "Pembaruan"
    TYPO = "salah ketik", "Salah ketik"
    RELEASED = "siaran darurat", "Siaran darurat"
    COUNTERSIGNED = "pengesahan", "Pengesahan"
    WITHDRAWN = "tarik", "Ditarik"
    RESTORED = "pulih", "Dipulihkan"
    ERASED = "hapus", "Dihapus"
    IMPORTED = "impor", "Dari situs lama"


# The acts that a reader is told of as changes: other words for a public text, or none.
# A release is one where there was a text before it.
CHANGED = (Kind.CORRECTED, Kind.UPDATED, Kind.TYPO, Kind.RESTORED)
TAKEN_AWAY = (Kind.WITHDRAWN, Kind.ERASED)
TOLD = models.Q(kind__in=(*CHANGED, *TAKEN_AWAY)) | models.Q(
    kind=Kind.RELEASED, version__gt=1
)


class PublicationQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-sequence")

    def head(self):
        """Return the last line, or None while nothing was ever published."""
        return self.newest_first().first()

    def changes(self):
        """Return the acts that gave a public text other words, or took it away."""
        return self.filter(TOLD)

    def of_year(self, year):
        """Return the lines that were written in a year, by the office's clock."""
        first, following = (
            datetime(number, 1, 1, tzinfo=get_default_timezone())
            for number in (year, year + 1)
        )
        return self._written(first, following)

    def _written(self, first, following):
        # The bounds as sequences too: then no reading begins at the other end of the
        # record and looks at every line until the year.
        since = Publication.objects.filter(recorded_at__gte=first)
        until = Publication.objects.filter(recorded_at__lt=following)
        return self.filter(
            recorded_at__gte=first,
            recorded_at__lt=following,
            sequence__gte=models.Subquery(
                since.order_by("recorded_at").values("sequence")[:1]
            ),
            sequence__lte=models.Subquery(
                until.order_by("-recorded_at").values("sequence")[:1]
            ),
        )

    def heads_of_month(self, year, month):
        """Return the last line of each day of a month that has any, newest first."""
        first = datetime(year, month, 1, tzinfo=get_default_timezone())
        following = first.replace(year=year + month // 12, month=month % 12 + 1)
        written = self.filter(recorded_at__gte=first, recorded_at__lt=following)
        last = (
            written.order_by()
            .values(day=TruncDate("recorded_at"))
            .values_list(models.Max("sequence"))
        )
        return self.filter(sequence__in=last).newest_first()

    def with_texts(self):
        """Annotate what became of each text: see `news.corrections`.

        `digest_before` is that of the version before, and `withdrawn_version` the last
        one that a commissioner withdrew; neither it nor an older one is shown again.
        """
        same = Publication.objects.filter(article=models.OuterRef("article"))
        before = same.filter(
            version=models.OuterRef("version") - 1, kind__in=Publication.VERSIONS
        )
        withdrawn = same.filter(kind=Publication.Kind.WITHDRAWN)
        return self.annotate(
            digest_before=models.Subquery(
                before.order_by("-sequence").values("digest")[:1]
            ),
            withdrawn_version=Coalesce(
                models.Subquery(withdrawn.order_by("-version").values("version")[:1]),
                0,
            ),
        )


class Publication(models.Model):
    """One act of the public ledger; each line holds the hash of the one before."""

    Kind = Kind

    # The acts that gave a public text other words, and those that made one at all.
    CHANGES = (Kind.CORRECTED, Kind.UPDATED, Kind.TYPO)
    VERSIONS = (*CHANGES, Kind.PUBLISHED, Kind.RELEASED, Kind.RESTORED, Kind.IMPORTED)

    sequence = models.PositiveBigIntegerField("urutan", primary_key=True)
    # A number, not a relation: the record stands without the database around it.
    article = models.PositiveBigIntegerField("naskah", db_index=True)
    version = models.PositiveIntegerField("versi")
    digest = models.CharField("SHA-256", max_length=64)
    kind = models.CharField("jenis", max_length=20, choices=Kind)
    note = models.TextField("keterangan", blank=True)
    at = models.DateTimeField("pada")
    recorded_at = models.DateTimeField("dicatat")
    previous = models.CharField("sebelumnya", max_length=64, unique=True)
    hash = models.CharField("hash", max_length=64, unique=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "catatan publikasi"
        verbose_name_plural = "catatan publikasi"
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["kind", "-sequence"], name="publication_of_kind"),
            models.Index(fields=["recorded_at"], name="publication_recorded"),
            models.Index(
                fields=["-sequence"], name="publication_changes", condition=TOLD
            ),
        ]

    def __str__(self):
        return f"{self.sequence} {self.kind} {self.article}/{self.version}"

    def get_absolute_url(self):
        """Return where the line stands, on the page of the record that it is on."""
        return f"{reverse('news:ledger')}?sampai={self.pk}#catatan-{self.pk}"

    @property
    def number(self):
        """Return the number of the article, as it stands in its address."""
        return self.article
