"""The people who write and approve what is measured."""

from django.contrib.auth.models import Group

from accounts.models import User
from accounts.roles import HUMAS, KOMISIONER


def humas() -> User:
    return person("humas", HUMAS)


def commissioner() -> User:
    return person("komisioner", KOMISIONER)


def person(username: str, role: str) -> User:
    user, _ = User.objects.get_or_create(username=username, defaults={"name": username})
    user.groups.add(Group.objects.get(name=role))
    return user
