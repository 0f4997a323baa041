from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.db.models.signals import post_migrate

from accounts.roles import ROLES


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Akun"

    def ready(self):
        post_migrate.connect(make_groups, sender=self)


def make_groups(using, apps=installed_apps, **kwargs):
    """Create the groups that the roles are, on every migrate (also after a flush)."""
    group = apps.get_model("auth", "Group")
    for role in ROLES:
        group.objects.using(using).get_or_create(name=role)
