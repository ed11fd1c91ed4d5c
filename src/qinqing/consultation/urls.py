"""Addresses of mechanism 1."""

from django.urls import path

from .views import embedding, publishing, registering, sorting, submitting

urlpatterns = [
    path("desk/register/", registering.register, name="register"),
    path("desk/matters/<slug:number>/sort/", sorting.sort, name="sort"),
    path("desk/matters/<slug:number>/guest-contact/", registering.guest_contact, name="guest_contact"),
    path("matters/<str:number>/publish/", publishing.publish, name="publish"),
    path("submit/", submitting.submit, name="submit"),
    path("submit/draft/", submitting.keep_draft, name="keep_draft"),
    path("submit/hints/", submitting.hints, name="submit_hints"),
    path("embed/submit", embedding.embedded, name="embed_submit"),
    path("embed/track", embedding.track, name="embed_track"),
    path("submit/files/", submitting.keep_files, name="keep_files"),
    path("submit/file/", submitting.drop_file, name="drop_file"),
]
