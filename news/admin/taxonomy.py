from django.contrib import admin
from taggit.models import Tag

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

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []


# Topics are made by writing them into an article; a list to edit them in would change
# the words of texts that were already approved.
admin.site.unregister(Tag)
