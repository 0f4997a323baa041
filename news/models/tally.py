from django.db import models
from django.db.models.functions import Now


class Source(models.TextChoices):
    """Where a reading came from, as far as its browser tells; never from whom."""

    WHATSAPP = "whatsapp", "WhatsApp"
    SEARCH = "cari", "Mesin pencari"
    SOCIAL = "medsos", "Media sosial"
    OTHER_SITE = "situs", "Situs lain"
    DIRECT = "langsung", "Langsung atau tidak diketahui"


class Tally(models.Model):
    """Readings of an article on a day, by kind of source.

    Slots keep a hot article from queueing; once the day is over they become one.
    """

    SLOTS = 16

    edition = models.ForeignKey(
        "news.Edition", on_delete=models.CASCADE, related_name="tallies"
    )
    day = models.DateField()
    source = models.CharField(
        max_length=10,
        choices=Source,
        default=Source.DIRECT,
        db_default=Source.DIRECT,
    )
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
                fields=["edition", "day", "source", "slot"],
                name="tally_edition_day_source_slot",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=Source.values), name="tally_source_known"
            ),
        ]

    def __str__(self):
        return f"{self.edition_id} {self.day}: {self.readings}"


class ReadingTotal(models.Model):
    """All readings of an article that were counted here, at most a minute old."""

    edition = models.OneToOneField(
        "news.Edition",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="reading_total",
    )
    readings = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "jumlah baca"
        verbose_name_plural = "jumlah baca"

    def __str__(self):
        return f"{self.edition_id}: {self.readings}"


class ReadingDay(models.Model):
    """All readings of a day by category and kind of source: what statistics add up.

    The category is the one that an article had when its day ended. Readings of what was
    withdrawn later stay in it.
    """

    day = models.DateField()
    category = models.ForeignKey(
        "news.Category", on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=10, choices=Source)
    readings = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "hitungan hari"
        verbose_name_plural = "hitungan hari"
        constraints = [
            models.UniqueConstraint(
                fields=["day", "category", "source"], name="reading_day_once"
            )
        ]

    def __str__(self):
        return f"{self.day} {self.source}: {self.readings}"


class ReadingTop(models.Model):
    """An article among those read most in a period, found out by the worker."""

    # As in `news.statistics.Period`: a number of days, a year, or a month.
    period = models.CharField(max_length=7)
    edition = models.ForeignKey(
        "news.Edition", on_delete=models.CASCADE, related_name="tops"
    )
    readings = models.PositiveBigIntegerField()
    ranked_on = models.DateField()

    class Meta:
        verbose_name = "terbanyak dibaca"
        verbose_name_plural = "terbanyak dibaca"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "edition"], name="reading_top_once"
            )
        ]

    def __str__(self):
        return f"{self.period} {self.edition_id}: {self.readings}"


class ReadingKey(models.Model):
    """That some reader had some article within the last half hour: a keyed hash.

    The table is UNLOGGED: it is not in the write-ahead log, so in no replica and no
    archive of it, and is empty after the database has crashed.
    """

    key = models.BinaryField(primary_key=True)
    read_at = models.DateTimeField(db_index=True, db_default=Now())
    # How often the reader's browser told of it meanwhile.
    told = models.PositiveIntegerField(db_default=1)

    class Meta:
        verbose_name = "kunci baca"
        verbose_name_plural = "kunci baca"

    def __str__(self):
        return "kunci baca"


class ReadingSalt(models.Model):
    """The secret of a day's keys, replaced at midnight; UNLOGGED like the keys."""

    day = models.DateField(primary_key=True)
    # Another salt is another generation, also on the same day after a crash.
    generation = models.UUIDField(unique=True)
    salt = models.BinaryField()

    class Meta:
        verbose_name = "garam kunci baca"
        verbose_name_plural = "garam kunci baca"

    def __str__(self):
        return f"{self.day}"
