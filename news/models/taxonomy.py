from django.db import models
from django.urls import reverse


class Category(models.Model):
    """A kind of text; its slug never changes, its name is site furniture."""

    slug = models.SlugField("alamat", max_length=60, unique=True)
    name = models.CharField("nama", max_length=60)
    description = models.CharField(
        "keterangan",
        max_length=200,
        blank=True,
        help_text="Satu kalimat di atas daftar kategori ini.",
    )
    is_opinion = models.BooleanField(
        "pendapat penulis",
        default=False,
        help_text="Ditandai “pandangan penulis”, bukan sikap lembaga.",
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "kategori"
        verbose_name_plural = "kategori"
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:category", args=[self.slug])


class Series(models.Model):
    """A text in parts, or a recurring column; its slug never changes."""

    slug = models.SlugField("alamat", max_length=120, unique=True)
    name = models.CharField(
        "nama", max_length=300, help_text="Misalnya “Rabu Ngopi 2022”."
    )

    class Meta:
        verbose_name = "seri"
        verbose_name_plural = "seri"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:series", args=[self.slug])
