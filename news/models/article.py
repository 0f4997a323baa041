from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from news import richtext


class State(models.TextChoices):
    """Where a desk copy stands; `news.workflow` alone moves it."""

    DRAFT = "draf", "Draf"
    SUBMITTED = "diajukan", "Diajukan"
    RETURNED = "dikembalikan", "Dikembalikan"
    APPROVED = "disetujui", "Disetujui"
    LIVE = "tayang", "Tayang"


class Verb(models.TextChoices):
    """What people do to an article; `news.workflow` says who may, and when."""

    SUBMIT = "ajukan", "Diajukan"
    RECALL = "perbaiki", "Ditarik kembali untuk diperbaiki"
    RETURN = "kembalikan", "Dikembalikan"
    APPROVE = "setujui", "Disetujui"
    PUBLISH = "terbitkan", "Diterbitkan"
    RELEASE = "darurat", "Disiarkan darurat"
    COUNTERSIGN = "sahkan", "Disahkan"
    REVISE = "sunting", "Dibuka untuk disunting"
    DISCARD = "buang", "Dibuang"
    UNSCHEDULE = "batalkan", "Jadwalnya dibatalkan"
    WITHDRAW = "tarik", "Ditarik dari publik"
    RESTORE = "pulihkan", "Dibuka untuk dipulihkan"
    ERASE = "hapus", "Dihapus"
    IMPORT = "impor", "Diimpor dari situs lama"


# The states in which a desk copy may be saved.
EDITABLE = frozenset({State.DRAFT, State.RETURNED})


class Release(models.TextChoices):
    """What the author asked for at submission: who makes it public, once approved."""

    ON_APPROVAL = "disetujui", "Terbit begitu disetujui"
    AT_TIME = "waktu", "Terbit pada waktu tertentu"
    BY_AUTHOR = "penulis", "Saya terbitkan sendiri"


class ChangeClass(models.TextChoices):
    """What a change to a published text is, as the public is told."""

    CORRECTION = "ralat", "Ralat: yang tertulis keliru"
    UPDATE = "pembaruan", "Pembaruan: ada keterangan baru"
    TYPO = "salah ketik", "Salah ketik: ejaan saja, tanpa mengubah maksud"


class DateBasis(models.TextChoices):
    """How an event's date is known; an inferred one is shown as such."""

    EXPLICIT = "tertulis", "Tertulis lengkap dalam naskah"
    YEAR_INFERRED = "tanpa-tahun", "Tahunnya disimpulkan"
    DATELINE = "dateline", "Dari dateline saja"


# One line of plain text each.
PLAIN_FIELDS = (
    *("title", "lead", "cover_alt", "cover_caption", "cover_credit", "dateline"),
    *("byline_name", "byline_office", "credit", "source_name", "change_note"),
)


class ArticleTag(ItemBase):
    content_object = models.ForeignKey("news.Article", on_delete=models.CASCADE)
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)s_items"
    )

    class Meta:
        verbose_name = "topik naskah"
        verbose_name_plural = "topik naskah"
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"], name="article_tag_once"
            )
        ]


class ArticleQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("category", "created_by")


