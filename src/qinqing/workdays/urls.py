"""Addresses of the calendar."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/calendar/", views.calendar, name="calendar"),
    path("desk/calendar/import/", views.take_in, name="calendar_import"),
]
