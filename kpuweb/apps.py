from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.backends.signals import connection_created

from kpuweb import logs


class NewsroomAdminConfig(AdminConfig):
    default_site = "kpuweb.admin.NewsroomSite"

    def ready(self):
        super().ready()
        connection_created.connect(logs.watch)


class NewsroomStaticFilesConfig(StaticFilesConfig):
    # Two hundred translations that no page of an Indonesian site asks for.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "django_ckeditor_5/src/*",
        *(
            f"{folder}/[!i]*"
            for folder in (
                "django_ckeditor_5/dist/translations",
                "admin/js/vendor/select2/i18n",
            )
        ),
    ]
