"""The address of a file."""

from django.urls import path

from . import views

urlpatterns = [
    path("files/<str:public_id>/", views.download, name="attachment"),
    path("files/<str:public_id>/small/", views.thumbnail, name="thumbnail"),
]
