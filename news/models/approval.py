"""Who did what to which text: rows that are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from news.models.article import Article, State, Verb


class Approval(models.Model):
    """A commissioner's yes to exactly one text: the digest that was on the screen."""

    # The record outlives the desk copy that it speaks of.
    article = models.ForeignKey(
        Article,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="approvals",
    )
    round = models.PositiveIntegerField("putaran")
    digest = models.CharField("SHA-256", max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("pada", db_default=Now())

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "round", "approver"], name="approval_once_a_round"
            )
        ]

    def __str__(self):
        return f"{self.article_id} putaran {self.round}: {self.approver_id}"


class Transition(models.Model):
    """One line of the internal log: who did which verb, when, with what note."""

    article = models.ForeignKey(
        Article,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="transitions",
    )
    verb = models.CharField("tindakan", max_length=20, choices=Verb)
    before = models.CharField("dari", max_length=20, choices=State)
    after = models.CharField("menjadi", max_length=20, choices=State)
    round = models.PositiveIntegerField("putaran")
    digest = models.CharField("SHA-256", max_length=64)
    note = models.TextField("catatan", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("pada", db_default=Now())

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["article", "-id"], name="transition_by_article")
        ]

    def __str__(self):
        return f"{self.article_id}: {self.verb}"
