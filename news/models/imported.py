from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from news.models.article import Article


class Imported(models.Model):
    """Where an imported article came from: its raw text, its count, and the doubts."""

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, related_name="imported"
    )
    raw = models.TextField("teks asli")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    baseline = models.PositiveIntegerField("hitungan situs lama", null=True)
    taken_at = models.DateField("hitungan diambil pada", null=True)
    doubts = ArrayField(
        models.TextField(), verbose_name="perlu diperiksa", default=list, blank=True
    )
    imported_at = models.DateTimeField("diimpor", db_default=Now())

    class Meta:
        verbose_name = "naskah impor"
        verbose_name_plural = "naskah impor"

    def __str__(self):
        return f"{self.article_id} {self.sha256[:12]}"
