from django.urls import path

from news.demo import style_guide

urlpatterns = [path("", style_guide.page, name="style_guide")]
