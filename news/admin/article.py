import re
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from taggit.models import Tag

from accounts.models import User
from news import attachments, drafting
from news.admin.access import NewsroomAccess, OwnRecord
from news.admin.attachments import AttachmentViews
from news.admin.form import ArticleForm
from news.admin.history import HistoryViews
from news.admin.review import ReviewViews
from news.models import Article, Edition

SUGGESTIONS = 8

# What the device that typed a text calls it: an identity, and the moment it was kept.
DRAFT = re.compile(r"([0-9a-f-]{36})\.([0-9]{1,15})")

# The editor shows a pasted picture from memory until its upload has an address.
EDITOR_CSP = {**settings.SECURE_CSP, "img-src": [CSP.SELF, "data:", "blob:"]}


def form_key(request):
    """Return the identity of the empty form that was filled in and sent, if any."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


@admin.register(Article)
class ArticleAdmin(
    ReviewViews,
    HistoryViews,
    AttachmentViews,
    OwnRecord,
    NewsroomAccess,
    admin.ModelAdmin,
):
    form = ArticleForm
    change_form_template = "admin/news/article/change_form.html"
    list_display = ["title", "state", "category", "created_by", "saved"]
    list_filter = ["state", "category"]
    list_select_related = ["category", "created_by"]
    list_per_page = 30
    search_fields = ["title", "byline_name"]
    search_help_text = "Cari menurut judul atau penulis."
    actions = None
    view_on_site = False
    save_on_top = False
    # What every article needs first; the rest is folded, and does for most as it is.
    fieldsets = [
        (None, {"fields": ["base_revision", "title", "body"]}),
        (
            "Foto sampul",
            {
                "fields": [
                    *("cover_upload", "cover", "cover_alt"),
                    *("cover_caption", "cover_credit"),
                ]
            },
        ),
        ("Peristiwa dan kategori", {"fields": ["event_date", "category"]}),
        (
            "Teras, topik, dan tempat",
            {
                "fields": ["lead", "tags", "dateline"],
                "classes": ["collapse", "often"],
            },
        ),
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
    reply_fieldset = ("Hak jawab", {"fields": ["reply_to"]})
    change_fieldset = (
        "Perubahan pada naskah yang sudah tayang",
        {"fields": ["change_class", "change_note"]},
    )

    class Media:
        # Each after those whose work it uses.
        js = [
            "js/editor-loader.js",
            "js/paste.js",
            "js/uploads.js",
            "js/unsent.js",
            "js/pending-photos.js",
            "js/photo-cards.js",
            "js/editor.js",
            "js/plain.js",
            "js/body-photos.js",
            "js/cover.js",
            "js/folded.js",
            "js/topics.js",
            "js/drafts.js",
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
        fieldsets = [*self.fieldsets, self.reply_fieldset_of(request, obj)]
        if obj and Edition.objects.filter(pk=obj.pk).exists():
            fieldsets.insert(1, self.change_fieldset)
        return fieldsets

    def reply_fieldset_of(self, request, obj):
        """Return the section of replies, which stands open in a reply alone."""
        name, options = self.reply_fieldset
        if "reply_to" in request.GET or (obj and obj.reply_to_id):
            return name, options
        return name, {**options, "classes": ["collapse"]}

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
        response = super().changeform_view(request, object_id, form_url, extra_context)
        page = getattr(response, "context_data", None)
        if page and "adminform" in page and page["adminform"].form.refused_a_file:
            response.status_code = 400
        return response

    def add_view(self, request, form_url="", extra_context=None):
        if request.method != "POST":
            return super().add_view(request, form_url, extra_context)
        with transaction.atomic():
            # A person's new articles are saved one after another, so that the same
            # form sent twice finds what its first sending made.
            people = User.objects.select_for_update(no_key=True)
            list(people.filter(pk=request.user.pk).values("pk"))
            if pk := self.made_before(request):
                return self.send_again(request, pk)
            return super().add_view(request, form_url, extra_context)

    def made_before(self, request):
        """Return the key of the article that an earlier sending of this form made."""
        key = form_key(request)
        made = Article.objects.filter(form_key=key, created_by=request.user)
        return made.values_list("pk", flat=True).first() if key else None

    def send_again(self, request, pk):
        """Save a form sent again as the article's next text, unless others saved."""
        request.POST = request.POST.copy()
        request.POST["base_revision"] = "1"
        address = reverse("admin:news_article_change", args=[pk])
        response = self.change_view(request, str(pk), address)
        if response.has_header("Location") and "_continue" in request.POST:
            response["Location"] = address
        return response

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
            obj.form_key = form_key(request)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        attachments.attach(form.instance, form.attachments.chosen)
        drafting.record(form.instance, request.user)

    def response_post_save_add(self, request, obj):
        return redirect("admin:news_article_review", obj.pk)

    response_post_save_change = response_post_save_add

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self.confirm(request, obj, response)

    def response_change(self, request, obj):
        return self.confirm(request, obj, super().response_change(request, obj))

    def confirm(self, request, obj, response):
        """Tell the device which of its texts is saved, so that it stops keeping it."""
        if draft := DRAFT.fullmatch(request.POST.get("draft", "")):
            key, at = draft.groups()
            response.set_cookie(
                f"tersimpan-{key}",
                f"{obj.pk}.{obj.latest_revision.number}.{at}",
                max_age=86_400,
                path=reverse("admin:index"),
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def get_urls(self):
        topics = self.admin_site.admin_view(require_safe(self.topics_view))
        return [
            path("topik/", topics, name="news_article_topics"),
            *self.review_urls(),
            *self.history_urls(),
            *self.attachment_urls(),
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
