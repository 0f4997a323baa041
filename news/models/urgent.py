from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from news import richtext


class UrgentNoticeQuerySet(models.QuerySet):
    def raised(self):
        """Return the notices that stand now, by the database's clock, newest first."""
        return self.filter(lowered_at=None, until__gt=Now()).order_by("-pk")


class UrgentNotice(models.Model):
    """A line above the home page that a commissioner raises, and nobody rewrites.

    Another wording is another notice; a trigger allows no change but its lowering.
    """

    text = models.CharField(
        "pengumuman",
        max_length=200,
        help_text="Satu kalimat, misalnya “Pemungutan suara ulang di TPS 4 Ciruas "
        "dimulai pukul 08.00 WIB.”",
    )
    link = models.URLField(
        "tautan",
        blank=True,
        help_text="Alamat lengkap halaman yang menjelaskannya, bila ada.",
    )
    until = models.DateTimeField(
        "berlaku sampai", help_text="Sesudah itu pengumuman turun dengan sendirinya."
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="dinaikkan oleh",
    )
    raised_at = models.DateTimeField("dinaikkan", db_default=Now(), editable=False)
    lowered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name="diturunkan oleh",
    )
    lowered_at = models.DateTimeField("diturunkan", null=True, editable=False)

    objects = UrgentNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pengumuman mendesak"
        verbose_name_plural = "pengumuman mendesak"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lowered_at=None, lowered_by=None)
                | models.Q(lowered_at__isnull=False, lowered_by__isnull=False),
                name="urgent_notice_lowered_by_someone",
            ),
            models.CheckConstraint(
                condition=~models.Q(text=""), name="urgent_notice_says_something"
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.text = richtext.plain(self.text)
        super().save(*args, **kwargs)
