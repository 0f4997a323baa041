from accounts.roles import is_humas, is_newsroom, is_pengelola


class NewsroomAccess:
    """Admin permissions by role: the newsroom reads, Humas writes, nobody deletes."""

    def has_module_permission(self, request):
        return is_newsroom(request.user)

    def has_view_permission(self, request, obj=None):
        return is_newsroom(request.user)

    def has_add_permission(self, request):
        return is_humas(request.user)

    def has_change_permission(self, request, obj=None):
        return is_humas(request.user)

    def has_delete_permission(self, request, obj=None):
        return False


class OwnRecord:
    """Leave out Django's own log of changes, which keeps titles for ever.

    Revisions and transitions are the record of articles, and erasure empties them.
    """

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None


class FurnitureAccess(NewsroomAccess):
    """The site's furniture: everyone on the staff sees it, Pengelola changes it."""

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return is_newsroom(request.user) or is_pengelola(request.user)

    def has_add_permission(self, request):
        return is_pengelola(request.user)

    def has_change_permission(self, request, obj=None):
        return is_pengelola(request.user)
