"""When something is sent: quiet hours, the next attempt, and what may be sent once more by hand.

Pure: every moment is an argument, aware.
"""

from datetime import datetime, timedelta

from qinqing import base
from qinqing.base import Verdict, no, say

from . import terms
from .terms import State


def quiet_until(moment: datetime) -> datetime | None:
    """The next 08:00 in Asia/Shanghai when `moment` lies in the quiet hours (22:00 included), else None."""
    local = moment.astimezone(base.TZ)
    if terms.QUIET_UNTIL <= local.time() < terms.QUIET_FROM:
        return None
    day = local.date() if local.time() < terms.QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, terms.QUIET_UNTIL, base.TZ)


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None when it has been enough."""
    if attempts >= terms.MAX_ATTEMPTS:
        return None
    return now + terms.BACKOFF[attempts - 1]


def may_send_again(state: str, due_at: datetime | None, now: datetime) -> Verdict:
    """By hand anything goes out again but what has gone out, and what is going out right now."""
    if state == State.SENT:
        return no(say("这条已经发出，不再重发。"))
    if state == State.CLAIMED and due_at and due_at > now:
        return no(say("这条正在发送，请稍后看结果。"))
    return base.YES
