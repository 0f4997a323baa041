from django.db import models


class Tally(models.Model):
    """Readings of an article on a day; slots keep a hot article from queueing."""

    SLOTS = 16

    edition = models.ForeignKey(
        "news.Edition", on_delete=models.CASCADE, related_name="tallies"
    )
    day = models.DateField()
    slot = models.PositiveSmallIntegerField()
    readings = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "hitungan baca"
        verbose_name_plural = "hitungan baca"
        indexes = [
            models.Index(
                fields=["day", "edition"], include=["readings"], name="tally_by_day"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "day", "slot"], name="tally_edition_day_slot"
            )
        ]

    def __str__(self):
        return f"{self.edition_id} {self.day}: {self.readings}"
