"""Error pages of our own; each says what to do, and none needs the database."""

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.shortcuts import render

TOO_MANY_FILES = (
    "Berkas yang dikirim terlalu banyak, dan tidak ada yang disimpan. Kirim paling "
    "banyak {limit} berkas sekaligus."
)


def bad_request(request, exception):
    reason = ""
    if isinstance(exception, TooManyFilesSent):
        reason = TOO_MANY_FILES.format(limit=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
    return render(request, "400.html", {"reason": reason}, status=400)


def permission_denied(request, exception):
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
