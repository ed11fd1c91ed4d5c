"""One policy: what it gives to whom, original beside plain words, and when it became public (M3-012, M3-026, M3-030)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.documents import queries as files
from qinqing.parties.models import Enterprise

from .. import access, actions, terms
from ..models import Policy
from ..queries import documents as queries
from ..queries import elsewhere, facts, matching
from . import pictures, trying


def policy(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a public policy; a draft has its page on the desk."""
    page = queries.page(request.actor, number, base.today())
    if page is None or page.standing == terms.Standing.DRAFT:
        raise Http404
    template = "policy/_fit.html" if request.headers.get("HX-Target", "").endswith("#fit") else "policy/policy.html"
    return render(request, template, {
        "page": page, "policy": page.policy, "day": base.today(), "follows": queries.follows(request.actor, page.policy),
        "may_follow": access.may_follow(request.actor), "may_edit": access.may_edit(request.actor, page.policy.issuer_id),
        "files": files.lines(page.originals), "offered": elsewhere.offered(), "answered": page.policy.demands.count(),
        "picture": pictures.shown(request, page), **_fit(request, page),
    })  # fmt: skip


def _fit(request: HttpRequest, page: queries.Page) -> dict[str, Any]:
    """What the policy means for the enterprise that reads, as things are and as it tries them."""
    if not elsewhere.offered().matching or not request.actor.enterprise_id or page.standing != terms.Standing.IN_FORCE:
        return {}
    day = base.today()
    known = facts.matched(Enterprise.objects.get(pk=request.actor.enterprise_id), day)
    own = [item for item in page.items if item.rule]
    items = matching.with_rivals(own, day)
    now = matching.verdicts(known, items, day)[:len(own)]
    trials = trying.trials(now, request.GET)
    supposed = trying.supposed(trials)
    then = matching.verdicts(known, items, day, supposed)[:len(own)] if supposed else None
    return {"verdicts": now, "trials": trials, "then": then}


@require_POST
@login_required
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Told when it changes or fits, or not any more."""
    policy = get_object_or_404(Policy.objects.visible_to(request.actor), number=number)
    if queries.follows(request.actor, policy):
        actions.unfollow(actor=request.actor, policy=policy)
        messages.success(request, _("不再关注这份政策。"))
    else:
        actions.follow(actor=request.actor, policy=policy)
        messages.success(request, _("已关注：有变化或够条件时告诉您。"))
    return redirect("policy", number)
