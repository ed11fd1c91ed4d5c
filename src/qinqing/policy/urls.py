"""Addresses of policies."""

from django.urls import path

from .views import demands, desk, document, library, mine, pictures

urlpatterns = [
    path("policies/", library.library, name="policies"),
    path("policies/mine/", mine.mine, name="my_policies"),
    path("policies/mine/follow/", mine.follow, name="my_policies_follow"),
    path("policies/<slug:number>/", document.policy, name="policy"),
    path("policies/<slug:number>/follow/", document.follow, name="policy_follow"),
    path("policies/<slug:number>/picture.png", pictures.image, name="policy_picture"),
    path("policies/<slug:number>/picture.pdf", pictures.paper, name="policy_paper"),
    path("desk/policies/", desk.register, name="desk_policies"),
    path("desk/policies/new/", desk.new, name="desk_policy_new"),
    path("desk/policies/list.csv", desk.list_file, name="policy_list"),
    path("desk/policies/demands/", demands.measures, name="measures"),
    path("desk/policies/import/", desk.list_import, name="policy_import"),
    path("desk/policies/<slug:number>/", desk.policy, name="desk_policy"),
    path("desk/policies/<slug:number>/picture.png", pictures.image_before, name="desk_policy_picture"),
    path("desk/policies/<slug:number>/picture.pdf", pictures.paper_before, name="desk_policy_paper"),
    path("desk/policies/<slug:number>/originals/<str:public_id>/", desk.take_off, name="desk_original"),
    path("desk/policies/<slug:number>/<slug:name>/", desk.act, name="desk_policy_act"),
    path("desk/policies/<slug:number>/clauses/<int:clause_id>/", desk.explain, name="desk_clause"),
    path("desk/policies/<slug:number>/clauses/<int:clause_id>/approve/", desk.approve, name="desk_clause_approve"),
    path("desk/policies/<slug:number>/items/<slug:code>/", desk.change_item, name="desk_item"),
    path("desk/policies/<slug:number>/items/<slug:code>/versions/", desk.versions, name="desk_item_versions"),
]
