from django.conf import settings
from django.db import models


class Attachment(models.Model):
    """A PDF of the newsroom; its file is named by its content and never replaced."""

    file = models.FileField("berkas", upload_to="lampiran/")
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveIntegerField("ukuran", help_text="Dalam bita.")
    # What the file was called when it came; each article gives it a name of its own.
    name = models.CharField("nama", max_length=150)
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
        max_length=150,
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
