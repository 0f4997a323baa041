"""The form's boxes that a script takes over; without one each still does its work."""

from django import forms
from django.conf import settings
from django.urls import reverse_lazy


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
