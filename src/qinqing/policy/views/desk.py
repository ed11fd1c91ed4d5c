"""The issuer's desk: which policies there are, what is owed, and every verb of one of them (M3-012, M3-027)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.base import Actor, Verdict
from qinqing.documents import intake
from qinqing.documents import queries as files
from qinqing.parties.views.pages import form_page, found_by, sent
from qinqing.ui import sheets

from .. import access, actions, lists, terms
from ..forms import desk as forms
from ..forms.demands import DemandsForm
from ..forms.lists import ListForm
from ..models import Clause, Policy, PolicyItem
from ..queries import demands, documents
from ..queries import desk as queries
from . import pictures
from .keeping import kept


def _attached(*, files: list[Any], **about: Any) -> Policy:
    """Each file is on the disk before the act begins."""
    return actions.attach_originals(files=[intake.receive(file) for file in files], **about)


DRAFT, PUBLISHED = frozenset({terms.Status.DRAFT}), frozenset({terms.Status.PUBLISHED})
BOTH = DRAFT | PUBLISHED


@dataclass(frozen=True)
class Verb:
    """Something to be done with a policy, in which of its states; `heavy` ones stand apart."""

    label: Any
    form: type[forms.AboutForm]
    act: Callable[..., Any]
    may: Callable[[Actor, int], Verdict]
    states: frozenset[str]
    icon: str
    note: Any = ""
    heavy: bool = False


VERBS = {
    "change": Verb(_("修改基本情况"), forms.PolicyForm, actions.change_policy, access.may_edit, DRAFT, "edit"),
    "clause": Verb(_("登记条款"), forms.ClauseForm, actions.add_clause, access.may_edit, DRAFT, "list-numbers"),
    "item": Verb(_("登记政策事项"), forms.NewItemForm, actions.add_item, access.may_edit, DRAFT, "gift"),
    "review": Verb(_("登记审查"), forms.ReviewForm, actions.record_review, access.may_edit, DRAFT, "gavel"),
    "publish": Verb(_("发布"), forms.AboutForm, actions.publish, access.may_publish, DRAFT, "send",
                    _("发布后人人看得到，文件和条款不能再改；有变化要另行登记新的文件。"), heavy=True),
    "channel": Verb(_("登记公开渠道"), forms.ChannelForm, actions.record_channel, access.may_edit, PUBLISHED, "speakerphone"),
    "original": Verb(_("附上政策原文"), forms.OriginalsForm, _attached, access.may_edit, BOTH, "paperclip"),
    "demands": Verb(_("登记回应的诉求"), DemandsForm, actions.cite_demands, access.may_edit, BOTH, "link"),
    "repeal": Verb(_("废止"), forms.ReasonForm, actions.repeal, access.may_publish, PUBLISHED, "ban",
                   _("废止后不再匹配，页面保留并标明已废止。"), heavy=True),
    "withhold": Verb(_("依法不公开"), forms.WithholdForm, actions.withhold, access.may_publish, BOTH, "eye-off",
                     _("默认全部公开。不公开要有法律依据和批准人，数量对外公布。"), heavy=True),
    "disclose": Verb(_("恢复公开"), forms.AboutForm, actions.disclose, access.may_publish, BOTH, "eye",
                     _("恢复后人人看得到。"), heavy=True),
}  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A verb for this policy and this person; without the verdict it is shown closed, with the reason."""

    name: str
    verb: Verb
    verdict: Verdict


@found_by(access.may_keep)
def register(request: HttpRequest) -> HttpResponse:
    """Whose drafts wait, what is owed until when, and all that is in force."""
    context = queries.register(request.actor, base.today())
    return render(request, "policy/desk.html", {"register": context, "day": base.today()})


