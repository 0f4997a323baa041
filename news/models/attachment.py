from dataclasses import dataclass

from django.conf import settings
from django.db import models

from news import richtext

NAME_LENGTH = 150


@dataclass(frozen=True)
class Attached:
    """An attachment as a document lists it; its file is named by its content."""

    file: str
    name: str
    sha256: str
    size: int


def attached_in(document):
    """Return a document's attachments in order; one of schema 1 has none."""
    return [Attached(**row) for row in document.get("attachments", ())]


def listed_in(document, digest):
    """Return a document's attachment of that digest, or None."""
    return next((one for one in attached_in(document) if one.sha256 == digest), None)


class Attachment(models.Model):
    """A PDF of the newsroom; its file is named by its content and never replaced."""

    file = models.FileField("berkas", upload_to="lampiran/")
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveIntegerField("ukuran", help_text="Dalam bita.")
    # What the file was called when it came; each article gives it a name of its own.
    name = models.CharField("nama", max_length=NAME_LENGTH)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = richtext.plain(self.name)
        super().save(*args, **kwargs)


class ArticleAttachment(models.Model):
    """An attachment as the desk copy has it, under the name that readers see."""

    article = models.ForeignKey(
        "news.Article", on_delete=models.CASCADE, related_name="attachments"
    )
    attachment = models.ForeignKey(
        Attachment,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="berkas",
    )
    name = models.CharField(
        "nama lampiran",
        max_length=NAME_LENGTH,
        help_text="Yang dibaca publik, misalnya “Pengumuman hasil seleksi”.",
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "lampiran"
        verbose_name_plural = "lampiran"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "attachment"],
                name="article_attachment_once",
                violation_error_message="Berkas ini sudah dilampirkan.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Here and not in a form, so that no way of writing can pass it by.
        self.name = richtext.plain(self.name)
        super().save(*args, **kwargs)
