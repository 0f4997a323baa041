from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from news.models.edition import Edition


class EditionSearch(models.Model):
    """The words of an edition; a trigger alone writes it, so that no writer forgets.

    A table of its own: no other query carries the vector by accident, an update of an
    edition's other columns does not rebuild it, and its rows are narrow, because a
    vector lies outside its row. A withdrawn or erased edition has no row here.

    Its year is a lexeme of the vector as well: what stands in many texts is looked for
    in those of the newest years, and only then in all (migration 0009).
    """

    # The trigger deletes it: who unschedules an edition need not know of it.
    edition = models.OneToOneField(
        Edition,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    # Copies, for the one scan of the index. No index on them: each would tempt the
    # planner to walk along it and fetch every vector, which it takes for cheap.
    publish_at = models.DateTimeField()
    category = models.ForeignKey(
        "news.Category",
        on_delete=models.DO_NOTHING,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    vector = SearchVectorField()
    # With the words of the vector its rows in SearchTerm, which go when it goes.
    names = ArrayField(models.TextField())

    class Meta:
        verbose_name = "kata terbitan"
        verbose_name_plural = "kata terbitan"
        indexes = [
            # Without a pending list, which every search would have to read through.
            GinIndex(fields=["vector"], name="edition_words", fastupdate=False)
        ]

    def __str__(self):
        return str(self.edition_id)


class SearchTerm(models.Model):
    """A word or a name of some edition, scheduled ones too: "Mungkin maksud Anda".

    Nobody may be shown one before a visible edition was seen to hold it.
    """

    term = models.TextField(primary_key=True)
    sound = models.TextField()

    class Meta:
        verbose_name = "kata"
        verbose_name_plural = "kata"
        indexes = [
            GistIndex(
                OpClass("sound", name="gist_trgm_ops(siglen=64)"), name="term_sounds"
            )
        ]

    def __str__(self):
        return self.term


class EditionAbout(models.Model):
    """The few words that tell most of an edition; a trigger alone writes it.

    Few others have them, so that two that share some are related.
    """

    edition = models.OneToOneField(
        Edition,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    words = ArrayField(models.TextField())

    class Meta:
        verbose_name = "kata kunci terbitan"
        verbose_name_plural = "kata kunci terbitan"
        indexes = [GinIndex(fields=["words"], name="edition_about", fastupdate=False)]

    def __str__(self):
        return str(self.edition_id)


class Relative(models.Model):
    """That an edition is related to another, and how much; a trigger alone writes it.

    By a series, by topics, or by words that few others have. A withdrawn or erased
    edition has none; one that is only scheduled may be here already.
    """

    pk = models.CompositePrimaryKey("edition_id", "other_id")
    edition = models.ForeignKey(
        Edition,
        on_delete=models.DO_NOTHING,
        db_index=False,
        db_constraint=False,
        related_name="relatives",
    )
    other = models.ForeignKey(
        Edition,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="relative_of",
    )
    score = models.FloatField()

    class Meta:
        verbose_name = "kerabat terbitan"
        verbose_name_plural = "kerabat terbitan"

    def __str__(self):
        return f"{self.edition_id}: {self.other_id}"
