"""Orders to the treasury: the file, the second signature, what arrived; what comes back and what is claimed back (M3-031)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.parties.views.pages import form_page, found_by

from .. import actions
from ..access import cycles as access
from ..forms import benefits as forms
from ..models import Payment, PaymentOrder
from ..queries import cycles as queries
from . import cycles


def order_of(request: HttpRequest, number: str, position: int) -> PaymentOrder:
    orders = PaymentOrder.objects.select_related("cycle__item", "cycle__unit", "cycle__funder")
    return get_object_or_404(orders, cycle=cycles.found(request, number), position=position)


@found_by(access.may_look)
def sign(request: HttpRequest, number: str, position: int) -> HttpResponse:
    order = order_of(request, number, position)
    base.require(access.may_sign(request.actor, order.cycle.unit_id, order.drawn_by_id))
    there = reverse("cycle", args=[number])
    return form_page(
        request, cycles.filled(request, cycles.Plain), partial(actions.sign_payment, actor=request.actor, order=order),
        onward=there, back=there, template="policy/order_sign.html", title=pgettext_lazy("button", "签发拨付单"), order=order)


@found_by(access.may_look)
def settle(request: HttpRequest, number: str, position: int) -> HttpResponse:
    order, there = order_of(request, number, position), reverse("cycle", args=[number])
    base.require(access.may_run(request.actor, order.cycle.unit_id))
    return form_page(
        request, cycles.filled(request, forms.SettleForm, order=order), partial(actions.settle, actor=request.actor, order=order),
        onward=there, back=there, template=cycles.WRITE, title=pgettext_lazy("button", "登记国库回单"),
        about=order.cycle.item.title)


@found_by(access.may_look)
def file(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """For the treasury, accounts in full: only the unit's own people, only once it is signed."""
    order = order_of(request, number, position)
    base.require(access.may_run(request.actor, order.cycle.unit_id))
    if order.signed_at is None:
        raise base.Refused(base.say("拨付单还没有签发。"))
    return cycles.download(queries.file_of(order).decode(), f"{order.cycle.number}-{order.position}.csv")


@found_by(access.may_look)
@require_POST
def reissue(request: HttpRequest, number: str, code: str) -> HttpResponse:
    one = cycles.found(request, number)
    row = get_object_or_404(one.entitlements, enterprise__code=code.upper())
    actions.reissue(actor=request.actor, entitlement=row)
    return redirect("cycle_entitlement", number, code)


@found_by(access.may_look)
def claw_back(request: HttpRequest, number: str, payment: int) -> HttpResponse:
    one = cycles.found(request, number)
    line = get_object_or_404(Payment.objects.select_related("entitlement__enterprise"), pk=payment, order__cycle=one)
    base.require(access.may_sign(request.actor, one.unit_id, None))
    there = reverse("cycle_entitlement", args=[number, line.entitlement.enterprise.code])
    return form_page(
        request, cycles.filled(request, forms.ClawBackForm), partial(actions.claw_back, actor=request.actor, payment=line),
        onward=there, back=there, template=cycles.WRITE, title=pgettext_lazy("button", "追回资金"), about=line.entitlement.name,
        note=_("只追回依法应当追回的。企业会看到理由和依据。"))


@found_by(access.may_look)
def recover(request: HttpRequest, number: str, payment: int) -> HttpResponse:
    one = cycles.found(request, number)
    line = get_object_or_404(Payment.objects.select_related("entitlement__enterprise", "claw_back"), pk=payment, order__cycle=one,
                             claw_back__isnull=False)
    there = reverse("cycle_entitlement", args=[number, line.entitlement.enterprise.code])
    return form_page(
        request, cycles.filled(request, forms.SumForm),
        partial(actions.record_recovery, actor=request.actor, claw_back=line.claw_back), onward=there, back=there,
        template=cycles.WRITE, title=pgettext_lazy("button", "登记追回到账"), about=line.entitlement.name)
