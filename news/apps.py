from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.db.models.signals import post_migrate

# Slugs are addresses that the public keeps: they never change. Names may, in the admin.
CATEGORIES = [
    {
        "slug": "siaran-pers",
        "name": "Siaran Pers",
        "description": "Kabar dan keterangan resmi dari kantor kami.",
    },
    {
        "slug": "opini",
        "name": "Kolom Opini",
        "description": "Pandangan penulisnya, bukan sikap lembaga.",
        "is_opinion": True,
    },
    {
        "slug": "laporan-webinar",
        "name": "Laporan Webinar",
        "description": "Catatan dari diskusi dan webinar kepemiluan.",
    },
    {
        "slug": "kpu-dalam-berita",
        "name": "KPU dalam Berita",
        "description": "Tulisan media lain tentang kami, dengan sumbernya.",
    },
]


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Redaksi"

    def ready(self):
        post_migrate.connect(make_categories, sender=self)


def make_categories(using, apps=installed_apps, **kwargs):
    """Create the categories that addresses rely on, on every migrate and flush."""
    category = apps.get_model("news", "Category")
    for position, row in enumerate(CATEGORIES):
        category.objects.using(using).get_or_create(
            slug=row["slug"], defaults={**row, "position": position}
        )
