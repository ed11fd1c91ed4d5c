"""What fits one's own enterprise: eligible, near, unknown, not; each with why (M3-014, M3-030)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.parties.models import Enterprise
from qinqing.ui.terms import NavItem

from .. import access, actions
from ..queries import documents, elsewhere, matching
from ..queries.matching import Mine

FACTS_SHOWN = 8


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Only for whom an enterprise is behind; staff read the library."""
    if not access.may_follow(request.actor):
        raise Http404
    offered = elsewhere.offered()
    if not offered.matching:
        return render(request, "policy/mine_elsewhere.html", {"offered": offered})
    day = base.today()
    found = matching.mine(Enterprise.objects.get(pk=request.actor.enterprise_id), day)
    return render(request, "policy/mine.html", {
        "mine": found, "day": day, "tally": _tally(found), "follows": documents.follows(request.actor, None),
        "shown_facts": found.known[:FACTS_SHOWN],
    })  # fmt: skip


def _tally(found: Mine) -> list[NavItem]:
    return [
        NavItem("#yes", _("符合"), icon="circle-check", count=len(found.eligible)),
        NavItem("#near", _("差一点"), icon="target-arrow", count=len(found.near)),
        NavItem("#open", _("缺数据"), icon="help-circle", count=len(found.unknown)),
        NavItem("#no", _("不符合"), icon="circle-minus", count=len(found.others)),
    ]


@require_POST
@login_required
def follow(request: HttpRequest) -> HttpResponse:
    """Told of every new match, or not any more."""
    if documents.follows(request.actor, None):
        actions.unfollow(actor=request.actor)
        messages.success(request, _("新符合时不再告诉您。"))
    else:
        actions.follow(actor=request.actor)
        messages.success(request, _("新符合一项时，按您选的方式告诉您。"))
    return redirect("my_policies")
