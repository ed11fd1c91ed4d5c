"""The addresses of the inbox and the outbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/read/", views.all_read, name="inbox_read"),
    path("notices/<int:number>/", views.opened, name="notice"),
    path("desk/outbox", views.outbox, name="outbox"),
    path("desk/outbox/<int:number>/retry/", views.retried, name="delivery_retry"),
]
