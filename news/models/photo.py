from django.conf import settings
from django.db import models

THUMBNAIL_WIDTH = 640
BOUNDED_WIDTH = 1600

# Faces stand above the middle of most pictures.
FOCAL_X, FOCAL_Y = 50, 35


def thumbnail_name(name: str) -> str:
    """Return the name of the small copy that stands beside a photo's file."""
    return _beside(name, THUMBNAIL_WIDTH)


def bounded_name(name: str, width: int) -> str:
    """Return the name of what a page shows of a file so wide, all of it or a copy."""
    return _beside(name, BOUNDED_WIDTH) if width > BOUNDED_WIDTH else name


def file_names(name: str) -> list[str]:
    """Return the names of a photo's file and of all its copies."""
    return [name, _beside(name, THUMBNAIL_WIDTH), _beside(name, BOUNDED_WIDTH)]


def _beside(name, width):
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{width}.{suffix}"


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
    caption = models.CharField(
        "keterangan untuk pembaca",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Usulan keterangan foto; tiap naskah boleh menulis keterangannya "
        "sendiri.",
    )
    credit = models.CharField(
        "kredit", max_length=120, blank=True, help_text="Misalnya “Foto: Humas KPU”."
    )
    # Where a crop may not cut, in hundredths of the width and of the height.
    focal_x = models.PositiveSmallIntegerField(
        "titik fokus mendatar", default=FOCAL_X, db_default=FOCAL_X
    )
    focal_y = models.PositiveSmallIntegerField(
        "titik fokus menurun", default=FOCAL_Y, db_default=FOCAL_Y
    )
    # Which smaller copies exist (`news.renditions`); empty until they are made.
    rendered = models.CharField(
        max_length=20, default="", db_default="", editable=False
    )
    is_kept = models.BooleanField(
        "simpan di pustaka",
        default=False,
        db_default=False,
        help_text="Foto yang tidak dipakai naskah mana pun dibuang sesudah tenggang "
        "waktu, kecuali yang ditandai ini.",
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                name="photo_focal_point_within",
                violation_error_message="Titik fokus paling besar 100 persen.",
            )
        ]

    def __str__(self):
        return self.description

    @property
    def thumb_url(self):
        return self.file.storage.url(thumbnail_name(self.file.name))

    @property
    def bounded_url(self):
        return self.file.storage.url(bounded_name(self.file.name, self.width))
