from django.contrib import admin
from taggit.models import Tag

from accounts.roles import is_pengelola
from news.admin.access import FurnitureAccess, NewsroomAccess
from news.models import Category, Series


@admin.register(Category)
class CategoryAdmin(FurnitureAccess, admin.ModelAdmin):
    list_display = ["name", "slug", "is_opinion", "position"]
    # An address that the public keeps never changes, and the code relies on these.
    readonly_fields = ["slug", "is_opinion"]
    actions = None

    def has_add_permission(self, request):
        return False


@admin.register(Series)
class SeriesAdmin(NewsroomAccess, admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    actions = None

    def has_change_permission(self, request, obj=None):
        # Its name stands on pages that were approved: furniture, once it is made.
        return is_pengelola(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request) or is_pengelola(request.user)

    has_module_permission = has_view_permission

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


# Topics are made by writing them into an article; a list to edit them in would change
# the words of texts that were already approved.
admin.site.unregister(Tag)
