"""The inbox of a person, and the outbox of the installation."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qinqing import base
from qinqing.parties import adapter
from qinqing.ui.terms import NavItem

from . import access, actions, queries
from .models import Delivery, Notice
from .terms import Channel, State


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    items = queries.inbox(request.actor, before=_before(request))
    return render(
        request,
        "notices/inbox.html",
        {
            "shell": _shell(request),
            "items": items,
            "older": _older(items),
            "unread": queries.unread_count(request.actor),
        },
    )


@login_required
@require_safe
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """Following a notice is reading it."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), pk=number)
    actions.mark_read(actor=request.actor, notice=notice)
    return redirect(notice.url or "inbox")


@login_required
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(actor=request.actor)
    return redirect("inbox")


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """What leaves the house, for those who watch over it; in the demo also one's own phone and mailbox, for everybody."""
    allowed = access.may_see_outbox(request.actor)
    if not settings.DEMO_MODE:
        base.require(allowed)
    watched = _deliveries(request) if allowed else {}
    own = _demo(request) if settings.DEMO_MODE else {}
    return render(request, "notices/outbox.html", {"shell": _shell(request), **watched, **own})


def _deliveries(request: HttpRequest) -> dict[str, Any]:
    state = request.GET.get("state", "")
    rows = queries.outbox(request.actor, state=state if state in State.values else "", before=_before(request))
    return {
        "rows": rows,
        "older": _older(rows, state=state),
        "states": _states(request.actor, state),
        "may_retry": bool(access.may_retry(request.actor)),
    }


def _demo(request: HttpRequest) -> dict[str, Any]:
    """What was said to whoever is signed in, or to the number that a sign-in code has just been asked for."""
    account = request.actor.account_id
    phone = request.user.phone if account else adapter.phone_awaiting_code(request)
    email = request.user.email if account else ""
    return {
        "owner": request.actor.name,
        "number": phone,
        "phone": queries.demo_messages(Channel.SMS, account, phone),
        "mailbox": queries.demo_messages(Channel.EMAIL, account, email),
    }


@login_required
@require_POST
def retried(request: HttpRequest, number: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery.objects.visible_to(request.actor), pk=number)
    actions.retry(actor=request.actor, delivery=delivery)
    messages.success(request, _("已重新排队，几秒内发送。"))
    return redirect("outbox")


def _shell(request: HttpRequest) -> str:
    return "ui/desk.html" if request.actor.is_staff else "ui/portal.html"


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() else None


def _older(rows: list[queries.Item] | list[queries.Row], *, state: str = "") -> str:
    """The address of the next page; empty when this one is not full."""
    if len(rows) < queries.PAGE:
        return ""
    return f"?state={state}&before={rows[-1].id}" if state else f"?before={rows[-1].id}"


def _states(actor: base.Actor, chosen: str) -> list[NavItem]:
    counts = queries.counts(actor)
    every = [NavItem("?", _("全部"), current=not chosen, count=sum(counts.values()))]
    return every + [
        NavItem(
            f"?state={state}",
            state.label,
            current=chosen == state,
            count=counts.get(state, 0),
            alarm=state == State.FAILED,
        )
        for state in State
    ]
