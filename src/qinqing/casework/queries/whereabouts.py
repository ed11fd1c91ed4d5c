"""Where a matter is, in one sentence: who holds it, what happens next, by when. Read by the page, the print, the API."""

from dataclasses import dataclass, replace

from qinqing import base
from qinqing.base.words import Sentence, say
from qinqing.ui import dates

from ..models import Matter
from ..terms import Ground, State, Timer
from .status import status


@dataclass(frozen=True)
class Whereabouts:
    title: Sentence
    text: Sentence | None = None


def whereabouts(matter: Matter) -> Whereabouts:
    """Spoken to the enterprise. Lateness is said, never hidden behind a date that has passed."""
    values = {"unit": matter.unit_name, "due": dates.day(matter.due_at) if matter.due_at else "",
              "timer": Timer(matter.timer).label if matter.timer else ""}
    title, text = _told(matter)
    return Whereabouts(replace(title, values=values), text and replace(text, values=values))


def _told(matter: Matter) -> tuple[Sentence, Sentence | None]:
    if matter.is_open and matter.paused_at:
        return say("等您补充情况，暂停计时"), say("补充以后接着计时，等您的这几天不算在办理时限里。")
    stage = _stage(matter)
    late = matter.is_open and matter.due_at is not None and matter.due_at < base.now()
    return (_LATE[stage], _OVERDUE.get(stage, _OVERDUE_AT_WORK)) if late else _IN_TIME[stage]


def _stage(matter: Matter) -> str:
    """The state, or the fact within it that makes another sentence of it."""
    if matter.state == State.REPLIED and matter.disputed_at:
        return "disputed"
    if matter.state == State.HANDLING and matter.promised_on:
        return "promised"
    if matter.state == State.HANDLING and matter.review_on:
        return "shelved"
    return matter.state


_IN_TIME = {
    State.SUBMITTED: (say("已收到，%(due)s前告诉您谁在办"), say("由营商环境办受理，不用您找部门。")),
    State.ACCEPTED: (say("已受理，正在找承办单位"), say("%(due)s前交办。")),
    State.DISPATCHED: (say("已交给%(unit)s"), say("等%(unit)s签收，%(due)s前。签收后告诉您由谁承办。")),
    State.HANDLING: (say("%(unit)s正在办，%(due)s前有答复"), say("答复后由您确认是否解决。")),
    "promised": (say("%(unit)s答应%(due)s前办成"), say("办成并提交依据后，再请您确认。")),
    "shelved": (say("条件还不具备，%(due)s前复核"), say("复核后%(unit)s再答复您。")),
    State.REPLIED: (say("请您确认办理结果"), say("不确认不会当作满意。")),
    "disputed": (say("营商环境办正在裁定"), say("您再次提出没有解决，%(due)s前裁定，结果会告诉您。")),
    State.CONFIRMED: (say("已办结，等核查销号"), say("由没有参与答复的人核查依据，%(due)s前销号。")),
    State.CLOSED: (say("已销号"), None),
    State.WITHDRAWN: (say("您已撤回"), say("原文和经过都还在，需要时可以再提。")),
    State.MERGED: (say("已并件，一并办理"), say("结果会同时告诉您。")),
}
_LATE = {
    State.SUBMITTED: say("已收到，还没有交办"),
    State.ACCEPTED: say("已受理，还没有交办"),
    State.DISPATCHED: say("已交给%(unit)s，还没有签收"),
    State.HANDLING: say("%(unit)s正在办，还没有答复"),
    "promised": say("%(unit)s答应办成的日子过了，还没有办成"),
    "shelved": say("到了复核的日子，%(unit)s还没有答复"),
    "disputed": say("营商环境办还没有裁定"),
    State.CONFIRMED: say("已办结，还没有核查销号"),
}
_OVERDUE_AT_WORK = say("%(timer)s应在%(due)s前完成，已经超期。您可以提醒办理，也可以请市里过问。")
_OVERDUE = {
    "disputed": say("%(timer)s应在%(due)s前完成，已经超期。您可以请市里过问。"),
    State.CONFIRMED: say("%(timer)s应在%(due)s前完成，已经超期。"),
}


def ending(matter: Matter) -> Sentence | None:
    """What is to say beside an end: by whose word it was struck off, or how the other matter it joined stands."""
    if matter.state == State.MERGED and matter.merged_into:
        into = matter.merged_into
        return say("一并办理的那件是 %(number)s，现在%(status)s。结果会同时告诉您。",
                   number=into.number, status=status(into).label)
    return _GROUNDS.get(Ground(matter.ground)) if matter.ground else None


_GROUNDS = {
    Ground.ENTERPRISE: say("您已确认。"),
    Ground.UNREACHED: say("三次联系不上您，有记录，按规定销号。您随时可以要求重新办理。"),
    Ground.REASONABLE: say("合理诉求已办到位，由营商环境办两人认定，单独统计。"),
}
