"""The public collection page: needs no account and no cookie, may stand in a frame of the city's portal (M1-015, M1-016)."""

import secrets
from collections.abc import Sequence
from typing import Any

from allauth.core import ratelimit
from csp.decorators import csp_replace
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from qinqing import base
from qinqing.casework import queries as casework
from qinqing.casework.models import Matter
from qinqing.casework.terms import Route
from qinqing.casework.views import case, timeline
from qinqing.documents import intake, rules
from qinqing.documents.intake import Received
from qinqing.documents.models import Attachment

from .. import actions, queries, terms
from ..forms import GuestForm, LookupForm
from ..rules import files_subject


@csrf_exempt  # no cookie, no session, so nothing a forged request could borrow
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_ANCESTORS or ["'self'"]})
def embedded(request: HttpRequest) -> HttpResponse:
    """The form, where asked with the words of the portal's own; and after it, number and query code, told once."""
    key = request.POST.get("key") or secrets.token_urlsafe(18)
    if "begin" in request.POST:
        return _shown(request, GuestForm(initial=request.POST.dict()), key)
    form = GuestForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _shown(request, form, key)
    if not ratelimit.consume(request, action="guest_submission"):
        form.add_error(None, _("同一网络提交太多，请过一小时再试，或拨打热线。"))
    if not form.is_valid() or form.cautions:
        return _shown(request, form, key, status=422)
    fields = {name: value for name, value in form.cleaned_data.items() if name not in {"website", "files"}}
    try:
        files = _received(form.cleaned_data["files"])
        difficulty, code = actions.submit_as_guest(actor=base.PUBLIC, key=key, route=Route.EMBED, files=files, **fields)
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown(request, form, key, status=422)
    return render(request, "consultation/embed_done.html", {"matter": difficulty.matter, "code": code})


def _shown(request: HttpRequest, form: GuestForm, key: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "key": key, "icons": terms.TOPIC_ICONS, "lost": _left_behind(request)}
    return render(request, "consultation/embed.html", context, status=status)


def _left_behind(request: HttpRequest) -> int:
    """How many files were chosen that the form, shown once more, does not hold: of this page, or kept by the portal's own."""
    draft = request.POST.get("draft", "")
    kept = Attachment.objects.of(files_subject(draft)).kept().filter(uploaded_by=None).count() if draft else 0
    return len(request.FILES.getlist("files")) + kept


def _received(uploads: Sequence[UploadedFile]) -> list[Received]:
    """Checked before anything is submitted, so that a file that is not taken leaves nothing half done."""
    rules.check_count(0, len(uploads))
    return [intake.receive(upload) for upload in uploads]


@csrf_exempt
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.EMBED_ANCESTORS or ["'self'"]})
def track(request: HttpRequest) -> HttpResponse:
    """Number and code give the course: who holds it, what is next, by when; none of the texts."""
    form = LookupForm(request.POST or None)
    matter = None
    if request.method == "POST" and form.is_valid():
        allowed = ratelimit.consume(request, action="guest_lookup")
        matter = queries.looked_up(**form.cleaned_data) if allowed else None
        if matter is None:
            form.add_error(None, _("编号和查询码对不上，请核对后再查。") if allowed else _("查得太频繁，请过几分钟再试。"))
    context = {"form": form, **(_course(matter) if matter else {})}
    return render(request, "consultation/track.html", context, status=422 if form.errors else 200)


def _course(matter: Matter) -> dict[str, Any]:
    events = timeline.items(base.PUBLIC, matter, casework.clocks_of(matter))
    for event in events:
        event.quote, event.files = "", []
    return {**case.head(base.PUBLIC, matter), "who": case.who(matter), "events": events}
