"""Addresses of benefits that are paid unasked: the enterprise's, the public's, the desk's."""

from django.urls import path

from .views import benefits, cycles, payments, reliefs

urlpatterns = [
    path("benefits/", benefits.benefits, name="benefits"),
    path("benefits/account/", benefits.keep_account, name="payee_account"),
    path("benefits/notices/", benefits.notices, name="benefit_notices"),
    path("benefits/notices/<slug:number>/", benefits.notice, name="benefit_notice"),
    path("benefits/notices/<slug:number>/object/", benefits.object_to, name="benefit_object"),
    path("benefits/<slug:number>/", benefits.benefit, name="benefit"),
    path("benefits/<slug:number>/<slug:name>/", benefits.say_it, name="benefit_say"),
    path("desk/benefits/", cycles.register, name="cycles"),
    path("desk/benefits/open/", cycles.open_one, name="cycle_open"),
    path("desk/benefits/<slug:number>/", cycles.cycle, name="cycle"),
    path("desk/benefits/<slug:number>/why/", cycles.why, name="cycle_why"),
    path("desk/benefits/<slug:number>/list/", cycles.entitlements, name="cycle_list"),
    path("desk/benefits/<slug:number>/list.csv", cycles.sheet, name="cycle_sheet"),
    path("desk/benefits/<slug:number>/list/<slug:code>/", cycles.entitlement, name="cycle_entitlement"),
    path("desk/benefits/<slug:number>/list/<slug:code>/reissue/", payments.reissue, name="cycle_reissue"),
    path("desk/benefits/<slug:number>/objections/<slug:matter>/<slug:name>/", cycles.objection, name="cycle_objection"),
    path("desk/benefits/<slug:number>/orders/<int:position>/sign/", payments.sign, name="order_sign"),
    path("desk/benefits/<slug:number>/orders/<int:position>/settle/", payments.settle, name="order_settle"),
    path("desk/benefits/<slug:number>/orders/<int:position>.csv", payments.file, name="order_file"),
    path("desk/benefits/<slug:number>/payments/<int:payment>/claw-back/", payments.claw_back, name="claw_back"),
    path("desk/benefits/<slug:number>/payments/<int:payment>/recover/", payments.recover, name="claw_back_recover"),
    path("desk/benefits/<slug:number>/<slug:name>/", cycles.act, name="cycle_act"),
    path("desk/reliefs/", reliefs.register, name="reliefs"),
    path("desk/reliefs/import/", reliefs.take_in, name="relief_import"),
]
