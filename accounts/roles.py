"""Who may do what: three roles, each the membership of a group of that name.

Everything asks these predicates, and none of them looks at `is_superuser`: to be able
to administer the machine is not to be able to speak for the commission.
"""

HUMAS = "Humas"
KOMISIONER = "Komisioner"
PENGELOLA = "Pengelola"
ROLES = (HUMAS, KOMISIONER, PENGELOLA)


def roles_of(user):
    """Return the roles that an active user holds, asked once in a request."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(
            user.groups.filter(name__in=ROLES).values_list("name", flat=True)
        )
    return user._roles


def is_humas(user):
    return HUMAS in roles_of(user)


def is_komisioner(user):
    return KOMISIONER in roles_of(user)


def is_pengelola(user):
    return PENGELOLA in roles_of(user)


def is_newsroom(user):
    """Tell whether a user may see the desk at all: texts, drafts, history."""
    return bool(roles_of(user) & {HUMAS, KOMISIONER})


def is_staff_member(user):
    """Tell whether a user holds any role, and so may enter the admin."""
    return bool(roles_of(user))
