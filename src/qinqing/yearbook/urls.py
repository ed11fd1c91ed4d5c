"""Addresses of the published figures."""

from django.urls import path

from . import views

urlpatterns = [
    path("figures/reported/", views.reported, name="reported"),
    path("desk/reported/", views.enter, name="reported_enter"),
    path("desk/reported/measures/", views.add_measure, name="reported_measure"),
]
