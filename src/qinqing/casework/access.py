"""Who may do what with a matter. The actions require these, the pages grey their buttons by them.

Two questions are kept apart: whether this person may ever (here), and whether it is possible now (`rules`).
"""

from dataclasses import dataclass, field
from typing import Any

from qinqing.base import Actor, Role, Verdict
from qinqing.base.actor import CITY_OFFICES, INTAKE, LEADERS, UNIT_STAFF
from qinqing.base.verdict import YES, no
from qinqing.base.words import say

DISPATCHERS = frozenset({Role.ENVIRONMENT_OFFICE, Role.CITY_GOVERNMENT_OFFICE})
CALLERS = frozenset({Role.ENVIRONMENT_OFFICE, Role.PRIVATE_ECONOMY_OFFICE, Role.HOTLINE_OPERATOR})
SUPERVISORS = CITY_OFFICES | {Role.CITY_LEADER}
OUTSIDERS = frozenset({Role.CHAMBER, Role.EVALUATOR})
REGISTRARS = CITY_OFFICES | INTAKE | UNIT_STAFF | {Role.COUNTY_OFFICE}


@dataclass(frozen=True)
class Standing:
    """How an actor stands to a matter, read once from the database."""

    own_enterprise: bool = False
    lead: bool = False           # of the unit that leads
    helper: bool = False
    own_county: bool = False
    express: bool = False        # came by the mayor's express
    nameless: bool = False       # no enterprise's own: anonymous, or brought without an account
    registered: bool = False     # entered it on behalf
    answered: bool = False       # wrote the reply that is to be confirmed
    proposed: bool = False       # proposed “reasonably met”
    unit_ids: frozenset[int] = field(default_factory=frozenset)


_NOT_OFFICE = say("这一步由营商环境办办理。")
_NOT_UNIT = say("这一步由承办单位办理。")
_NOT_ENTERPRISE = say("这一步由提出诉求的企业办理。")


def _office(actor: Actor, standing: Standing) -> Verdict:
    if actor.role == Role.COUNTY_OFFICE and standing.own_county:
        return no(say("市长直通车由市里交办。")) if standing.express else YES
    return _city_office(actor, standing)


def _city_office(actor: Actor, _: Standing) -> Verdict:
    return YES if actor.role in DISPATCHERS else no(_NOT_OFFICE)


def _attacher(actor: Actor, standing: Standing) -> Verdict:
    return _city_office(actor, standing) if standing.nameless else no(say("已经是企业自己的事项。"))


def _lead(actor: Actor, standing: Standing) -> Verdict:
    return YES if standing.lead and actor.role in UNIT_STAFF else no(_NOT_UNIT)


def _helper(actor: Actor, standing: Standing) -> Verdict:
    return YES if standing.helper and actor.role in UNIT_STAFF else no(say("您的单位不是这件事的协办单位。"))


def _unit(actor: Actor, standing: Standing) -> Verdict:
    return _lead(actor, standing) or _helper(actor, standing)


def _liaison(actor: Actor, standing: Standing) -> Verdict:
    return _signs(actor) if _lead(actor, standing) else no(_NOT_UNIT)


def _helpers_liaison(actor: Actor, standing: Standing) -> Verdict:
    return _helper(actor, standing) and _signs(actor)


def _signs(actor: Actor) -> Verdict:
    return YES if actor.role in (Role.LIAISON, Role.UNIT_LEADER) else no(say("由单位联络员签收和指定承办人。"))


def _enterprise(_: Actor, standing: Standing) -> Verdict:
    return YES if standing.own_enterprise else no(_NOT_ENTERPRISE)


def _office_or_unit(actor: Actor, standing: Standing) -> Verdict:
    return _office(actor, standing) or _lead(actor, standing)


def _enterprise_or_registrar(actor: Actor, standing: Standing) -> Verdict:
    return YES if standing.own_enterprise or standing.registered else _office(actor, standing)


def _caller(actor: Actor, standing: Standing) -> Verdict:
    return YES if actor.role in CALLERS or _office(actor, standing) else no(say("由承办单位以外的人联系企业。"))


def _second_office_member(actor: Actor, standing: Standing) -> Verdict:
    if standing.proposed:
        return no(say("您已提议，要由另一人认定。"))
    return _city_office(actor, standing)


def _closer(actor: Actor, standing: Standing) -> Verdict:
    if standing.answered:
        return no(say("答复是您写的，销号要由另一人核查。"))
    return _office(actor, standing)


def _supervisor(actor: Actor, _: Standing) -> Verdict:
    return YES if actor.role in SUPERVISORS else no(say("督办由市领导、营商环境办和效能办决定。"))


def _staff(actor: Actor, _: Standing) -> Verdict:
    return may_hear_staff(actor)