@found_by(access.may_keep)
def list_file(request: HttpRequest) -> HttpResponse:
    """The benefits of one's own policies as a sheet, or of all for a city office."""
    rows = [[row[name] for name in lists.COLUMNS] for row in queries.list_rows(request.actor)]
    answer = HttpResponse(sheets.csv_of([list(lists.COLUMNS.values()), *rows]), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="policies-{base.today().isoformat()}.csv"'
    return answer


@found_by(access.may_keep)
def list_import(request: HttpRequest) -> HttpResponse:
    """A sheet becomes drafts, all of it or nothing; each fault with its line and column."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()

    def taken(file: bytes) -> list[PolicyItem]:
        return actions.import_list(actor=request.actor, rows=form.rows, content=file)

    return form_page(request, form, taken, onward="desk_policies", template="policy/import.html", columns=lists.COLUMNS,
                     optional=lists.OPTIONAL)


@found_by(access.may_keep)
def new(request: HttpRequest) -> HttpResponse:
    form = forms.NewPolicyForm(sent(request), actor=request.actor)
    return form_page(
        request, form, partial(actions.register, actor=request.actor), template="policy/write.html", title=_("登记政策"),
        onward=lambda policy: reverse("desk_policy", args=[policy.number]), back=reverse("desk_policies"))


@login_required
def policy(request: HttpRequest, number: str) -> HttpResponse:
    page = kept(request, number)
    return render(request, "policy/desk_policy.html", {
        "page": page, "policy": page.policy, "findings": documents.findings(page), "offers": _offers(request.actor, page.policy),
        "originals": [(original, files.lines([original])) for original in page.originals],
        "answering": demands.answering(request.actor, page.policy),
        "may_approve": access.may_approve(request.actor, page.policy.issuer_id), "picture": pictures.shown_before(request, page),
    })  # fmt: skip


def _offers(actor: Actor, policy: Policy) -> list[Offer]:
    left_out = "withhold" if policy.withheld_ground else "disclose"
    return [Offer(name, verb, verb.may(actor, policy.issuer_id)) for name, verb in VERBS.items()
            if policy.status in verb.states and name != left_out]


@login_required
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One verb of a policy: its form, and what comes of it."""
    page, verb = kept(request, number), VERBS.get(name)
    if verb is None:
        raise Http404
    base.require(verb.may(request.actor, page.policy.issuer_id))
    form = verb.form(sent(request), actor=request.actor, subject=page.policy, files=request.FILES or None)
    there = reverse("desk_policy", args=[number])
    doing = partial(verb.act, actor=request.actor, policy=page.policy)
    return form_page(request, form, doing, onward=there, template="policy/write.html", title=verb.label, note=verb.note,
                     about=page.policy.title, back=there, heavy=verb.heavy)


@require_POST
@login_required
def take_off(request: HttpRequest, number: str, public_id: str) -> HttpResponse:
    actions.take_off_original(actor=request.actor, policy=kept(request, number).policy, public_id=public_id)
    return redirect(f"{reverse('desk_policy', args=[number])}#originals")


@login_required
def explain(request: HttpRequest, number: str, clause_id: int) -> HttpResponse:
    clause = get_object_or_404(Clause, pk=clause_id, policy=kept(request, number).policy)
    there = reverse("desk_policy", args=[number])
    form = forms.PlainForm(sent(request), actor=request.actor, subject=clause)
    doing = partial(actions.explain_clause, actor=request.actor, clause=clause)
    return form_page(request, form, doing, onward=f"{there}#clause-{clause.pk}", template="policy/write.html",
                     title=_("写通俗解读"), about=clause.number, quote=clause.original, back=there)


@require_POST
@login_required
def approve(request: HttpRequest, number: str, clause_id: int) -> HttpResponse:
    clause = get_object_or_404(Clause, pk=clause_id, policy=kept(request, number).policy)
    actions.approve_plain(actor=request.actor, clause=clause)
    return redirect(f"{reverse('desk_policy', args=[number])}#clause-{clause.pk}")


@login_required
def change_item(request: HttpRequest, number: str, code: str) -> HttpResponse:
    item = get_object_or_404(PolicyItem.objects.current(), code=code, policy=kept(request, number).policy)
    there = reverse("desk_policy", args=[number])
    form = forms.ChangedItemForm(sent(request), actor=request.actor, subject=item)
    doing = partial(actions.change_item, actor=request.actor, item=item)
    return form_page(request, form, doing, onward=there, template="policy/write.html", title=_("修改政策事项"), about=item.title,
                     back=there)


@login_required
def versions(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Each version beside the one before it: what was changed, by whom, and why."""
    page = kept(request, number)
    labels = {name: field.label for name, field in forms.ItemForm.base_fields.items() if name != "budget"}
    rows = queries.versions(page.policy, code, labels | {"budget_fen": _("预算（分）"), "evidence": _("证明材料")})
    if not rows:
        raise Http404
    return render(request, "policy/versions.html", {"policy": page.policy, "rows": rows, "code": code})
