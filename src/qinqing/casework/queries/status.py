"""What a person sees of a matter: its status, and the light of its deadline."""

from datetime import datetime

from qinqing import base
from qinqing.base import say
from qinqing.clock import spans
from qinqing.clock.calendar import Calendar

from .. import terms
from ..models import Matter
from ..terms import State
from .deadlines import calendar


def status(matter: Matter) -> terms.Status:
    """What a person sees: the fact that somebody must act on comes before the state."""
    if matter.state == State.DISPATCHED and matter.objected_at:
        return terms.OBJECTED
    if matter.state == State.REPLIED and matter.disputed_at:
        return terms.DISPUTED
    if matter.is_open and matter.paused_at:
        return terms.PAUSED
    if matter.state == State.HANDLING and matter.promised_on:
        return terms.PROMISED
    if matter.state == State.HANDLING and matter.review_on:
        return terms.SHELVED
    return terms.STATUS[State(matter.state)]


def asked_of_office(matter: Matter) -> terms.Status | None:
    """What the office still has to answer while the unit goes on; an objection and a dispute are the status itself."""
    if matter.objected_at or matter.disputed_at:
        return None
    if matter.extension_asked_at:
        return terms.EXTENSION_ASKED
    if matter.appealed_at:
        return terms.APPEALED
    return terms.REJECTED if matter.rejected_at else None


def light(matter: Matter, now: datetime | None = None, *, days: Calendar | None = None) -> spans.Light:
    """The deadline's light and words, from the list row alone; a list hands in the calendar it read once."""
    if matter.is_open and matter.due_at is None and matter.paused_at is None:
        return spans.Light(spans.Level.PAUSED, say("等企业确认") if matter.state == State.REPLIED else say("等主办单位"))
    return spans.light_of(
        now or base.now(), due=matter.due_at, soon=matter.soon_at, calendar=days or calendar(),
        paused=matter.paused_at is not None or matter.objected_at is not None, done=not matter.is_open)
