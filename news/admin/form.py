"""The form of an article: what is asked, and what is said when it does not do."""

import copy
import json
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.timezone import localtime

from news import (
    addresses,
    changes,
    drafting,
    images,
    replies,
    richtext,
    topics,
)
from news.admin.attachments import Section
from news.admin.cover import CoverField, learn
from news.admin.widgets import BodyInput, PhotoInput
from news.checks.replies import REFUSALS
from news.models import Article, Edition
from news.models.article import DateBasis


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
    # The same for every sending of one empty form, however often the network fails.
    form_key = forms.CharField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    clash = None
    cover_upload = forms.FileField(
        label="Unggah foto sampul",
        required=False,
        widget=PhotoInput,
        help_text="JPEG, PNG, WebP, atau GIF, paling besar 10 MB; sebaiknya mendatar. "
        "Atau pilih dari pustaka di bawah.",
    )

    cover = CoverField(label="Foto sampul", required=False)

    reply_to = forms.CharField(
        label="Alamat naskah yang ditanggapi",
        max_length=500,
        required=False,
        widget=forms.TextInput(
            {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
        ),
        help_text="Hanya untuk hak jawab. Salin alamat halaman naskah yang ditanggapi, "
        "atau tulis nomornya. Nama penulis di atas ialah yang menyatakannya.",
    )

    class Meta:
        model = Article
        fields = [
            *("title", "lead", "body", "category", "tags"),
            *("cover", "cover_alt", "cover_caption", "cover_credit"),
            *("event_date", "dateline", "byline_name", "byline_office", "credit"),
            *("source_name", "source_date", "series", "series_part"),
            *("reply_to", "change_class", "change_note"),
        ]
        # The phone's own date picker, in place of the admin's.
        widgets = {
            "event_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "source_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "title": forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            "change_note": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
            "lead": forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
            "body": BodyInput,
            "tags": TagWidget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Not the widget's own "required": an empty CKEditor hides its text area, and a
        # browser cannot show a person what is wrong with a box that they cannot see.
        self.fields["body"].widget.is_required = False
        self._drop_unreadable_choices()
        self.fields["category"].empty_label = "Pilih kategori"
        # What it leads to is not a Humas officer's work while they write.
        category = self.fields["category"].widget
        category.can_view_related = False
        category.can_change_related = False
        category.can_add_related = False
        latest = self.instance.latest_revision if self.instance.pk else None
        self.initial["base_revision"] = latest.number if latest else 0
        self.initial["form_key"] = "" if self.instance.pk else uuid4()
        self.latest = latest
        self.attachments = Section(self.instance)
        self._show_replied()

    @property
    def refused_a_file(self):
        """Tell whether something was sent that is no picture, or no PDF, of ours."""
        return self.is_bound and (
            "cover_upload" in self.errors or self.attachments.refused_a_file
        )

    def _drop_unreadable_choices(self):
        """Empty the choices whose value is no number; their widget would fail on it."""
        self.unreadable = [
            name
            for name in ("cover", "series")
            if (value := self.data.get(self.add_prefix(name)))
            and not (value.isascii() and value.isdecimal() and len(value) < 19)
        ]
        if self.unreadable:
            self.data = self.data.copy()
            for name in self.unreadable:
                self.data[self.add_prefix(name)] = ""

    def _show_replied(self):
        """Say which article the address leads to that was typed, or saved."""
        if self.instance.reply_to:
            address = self.instance.reply_to.get_absolute_url()
            self.initial["reply_to"] = settings.SITE_ORIGIN + address
        box = self["reply_to"]
        number = addresses.number_in(str(box.value() or ""))
        if found := Edition.objects.visible().filter(pk=number).first():
            box.help_text = format_html(
                'Menanggapi <a href="{}">{}</a> ({}). Tulis yang menyatakannya sebagai '
                "penulis. Kosongkan bila ini bukan hak jawab.",
                found.get_absolute_url(),
                found.title,
                found.dated.text,
            )

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

    def clean_reply_to(self):
        typed = self.cleaned_data["reply_to"]
        number = addresses.number_in(typed)
        if typed and number is None:
            raise forms.ValidationError(
                "Itu bukan alamat naskah di situs ini. Salin alamat halamannya, yang "
                "dimulai dengan %(start)s, atau tulis nomornya saja.",
                code="invalid",
                params={"start": f"{settings.SITE_ORIGIN}/berita/"},
            )
        # What was saved may have been withdrawn since: the other fields are saved all
        # the same, and the checks say it before the text is submitted.
        if number != self.instance.reply_to_id:
            refused = REFUSALS.get(replies.standing(self.instance.pk, number))
            if refused:
                raise forms.ValidationError(refused, code="unseen")
        return Edition.objects.filter(pk=number).first()

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
        for name in self.unreadable:
            self.add_error(name, "Pilihan itu tidak dikenal. Pilih lagi dari daftar.")
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
        self.attachments.read(self.data, self.files, self.user)
        if not self.attachments.is_valid:
            self.add_error(
                None, "Periksa bagian Lampiran di bawah: ada yang belum diterima."
            )
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
        typed = copy.copy(self.instance)
        for name, value in self.cleaned_data.items():
            if name in self._meta.fields and name != "tags":
                setattr(typed, name, value)
        typed = drafting.document(
            typed, self.cleaned_data.get("tags") or [], self.attachments.chosen
        )
        return changes.compare(json.loads(self.latest.document), typed)

    def save(self, commit=True):
        if "event_date" in self.changed_data:
            # Whoever types a date here vouches for it.
            known = self.cleaned_data["event_date"]
            self.instance.event_date_basis = DateBasis.EXPLICIT if known else ""
        if cover := self.cleaned_data["cover"]:
            words = ("cover_alt", "cover_caption", "cover_credit")
            learn(cover, *(self.cleaned_data[name] for name in words))
        return super().save(commit)
