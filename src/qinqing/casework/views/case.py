"""The enterprise's pages: all its matters, and one of them (M1-002, M1-036)."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing import base
from qinqing.base import Actor, say
from qinqing.clock.calendar import Calendar
from qinqing.clock.spans import Level
from qinqing.parties import rules as parties
from qinqing.parties.unsent import SignInFirst
from qinqing.ui import dates
from qinqing.ui.terms import NavItem

from .. import kinds, queries
from ..forms import portal as forms
from ..models import Assignment, Clock, Matter, Statement
from ..queries.portal import quiet_from, reminded_today
from ..terms import AT_UNIT, PAUSED, Part, Speech, State, Status, Timer
from . import saying, secrecy, timeline

LISTED = 200


def found(request: HttpRequest, number: str) -> Matter:
    """The matter, or 404 for who may not know of it; a visitor signs in first, whether it is there or not."""
    matter = queries.find(request.actor, number)
    if matter is None and not request.actor.account_id:
        raise SignInFirst
    if matter is None:
        raise Http404
    return matter


def case(request: HttpRequest, number: str) -> HttpResponse:
    matter = found(request, number)
    if request.actor.is_staff:
        return redirect("desk_matter", number=number)
    return shown(request, matter)


def shown(request: HttpRequest, matter: Matter, *, form: forms.ConfirmForm | None = None, status: int = 200) -> HttpResponse:
    """The page; the question of confirmation stands on top while it is asked."""
    actor, options = request.actor, queries.options(request.actor, matter)
    clocks = queries.clocks_of(matter)
    context = {
        **head(actor, matter), "events": timeline.items(actor, matter, clocks), "acts": _acts(matter, options),
        "who": who(matter), "clocks": counted(matter, clocks), "bar": _bar(matter, clocks), "detail": _detail(matter, actor),
        **(_asked(matter, form) if "confirm" in options and options["confirm"].verdict else {}),
        "question": question_to(matter), "asked_for": secrecy.asked_for(actor, matter),
    }
    return render(request, "casework/case.html", context, status=status)


def head(actor: Actor, matter: Matter) -> dict[str, Any]:
    """What the page and its print begin with."""
    return {
        "matter": matter, "status": status_of(matter), "light": _light(matter), "where": queries.whereabouts(matter),
        "ending": queries.ending(matter), "merged": matter.merged.count(), "enterprise": queries.shown_enterprise(actor, matter),
    }


def status_of(matter: Matter) -> Status:
    """The status as the enterprise itself is spoken to."""
    status = queries.status(matter)
    return replace(status, label=gettext_lazy("待您补充")) if status is PAUSED else status


def _light(matter: Matter, days: Calendar | None = None) -> Any:
    """Shown only when it says more than the sentence does: soon due, or late."""
    light = queries.light(matter, days=days)
    return light if light.level in (Level.SOON, Level.OVERDUE) else None


def _bar(matter: Matter, clocks: list[Clock]) -> dict[str, Any] | None:
    """The working days of the solution clock, while it runs."""
    clock = next((clock for clock in reversed(clocks) if clock.timer == Timer.SOLUTION), None)
    counted = queries.solution_days(matter, clocks) if clock and clock.stopped_at is None else None
    if counted is None:
        return None
    used, total = counted
    return {"used": used, "total": total, "left": abs(total - used), "late": used > total, "end": _end(matter, clock)}


def _end(matter: Matter, clock: Clock) -> str:
    """The last day, with the way to its calculation."""
    address, day = reverse("why", args=[matter.number, clock.timer]), dates.day(clock.due_at, weekday=False)
    return format_html('{} <a href="{}">{}</a>', _("%(day)s前办结") % {"day": day}, address, _("为什么是这一天"))


def counted(matter: Matter, clocks: list[Clock]) -> list[Clock]:
    """The deadlines that mean something: those of what was taken back or merged were never met."""
    return [] if matter.state in (State.WITHDRAWN, State.MERGED) else queries.latest(matter, clocks)


def _asked(matter: Matter, form: forms.ConfirmForm | None) -> dict[str, Any]:
    """The two questions with the reply they are about."""
    reply = queries.current_reply(matter)
    return {
        "reply": reply, "form": form or forms.ConfirmForm(initial={"version": matter.version}),
        "solved_icons": {"yes": "circle-check", "no": "rotate"},
        "evidence": matter.statements.filter(speech=Speech.EVIDENCE, said_at__gte=reply.answered_at).order_by("id"),
        "again": matter.confirmations.filter(solved=False).exists(),
    }


def question_to(matter: Matter) -> Statement | None:
    """What the enterprise is asked to add, while everything waits for it."""
    asked = matter.statements.filter(speech=Speech.QUESTION).order_by("-id")
    return asked.first() if matter.is_open and matter.paused_at else None


# —— who has it ——

def who(matter: Matter) -> list[tuple[str, Any]]:
    """Whose turn it is, and who has it."""
    parts = [part for part in matter.assignments.all() if part.ended_at is None]
    lead = next((part for part in parts if part.part == Part.LEAD), None)
    helpers = "、".join(part.unit.name for part in parts if part.part == Part.HELPER)
    rows = [(_("现在轮到"), turn_of(matter)), (_("主办"), matter.unit_name), (_("承办"), lead and _person(lead)),
            (_("办公电话"), lead and _phone(lead)), (_("协办"), helpers), (_("市里过问"), _city(matter))]
    return [(term, value) for term, value in rows if value]


def _city(matter: Matter) -> str:
    """By when the office answers whom it was asked by; empty when it owes nothing."""
    since = matter.appealed_at or matter.rejected_at
    due = queries.answer_due(matter, since) if since else None
    if due is None:
        return ""
    told = _("营商环境办，应在%(day)s前答复您，已经超期") if due < base.now() else _("营商环境办，%(day)s前答复您")
    return told % {"day": dates.day(due)}


def turn_of(matter: Matter) -> str:
    """Whose step is next; empty when nobody's."""
    if not matter.is_open:
        return ""
    if queries.waits_for_enterprise(matter):
        return _("您")
    return matter.unit_name if matter.state in AT_UNIT and not matter.objected_at else _("营商环境办")


