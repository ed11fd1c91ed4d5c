"""Addresses of the enterprise's side of a matter."""

from django.urls import path

from .views import acting, case, dates, receipts

urlpatterns = [
    path("matters/", case.mine, name="matters"),
    path("matters/<str:number>/", case.case, name="case"),
    path("matters/<str:number>/receipt/", receipts.receipt, name="receipt"),
    path("matters/<str:number>/receipt.json", receipts.receipt_file, name="receipt_file"),
    path("matters/<str:number>/slip/", receipts.slip, name="slip"),
    path("matters/<str:number>/confirm/", acting.confirm, name="confirm"),
    path("matters/<str:number>/why/<str:timer>/", dates.why, name="why"),
    path("matters/<str:number>/<str:verb>/", acting.act, name="case_act"),
]
