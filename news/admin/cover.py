"""The choice of a cover: any photo of the library, of which a list shows the newest."""

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from news import images, library, richtext
from news.models import Photo

LISTED = 60


class CoverChoice(forms.Select):
    """A plain list of photos, which a script turns into a picture and a window."""

    class Media:
        css = {"all": ["css/library.css"]}
        js = ["js/picker.js", "js/cover-choice.js"]

    def optgroups(self, name, value, attrs=None):
        newest = Photo.objects.values("pk")[:LISTED]
        photos = Photo.objects.filter(
            Q(pk__in=newest) | Q(pk__in=library.keys_in(value))
        )
        options = [self.create_option(name, "", "Tanpa foto", value == [""], 0)]
        for index, photo in enumerate(photos, 1):
            option = self.create_option(
                name, photo.pk, label(photo), str(photo.pk) in value, index
            )
            option["attrs"] |= words(photo)
            options.append(option)
        return [(None, [option], index) for index, option in enumerate(options)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-cover-choice": True,
            "data-photo-library": reverse("admin:news_photo_picker"),
        }
        return context


class CoverField(forms.ModelChoiceField):
    """Takes any photo's number, listed or not."""

    widget = CoverChoice

    def __init__(self, **options):
        super().__init__(
            Photo.objects.all(),
            error_messages={
                "invalid_choice": "Foto itu tidak ada di pustaka. Pilih foto lain."
            },
            **options,
        )


def learn(photo, description, caption, credit):
    """Give a photo the words that an article says of it, where it has none so far."""
    said = {"description": description, "caption": caption, "credit": credit}
    learnt = []
    for name, words in said.items():
        if words and getattr(photo, name) in {"", images.UNDESCRIBED}:
            setattr(photo, name, richtext.plain(words))
            learnt.append(name)
    if learnt:
        photo.save(update_fields=learnt)


def label(photo):
    """Return what a photo is called in a list, told apart where nobody described it."""
    if photo.description != images.UNDESCRIBED:
        return photo.description
    at = date_format(localtime(photo.uploaded_at), "SHORT_DATETIME_FORMAT")
    return f"{photo.description}, diunggah {at}"


def words(photo):
    """Return the attributes from which the script shows and describes a photo."""
    described = photo.description != images.UNDESCRIBED
    return {
        "data-thumb": photo.thumb_url,
        "data-description": photo.description if described else "",
        "data-caption": photo.caption,
        "data-credit": photo.credit,
    }
