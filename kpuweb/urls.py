from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler400 = "kpuweb.errors.bad_request"
handler403 = "kpuweb.errors.permission_denied"
handler404 = "kpuweb.errors.page_not_found"
handler500 = "kpuweb.errors.server_error"

urlpatterns = [
    path("admin/statistik/", include("news.admin.urls")),
    path("admin/", admin.site.urls),
    path("akun/", include("accounts.urls")),
    path("", include("news.public.urls")),
]
if settings.STYLE_GUIDE:
    urlpatterns.append(path("gaya/", include("news.demo.urls")))
