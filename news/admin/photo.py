from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.urls import path
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from news import images
from news.admin.access import NewsroomAccess, OwnRecord
from news.models import Photo


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["description", "credit"]


class NewPhotoForm(forms.ModelForm):
    """A new photo: the pipeline stores it, so a picture sent twice is one photo."""

    upload = forms.FileField(
        label="berkas",
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text="JPEG, PNG, WebP, atau GIF, paling besar 10 MB.",
    )

    class Meta:
        model = Photo
        fields = ["upload", "description", "credit"]

    def clean_upload(self):
        self.instance = images.store(self.cleaned_data["upload"], self.user)
        return self.cleaned_data["upload"]


@admin.register(Photo)
class PhotoAdmin(OwnRecord, NewsroomAccess, admin.ModelAdmin):
    list_display = ["preview", "description", "credit", "uploaded_by", "uploaded_at"]
    list_display_links = ["preview", "description"]
    list_select_related = ["uploaded_by"]
    list_per_page = 30
    search_fields = ["description", "credit"]
    readonly_fields = ["preview", "uploaded_by", "uploaded_at"]
    actions = None

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(
            request, obj, change, form=PhotoForm if obj else NewPhotoForm, **kwargs
        )
        form.user = request.user
        return form

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["upload", "description", "credit"]
        return ["preview", "description", "credit", "uploaded_by", "uploaded_at"]

    @admin.display(description="foto")
    def preview(self, photo):
        return format_html(
            '<img src="{}" width="120" height="80" alt="" class="photo-thumb">',
            photo.thumb_url,
        )

    def get_urls(self):
        upload = self.admin_site.admin_view(require_POST(self.upload_view))
        return [
            path("unggah/", upload, name="news_photo_upload"),
            *super().get_urls(),
        ]

    def upload_view(self, request):
        """Take a picture that was pasted or dropped into the editor."""
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
    }


def refuse(sentence, status):
    """Answer as CKEditor's upload adapter reads it: a sentence that it shows."""
    return JsonResponse({"error": {"message": sentence}}, status=status)
