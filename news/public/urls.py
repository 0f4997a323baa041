from django.urls import path, re_path

from news.public import searching, views

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
    path("berita/<int:pk>/<str:slug>/", views.article_page, name="article"),
    path("kategori/<slug:slug>/", views.category, name="category"),
    path("topik/<slug:slug>/", views.topic, name="topic"),
    path("seri/<slug:slug>/", views.series, name="series"),
    path("cari/", searching.search_page, name="search"),
    path("healthz/", views.alive, name="alive"),
    path("readyz/", views.ready, name="ready"),
    re_path(
        r"^media/(?P<name>foto/[0-9a-f]{64}(?:-[0-9]{3,4})?\.(?:jpg|png))$",
        views.picture,
        name="picture",
    ),
]
