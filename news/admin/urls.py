from django.urls import path

from news.admin import statistics

app_name = "statistics"

urlpatterns = [
    path("", statistics.overview, name="overview"),
    path("harian.csv", statistics.days_csv, name="days_csv"),
    path("naskah.csv", statistics.articles_csv, name="articles_csv"),
    path("penulis.csv", statistics.authors_csv, name="authors_csv"),
    path("naskah/<int:pk>/", statistics.article, name="article"),
    path("naskah/<int:pk>.csv", statistics.article_csv, name="article_csv"),
]
