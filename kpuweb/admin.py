from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.roles import is_humas, is_newsroom, is_pengelola, is_staff_member
from news.approval import quorum_shortfall
from news.desk import sections
from news.models import Article


class NewsroomSite(AdminSite):
    """The admin with our own door: roles decide who enters; the desk is its home."""

    site_header = site_title = settings.OFFICE["name"]
    index_title = "Meja redaksi"
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/desk.html"

    def has_permission(self, request):
        user = request.user
        return user.is_active and (is_staff_member(user) or user.is_superuser)

    def login(self, request, extra_context=None):
        """Send people to the one sign-in page, and back here afterwards."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(
                "Akun Anda belum diberi peran. Minta pengelola situs memberikannya."
            )
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or resolve_url("admin:index")
        query = urlencode({REDIRECT_FIELD_NAME: wanted})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")

    def each_context(self, request):
        """Give every staff page what its frame shows."""
        return {
            **super().each_context(request),
            "can_write": is_humas(request.user),
            "can_manage": is_pengelola(request.user),
            "can_search": is_newsroom(request.user),
        }

    # Django lets these two be stored.
    password_change = method_decorator(never_cache)(AdminSite.password_change)
    password_change_done = method_decorator(never_cache)(AdminSite.password_change_done)

    def index(self, request, extra_context=None):
        everyone = "semua" in request.GET
        return super().index(
            request,
            {
                **(extra_context or {}),
                "sections": sections(request.user, everyone),
                "everyone": everyone,
                "first_day": not Article.objects.exists(),
                "shortfall": quorum_shortfall(),
            },
        )
