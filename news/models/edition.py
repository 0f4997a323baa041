import json
from datetime import datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, JSONObject, Now
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime

from news.models.article import Article, Revision
from news.models.attachment import attached_in
from news.models.photo import Photo
from news.models.publication import Publication
from news.models.replies import Replies, RepliesQuerySet
from news.models.shown import (
    Cover,
    Dated,
    Topic,
    excerpt_of,
    moment_text,
    slug_of,
    topic_slug,
)
from news.models.taxonomy import Category, Series
from news.models.versions import Versions
from news.picturing import Picture

# What a page must know of a photo, in the order of `Picture`.
PICTURE_FACTS = ("file", "width", "height", "rendered")

# Fewer readers than this say nothing, and a list of fewer articles ranks nothing.
POPULAR_READINGS = 20
POPULAR_ROWS = 5


class EditionQuerySet(RepliesQuerySet):
    def due(self):
        """Return what has become public, withdrawn or not, by the database's clock."""
        return self.filter(publish_at__lte=Now())

    def awaiting_countersign(self):
        """Return the releases that the public reads and nobody has yet approved."""
        return self.visible().filter(released_at__isnull=False, countersigned_at=None)

    def scheduled(self):
        return self.filter(publish_at__gt=Now(), withdrawn_at=None)

    def visible(self):
        """Return what the public may read at this moment."""
        return self.due().filter(withdrawn_at=None)

    def written_here(self):
        """Leave out the texts of the old site that nobody approved here."""
        return self.exclude(round=0)

    def newest_first(self):
        return self.order_by("-publish_at", "-pk")

    def with_views(self):
        """Annotate `views`: the old site's count plus the readings counted here."""
        return self.annotate(
            views=models.F("baseline")
            + Coalesce(
                "reading_total__readings", 0, output_field=models.BigIntegerField()
            )
        )

    def with_ledger(self):
        """Annotate the ledger's line that made this version public."""
        lines = Publication.objects.filter(article=models.OuterRef("pk"))
        line = lines.filter(version=models.OuterRef("version")).order_by("sequence")[:1]
        return self.annotate(
            ledger_sequence=models.Subquery(line.values("sequence")),
            recorded_at=models.Subquery(line.values("recorded_at")),
            ledger_hash=models.Subquery(line.values("hash")),
            withdrawn_version=Coalesce(
                models.Subquery(
                    lines.filter(kind=Publication.Kind.WITHDRAWN)
                    .order_by("-version")
                    .values("version")[:1]
                ),
                0,
            ),
            corrections=ArraySubquery(
                lines.filter(kind__in=Publication.VERSIONS, version__gt=1)
                .order_by("-sequence")
                .values(
                    line=JSONObject(
                        kind="kind", version="version", note="note", at="at"
                    )
                )
            ),
        )

    def with_changed(self):
        """Annotate `changed_at`: when the public last got other words of it, or first.

        The notice of a release goes with its countersigning, so that is a change.
        """
        lines = Publication.objects.filter(
            article=models.OuterRef("pk"),
            kind__in=(*Publication.VERSIONS, Publication.Kind.COUNTERSIGNED),
        )
        newest = lines.order_by().values("article").values_list(models.Max("at"))
        # One that became public this minute may have no line yet.
        return self.annotate(changed_at=Coalesce(models.Subquery(newest), "publish_at"))

    def with_cover(self):
        """Annotate which copies of the cover exist."""
        cover = Photo.objects.filter(
            digest=KeyTextTransform("sha256", models.OuterRef("cover_document"))
        )
        return self.annotate(cover_rendered=models.Subquery(cover.values("rendered")))

    def with_pictures(self):
        """Annotate what is known of each picture that the document names."""
        named = Revision.objects.filter(pk=models.OuterRef(models.OuterRef("revision")))
        digests = named.values(file=models.Func("files", function="unnest"))
        return self.annotate(
            photos=ArraySubquery(
                Photo.objects.filter(digest__in=digests).values(
                    facts=JSONObject(
                        **{name: name for name in ("digest", *PICTURE_FACTS)}
                    )
                )
            )
        )

    def popular(self, period):
        """Return what was read most in a period, ready for a list, the most read first.

        As the worker last ranked it (`news.ranking`), and only what has enough readers
        to say so: see `POPULAR_READINGS`.
        """
        return (
            self.for_list()
            .filter(tops__period=period, tops__readings__gte=POPULAR_READINGS)
            .annotate(recent=models.F("tops__readings"))
            .order_by("-recent", "-publish_at")[:POPULAR_ROWS]
        )

    def related_to(self, edition):
        """Return what shares a series, topics or rare words, the nearest first.

        The database finds it out when either is published (migration 0009), so that a
        page costs the same however large the archive is.
        """
        return (
            self.for_list()
            .filter(relative_of__edition=edition)
            .order_by("-relative_of__score", "-publish_at", "-pk")
        )

    def of_month(self, year, month):
        """Return what was published in a month, ready for a list."""
        first = datetime(year, month, 1, tzinfo=get_default_timezone())
        following = first.replace(year=year + month // 12, month=month % 12 + 1)
        return self.for_list().filter(publish_at__gte=first, publish_at__lt=following)

    def for_list(self):
        """Return rows ready for a list: one query, newest first, without the body."""
        return (
            self.visible()
            .with_views()
            .with_cover()
            .select_related("category")
            .defer("body")
            .newest_first()
        )


class Edition(Versions, Replies):
    """What the public reads now: one approved revision, and what lists need of it.

    Its columns are derived from the revision's document by `present()`, and a trigger
    refuses a title or a body that is not the document's.
    """

    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, primary_key=True, related_name="edition"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField("versi")
    round = models.PositiveIntegerField("putaran")
    title = models.CharField("judul", max_length=300)
    slug = models.SlugField("alamat", max_length=120)
    category = models.ForeignKey(
        "news.Category", on_delete=models.PROTECT, related_name="+"
    )
    series = models.ForeignKey(
        "news.Series", on_delete=models.PROTECT, null=True, related_name="+"
    )
    series_part = models.PositiveSmallIntegerField("bagian", null=True)
    excerpt = models.CharField("cuplikan", max_length=320)
    body = models.TextField("isi")
    tag_names = ArrayField(models.CharField(max_length=100), verbose_name="topik")
    topics = ArrayField(models.SlugField(max_length=100), verbose_name="alamat topik")
    cover_document = models.JSONField("foto sampul", null=True)
    event_date = models.DateField("tanggal peristiwa", null=True)
    source_date = models.DateField("tanggal dimuat", null=True)
    publish_at = models.DateTimeField("terbit")
    published_on = models.DateField(
        "tanggal terbit",
        null=True,
        help_text="Kosong bila situs lama tidak menyebutnya; maka tidak dicetak.",
    )
    baseline = models.PositiveIntegerField("hitungan situs lama", default=0)
    # Whose texts up to this revision the public had by a quorum; the rest is new.
    approved_number = models.PositiveIntegerField("revisi disetujui", default=0)
    released_at = models.DateTimeField("siaran darurat", null=True)
    countersigned_at = models.DateTimeField("disahkan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)
    withdrawn_reason = models.TextField("alasan ditarik", blank=True)
    erased_at = models.DateTimeField("dihapus", null=True)
    # The picture that a shared link shows; made from title and cover when published.
    share_image = models.CharField(
        "gambar bagikan", max_length=120, default="", db_default=""
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "terbitan"
        verbose_name_plural = "terbitan"
        indexes = [
            models.Index(
                fields=["-publish_at", "-article"],
                name="edition_newest",
                condition=models.Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["category", "-publish_at", "-article"],
                name="edition_newest_of_category",
                condition=models.Q(withdrawn_at=None),
            ),
            GinIndex(fields=["topics"], name="edition_topics"),
            models.Index(
                fields=["baseline"],
                name="edition_baseline",
                condition=models.Q(baseline__gt=0),
            ),
            models.Index(
                fields=["reply_to", "publish_at"],
                name="edition_replies",
                condition=models.Q(reply_to__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(withdrawn_at__isnull=False, title="", body=""),
                name="edition_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_reason="")
                | (
                    models.Q(withdrawn_at__isnull=False)
                    & ~models.Q(withdrawn_reason="")
                ),
                name="edition_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(reply_to=models.F("article")),
                name="edition_replies_to_another",
            ),
            models.CheckConstraint(
                condition=models.Q(reply_to=None, reply_version=0)
                | models.Q(reply_to__isnull=False, reply_version__gt=0),
                name="edition_reply_has_version",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news:article", args=[self.pk, self.slug])

    @property
    def desk_url(self):
        return reverse("admin:news_article_review", args=[self.pk])

    @cached_property
    def document(self):
        return json.loads(self.revision.document)

    @property
    def is_release(self):
        """Tell whether it is public by a release that nobody has yet countersigned."""
        return self.released_at is not None and self.countersigned_at is None

    @property
    def is_from_archive(self):
        """Tell whether the text came from the old site and nobody approved it here."""
        return self.round == 0

    @property
    def published_text(self):
        """Return when it was published, as said to people; empty when not known."""
        if self.published_on is None:
            return ""
        if self.is_from_archive:
            return date_format(self.published_on)
        return moment_text(self.publish_at)

    @property
    def published_iso(self):
        if self.published_on is None:
            return ""
        if self.is_from_archive:
            return self.published_on.isoformat()
        return localtime(self.publish_at).isoformat()

    @property
    def withdrawn_text(self):
        return moment_text(self.withdrawn_at)

    @property
    def tags(self):
        return [
            Topic(name, reverse("news:topic", args=[slug]))
            for name, slug in zip(self.tag_names, self.topics, strict=True)
        ]

    @property
    def attached(self):
        return attached_in(self.document)

    @property
    def cover(self):
        if not self.cover_document:
            return None
        return Cover(**self.cover_document, rendered=self._cover_rendered() or "")

    def _cover_rendered(self):
        # A list's row has just this; a whole page knows of every picture.
        if hasattr(self, "cover_rendered"):
            return self.cover_rendered
        shown = self.pictures.get(self.cover_document["sha256"])
        return shown and shown.rendered

    @cached_property
    def pictures(self):
        """Return the pictures that the document names and that exist, by digest."""
        if not hasattr(self, "photos"):
            rows = Photo.objects.filter(digest__in=self.revision.files)
            self.photos = rows.values("digest", *PICTURE_FACTS)
        return {
            row["digest"]: Picture(*(row[name] for name in PICTURE_FACTS))
            for row in self.photos
        }

    @cached_property
    def dated(self):
        """Return the date that a list shows: publication's, or the best one known."""
        if self.published_on:
            return Dated("", self.published_iso, self.published_on)
        for label, day in (
            ("Peristiwa", self.event_date),
            ("Dimuat", self.source_date),
        ):
            if day:
                return Dated(label, day.isoformat(), day)
        # Only the order on the old site is known; its month is as much as can be said.
        month = localtime(self.publish_at).date()
        return Dated("Sekitar", f"{month:%Y-%m}", month, "F Y")

    def series_siblings(self):
        """Return the public parts of the same series; none without a series."""
        if self.series_id is None:
            return Edition.objects.none()
        return Edition.objects.visible().filter(series=self.series_id).defer("body")

    def present(self, revision):
        """Take a revision's document as what this edition shows, in all its columns."""
        document = json.loads(revision.document)
        self.revision = revision
        self.title = document["title"]
        self.slug = slug_of(self.title)
        self.category = Category.objects.get(slug=document["category"])
        self.series = Series.objects.filter(slug=document["series"]).first()
        self.series_part = document["series_part"]
        # Documents of the older schemas have no such key.
        self.reply_to_id = document.get("reply_to")
        self.body = document["body"]
        self.excerpt = excerpt_of(document)
        self.tag_names = document["tags"]
        self.topics = [topic_slug(name) for name in self.tag_names]
        self.cover_document = document["cover"]
        self.event_date = parse_date(document["event_date"] or "")
        self.source_date = parse_date(document["source_date"] or "")
