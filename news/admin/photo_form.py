"""The forms of the library: a photo's words and focal point, and many files at once."""

from django import forms

from news import images, richtext
from news.models import Photo

WORDS = ("description", "caption", "credit")
NEW = "__id__"


class WordsForm(forms.ModelForm):
    """What is said of a photo; one that nobody has described yet shows an empty box."""

    class Meta:
        model = Photo
        fields = WORDS
        widgets = {
            "description": forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
            "caption": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A row of pictures just sent is worth keeping before each has its words.
        self.fields["description"].required = False
        if self.initial.get("description") == images.UNDESCRIBED:
            self.initial["description"] = ""

    def save(self):
        """Write what was typed alone: the photo may change, or go, meanwhile."""
        typed = {name: self.cleaned_data[name] for name in self._meta.fields}
        Photo.objects.filter(pk=self.instance.pk).update(**typed)
        return self.instance

    def clean_description(self):
        return richtext.plain(self.cleaned_data["description"]) or images.UNDESCRIBED

    def clean_caption(self):
        return richtext.plain(self.cleaned_data["caption"])

    def clean_credit(self):
        return richtext.plain(self.cleaned_data["credit"])


def percent(label):
    """Return a field for one half of the focal point."""
    sentence = "Tulis angka bulat antara 0 dan 100."
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), sentence
        ),
    )


class PhotoForm(WordsForm):
    focal_x = percent("Dari kiri (%)")
    focal_y = percent("Dari atas (%)")

    class Meta(WordsForm.Meta):
        fields = (*WORDS, "focal_x", "focal_y", "is_kept")


class RowForm(WordsForm):
    """The words of one photo among many, whose boxes are explained once above all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""


def words_forms(photos, data=None):
    """Return a form of words for each photo, told apart by the photo's number."""
    return [RowForm(data, instance=photo, prefix=str(photo.pk)) for photo in photos]


def blank_words():
    """Return the form that a script copies for each photo that it has uploaded."""
    return RowForm(prefix=NEW)


def fill_credit(data, photos):
    """Give the credit that was typed for all of them to each photo that has none."""
    credit = data.get("credit-all", "").strip()
    data = data.copy()
    for photo in photos:
        name = f"{photo.pk}-credit"
        if credit and not data.get(name, "").strip():
            data[name] = credit
    return data