class Article(models.Model):
    """The desk copy: every field that staff type. The public never reads it."""

    title = models.CharField("judul", max_length=300)
    lead = models.TextField(
        "teras",
        max_length=500,
        blank=True,
        help_text="Satu atau dua kalimat: siapa, apa, kapan, di mana.",
    )
    body = models.TextField("isi")
    category = models.ForeignKey(
        "news.Category",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="kategori",
    )
    tags = TaggableManager(
        "topik",
        through=ArticleTag,
        blank=True,
        help_text="Pisahkan dengan koma, misalnya: Bakohumas, data pemilih.",
    )
    cover = models.ForeignKey(
        "news.Photo",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="foto sampul",
    )
    cover_alt = models.CharField(
        "teks alternatif",
        max_length=200,
        blank=True,
        help_text="Apa yang terlihat pada foto, untuk pembaca yang tidak melihatnya. "
        "Wajib bila ada foto sampul.",
    )
    cover_caption = models.CharField("keterangan foto", max_length=300, blank=True)
    cover_credit = models.CharField("kredit foto", max_length=120, blank=True)
    event_date = models.DateField(
        "tanggal peristiwa",
        null=True,
        blank=True,
        help_text="Kapan terjadi, bukan kapan ditulis. Kosongkan bila tidak ada.",
    )
    event_date_basis = models.CharField(
        "tanggal diketahui dari",
        max_length=20,
        choices=DateBasis,
        blank=True,
    )
    dateline = models.CharField(
        "dateline", max_length=80, blank=True, help_text="Misalnya “Serang (28/1)”."
    )
    byline_name = models.CharField("penulis", max_length=150, blank=True)
    byline_office = models.CharField(
        "jabatan penulis",
        max_length=150,
        blank=True,
        help_text="Jabatannya pada waktu menulis.",
    )
    credit = models.CharField(
        "kredit naskah",
        max_length=150,
        blank=True,
        help_text="Misalnya “Tim Humas KPU Kabupaten Serang”.",
    )
    source_name = models.CharField(
        "pernah dimuat di",
        max_length=120,
        blank=True,
        help_text="Nama koran atau situs yang memuatnya lebih dahulu.",
    )
    source_date = models.DateField("tanggal dimuat", null=True, blank=True)
    series = models.ForeignKey(
        "news.Series",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="seri",
    )
    series_part = models.PositiveSmallIntegerField("bagian ke-", null=True, blank=True)
    reply_to = models.ForeignKey(
        "news.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="menanggapi naskah",
    )

    change_class = models.CharField(
        "jenis perubahan", max_length=20, choices=ChangeClass, blank=True
    )
    change_note = models.TextField(
        "keterangan perubahan",
        max_length=500,
        blank=True,
        help_text="Dibaca publik: apa yang berubah dan mengapa. "
        "Boleh kosong untuk salah ketik.",
    )

    state = models.CharField(
        "status",
        max_length=20,
        choices=State,
        default=State.DRAFT,
        editable=False,
        db_index=True,
    )
    round = models.PositiveIntegerField("putaran", default=0, editable=False)
    release = models.CharField(
        "penerbitan",
        max_length=20,
        choices=Release,
        default=Release.ON_APPROVAL,
        editable=False,
    )
    publish_at = models.DateTimeField("terbit pada", null=True, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="ditugaskan kepada",
    )
    due_at = models.DateTimeField("tenggat", null=True, editable=False)
    # The empty form that it was first typed into: sent twice, it makes one article.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="dibuat oleh",
    )
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    updated_at = models.DateTimeField("disimpan", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "naskah"
        verbose_name_plural = "naskah"
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="article_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(release=Release.AT_TIME, publish_at__isnull=False)
                | (~models.Q(release=Release.AT_TIME) & models.Q(publish_at=None)),
                name="article_publish_at_with_release",
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(body=""),
                name="article_has_title_and_body",
            ),
            models.CheckConstraint(
                condition=models.Q(cover=None) | ~models.Q(cover_alt=""),
                name="article_cover_has_alt",
                violation_error_message="Foto sampul memerlukan teks alternatif.",
            ),
            models.CheckConstraint(
                condition=models.Q(series_part=None) | models.Q(series__isnull=False),
                name="article_part_has_series",
                violation_error_message="Nomor bagian memerlukan seri.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        # Here and not in a form, so that no way of writing can pass it by.
        self.body = richtext.clean(self.body)
        for name in PLAIN_FIELDS:
            setattr(self, name, richtext.plain(getattr(self, name)))
        super().save(*args, **kwargs)

    @property
    def is_late(self):
        return bool(self.due_at and self.due_at < timezone.now() and self.is_open)

    @property
    def is_open(self):
        """Tell whether somebody still has to do something to it."""
        return self.state != State.LIVE

    @property
    def desk_url(self):
        return reverse("admin:news_article_review", args=[self.pk])

    @property
    def is_editable(self):
        return self.state in EDITABLE

    @property
    def latest_revision(self):
        return self.revisions.order_by("-number").first()


class Revision(models.Model):
    """An immutable snapshot of everything that the public would read."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField("nomor")
    document = models.TextField("dokumen")
    digest = models.CharField("SHA-256", max_length=64, db_index=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField("disimpan", db_default=Now())
    # The digests of the pictures and attachments that the document names.
    files = models.GeneratedField(
        expression=models.Func(
            models.F("document"),
            function="news_files_of",
            output_field=ArrayField(models.CharField(max_length=64)),
        ),
        output_field=ArrayField(models.CharField(max_length=64)),
        db_persist=True,
    )

    class Meta:
        verbose_name = "revisi"
        verbose_name_plural = "revisi"
        ordering = ["-number"]
        indexes = [GinIndex(fields=["files"], name="revision_files")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number_once"
            )
        ]

    def __str__(self):
        return f"{self.article_id} revisi {self.number}"
