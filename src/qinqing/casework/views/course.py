"""The course of a matter for those who handle it: what happened, who did it, and what was said."""

from datetime import date
from types import SimpleNamespace

from django.utils.translation import gettext as _

from qinqing import base
from qinqing.base import Actor
from qinqing.parties.models import Post
from qinqing.ui import dates

from .. import queries
from ..models import Matter
from ..terms import Outcome
from . import timeline

OPENED = "matter.opened"  # its words stand on the page already
BY_ENTERPRISE = frozenset({
    "matter.supplemented", "matter.confirmed", "matter.rejected", "matter.disputed", "matter.withdrawn", "matter.reminded",
    "matter.appealed",
})


def items(actor: Actor, matter: Matter, *, latest: int | None = None) -> list[SimpleNamespace]:
    """Rows for `ui/_timeline.html`, newest first. The enterprise's people are never named here."""
    events = [event for event in queries.timeline(actor, matter) if event.verb in timeline.ICONS][:latest]
    files = timeline.files_of(matter, actor)
    posts, units = _posts(events), timeline.unit_names(events)
    return [SimpleNamespace(
        state="now" if place == 0 and matter.is_open else "done", icon=timeline.ICONS[event.verb], title=_title(event),
        at=event.at, when="", note="", text="：".join(filter(None, [_who(event, posts), _what(event, units)])),
        quote=event.statement.text if event.statement and event.verb != OPENED else "",
        files=files.get(event.statement.pk, []) if event.statement and event.verb != OPENED else [],
    ) for place, event in enumerate(events)]


def _title(event: queries.Event) -> str:
    """A reply is told by its outcome, with the day of what is only promised or put off."""
    if event.verb != "matter.replied":
        return str(event.label)
    outcome = Outcome(event.facts["outcome"]).label
    if day := event.facts.get("promised_on"):
        return _("答复：%(outcome)s，答应%(day)s前办成") % {"outcome": outcome, "day": _day(day)}
    if day := event.facts.get("review_on"):
        return _("答复：%(outcome)s，%(day)s复核") % {"outcome": outcome, "day": _day(day)}
    return f"{event.label}：{outcome}"


def _day(value: str) -> str:
    return dates.day(date.fromisoformat(value))


def _who(event: queries.Event, posts: dict[str, list[Post]]) -> str:
    """Unit and person, by the post held on that day."""
    said = event.statement
    if said.from_enterprise if said else event.verb in BY_ENTERPRISE:
        return _("企业")
    day = event.at.astimezone(base.TZ).date()
    held = [post for post in posts.get(event.actor, [])
            if post.valid_from <= day and (post.valid_to is None or post.valid_to > day)]
    return f"{held[0].unit.name} {held[0].account.name}" if held else ""


def _what(event: queries.Event, units: dict[str, str]) -> str:
    """The units that the entry names, as they are called now."""
    facts = event.facts
    if event.verb == "matter.dispatched":
        helpers = "、".join(units.get(code, code) for code in facts.get("helpers", []))
        lead = _("%(unit)s主办") % {"unit": units.get(facts["lead"], facts["lead"])}
        return "，".join([lead, *([_("%(units)s协办") % {"units": helpers}] if helpers else [])])
    if event.verb == "matter.transferred":
        return _("转给%(unit)s") % {"unit": units.get(facts["to"], facts["to"])}
    if event.verb == "matter.extension_requested":
        return _("延长 %(n)s 个工作日") % {"n": facts["limit"].removesuffix("wd")}
    if event.verb in ("matter.objection_decided", "matter.extension_decided"):
        return _("同意") if facts.get("upheld") or facts.get("granted") else _("不同意")
    return ""


def _posts(events: list[queries.Event]) -> dict[str, list[Post]]:
    """The posts of the accounts that acted, by reference."""
    found: dict[str, list[Post]] = {}
    accounts = {event.actor.partition(":")[2] for event in events if event.actor.startswith("account:")}
    for post in Post.objects.filter(account__in=accounts).select_related("account", "unit").order_by("-valid_from", "id"):
        found.setdefault(f"account:{post.account_id}", []).append(post)
    return found
