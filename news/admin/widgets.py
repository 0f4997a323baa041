"""The form's boxes that a script takes over; without one each still does its work."""

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse_lazy
from django_ckeditor_5.widgets import CKEditor5Widget

EDITOR = "django_ckeditor_5/dist"


class PhotoInput(forms.FileInput):
    """A file box for a photo, which says where `uploads.js` sends one."""

    def __init__(self, attrs=None):
        super().__init__(
            {
                "accept": "image/*",
                "data-photo-upload": reverse_lazy("admin:news_photo_upload"),
                "data-csrf-cookie": settings.CSRF_COOKIE_NAME,
                **(attrs or {}),
            }
        )


class BodyInput(CKEditor5Widget):
    """The body's text area, which knows where the editor is that it may be opened in.

    The editor is heavier than any page of the site: a script loads it, not the page.
    """

    class Media:
        extend = False
        js = ["js/editor-loader.js"]

    def __init__(self, attrs=None):
        super().__init__("article", attrs)

    def build_attrs(self, base_attrs, extra_attrs=None):
        language = self.config["language"]
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "data-editor-bundle": static(f"{EDITOR}/bundle.js"),
            "data-editor-style": static(f"{EDITOR}/styles.css"),
            "data-editor-language": static(f"{EDITOR}/translations/{language}.js"),
        }
