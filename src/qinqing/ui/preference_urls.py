"""How a visitor wants to read: text size, colours, language; and the menu page for those without JavaScript."""

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from . import views

urlpatterns = [
    path("preference/", views.preference, name="preference"),
    # Exempt as `preference` is: it only writes the reader's own display cookie.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("menu/", views.menu, name="menu"),
]
