"""Replies ("hak jawab"): an article, and the one that it replies to, as both are shown.

The public reads of either only while it may read the other: the title of what was
withdrawn is repeated nowhere.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject, NullIf
from django.urls import reverse
from django.utils.timezone import localtime

from news.models.shown import NO_SLUG, moment_text

# What a reply's page says of the article that it replies to, and how JSON holds it.
READ = {
    "pk": int,
    "title": str,
    "slug": str,
    "publish_at": datetime.fromisoformat,
    "published_on": date.fromisoformat,
    "round": int,
    "event_date": date.fromisoformat,
    "source_date": date.fromisoformat,
}


@dataclass(frozen=True)
class Reply:
    """A reply as the page of the article that it replies to names it."""

    name: str
    office: str
    url: str
    at: datetime

    @property
    def at_iso(self):
        return self.at.isoformat()

    @property
    def at_text(self):
        return moment_text(self.at)


class RepliesQuerySet(models.QuerySet):
    def with_replied(self):
        """Annotate what a reply says of the article that it replies to, if public."""
        shown = self.model.objects.visible().filter(pk=models.OuterRef("reply_to"))
        facts = JSONObject(**{name: name for name in READ})
        return self.annotate(replied_facts=models.Subquery(shown.values(facts=facts)))

    def with_replies(self):
        """Annotate the public replies to an article, in the order of publication."""
        replies = self.model.objects.visible().filter(reply_to=models.OuterRef("pk"))
        # What was erased is empty, and would be no JSON.
        text = NullIf("revision__document", models.Value(""))
        document = Cast(text, models.JSONField())
        facts = JSONObject(
            number="pk",
            slug="slug",
            at="publish_at",
            name=KeyTextTransform("byline_name", document),
            office=KeyTextTransform("byline_office", document),
        )
        return self.annotate(
            reply_facts=ArraySubquery(
                replies.order_by("publish_at", "pk").values(facts=facts)
            )
        )


class Replies(models.Model):
    """What an edition knows of replies; part of it."""

    # The document's, so written by publishing alone. The index is the edition's own.
    reply_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="menanggapi",
    )
    # The version that made it a reply to that article: its line in the ledger tells so.
    reply_version = models.PositiveIntegerField(
        "menanggapi sejak versi", default=0, db_default=0
    )

    class Meta:
        abstract = True

    @property
    def is_reply(self):
        return self.reply_to_id is not None

    @property
    def is_authors_view(self):
        """Tell whether it says what its author thinks, and not the office."""
        return self.is_reply or self.category.is_opinion

    @cached_property
    def replied(self):
        """Return the article that this one replies to; None while it is not public."""
        if not self.is_reply:
            return None
        if not hasattr(self, "replied_facts"):
            shown = type(self).objects.visible().filter(pk=self.reply_to_id)
            return shown.only(*READ).first()
        if self.replied_facts is None:
            return None
        return type(self)(
            **{
                name: None if value is None else READ[name](value)
                for name, value in self.replied_facts.items()
            }
        )

    @property
    def replied_url(self):
        """Return where the article that this one replies to is, or why it is gone.

        Without its title, which an address holds, once it is not public.
        """
        if self.replied:
            return self.replied.get_absolute_url()
        return reverse("news:article", args=[self.reply_to_id, NO_SLUG])

    @property
    def replies(self):
        """Return the public replies to this article, the first one first."""
        return [
            Reply(
                name=facts["name"],
                office=facts["office"],
                url=reverse("news:article", args=[facts["number"], facts["slug"]]),
                at=localtime(datetime.fromisoformat(facts["at"])),
            )
            for facts in self.reply_facts
        ]
