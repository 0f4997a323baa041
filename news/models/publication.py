from django.db import models


class Publication(models.Model):
    """One act of the public ledger; each line holds the hash of the one before."""

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

    class Meta:
        verbose_name = "catatan publikasi"
        verbose_name_plural = "catatan publikasi"
        ordering = ["sequence"]

    def __str__(self):
        return f"{self.sequence} {self.kind} {self.article}/{self.version}"
