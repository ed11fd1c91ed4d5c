"""The enterprise's own submission: one page, a draft that is kept, hints while it is written (M1-015, M1-016)."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qinqing import base
from qinqing.documents import actions as documents
from qinqing.documents import intake
from qinqing.documents.models import Attachment, AttachmentQuerySet
from qinqing.parties.models import Account, Enterprise

from .. import actions, queries, rules, terms
from ..forms import DifficultyForm
from ..models import Difficulty

KEY = "draft"
OURS = re.compile(r"[A-Za-z0-9_-]{1,40}")  # as token_urlsafe makes them
STEPS = (
    {"label": gettext_lazy("写困难"), "note": gettext_lazy("约 2 分钟"), "state": "now"},
    {"label": gettext_lazy("附材料"), "note": gettext_lazy("可跳过"), "state": ""},
    {"label": gettext_lazy("核对提交"), "note": gettext_lazy("约 30 秒"), "state": ""},
)


class Refusal(NamedTuple):
    """An upload that was not taken, and why."""

    name: str
    sentence: str


def submit(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it. Who is not signed in any more finds everything again after signing in."""
    if request.method != "POST":
        return _shown(request, *_begun(request))
    key = _key(request) or secrets.token_urlsafe(18)
    if request.actor.enterprise_id is None:
        return _after_sign_in(request, key)
    if "drop" in request.POST:
        return _dropped(request, key)
    form = DifficultyForm(request.POST)
    refused = [*_refused_before(request), *_received_files(request, key)]
    if "keep" in request.POST:
        return _kept(request, form, key, refused)
    if form.is_valid() and not refused and not form.cautions and (difficulty := _submitted(request, form, key)):
        return redirect("receipt", number=difficulty.matter.number)
    key = _saved(request, key)
    return _shown(request, form, key, refused=refused, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _begun(request: HttpRequest) -> tuple[DifficultyForm, str, datetime | None]:
    """A form with the draft in it, if there is one: named in the address, or the latest of this account."""
    draft = queries.draft(request.GET.get(KEY, ""), request.actor) or queries.latest_draft(request.actor)
    if draft is None:
        return DifficultyForm(initial={"title": request.GET.get("title", "")}), secrets.token_urlsafe(18), None
    return DifficultyForm(initial=draft.fields), draft.key, draft.saved_at


def _shown(request: HttpRequest, form: DifficultyForm, key: str, begun_at: datetime | None = None, *,
           refused: Sequence[Refusal] = (), status: int = HTTPStatus.OK) -> HttpResponse:
    actor = request.actor
    for name, sentence in refused:
        form.add_error("files", _("%(name)s：%(why)s") % {"name": name, "why": sentence})
    context = {
        "form": form, "key": key, "begun_at": begun_at, "icons": terms.TOPIC_ICONS, "steps": STEPS,
        "afterwards": queries.afterwards(), "refused": refused, "files": _files(key),
        "enterprise": Enterprise.objects.filter(pk=actor.enterprise_id).first() if actor.enterprise_id else None,
        "account": Account.objects.filter(pk=actor.account_id).first() if actor.enterprise_id else None,
        **_hints(form["title"].value(), form["topic"].value()),
    }
    return render(request, "consultation/submit.html", context, status=status)


def _after_sign_in(request: HttpRequest, key: str) -> HttpResponse:
    """Nothing typed is lost: the words wait under their key until the writer has signed in."""
    actions.save_draft(key=key, actor=base.PUBLIC, fields=_fields(request))
    if refused := _too_many(request) or _received_files(request, key):
        return _only_files_refused(request, DifficultyForm(request.POST), key, refused)
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': _address(key)}, safe='/')}")


def _submitted(request: HttpRequest, form: DifficultyForm, key: str) -> Difficulty | None:
    """The draft's key makes the act happen once, however often the button is pressed; a refusal stands at its field."""
    said = {name: value for name, value in form.cleaned_data.items() if name != "files"}
    try:
        return actions.submit_draft(actor=request.actor, key=key, **said)
    except base.Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


# —— the draft ——

def _kept(request: HttpRequest, form: DifficultyForm, key: str, refused: Sequence[Refusal]) -> HttpResponse:
    """Kept by hand, whole or not."""
    key = _saved(request, key)
    if refused:
        return _only_files_refused(request, form, key, refused)
    messages.success(request, _("草稿存好了，换手机也能接着写。"))
    return redirect(_address(key))


def _only_files_refused(request: HttpRequest, form: DifficultyForm, key: str, refused: Sequence[Refusal]) -> HttpResponse:
    """Of what is only kept nothing but the files can be wrong."""
    form.full_clean()
    form.errors.clear()
    return _shown(request, form, key, refused=refused, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _saved(request: HttpRequest, key: str) -> str:
    """Keep what was typed; where this key's words were submitted already, under a new one, which is given back."""
    try:
        actions.save_draft(key=key, actor=request.actor, fields=_fields(request))
    except base.Stale:
        key = secrets.token_urlsafe(18)
        actions.save_draft(key=key, actor=request.actor, fields=_fields(request))
    return key


def _dropped(request: HttpRequest, key: str) -> HttpResponse:
    """Begin anew: the draft goes, and its files with it."""
    if not _of_somebody_else(key, request.actor):
        for file in _files(key):
            documents.discard(actor=request.actor, draft=rules.files_subject(key), public_id=file.public_id)
        actions.drop_draft(key=key)
    return redirect("submit")


def _address(key: str) -> str:
    return f"{reverse('submit')}?{urlencode({KEY: key})}"


def _key(request: HttpRequest) -> str:
    """The draft's key as the form sent it; empty when it is none of ours."""
    key = request.POST.get(KEY, "")
    return key if OURS.fullmatch(key) else ""


def _fields(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name][:terms.TEXT_LENGTH * 2] for name in DifficultyForm.base_fields if name in request.POST}


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Autosave: answers when it was kept."""
    if not _keeps(request, _key(request)):
        return JsonResponse({"kept": False}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"kept": True, "at": f"{base.now():%H:%M}"})


def _keeps(request: HttpRequest, key: str) -> bool:
    """Keep the words, where there is a writer and the draft is still one."""
    if not key or request.actor.account_id is None or _of_somebody_else(key, request.actor):
        return False
    try:
        actions.save_draft(key=key, actor=request.actor, fields=_fields(request))
    except base.Stale:
        return False
    return True


def _of_somebody_else(key: str, actor: base.Actor) -> bool:
    return queries.draft_exists(key) and queries.draft(key, actor) is None


@require_GET
def hints(request: HttpRequest) -> HttpResponse:
    """Similar ones and the likely unit, while the title is typed."""
    return render(request, "consultation/_hints.html", _hints(request.GET.get("title", ""), request.GET.get("topic", "")))


def _hints(title: str | None, topic: str | None) -> dict:
    title = (title or "")[:200]
    likely = topic or (queries.likely_topic(title) if title.strip() else "")
    return {"similar": queries.solved_alike(title) if title.strip() else [], "unit": queries.usual_unit(likely),
            "topic": likely, "likely": terms.Topic(likely).label if likely in terms.Topic.values else ""}


# —— its files ——

def _files(key: str) -> AttachmentQuerySet:
    return Attachment.objects.of(rules.files_subject(key)).kept()


def _received_files(request: HttpRequest, key: str) -> list[Refusal]:
    """Keep the uploads with the draft; gives those that were refused."""
    refused = []
    for upload in request.FILES.getlist("files"):
        try:
            actions.keep_file(actor=request.actor, key=key, upload=intake.receive(upload))
        except base.Refused as refusal:
            refused.append(Refusal(upload.name, str(refusal)))
    return refused


def _too_many(request: HttpRequest) -> list[Refusal]:
    """What strangers send fills the disk and the ledger: above their number the words are kept, and no files."""
    sent = request.FILES.getlist("files")
    if not sent or ratelimit.consume(request, action="guest_submission"):
        return []
    return [Refusal(upload.name or "", _("没传上：同一网络传来的太多。您写的都在，登录后再选附件。")) for upload in sent]


def _refused_before(request: HttpRequest) -> list[Refusal]:
    """Those refused while the page was written: the form brings them along until it has been answered with them."""
    return [Refusal(*one) for one in zip(request.POST.getlist("refused"), request.POST.getlist("because"), strict=False)]


@require_POST
def keep_files(request: HttpRequest) -> HttpResponse:
    """Files are kept as soon as they are chosen, with the words so far; the answer is the list of them."""
    key = _key(request)
    if not _keeps(request, key):
        return HttpResponse(status=HTTPStatus.CONFLICT)
    return _uploads(request, key, [*_refused_before(request), *_received_files(request, key)])


@require_POST
def drop_file(request: HttpRequest) -> HttpResponse:
    """Take an upload back before it is submitted; what was typed meanwhile is kept."""
    key = _key(request)
    if key and not _of_somebody_else(key, request.actor):
        documents.discard(actor=request.actor, draft=rules.files_subject(key), public_id=request.POST.get("file", ""))
    if request.headers.get("X-Part") == "uploads":
        return _uploads(request, key, _refused_before(request))
    if key and request.actor.account_id is not None and "title" in request.POST:
        key = _saved(request, key)
    return redirect(_address(key))


def _uploads(request: HttpRequest, key: str, refused: Sequence[Refusal]) -> HttpResponse:
    return render(request, "consultation/_uploads.html", {"files": _files(key), "refused": refused, "unanswered": True})
