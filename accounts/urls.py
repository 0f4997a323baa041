from django.contrib.auth import views
from django.urls import path
from django.views.generic import RedirectView

app_name = "account"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account:login"), name="home"),
    path(
        "masuk/",
        views.LoginView.as_view(
            template_name="account/login.html", redirect_authenticated_user=True
        ),
        name="login",
    ),
    path("keluar/", views.LogoutView.as_view(), name="logout"),
]
