from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import PENGELOLA, ROLES, is_pengelola


def check_roles(groups):
    """Refuse a set of roles that would let one person administer and approve."""
    names = {group.name for group in groups}
    if PENGELOLA in names and len(names & set(ROLES)) > 1:
        raise forms.ValidationError(
            "Pengelola tidak boleh sekaligus Humas atau komisioner. Pilih salah satu.",
            code="roles_conflict",
        )
    return groups


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "name", "office", "email", "groups"]

    def clean_groups(self):
        return check_roles(self.cleaned_data["groups"])


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "name", "office", "email", "is_active", "groups"]

    def clean_groups(self):
        return check_roles(self.cleaned_data["groups"])


@admin.register(User)
class NewsroomUserAdmin(UserAdmin):
    """Accounts, for Pengelola; no form here can make a superuser."""

    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "name", "office", "is_active"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "name", "email"]
    filter_horizontal = ["groups"]
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "name", "office", "email"]}),
        ("Peran", {"fields": ["is_active", "groups"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "office", "email"]}),
        ("Kata sandi", {"fields": ["usable_password", "password1", "password2"]}),
        ("Peran", {"fields": ["groups"]}),
    ]

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
            kwargs["help_text"] = "Humas menulis, komisioner menyetujui."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _may(self, request):
        return is_pengelola(request.user) or request.user.is_superuser

    def has_module_permission(self, request):
        return self._may(request)

    def has_view_permission(self, request, obj=None):
        return self._may(request)

    def has_add_permission(self, request):
        return self._may(request)

    def has_change_permission(self, request, obj=None):
        return self._may(request)

    def has_delete_permission(self, request, obj=None):
        # Whoever wrote or approved something stays in the record; deactivate instead.
        return False


# A role is the membership of one of the three groups; there is nothing to edit in them.
admin.site.unregister(Group)