def _person(lead: Assignment) -> str:
    """Section and family name, as far as the unit named them."""
    name = parties.masked_name(lead.handler.name) if lead.handler else ""
    return " ".join(filter(None, [lead.section.name if lead.section else "", name]))


def _phone(lead: Assignment) -> str:
    """The office's, never a person's own; in the demo no number can be called."""
    number = (lead.section.phone if lead.section else "") or lead.unit.phone
    return number if settings.DEMO_MODE or not number else format_html('<a href="tel:{}">{}</a>', number, number)


def _detail(matter: Matter, actor: Actor) -> tuple[str, dict] | None:
    kind = kinds.get(matter.kind)
    return kind.detail(matter, actor) if kind.detail else None


def _acts(matter: Matter, options: dict[str, Any]) -> list[NavItem]:
    own = [_act(matter, name, verb) for name, verb in saying.VERBS.items() if name in options and options[name].verdict]
    if matter.merged_into and matter.merged_into.enterprise_id == matter.enterprise_id:
        own.append(NavItem(reverse("case", args=[matter.merged_into.number]), _("看一并办理的那件"), icon="git-merge"))
    return [*own, NavItem(reverse("slip", args=[matter.number]), _("打印告知单"), icon="printer"),
            NavItem(reverse("receipt", args=[matter.number]), _("收件凭证"), icon="receipt")]


def _act(matter: Matter, name: str, verb: saying.Verb) -> NavItem:
    """The way to a verb; who has reminded today, or had word lately, sees when, and has nowhere to go until then."""
    address, note = reverse("case_act", args=[matter.number, name]), ""
    if name == "appeal" and (day := quiet_from(matter)):
        address, note = "", _("到%(day)s还没有新消息，或者超期，就可以") % {"day": dates.day(day)}
    if name == "remind" and matter.reminded_at:
        note = _("%(at)s提醒过") % {"at": dates.moment(matter.reminded_at)}
        if reminded_today(matter):
            address, note = "", note + _("，明天可以再提醒")
    return NavItem(address, verb.named(is_open=matter.is_open), icon=verb.icon, note=note)


# —— all of them ——

def mine(request: HttpRequest) -> HttpResponse:
    """All matters of the enterprise: what waits for it first, then what is open, then what has ended."""
    if request.actor.enterprise_id is None:
        return redirect("after_login" if request.actor.is_staff else f"{settings.LOGIN_URL}?next={request.path}")
    before = request.GET.get("before", "")
    own = Matter.objects.visible_to(request.actor).order_by("-pk")
    ended = own.filter(is_open=False, **({"pk__lt": int(before)} if before.isdecimal() else {}))[:LISTED + 1]
    running = [] if before else list(own.running())
    days = queries.calendar()
    rows = [_listed(row, days) for row in [*running, *ended[:LISTED]]]
    groups = [(label, [row for row in rows if row["group"] == key]) for key, label in _GROUPS.items()]
    context = {"groups": [group for group in groups if group[1]], "none": say("还没有反映过困难"), "first": before,
               "older": rows[-1]["row"].pk if len(ended) > LISTED else None}
    return render(request, "casework/cases.html", context)


_GROUPS = {"yours": gettext_lazy("等您回复"), "open": gettext_lazy("正在办"), "ended": gettext_lazy("已结束")}


def _listed(row: Matter, days: Calendar) -> dict[str, Any]:
    group = "ended" if not row.is_open else "yours" if queries.waits_for_enterprise(row) else "open"
    return {"row": row, "group": group, "status": status_of(row), "light": _light(row, days), "where": _where(row)}


def _where(row: Matter) -> Any:
    """One line: how it stands, or how it ended."""
    if row.is_open:
        return queries.whereabouts(row).title
    return say("%(outcome)s，%(day)s", outcome=row.get_outcome_display(), day=dates.day(row.closed_at))
