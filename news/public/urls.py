from django.urls import path, re_path

from news.public import (
    authenticity,
    feeds,
    former,
    photos,
    record,
    searching,
    sitemaps,
    statistics,
    views,
    wellknown,
)

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
    re_path(
        r"^kategori/(?P<slug>[-\w]+)/umpan/(?P<form>rss|atom|json)/$",
        feeds.category_feed,
        name="category_feed",
    ),
    re_path(r"^umpan/(?P<form>rss|atom|json)/$", feeds.feed, name="feed"),
    path("topik/<slug:slug>/", views.topic, name="topic"),
    path("seri/<slug:slug>/", views.series, name="series"),
    path("cara-kami-menghitung/", views.counting_method, name="counting"),
    path("cek-keaslian/", authenticity.page, name="authenticity"),
    path("koreksi/", record.changes_page, name="corrections"),
    re_path(
        r"^koreksi/umpan/(?P<form>rss|atom|json)/$",
        feeds.corrections_feed,
        name="corrections_feed",
    ),
    path("catatan-publikasi/", record.ledger_page, name="ledger"),
    path("catatan-publikasi/kepala/", record.heads, name="ledger_heads"),
    path("catatan-publikasi/verify_ledger.py", record.program, name="ledger_program"),
    path("catatan-publikasi.jsonl", record.download, name="ledger_lines"),
    path("statistik/", statistics.page, name="statistics"),
    path("statistik.csv", statistics.table, name="statistics_csv"),
    path("statistik.json", statistics.data, name="statistics_json"),
    path("arsip/", views.archive, name="archive"),
    path("arsip/<int:year>/<int:month>/", views.month, name="month"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-halaman.xml", sitemaps.pages, name="sitemap_pages"),
    re_path(
        r"^sitemap-naskah-(?P<number>[1-9][0-9]{0,5})\.xml$",
        sitemaps.chunk,
        name="sitemap_chunk",
    ),
    path("sitemap-berita.xml", sitemaps.news, name="sitemap_news"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("site.webmanifest", wellknown.manifest, name="manifest"),
    path("favicon.ico", wellknown.favicon),
    re_path(r"^apple-touch-icon(?:-precomposed)?\.png$", wellknown.touch_icon),
    re_path(
        r"^(?:index\.php/)?blog/category/(?P<number>[0-9]{1,9})(?:/.*)?$",
        former.category,
    ),
    re_path(
        r"^(?:index\.php/)?blog/read/[0-9]{1,9}_(?P<slug>[^/]{1,300})/?$",
        former.article_page,
    ),
    re_path(r"^(?:index\.php|blog)(?:/.*)?$", former.unknown),
    path("cari/", searching.search_page, name="search"),
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
