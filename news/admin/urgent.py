"""The urgent notice: a commissioner raises it and lowers it, everyone sees by whom."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.roles import is_komisioner, is_staff_member
from kpuweb import edge
from news import richtext
from news.models import UrgentNotice


class RaiseForm(forms.ModelForm):
    # Declared, since the admin would part it into two boxes that need its scripts.
    until = forms.DateTimeField(
        label="Berlaku sampai",
        widget=forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
        ),
        help_text="Sesudah itu pengumuman turun dengan sendirinya.",
    )

    class Meta:
        model = UrgentNotice
        fields = ["text", "link", "until"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2, "maxlength": 200})}

    def clean_text(self):
        text = richtext.plain(self.cleaned_data["text"])
        if not text:
            raise ValidationError("Tulis pengumumannya.", code="required")
        return text

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise ValidationError(
                "Waktu itu sudah lewat. Pilih sampai kapan pengumuman ini berlaku.",
                code="past",
            )
        return until


class LowerForm(forms.ModelForm):
    lower = forms.BooleanField(
        label="Turunkan sekarang",
        help_text="Pengumuman hilang dari beranda. Untuk kalimat lain, naikkan "
        "pengumuman baru.",
    )

    class Meta:
        model = UrgentNotice
        fields = []


@admin.register(UrgentNotice)
class UrgentNoticeAdmin(admin.ModelAdmin):
    list_display = ["text", "standing", "until", "raised_by", "lowered_by"]
    list_select_related = ["raised_by", "lowered_by"]
    list_per_page = 30
    actions = None
    shown = ["text", "link", "until", "raised_by", "raised_at"]

    def has_module_permission(self, request):
        return is_staff_member(request.user)

    def has_view_permission(self, request, obj=None):
        return is_staff_member(request.user)

    def has_add_permission(self, request):
        return is_komisioner(request.user)

    def has_change_permission(self, request, obj=None):
        return is_komisioner(request.user) and (obj is None or stands(obj))

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="keadaan")
    def standing(self, notice):
        if notice.lowered_at:
            return "diturunkan"
        return "tampil di beranda" if stands(notice) else "sudah lewat"

    def get_form(self, request, obj=None, change=False, **kwargs):
        chosen = LowerForm if obj else RaiseForm
        return super().get_form(request, obj, change, form=chosen, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["text", "link", "until"]
        if self.has_change_permission(request, obj):
            return [*self.shown, "lower"]
        return [*self.shown, "lowered_by", "lowered_at"]

    def get_readonly_fields(self, request, obj=None):
        return [*self.shown, "lowered_by", "lowered_at"] if obj else []

    def save_model(self, request, obj, form, change):
        if change:
            obj.lowered_by, obj.lowered_at = request.user, timezone.now()
        else:
            obj.raised_by = request.user
        obj.save()
        transaction.on_commit(edge.changed, robust=True)


def stands(notice):
    return notice.lowered_at is None and notice.until > timezone.now()
