import json

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from django_ckeditor_5.widgets import CKEditor5Widget
from taggit.models import Tag

from news import changes, drafting, images, richtext, topics
from news.admin.access import NewsroomAccess
from news.admin.history import HistoryViews
from news.admin.review import ReviewViews
from news.models import Article, Edition
from news.models.article import DateBasis

SUGGESTIONS = 8

# The editor shows a pasted picture from memory until its upload has an address.
EDITOR_CSP = {**settings.SECURE_CSP, "img-src": [CSP.SELF, "data:", "blob:"]}


class TagWidget(forms.TextInput):
    """A plain text box for topics, which a script completes where there is one."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "size": 60, **(attrs or {})})

    def format_value(self, value):
        return value if value is None or isinstance(value, str) else topics.join(value)


class ArticleForm(forms.ModelForm):
    """The desk copy as staff type it. State and round are not fields, nor can be."""

    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # The revision that a person has compared their own text with, and writes over.
    carry_over = forms.IntegerField(required=False)
    clash = None
    cover_upload = forms.FileField(
        label="Unggah foto sampul",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text="JPEG, PNG, WebP, atau GIF, paling besar 10 MB; sebaiknya mendatar. "
        "Atau pilih dari pustaka di bawah.",
    )

    class Meta:
        model = Article
        fields = [
            *("title", "lead", "body", "category", "tags"),
            *("cover", "cover_alt", "cover_caption", "cover_credit"),
            *("event_date", "dateline", "byline_name", "byline_office", "credit"),
            *("source_name", "source_date", "series", "series_part"),
            *("change_class", "change_note"),
        ]
        # The phone's own date picker, in place of the admin's.
        widgets = {
            "event_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "source_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "title": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            "change_note": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
            "lead": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
            "body": CKEditor5Widget(config_name="article"),
            "tags": TagWidget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Not the widget's own "required": an empty CKEditor hides its text area, and a
        # browser cannot show a person what is wrong with a box that they cannot see.
        self.fields["body"].widget.is_required = False
        self.fields["category"].empty_label = "Pilih kategori"
        # What these lead to is not a Humas officer's work while they write.
        for name in ("category", "cover"):
            self.fields[name].widget.can_view_related = False
            self.fields[name].widget.can_change_related = False
            self.fields[name].widget.can_add_related = False
        latest = self.instance.latest_revision if self.instance.pk else None
        self.initial["base_revision"] = latest.number if latest else 0
        self.latest = latest

    def clean_title(self):
        title = richtext.plain(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("Judul belum diisi.", code="required")
        return title

    def clean_body(self):
        body = richtext.clean(self.cleaned_data["body"])
        if not richtext.text(body) and "<img" not in body:
            raise forms.ValidationError("Isi naskah belum ditulis.", code="required")
        return body

    def clean_cover_upload(self):
        upload = self.cleaned_data["cover_upload"]
        if not upload:
            return None
        photo = images.store(upload, self.user, self.data.get("cover_alt", "")[:200])
        # A file box cannot be filled in again, so the picture is kept as a choice:
        # whatever else is wrong with the form, it does not have to be sent twice.
        self.data = self.data.copy()
        self.data[self.add_prefix("cover")] = str(photo.pk)
        return photo

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("cover_upload"):
            cleaned["cover"] = cleaned["cover_upload"]
        if cleaned.get("cover") and not richtext.plain(cleaned.get("cover_alt") or ""):
            self.add_error(
                "cover_alt",
                forms.ValidationError(
                    "Tulis apa yang terlihat pada foto sampul, untuk pembaca yang "
                    "tidak dapat melihatnya.",
                    code="required",
                ),
            )
        if cleaned.get("series_part") and not cleaned.get("series"):
            self.add_error("series", "Pilih serinya, atau kosongkan nomor bagian.")
        self._refuse_stale(cleaned.get("base_revision") or 0)
        return cleaned

    def _refuse_stale(self, base):
        if not self.instance.pk:
            return
        if not self.instance.is_editable:
            raise forms.ValidationError(
                "Tidak disimpan: naskah ini sudah %(state)s. Tulisan Anda masih ada di "
                "bawah; salin dahulu, lalu buka naskahnya dan pilih “Tarik kembali "
                "untuk diperbaiki”.",
                code="locked",
                params={"state": self.instance.get_state_display().lower()},
            )
        if self.latest and self.latest.number not in {
            base,
            self.cleaned_data.get("carry_over"),
        }:
            self.clash = self._compare_with_saved()
            raise forms.ValidationError(
                "Tidak disimpan: %(name)s menyimpan naskah ini pukul %(time)s, sesudah "
                "Anda membukanya. Tulisan Anda masih ada di formulir ini, dan bedanya "
                "dari simpanan itu tertulis di atasnya. Gabungkan, lalu simpan.",
                code="stale",
                params={
                    "name": self.latest.saved_by,
                    "time": f"{localtime(self.latest.saved_at):%H.%M}",
                },
            )

    def _compare_with_saved(self):
        """Return how what was typed differs from what the other person saved."""
        typed = json.loads(self.latest.document)
        for name in drafting.PLAIN:
            if name in self.cleaned_data:
                typed[name] = self.cleaned_data[name] or typed[name].__class__()
        typed["tags"] = sorted(self.cleaned_data.get("tags") or [])
        return changes.compare(json.loads(self.latest.document), typed)

    def save(self, commit=True):
        if "event_date" in self.changed_data:
            # Whoever types a date here vouches for it.
            known = self.cleaned_data["event_date"]
            self.instance.event_date_basis = DateBasis.EXPLICIT if known else ""
        cover = self.cleaned_data["cover"]
        if cover and cover.description == images.UNDESCRIBED:
            cover.description = self.cleaned_data["cover_alt"]
            cover.save(update_fields=["description"])
        return super().save(commit)


@admin.register(Article)
class ArticleAdmin(ReviewViews, HistoryViews, NewsroomAccess, admin.ModelAdmin):
    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    list_display = ["title", "state", "category", "created_by", "saved"]
    list_filter = ["state", "category"]
    list_select_related = ["category", "created_by"]
    list_per_page = 30
    search_fields = ["title", "byline_name"]
    search_help_text = "Cari menurut judul atau penulis."
    autocomplete_fields = ["cover", "series"]
    actions = None
    view_on_site = False
    save_on_top = False
    fieldsets = [
        (None, {"fields": ["base_revision", "title", "lead", "body"]}),
        ("Kategori dan topik", {"fields": ["category", "tags"]}),
        (
            "Foto sampul",
            {
                "fields": [
                    *("cover_upload", "cover", "cover_alt"),
                    *("cover_caption", "cover_credit"),
                ]
            },
        ),
        ("Peristiwa", {"fields": ["event_date", "dateline"]}),
        (
            "Penulis dan sumber",
            {
                "fields": [
                    *("byline_name", "byline_office", "credit"),
                    *("source_name", "source_date"),
                ],
                "classes": ["collapse"],
            },
        ),
        ("Seri", {"fields": ["series", "series_part"], "classes": ["collapse"]}),
    ]
    change_fieldset = (
        "Perubahan pada naskah yang sudah tayang",
        {"fields": ["change_class", "change_note"]},
    )

    class Media:
        # The editor's bundle first: our script registers with it.
        js = [
            "django_ckeditor_5/dist/bundle.js",
            "js/editor.js",
            "js/topics.js",
        ]

    @admin.display(description="disimpan", ordering="updated_at")
    def saved(self, article):
        return date_format(localtime(article.updated_at), "SHORT_DATETIME_FORMAT")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        if "tags" in form.base_fields:
            form.base_fields["tags"].widget.attrs["data-suggestions"] = reverse(
                "admin:news_article_topics"
            )
        return form

    def get_fieldsets(self, request, obj=None):
        if obj and Edition.objects.filter(pk=obj.pk).exists():
            return [self.fieldsets[0], self.change_fieldset, *self.fieldsets[1:]]
        return self.fieldsets

    def history_view(self, request, object_id, extra_context=None):
        return redirect("admin:news_article_story", object_id)

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and str(object_id).isdecimal():
            # Held until the save is whole, so that two savers, or a saver and an
            # approver, follow one another.
            list(Article.objects.select_for_update().filter(pk=object_id).values("pk"))
        return super().get_object(request, object_id, from_field)

    @method_decorator(csp_override(EDITOR_CSP))
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method != "POST":
            article = self.get_object(request, object_id)
            if article and not (
                article.is_editable and self.has_change_permission(request, article)
            ):
                return redirect("admin:news_article_review", article.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        drafting.record(form.instance, request.user)

    def response_post_save_add(self, request, obj):
        return redirect("admin:news_article_review", obj.pk)

    response_post_save_change = response_post_save_add

    def get_urls(self):
        topics = self.admin_site.admin_view(require_safe(self.topics_view))
        return [
            path("topik/", topics, name="news_article_topics"),
            *self.review_urls(),
            *self.history_urls(),
            *super().get_urls(),
        ]

    def topics_view(self, request):
        """Complete a topic: names that hold what was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        names = (
            Tag.objects.filter(name__icontains=typed)
            .order_by("name")
            .values_list("name", flat=True)
        )
        return JsonResponse({"names": list(names[:SUGGESTIONS]) if typed else []})
