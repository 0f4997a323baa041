"""The photo library's screens: the grid, adding many at once, and one photo's page."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from news import images, library
from news.admin.access import NewsroomAccess, OwnRecord
from news.admin.photo_form import PhotoForm, blank_words, fill_credit, words_forms
from news.models import Photo

PICKER_SIZE = 24
# Of one sending, with or without a script; Django refuses more.
MOST_AT_ONCE = settings.DATA_UPLOAD_MAX_NUMBER_FILES

NOT_YOURS = "Pustaka foto untuk Humas dan komisioner."

SWITCH = [
    ("", "Semua"),
    (library.OWN, "Foto saya"),
    (library.UNUSED, "Belum dipakai"),
]


@admin.register(Photo)
class PhotoAdmin(OwnRecord, NewsroomAccess, admin.ModelAdmin):
    actions = None

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "unggah/",
                view(require_POST(self.upload_view)),
                name="news_photo_upload",
            ),
            path("kata/", view(self.words_view), name="news_photo_words"),
            path(
                "pustaka/",
                view(require_safe(self.picker_view)),
                name="news_photo_picker",
            ),
            *super().get_urls(),
        ]

    def show(self, request, template, status=200, **context):
        return render(
            request,
            f"admin/news/photo/{template}.html",
            {**self.admin_site.each_context(request), **context},
            status=status,
        )

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied(NOT_YOURS)
        words = request.GET.get("q", "").strip()
        which = request.GET.get("tampil", "")
        photos = library.shown(library.search(words), which, request.user)
        page = library.page_of(photos, request.GET.get("page", ""))
        uses = library.count_uses(page.photos)
        return self.show(
            request,
            "grid",
            title="Foto",
            page=page,
            rows=[(photo, uses[photo.digest]) for photo in page.photos],
            words=words,
            which=which,
            switch=SWITCH,
        )

    def add_view(self, request, form_url="", extra_context=None):
        """Take many files at once; one that is refused keeps no other out."""
        if not self.has_add_permission(request):
            raise PermissionDenied("Hanya Humas yang dapat menambah foto.")
        uploads = request.FILES.getlist("upload") if request.method == "POST" else []
        photos, refused = store_each(uploads, request.user)
        return self.show(
            request,
            "add",
            status=400 if refused and not photos else 200,
            title="Tambah foto",
            forms=words_forms(photos),
            refused=refused,
            nothing_sent=request.method == "POST" and not uploads,
            blank=blank_words(),
            most=MOST_AT_ONCE,
            csrf_cookie=settings.CSRF_COOKIE_NAME,
        )

    def words_view(self, request):
        """Save the words of the photos that were just added, all or none of them."""
        if not self.has_change_permission(request):
            raise PermissionDenied("Hanya Humas yang dapat menulis keterangan foto.")
        sent = request.POST if request.method == "POST" else request.GET
        photos = library.numbered(sent.getlist("foto")[:MOST_AT_ONCE])
        if not photos:
            messages.error(request, "Tidak ada foto yang dipilih. Pilih dari pustaka.")
            return redirect("admin:news_photo_changelist")
        data = fill_credit(sent, photos) if request.method == "POST" else None
        forms = words_forms(photos, data)
        bad = [form for form in forms if not form.is_valid()]
        if data is None or bad:
            return self.show(
                request,
                "words",
                title="Keterangan foto",
                forms=forms,
                has_errors=bool(data and bad),
            )
        with transaction.atomic():
            for form in forms:
                form.save()
        messages.success(request, f"Keterangan {len(forms)} foto disimpan.")
        return redirect("admin:news_photo_changelist")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied(NOT_YOURS)
        photo = next(iter(library.numbered([object_id])), None)
        if photo is None:
            raise Http404("Foto itu tidak ada.")
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied("Hanya Humas yang dapat mengubah foto.")
        form = PhotoForm(request.POST or None, instance=photo)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                form.save()
                if {"focal_x", "focal_y"}.intersection(form.changed_data):
                    images.refocus(photo)
            messages.success(request, "Foto disimpan.")
            return redirect(request.path)
        return self.show(
            request,
            "photo",
            title=form.initial["description"] or images.UNDESCRIBED,
            photo=photo,
            form=form,
            uses=library.uses_of(photo),
        )

    def picker_view(self, request):
        """Answer a page of the library to the window that a photo is picked in."""
        if not self.has_view_permission(request):
            return refuse(NOT_YOURS, 403)
        photos = library.search(request.GET.get("q", ""))
        page = library.page_of(photos, request.GET.get("page", ""), PICKER_SIZE)
        found = [described(photo) for photo in page.photos]
        return JsonResponse({"photos": found, "next": page.has_next})

    def upload_view(self, request):
        """Take one picture that a script sends: pasted, dropped, or from a list."""
        upload = request.FILES.get("upload")
        if upload is None:
            return refuse("Tidak ada berkas yang dikirim. Pilih fotonya lagi.", 400)
        try:
            photo = images.store(upload, request.user)
        except PermissionDenied as error:
            return refuse(str(error), 403)
        except ValidationError as error:
            return refuse(error.messages[0], 400)
        return JsonResponse(described(photo))


def store_each(uploads, by):
    """Return the photos of these files, each once, and what was said of the others."""
    photos, refused = {}, []
    for upload in uploads:
        try:
            photo = images.store(upload, by)
        except ValidationError as error:
            refused.append((upload.name, error.messages[0]))
        else:
            photos[photo.pk] = photo
    return list(photos.values()), refused


def described(photo):
    """Return what the editor needs of a photo: its addresses, and words to start from.

    `url` alone is what CKEditor's upload adapter reads.
    """
    return {
        "url": photo.file.url,
        "id": photo.pk,
        "thumb": photo.thumb_url,
        "width": photo.width,
        "height": photo.height,
        "description": (
            "" if photo.description == images.UNDESCRIBED else photo.description
        ),
        "caption": photo.caption,
        "credit": photo.credit,
        "focal_x": photo.focal_x,
        "focal_y": photo.focal_y,
    }


def refuse(sentence, status):
    """Answer as CKEditor's upload adapter reads it: a sentence that it shows."""
    return JsonResponse({"error": {"message": sentence}}, status=status)
