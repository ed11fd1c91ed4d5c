"""What is known of enterprises: for the enterprise itself, and how much of it for the city (M3-030)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing.eligibility import catalogue
from qinqing.parties.models import Enterprise
from qinqing.parties.views.pages import form_page, found_by, sent

from .. import access, actions, snapshots
from ..forms.facts import DecideForm, DeclareForm, DisputeForm
from ..models import Correction
from ..queries import facts as queries


@found_by(access.may_speak_for_itself)
def own(request: HttpRequest) -> HttpResponse:
    """All that is known of one's enterprise; what is missing one can say oneself."""
    act = partial(actions.declare, actor=request.actor)
    return form_page(request, DeclareForm(sent(request)), act, onward="facts", template="policy/facts.html", **_own(request))


def _own(request: HttpRequest) -> dict[str, Any]:
    enterprise = Enterprise.objects.get(pk=request.actor.enterprise_id)
    disputed = queries.disputed(enterprise)
    rows = [(known, disputed.get((known.name, known.as_of, known.source.pk)) if known.source and known.as_of else None)
            for known in queries.everything(enterprise)]
    matched = {(known.name, known.as_of, known.holder) for known in queries.matched(enterprise)}
    return {
        "enterprise": enterprise, "rows": [(known, correction, (known.name, known.as_of, known.holder) in matched)
                                           for known, correction in rows],
        "consent": queries.consent(enterprise), "catalogue": catalogue.standard().facts.values(),
    }  # fmt: skip


@found_by(access.may_speak_for_itself)
@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Given or taken back, by one button each."""
    if request.POST.get("consent") == "yes":
        actions.give_consent(actor=request.actor)
        messages.success(request, _("已同意，随时可以收回。"))
    else:
        actions.withdraw_consent(actor=request.actor)
        messages.success(request, _("已收回，下次快照起不再用于匹配。"))
    return redirect("facts")


@found_by(access.may_speak_for_itself)
def dispute(request: HttpRequest, number: int) -> HttpResponse:
    fact = queries.disputable(request.actor, number)
    if fact is None:
        raise Http404
    act = partial(actions.dispute, actor=request.actor, fact=fact)
    known = next(one for one in queries.everything(fact.enterprise) if one.row and one.row.pk == fact.pk)
    return form_page(request, DisputeForm(sent(request)), act, onward="facts", template="policy/fact_dispute.html", known=known)


@found_by(access.may_keep)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The unit's answer as a fact; the matter itself is replied to on its own page."""
    correction = get_object_or_404(Correction.objects.visible_to(request.actor), matter__number=number)
    if not access.may_decide_correction(request.actor, correction.unit_id):
        raise Http404
    act = partial(actions.decide_correction, actor=request.actor, correction=correction)
    return form_page(
        request, DecideForm(sent(request)), act, onward=lambda _done: f"/desk/matters/{number}/",
        template="policy/fact_decide.html", asked=queries.shown(correction, request.actor))


@found_by(access.may_keep)
def coverage(request: HttpRequest) -> HttpResponse:
    """Of each fact: of how many enterprises it is known, who says it, from when to when."""
    return render(request, "policy/facts_desk.html", {
        "rows": queries.coverage(request.actor), "snapshot": snapshots.current(), "missing": queries.asked_most(),
        "may_compare": access.may_compare(request.actor),
    })  # fmt: skip
