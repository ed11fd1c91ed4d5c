"""A matter on the workbench: its page, and saying one of the verbs about it (M1-004, M1-036)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qinqing import base
from qinqing.base import Actor
from qinqing.documents import intake
from qinqing.parties import actions as parties
from qinqing.ui import dates

from .. import access, queries
from ..forms.speaking import VerbForm
from ..models import Matter
from ..terms import Timer
from . import case, desk, sheet, verbs


@desk.staff
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    return _shown(request, case.found(request, number))


def _shown(request: HttpRequest, matter: Matter, *, status: int = 200, **rest: Any) -> HttpResponse:
    """The page, or only the region with the form when a script asks for that; beside the list it stays there."""
    if desk.is_partial(request, "acting"):
        context = {**sheet.head(request.actor, matter), **sheet.acting(request.actor, matter, **rest)}
        back = desk.way_back(request, "")
        return render(request, "casework/_acting.html", {**context, "back": back, "beside": bool(back)}, status=status)
    return render(request, "casework/desk_matter.html", sheet.page(request, matter, **rest), status=status)


@desk.staff
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """One form per verb: GET shows it on the matter's page, POST says it."""
    matter = case.found(request, number)
    if verb not in verbs.VERBS:
        raise Http404
    if request.method == "POST":
        return _said(request, matter, verb)
    if verb not in verbs.offers(request.actor, matter):
        raise Http404
    return _shown(request, matter, chosen=verb)


def _said(request: HttpRequest, matter: Matter, name: str) -> HttpResponse:
    verb = verbs.VERBS[name]
    form = verb.form(request.POST, request.FILES, actor=request.actor, matter=matter)
    status = _act(request, matter, verb, form)
    if status == HTTPStatus.SEE_OTHER:
        fresh = Matter.objects.get(pk=matter.pk)
        messages.success(request, _told(verb, fresh))
        return desk.gone_to(request, desk.way_back(request, _afterwards(request.actor, fresh)))
    if status == HTTPStatus.CONFLICT:
        matter = case.found(request, matter.number)
        form = _again(request, verb, matter, form)
    return _shown(request, matter, status=status, chosen=name, form=form)


def _afterwards(actor: Actor, matter: Matter) -> str:
    """Its page, or the list for who has handed it on and reads it no more."""
    return reverse("desk_matter", args=[matter.number]) if queries.find(actor, matter.number) else reverse("desk")


def _act(request: HttpRequest, matter: Matter, verb: verbs.Verb, form: VerbForm) -> HTTPStatus:
    """Say the verb; the status that answers it. A refusal stands beside its field, with all that was typed."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        files = [intake.receive(upload) for upload in form.cleaned_data.get("files", ())]
        verb.act(actor=request.actor, matter=matter, **form.arguments(), **({"files": files} if files else {}))
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return HTTPStatus.UNPROCESSABLE_ENTITY
    except base.Stale as late:
        form.add_error(None, str(late))
        return HTTPStatus.CONFLICT
    return HTTPStatus.SEE_OTHER


def _again(request: HttpRequest, verb: verbs.Verb, matter: Matter, late: VerbForm) -> VerbForm:
    """The same words over the matter as it is now."""
    data = request.POST.copy()
    data["version"] = str(matter.version)
    form = verb.form(data, actor=request.actor, matter=matter)
    for sentence in late.non_field_errors():
        form.add_error(None, sentence)
    return form


def _told(verb: verbs.Verb, matter: Matter) -> str:
    """What was done, and what is due next, or has been due long since."""
    said = str(verb.done) % {"unit": matter.unit_name}
    if matter.due_at is None:
        return said
    late = matter.due_at < base.now()
    due = _("%(timer)s应在%(day)s前完成，已经超期。") if late else _("下一个期限：%(timer)s，%(day)s。")
    return said + due % {"timer": Timer(matter.timer).label, "day": dates.day(matter.due_at)}


@desk.staff
@require_POST
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Show the contact in full to who says what for; the look is itself on record."""
    matter = case.found(request, number)
    base.require(access.may_know_enterprise(request.actor, matter.anonymity, queries.standing(request.actor, matter)))
    of = matter.contact or matter.enterprise
    if of is None:
        raise Http404
    context: dict[str, Any] = {"matter": matter, "purpose": request.POST.get("purpose", "")}
    try:
        name, phone, email = parties.reveal_contact(actor=request.actor, of=of, purpose=context["purpose"])
        context["revealed"] = {"name": name, "phone": phone, "email": email}
    except base.Refused as refusal:
        context["refusal"] = str(refusal)
    status = 422 if "refusal" in context else 200
    context["enterprise"] = sheet.enterprise(request.actor, matter)
    if desk.is_partial(request, "contact"):
        return render(request, "casework/_contact.html", context, status=status)
    return render(request, "casework/desk_matter.html", sheet.page(request, matter) | context, status=status)