_RULES = {
    "accept": _office, "dispatch": _office, "uphold_objection": _city_office, "reject_objection": _city_office,
    "recall": _city_office, "merge": _office, "decide_extension": _office, "close": _closer, "reopen": _office,
    "separate": _office, "sign_as_helper": _helpers_liaison, "answer_as_helper": _helper,
    "sign": _liaison, "assign": _liaison, "object": _liaison, "transfer": _liaison,
    "request_extension": _lead, "reply": _lead, "reply_later": _lead, "file_evidence": _lead, "fulfil": _lead,
    "progress": _unit, "ask": _office_or_unit,
    "supplement": _enterprise_or_registrar, "confirm": _enterprise, "reject": _enterprise, "dispute": _enterprise,
    "order_rework": _city_office, "attach": _attacher,
    "withdraw": _enterprise, "remind": _enterprise, "appeal": _enterprise,
    "contact": _caller, "judge_unreached": _city_office,
    "propose_reasonable": _city_office, "judge_reasonable": _second_office_member,
    "see_to": _city_office, "supervise": _supervisor, "lift_supervision": _supervisor, "note": _staff,
}


def may(verb: str, actor: Actor, standing: Standing) -> Verdict:
    """Whether this person may ever say `verb` about a matter they stand to like this."""
    return _RULES[verb](actor, standing)


def may_register(actor: Actor) -> Verdict:
    """Who may enter a difficulty on an enterprise's behalf (phone, letter, visit)."""
    return YES if actor.role in REGISTRARS else no(say("代企业登记由政府工作人员、话务员、商会或评估机构办理。"))


def may_set_limits(actor: Actor) -> Verdict:
    """Limits come with the city's profile, or from the system administrator."""
    return YES if actor.role in ("system", Role.SYSTEM_ADMIN) else no(say("办理时限由系统管理员维护。"))


def may_look_up(actor: Actor) -> Verdict:
    """Who tells callers how far any matter is, by number and phone or credit code, and sees no more of it."""
    return YES if actor.role == Role.HOTLINE_OPERATOR else no(say("按编号查进度由 12345 话务员办理。"))


def may_see_overview(actor: Actor) -> Verdict:
    """Who reads how matters stand instead of handling them."""
    return YES if actor.role in LEADERS else no(say("总览给市领导和县区领导看。"))


def may_hear_staff(actor: Actor) -> Verdict:
    """Who reads what those who handle it say among themselves: not the enterprise, and not who only passed it on."""
    return YES if actor.is_staff and actor.role not in OUTSIDERS else no(say("只有办理各方可以。"))


def may_know_subject(actor: Actor, standing: Standing, about_unit_id: int) -> Verdict:
    """Who reads which unit is complained about: who said it, and who handles it and must keep it; never that unit."""
    if about_unit_id in actor.line_ids:
        return no(say("反映的单位看不到。"))
    return YES if standing.own_enterprise or standing.registered else may_hear_staff(actor)


def may_hear_office(actor: Actor) -> Verdict:
    """Who reads what the city office says among itself."""
    return YES if actor.role in SUPERVISORS else no(_NOT_OFFICE)


def may_see_satisfaction(actor: Actor) -> Verdict:
    """The single answer goes to the office; a unit sees only totals of five and more."""
    return YES if actor.role in DISPATCHERS | {Role.CITY_LEADER} else no(say("单件满意度只给营商环境办看。"))


def may_see_satisfaction_totals(actor: Actor, unit_id: int) -> Verdict:
    own = actor.role in UNIT_STAFF and unit_id in actor.unit_ids
    return YES if own else may_see_satisfaction(actor)


def may_read_satisfaction(actor: Actor) -> Verdict:
    """Who has a page of totals: a unit of its own, the office of every unit's."""
    return YES if actor.role in UNIT_STAFF and actor.unit_ids else may_see_satisfaction(actor)


def may_know_enterprise(actor: Actor, anonymity: str, standing: Standing) -> Verdict:
    """Whether the name of the enterprise is shown to this actor."""
    if anonymity == "open" or standing.own_enterprise or standing.registered or actor.role not in UNIT_STAFF:
        return YES
    if anonymity == "from_handler" and actor.role != Role.HANDLER:
        return YES
    return no(say("企业要求不公开名称。"))


def row_filter(actor: Actor) -> dict[str, Any] | None:
    """Which matters an actor sees at all: None is every one, an empty dict is none."""
    if actor.role in CITY_OFFICES or actor.role in (Role.CITY_LEADER, "system"):
        return None
    if actor.role == Role.ENTERPRISE:
        return {"enterprise": actor.enterprise_id} if actor.enterprise_id else {}
    if actor.role in UNIT_STAFF:
        return {"units": actor.unit_ids} if actor.unit_ids else {}
    if actor.role in (Role.COUNTY_OFFICE, Role.COUNTY_LEADER):
        return {"county": actor.county_id} if actor.county_id else {}
    if actor.role in INTAKE:
        return {"registered_for": actor.unit_id} if actor.unit_id else {}
    return {}
