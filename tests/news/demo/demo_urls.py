"""The addresses of a site whose STYLE_GUIDE is set."""

from django.urls import include, path

from kpuweb.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("gaya/", include("news.demo.urls"))]
