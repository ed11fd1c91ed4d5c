"""The enterprise decides whether others may read how it was solved: the words stand before its eyes (M1-033)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from qinqing import base
from qinqing.casework import queries as casework
from qinqing.casework.models import Matter

from .. import access, actions, queries
from ..forms import PublishForm
from ..models import Difficulty


def publish(request: HttpRequest, number: str) -> HttpResponse:
    matter, difficulty = _found(request, number)
    if request.method == "POST" and "take_back" in request.POST:
        actions.unpublish(actor=request.actor, matter=matter)
        messages.success(request, _("已收回，不再公开。"))
        return redirect("case", number=number)
    form = PublishForm(request.POST or None, initial=_proposed(matter, difficulty))
    if request.method == "POST" and form.is_valid() and _published(request, matter, form):
        messages.success(request, _("已匿名公开，谢谢您帮到别的企业。随时可以收回。"))
        return redirect("case", number=number)
    context = {"matter": matter, "difficulty": difficulty, "form": form}
    return render(request, "consultation/publish.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, number: str) -> tuple[Matter, Difficulty]:
    """A solved difficulty of one's own, or 404."""
    matter = casework.find(request.actor, number)
    if matter is None or not queries.is_solved(matter) or not access.may_publish(request.actor, matter.enterprise_id):
        raise Http404
    return matter, get_object_or_404(Difficulty, matter=matter)


def _proposed(matter: Matter, difficulty: Difficulty) -> dict[str, str]:
    if difficulty.published_at:
        return {"title": difficulty.public_title, "text": difficulty.public_text}
    title, text = queries.publication(matter)
    return {"title": title, "text": text}


def _published(request: HttpRequest, matter: Matter, form: PublishForm) -> bool:
    try:
        actions.publish(actor=request.actor, matter=matter, **form.cleaned_data)
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    return True
