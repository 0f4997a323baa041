from django.urls import path, re_path

from news.public import photos, statistics, views

app_name = "news"

urlpatterns = [
    path("", views.home, name="home"),
    path("berita/", views.latest, name="list"),
    path("berita/<int:pk>/dibaca/", views.read, name="read"),
    re_path(
        r"^berita/(?P<pk>[0-9]+)/versi/(?P<number>[1-9][0-9]{0,5})/$",
        views.version_page,
        name="version",
    ),
    re_path(
        r"^berita/(?P<pk>[0-9]+)/foto/(?P<digest>[0-9a-f]{64})\.(?P<suffix>[a-z]{3,4})$",
        photos.photo,
        name="photo",
    ),
    re_path(
        r"^berita/(?P<pk>[0-9]+)/lampiran/(?P<digest>[0-9a-f]{64})/"
        r"(?P<slug>[^/]+)\.pdf$",
        views.attachment,
        name="attachment",
    ),
    path("berita/<int:pk>/<str:slug>/", views.article_page, name="article"),
    path("kategori/<slug:slug>/", views.category, name="category"),
    path("topik/<slug:slug>/", views.topic, name="topic"),
    path("seri/<slug:slug>/", views.series, name="series"),
    path("cara-kami-menghitung/", views.counting_method, name="counting"),
    path("statistik/", statistics.page, name="statistics"),
    path("statistik.csv", statistics.table, name="statistics_csv"),
    path("statistik.json", statistics.data, name="statistics_json"),
    path("arsip/", views.archive, name="archive"),
    path("arsip/<int:year>/<int:month>/", views.month, name="month"),
    path("healthz/", views.alive, name="alive"),
    path("readyz/", views.ready, name="ready"),
    re_path(
        r"^media/(?P<name>foto/[0-9a-f]{64}(?:"
        r"(?:-[0-9]{3,4})?\.(?:jpg|png)"
        r"|/(?:3x2-[0-9]{1,3}-[0-9]{1,3}/)?[0-9]{3,4}w\.(?:avif|webp|jpeg))"
        r"|bagikan/[0-9]+-[0-9a-f]{64}\.jpg)$",
        views.picture,
        name="picture",
    ),
]
