"""The timeline as the enterprise's page draws it: what is to come on top, then what happened, newest first."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from qinqing.base import Actor, say
from qinqing.base.words import Sentence, counted
from qinqing.clock import spans
from qinqing.clock.limits import Limit
from qinqing.documents import queries as documents
from qinqing.parties.models import Unit
from qinqing.ui import dates
from qinqing.workdays import queries as workdays

from .. import queries
from ..models import Clock, Matter, Statement
from ..terms import State, Timer
from . import narration

ICONS = {
    "matter.opened": "file-plus", "matter.accepted": "circle-check", "matter.dispatched": "send",
    "matter.signed": "writing-sign", "matter.assigned": "user-check", "matter.objected": "arrow-back-up",
    "matter.objection_decided": "scale", "matter.returned": "message-question", "matter.supplemented": "message-plus",
    "matter.extension_requested": "calendar-plus", "matter.extension_decided": "calendar-check",
    "matter.transferred": "arrows-exchange", "matter.progressed": "progress", "matter.helper_answered": "messages",
    "matter.replied": "message-check", "matter.evidence_filed": "paperclip", "matter.fulfilled": "checks",
    "matter.confirmed": "user-check", "matter.rejected": "user-x", "matter.disputed": "user-x",
    "matter.rework_ordered": "rotate", "matter.contacted": "phone", "matter.proposed_reasonable": "scale",
    "matter.judged_reasonable": "scale", "matter.judged_unreached": "phone-off",
    "matter.closed": "rosette-discount-check", "matter.reopened": "rotate", "matter.withdrawn": "arrow-back",
    "matter.merged": "git-merge", "matter.separated": "rotate", "matter.reminded": "bell-ringing", "matter.appealed": "flag",
    "matter.seen_to": "message-check", "matter.recalled": "arrow-back-up",
    "matter.supervised": "flag-exclamation", "matter.supervision_lifted": "flag-off", "matter.noted": "note",
    "matter.redated": "calendar-due", "matter.attached": "building-factory-2",
}
FIRST_ANSWERS = frozenset({"matter.progressed", "matter.replied"})


def items(actor: Actor, matter: Matter, clocks: list[Clock]) -> list[SimpleNamespace]:
    """Rows for `ui/_timeline.html`; files stand under the statement they came with."""
    return [*_to_come(matter, clocks), *happened(actor, matter)]


def happened(actor: Actor, matter: Matter) -> list[SimpleNamespace]:
    """What this actor may read of the course, newest first."""
    files = files_of(matter, actor)
    events = [event for event in queries.timeline(actor, matter) if event.verb in ICONS]
    units, first = unit_names(events), _first_answer(events)
    rows = [_row(event, narration.told(event, matter, units), files) for event in events]
    if rows and matter.is_open:
        rows[0].state = "now"
    if first is not None:
        rows[first].note = _taken(matter, events[first])
    return rows


def _row(event: queries.Event, told: narration.Told, files: dict) -> SimpleNamespace:
    said, (title, text) = event.statement, told
    return SimpleNamespace(
        state="done", icon=ICONS[event.verb], title=title, at=event.at, when="", note="", text=text,
        quote=_words(said) if said else "", files=files.get(said.pk, []) if said else [])


def _words(said: Statement) -> str | Sentence:
    return say("这段话已依法删除。") if said.erased_at else said.text


def _first_answer(events: list[queries.Event]) -> int | None:
    """The place of the entry that stopped the clock of the first answer; events come newest first."""
    answers = [place for place, event in enumerate(events) if event.verb in FIRST_ANSWERS]
    return answers[-1] if answers else None


def _taken(matter: Matter, event: queries.Event) -> Sentence:
    days = spans.working_days_between(matter.received_at, event.at, workdays.calendar())
    return counted("首次答复，用了 %(n)s 个工作日", n=days) if days else say("当天首次答复")


def files_of(matter: Matter, actor: Actor) -> dict[int, list[documents.Line]]:
    """The attachments as lists of files show them, by statement."""
    files: dict[int, list[documents.Line]] = {}
    attached = queries.attachments(matter, actor)
    for attachment, line in zip(attached, documents.lines(attached), strict=True):
        files.setdefault(attachment.statement, []).append(line)
    return files


def unit_names(events: Iterable[queries.Event]) -> dict[str, str]:
    """The units that these entries name by their codes, as they are called now."""
    codes: set[Any] = set()
    for event in events:
        codes |= {event.facts.get(fact) for fact in ("lead", "unit", "to", "origin", "section")}
        codes |= set(event.facts.get("helpers", []))
    return dict(Unit.objects.filter(code__in=codes - {None}).values_list("code", "name"))


# —— what is to come ——

_STEPS = {
    State.SUBMITTED: ("dispatch", "sign", "answer", "close"),
    State.ACCEPTED: ("dispatch", "sign", "answer", "close"),
    State.DISPATCHED: ("sign", "answer", "close"),
    State.HANDLING: ("answer", "close"),
    State.REPLIED: ("confirm", "close"),
    State.CONFIRMED: ("close",),
}
_AHEAD = {
    "dispatch": ("send", Timer.ACCEPT, say("交给承办单位")),
    "sign": ("writing-sign", Timer.SIGN, say("承办单位签收")),
    "answer": ("message-check", Timer.SOLUTION, say("答复您，由您确认是否解决")),
    "fulfil": ("checks", Timer.PROMISE, say("办成并提交依据，由您确认")),
    "review": ("calendar-check", Timer.REVIEW, say("复核条件，再答复您")),
    "decide": ("scale", Timer.DECISION, say("营商环境办裁定")),
    "confirm": ("user-question", None, say("您确认是否解决")),
    "close": ("rosette-discount-check", Timer.CLOSE, say("核查依据，销号")),
}


def _to_come(matter: Matter, clocks: list[Clock]) -> list[SimpleNamespace]:
    """The steps still ahead, dashed, the last on top: the enterprise sees that nothing ends without it."""
    ahead = [_this_way(matter, step) for step in _STEPS.get(State(matter.state), ())]
    running = {clock.timer: clock for clock in clocks if clock.stopped_at is None}
    limits = queries.limits_of(matter.kind, matter.track) if ahead else {}
    return [_step(step, running, limits) for step in reversed(ahead)]


def _this_way(matter: Matter, step: str) -> str:
    """A promise, a review or a dispute stands in the place of the usual step."""
    if step == "answer" and matter.promised_on:
        return "fulfil"
    if step == "answer" and matter.review_on:
        return "review"
    return "decide" if step == "confirm" and matter.disputed_at else step


def _step(name: str, running: dict[str, Clock], limits: dict[str, tuple[str, str]]) -> SimpleNamespace:
    icon, timer, title = _AHEAD[name]
    return SimpleNamespace(state="todo", icon=icon, title=title, at=None, when=_by_when(timer, running, limits), note="",
                           text="", quote="", files=[])


def _by_when(timer: str | None, running: dict[str, Clock], limits: dict[str, tuple[str, str]]) -> Sentence | str:
    """The date of a clock that runs; of one that waits for the step before, how long it will be."""
    if timer is None:
        return ""
    if timer in running:
        due = running[timer].due_at
        return say("最晚 %(day)s", day=dates.day(due)) if due else say("暂停计时，日期待定")
    before = say("您确认后 %(limit)s内") if timer == Timer.CLOSE else say("交办后 %(limit)s内")
    return Sentence(before.text, {"limit": Limit.parse(limits[timer][0]).label}) if timer in limits else ""
