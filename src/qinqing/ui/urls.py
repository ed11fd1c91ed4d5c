"""The component gallery: every component in every state."""

from django.urls import path

from . import views

app_name = "design"
urlpatterns = [
    path("", views.gallery, {"page": "parts"}, name="parts"),
    path("<slug:page>/", views.gallery, name="gallery"),
]
