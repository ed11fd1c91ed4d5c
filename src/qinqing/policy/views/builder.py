"""Writing the rule of an item: a form over the rule language, the plain reading beside it, examples, versions (M3-030)."""

import json
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qinqing import base
from qinqing.base import say
from qinqing.casework.views.desk import is_partial
from qinqing.eligibility import catalogue
from qinqing.parties.views.pages import found_by

from .. import access, actions, building, reading, rules
from ..forms.builder import ExampleForm
from ..models import PolicyItem, RuleExample
from ..queries import builder as queries

TEXT = "text"


@found_by(access.may_keep)
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One page: what is typed is checked at once; it is kept when the writer says so, and in force when it is adopted."""
    item = _item(request, code)
    if request.method != "POST":
        draft = queries.draft(item)
        return _shown(request, item, draft.rule if draft else item.rule)
    press, typed = request.POST.get("press", ""), _typed(request, item)
    if press in ("save", "simulate"):
        return _saved(request, item, typed, press)
    if press == "adopt":
        return _adopted(request, item, typed)
    return _shown(request, item, building.changed(typed, press) if press else typed)


def _item(request: HttpRequest, code: str) -> PolicyItem:
    item = queries.item(request.actor, code)
    if item is None:
        raise Http404
    return item


def _typed(request: HttpRequest, item: PolicyItem) -> Any:
    if request.GET.get("as") == TEXT:
        return building.parsed(request.POST.get("rule", ""))
    draft = queries.draft(item)
    return building.from_form(request.POST, draft.rule if draft else item.rule)


def _saved(request: HttpRequest, item: PolicyItem, typed: Any, press: str) -> HttpResponse:
    actions.draft_rule(actor=request.actor, item=item, rule=typed)
    if press == "simulate":
        return redirect("simulate", code=item.code)
    messages.success(request, _("草稿存好了，在用的规则没有变。"))
    return redirect("rule", code=item.code)


def _adopted(request: HttpRequest, item: PolicyItem, typed: Any) -> HttpResponse:
    actions.draft_rule(actor=request.actor, item=item, rule=typed)
    try:
        following = actions.adopt_rule(actor=request.actor, item=item, reason=request.POST.get("reason", ""))
    except base.Refused as refusal:
        return _shown(request, item, typed, refusal=refusal)
    messages.success(request, _("已定稿，现在是第 %(version)s 版。") % {"version": following.version})
    return redirect("rule", code=item.code)


def _shown(request: HttpRequest, item: PolicyItem, rule: Any, *, refusal: base.Refused | None = None,
           example: ExampleForm | None = None) -> HttpResponse:
    checked = building.check(rule, code=item.code, title=item.title, on=item.valid_from)
    draft, before = queries.draft(item), queries.in_words(item.rule)
    added, removed = queries.differing(before, queries.in_words(rule))
    context = {
        "item": item, "draft": draft, "checked": checked, "problems": _problems(checked, refusal), "refusal": refusal,
        "lines": reading.read_aloud(checked.root, queries.naming), "amount": building.amount_text(rule), "paid": _paid(rule),
        "tried": queries.tried(item, rule), "versions": queries.differences(item), "added": added, "removed": removed,
        "operators": building.OPERATORS.items(), "comparisons": [(key, building.OPERATORS[key]) for key in building.COMPARISONS],
        "known": catalogue.standard().facts.values(), "findings": _findings(item, rule), "example": example or ExampleForm(),
        "as_text": request.GET.get("as") == TEXT, "text": json.dumps(rule, ensure_ascii=False, indent=1),
        "reason": request.POST.get("reason", ""), "trail": _trail(item),
    }  # fmt: skip
    template = "policy/_rule_look.html" if is_partial(request, "look") else "policy/rule.html"
    wrong = bool(refusal) or (example is not None and bool(example.errors))
    return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _paid(rule: Any) -> str:
    amount = rule.get("amount") if isinstance(rule, dict) else None
    return "" if amount is None else reading.amount_aloud(amount)


def _problems(checked: building.Checked, refusal: base.Refused | None) -> list[tuple[str, Any]]:
    """Where each fault is, and the sentence with the row's number."""
    rows = [(row.at, say("第 %(n)s 条：%(what)s", n=row.number or "0", what=sentence)) for row, sentence in checked.faults]
    amount = [("amount", say("金额：%(amount)s", amount=sentence)) for sentence in checked.amount]
    refused = [("reason" if refusal.field == "reason" else "", refusal.sentence)] if refusal else []
    return [*refused, *rows, *amount, *(("", sentence) for sentence in checked.loose)]


def _findings(item: PolicyItem, rule: Any) -> list[Any]:
    words = [item.title, item.conditions, item.benefit, json.dumps(rule, ensure_ascii=False)]
    return list(rules.findings_of_rule(item.title, rule, words))


def _trail(item: PolicyItem) -> list[tuple[str, Any]]:
    return [(reverse("rules"), _("编规则")), ("", item.title)]


@found_by(access.may_keep)
@require_POST
def add_example(request: HttpRequest, code: str) -> HttpResponse:
    """Refused with the sentence beside its field; the rule on the page is the kept one."""
    item, form = _item(request, code), ExampleForm(request.POST)
    if form.is_valid():
        try:
            actions.add_example(actor=request.actor, item=item, **form.cleaned_data)
        except base.Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect(reverse("rule", args=[code]) + "#examples")
    draft = queries.draft(item)
    return _shown(request, item, draft.rule if draft else item.rule, example=form)


@found_by(access.may_keep)
@require_POST
def remove_example(request: HttpRequest, code: str, number: int) -> HttpResponse:
    item = _item(request, code)
    example = get_object_or_404(RuleExample, pk=number, code=item.code)
    actions.remove_example(actor=request.actor, item=item, example=example)
    return redirect(reverse("rule", args=[code]) + "#examples")


@found_by(access.may_keep)
def index(request: HttpRequest) -> HttpResponse:
    """The items whose rules one may write, those with a draft first."""
    return render(request, "policy/rules.html", {"rows": queries.writable(request.actor)})
