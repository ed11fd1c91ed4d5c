"""What each entry of a matter's course says to the enterprise: a headline, and a line below it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qinqing.base import say
from qinqing.base.words import Sentence
from qinqing.clock.limits import Limit
from qinqing.ui import dates

from .. import queries
from ..models import Matter
from ..terms import Level, Outcome, Route, Timer

Told = tuple[Any, Any]  # headline, line below


@dataclass(frozen=True)
class Scene:
    """One entry with what is needed to tell it; units are named as they are called now."""

    event: queries.Event
    matter: Matter
    units: Mapping[str, str]

    @property
    def facts(self) -> dict[str, Any]:
        return self.event.facts

    @property
    def speaker(self) -> str:
        """The unit that said it, or the one that holds the matter."""
        said = self.event.statement
        return said.unit.name if said and said.unit else self.matter.unit_name

    def unit(self, fact: str) -> str:
        code = self.facts.get(fact) or ""
        return self.units.get(code, code)

    def day(self, fact: str) -> str:
        value = self.facts[fact]
        return dates.day(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))


def told(event: queries.Event, matter: Matter, units: Mapping[str, str]) -> Told:
    """Headline and line of one entry; the words that were said themselves stand apart."""
    teller = _TELLERS.get(event.verb)
    return teller(Scene(event, matter, units)) if teller else _PLAIN.get(event.verb, (event.label, ""))


def _opened(scene: Scene) -> Told:
    below = "" if _same_minute(scene) else say("收到时间：%(at)s，期限从这时起算", at=dates.moment(scene.matter.received_at))
    return _ENTERED.get(Route(scene.matter.route), say("您提交诉求")), below


def _same_minute(scene: Scene) -> bool:
    return abs((scene.event.at - scene.matter.received_at).total_seconds()) < 60  # noqa: PLR2004 - as the page shows it


_ENTERED = {
    Route.API: say("业务系统转来您的诉求"),
    Route.MAILBOX: say("书记市长信箱代您登记"),
    Route.HOTLINE: say("12345 代您登记"),
    Route.DEPARTMENT_VISIT: say("走访时代您登记"),
    Route.EXPRESS_PHONE: say("市长直通车代您登记"),
    Route.EXPRESS_LETTER: say("市长直通车代您登记"),
    Route.EXPRESS_MAIL: say("市长直通车代您登记"),
    Route.CHAMBER_IMPORT: say("商会代您报送"),
    Route.SUPERVISOR_FORM: say("营商环境监督员代您反映"),
    Route.EVALUATION_FINDING: say("评估中发现，代您登记"),
}


def _dispatched(scene: Scene) -> Told:
    helpers = "、".join(scene.units.get(code, code) for code in scene.facts.get("helpers", []))
    return say("交给%(unit)s主办", unit=scene.unit("lead")), say("%(units)s协办。", units=helpers) if helpers else ""


def _signed(scene: Scene) -> Told:
    return say("%(unit)s签收", unit=scene.unit("unit")), ""


def _assigned(scene: Scene) -> Told:
    return say("定下承办人"), scene.unit("section")


def _transferred(scene: Scene) -> Told:
    return (say("转给%(unit)s主办", unit=scene.unit("to")),
            say("由%(unit)s转来，办结期限不变。", unit=scene.unit("origin")))


def _returned(scene: Scene) -> Told:
    waiting = scene.matter.paused_at is not None and _is_last_question(scene)
    return say("等您补充") if waiting else say("请您补充"), say("%(unit)s请您补充，补充以前暂停计时。", unit=scene.speaker)


def _is_last_question(scene: Scene) -> bool:
    return scene.event.at >= scene.matter.paused_at


def _supplemented(scene: Scene) -> Told:
    title = say("您补充了情况") if scene.event.statement and scene.event.statement.from_enterprise else say("代您补充了情况")
    return title, say("接着计时。") if scene.facts.get("resumed") else ""


def _extension_requested(scene: Scene) -> Told:
    return say("%(unit)s申请延期 %(limit)s", unit=scene.speaker, limit=Limit.parse(scene.facts["limit"]).label), ""


def _extension_decided(scene: Scene) -> Told:
    if not scene.facts["granted"]:
        return say("营商环境办没有同意延期"), say("办结期限不变。")
    return say("营商环境办同意延期"), say("现在应在%(day)s前办结。", day=scene.day("due_at"))


def _progressed(scene: Scene) -> Told:
    return say("%(unit)s告诉您进展", unit=scene.speaker), ""


def _replied(scene: Scene) -> Told:
    values = {"unit": scene.speaker, "outcome": Outcome(scene.facts["outcome"]).label}
    if scene.facts.get("promised_on"):
        return say("%(unit)s答复：%(day)s前办成", day=scene.day("promised_on"), **values), say("办成以后再请您确认。")
    if scene.facts.get("review_on"):
        return say("%(unit)s答复：%(outcome)s", **values), say("%(day)s复核。", day=scene.day("review_on"))
    return say("%(unit)s答复：%(outcome)s", **values), ""


def _evidence_filed(scene: Scene) -> Told:
    return say("%(unit)s提交办结依据", unit=scene.speaker), ""


def _fulfilled(scene: Scene) -> Told:
    return say("%(unit)s办成了答应的事", unit=scene.speaker), ""


def _rejected(scene: Scene) -> Told:
    return say("您认为还没解决"), say("重新办理，由%(level)s盯着。", level=Level(scene.facts["level"]).label)


def _merged(scene: Scene) -> Told:
    return say("已并件，一并办理"), say("和 %(number)s 是同一件事。", number=scene.facts["into"])


def _supervised(scene: Scene) -> Told:
    return say("市里督办"), say("要求%(day)s前办好。", day=scene.day("due_on")) if scene.facts.get("due_on") else ""


def _redated(scene: Scene) -> Told:
    moved = [say("%(what)s从%(before)s改为%(after)s", what=Timer(timer).label, before=_day(before), after=_day(after))
             for timer, (before, after) in scene.facts.get("clocks", {}).items()]
    return say("放假安排有变，期限重新计算"), "；".join(str(one) for one in moved)


def _day(value: str | None) -> str | Sentence:
    return dates.day(datetime.fromisoformat(value), weekday=False) if value else say("待定")


_TELLERS: dict[str, Callable[[Scene], Told]] = {
    "matter.opened": _opened, "matter.dispatched": _dispatched, "matter.signed": _signed, "matter.assigned": _assigned,
    "matter.transferred": _transferred, "matter.returned": _returned, "matter.supplemented": _supplemented,
    "matter.extension_requested": _extension_requested, "matter.extension_decided": _extension_decided,
    "matter.progressed": _progressed, "matter.replied": _replied, "matter.evidence_filed": _evidence_filed,
    "matter.fulfilled": _fulfilled, "matter.rejected": _rejected, "matter.merged": _merged,
    "matter.supervised": _supervised, "matter.redated": _redated,
}
_PLAIN: dict[str, Told] = {
    "matter.accepted": (say("营商环境办受理"), ""),
    "matter.recalled": (say("营商环境办收回，另行交办"), say("办结期限不变。")),
    "matter.confirmed": (say("您确认已经解决"), ""),
    "matter.disputed": (say("您再次认为没解决"), say("由营商环境办裁定。")),
    "matter.rework_ordered": (say("营商环境办裁定：重新办理"), ""),
    "matter.judged_reasonable": (say("营商环境办认定合理诉求已办到位"), say("由两人认定，单独统计。")),
    "matter.judged_unreached": (say("营商环境办按联系不上处理"), say("三次联系都有记录。您随时可以要求重新办理。")),
    "matter.closed": (say("营商环境办核查依据后销号"), ""),
    "matter.reopened": (say("营商环境办要求重新办理"), ""),
    "matter.withdrawn": (say("您已撤回"), ""),
    "matter.attached": (say("营商环境办关联到您的企业"), say("提交人同意，企业已认证。")),
    "matter.separated": (say("改为单独办理"), say("不再和别的事项并在一起，时限接着算。")),
    "matter.reminded": (say("您提醒办理"), ""),
    "matter.appealed": (say("您请市里过问"), ""),
    "matter.seen_to": (say("营商环境办过问了"), ""),
    "matter.supervision_lifted": (say("解除督办"), ""),
}
