from django.conf import settings
from django.db import models

THUMBNAIL_WIDTH = 640


def thumbnail_name(name: str) -> str:
    """Return the name of the small copy that stands beside a photo's file."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{THUMBNAIL_WIDTH}.{suffix}"


class Photo(models.Model):
    """A picture of the library; its file is named by its content and never replaced."""

    file = models.ImageField(
        "berkas", upload_to="foto/", width_field="width", height_field="height"
    )
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField("lebar", editable=False)
    height = models.PositiveIntegerField("tinggi", editable=False)
    description = models.CharField(
        "keterangan",
        max_length=200,
        help_text="Apa yang terlihat; dipakai untuk mencari foto ini lagi.",
    )
    credit = models.CharField(
        "kredit", max_length=120, blank=True, help_text="Misalnya “Foto: Humas KPU”."
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.description

    @property
    def thumb_url(self):
        return self.file.storage.url(thumbnail_name(self.file.name))
