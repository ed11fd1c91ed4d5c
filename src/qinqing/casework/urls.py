"""Addresses of the workbench."""

from django.urls import path

from .views import bulk, durations, lookup, matter, overview, redated, satisfaction, worklist

urlpatterns = [
    path("desk/", worklist.worklist, name="desk"),
    path("desk/lookup/", lookup.look_up, name="look_up"),
    path("desk/overview/", overview.overview, name="overview"),
    path("desk/durations/", durations.durations, name="durations"),
    path("desk/satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("desk/satisfaction/<slug:code>/", satisfaction.answers, name="satisfaction_answers"),
    path("desk/redated/", redated.redated, name="redated"),
    path("desk/bulk/", bulk.bulk, name="desk_bulk"),
    path("desk/filters/<slug:name>/", worklist.choices, name="desk_filter"),
    path("desk/matters/<slug:number>/", matter.matter, name="desk_matter"),
    path("desk/matters/<slug:number>/contact-details/", matter.contact, name="desk_contact"),
    path("desk/matters/<slug:number>/<slug:verb>/", matter.act, name="desk_act"),
]
