"""The addresses of the peer's project."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls")), path("login/", lambda request: None, name="login")]
