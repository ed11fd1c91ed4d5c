"""Who hears of what: the notices that each verb writes, inside its act."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import SYSTEM, TZ, Role
from qinqing.base.actor import UNIT_STAFF
from qinqing.notices import actions as notices
from qinqing.notices.templates import IN_APP, SMS, Template
from qinqing.parties import queries as parties
from qinqing.parties.models import Mandate, Post, Unit

from ..models import Matter

ENTERPRISE = (IN_APP, SMS)
STAFF = (IN_APP,)

_SHOULD_HAVE = _("原定%(due)s前告诉您谁在办，现在到哪一步，请看办理经过。")
TEMPLATES = [
    Template("matter.received", _("收到了，编号 %(number)s"), _("%(due)s前告诉您谁在办。"), ENTERPRISE, late=_SHOULD_HAVE),
    Template("matter.arrived", _("新到：%(title)s"), _("请在%(due)s前受理交办。"), STAFF,
             late=_("应在%(due)s前受理交办，已经过了，请马上办。")),
    Template("matter.dispatched", _("已交给%(unit)s"), _("编号 %(number)s，由%(unit)s办理。"), ENTERPRISE),
    Template("matter.to_sign", _("待签收：%(title)s"), _("请在%(due)s前签收。"), STAFF, late=_("%(due)s已经过了，请马上签收。")),
    Template("matter.asked", _("请补充情况"), _("编号 %(number)s 等您补充，补充后继续计时。"), ENTERPRISE),
    Template("matter.progressed", _("有新进展"), _("编号 %(number)s，%(unit)s告诉您办理进展。"), ENTERPRISE),
    Template("matter.replied", _("请您确认办理结果"), _("编号 %(number)s 已答复，请看是否解决。"), ENTERPRISE),
    Template("matter.promised", _("%(unit)s答复了"), _("编号 %(number)s，写明了办成或复核的日期，到期再请您确认。"),
             ENTERPRISE),
    Template("matter.promise_replaced", _("%(unit)s改了答复"),
             _("编号 %(number)s 原来答应%(due)s办成，现在改了答复，点开看为什么。"), ENTERPRISE),
    Template("matter.redated", _("期限有变"), _("编号 %(number)s 现在是%(due)s前，点开看为什么。"), ENTERPRISE,
             late=_("编号 %(number)s 的期限改成了%(due)s，已经过了，点开看为什么。")),
    Template("matter.closed", _("已销号"), _("编号 %(number)s 已销号。没办到位可以再提。"), ENTERPRISE),
    Template("matter.decided", _("营商环境办有了决定"), _("编号 %(number)s，点开看决定和理由。"), ENTERPRISE),
    Template("matter.seen_to", _("市里过问了"), _("编号 %(number)s，营商环境办告诉您问到的情况。"), ENTERPRISE),
    Template("matter.separated", _("改为单独办理"), _("编号 %(number)s 不再并件，%(due)s前告诉您谁在办。"), ENTERPRISE,
             late=_SHOULD_HAVE),
    Template("matter.merged", _("已并件"), _("编号 %(number)s 与 %(into)s 是同一件事，一并办理，结果会告诉您。"), ENTERPRISE),
    Template("matter.attached", _("有一件事关联到您的企业"),
             _("编号 %(number)s 是没有登录时提的，提交人同意关联。以后在这里看进度、确认结果。"), ENTERPRISE),
    Template("matter.unit", _("%(what)s：%(title)s"), _("编号 %(number)s，点开处理。"), STAFF),
    Template("matter.recalled", _("已收回：%(title)s"), _("编号 %(number)s 由营商环境办收回，另行交办，不用再办。"), STAFF),
    Template("matter.taken_back", _("派单异议成立：%(title)s"), _("编号 %(number)s 由营商环境办另行交办，不用再办。"), STAFF),
    Template("matter.office", _("%(what)s：%(title)s"), _("编号 %(number)s，点开处理。"), STAFF),
]


def opened(matter: Matter) -> None:
    _enterprise(matter, "matter.received", due=_day(matter))
    _office(matter, "matter.arrived", due=_day(matter))


def accepted(matter: Matter) -> None:
    """Nothing: the enterprise was told at receipt and hears again at dispatch, within the day."""


def dispatched(matter: Matter, units: Iterable[Unit]) -> None:
    _enterprise(matter, "matter.dispatched", unit=matter.unit_name)
    _units(matter, units, "matter.to_sign", due=_day(matter))


def transferred(matter: Matter, origin: Unit) -> None:
    dispatched(matter, [matter.unit] if matter.unit else [])


def assigned(matter: Matter) -> None:
    if matter.handler_id:
        _tell([matter.handler_id], matter, "matter.unit", what=_("交您承办"), title=matter.title)


def helper_answered(matter: Matter) -> None:
    _lead(matter, _("协办意见"))


def supplemented(matter: Matter) -> None:
    _holder(matter, _("企业补充了情况"))


def withdrawn(matter: Matter) -> None:
    _holder(matter, _("企业撤回"))


def objected(matter: Matter) -> None:
    _office(matter, "matter.office", what=_("派单异议"))


def objection_decided(matter: Matter, unit: Unit, *, upheld: bool) -> None:
    if upheld:
        _units(matter, [unit], "matter.taken_back", url="/desk/")
    else:
        _units(matter, [unit], "matter.unit", what=_("派单异议不成立，请签收"))


def recalled(matter: Matter, units: Iterable[Unit]) -> None:
    _units(matter, units, "matter.recalled", url="/desk/")


def asked(matter: Matter) -> None:
    _enterprise(matter, "matter.asked")


def progressed(matter: Matter) -> None:
    _enterprise(matter, "matter.progressed", unit=matter.unit_name)


def extension_requested(matter: Matter) -> None:
    _office(matter, "matter.office", what=_("申请延期"))


def extension_decided(matter: Matter, due_at: datetime | None, *, granted: bool) -> None:
    _lead(matter, _("同意延期") if granted else _("不同意延期"))
    if granted:
        redated(matter, due_at)


def redated(matter: Matter, due_at: datetime | None) -> None:
    if due_at:  # while it stands still, there is no day to tell
        _enterprise(matter, "matter.redated", due=_date(due_at))


def replied(matter: Matter, *, asks: bool, instead_of: date | None = None) -> None:
    """`instead_of`: the day that was promised and is not kept by this reply; the office hears of it too."""
    _enterprise(matter, "matter.replied" if asks else "matter.promised", unit=matter.unit_name)
    if instead_of:
        _enterprise(matter, "matter.promise_replaced", unit=matter.unit_name, due=f"{instead_of:%Y-%m-%d}")
        _office(matter, "matter.office", what=_("承诺没有兑现，改了答复"))


def judged(matter: Matter) -> None:
    _enterprise(matter, "matter.decided")
    confirmed(matter)


def confirmed(matter: Matter) -> None:
    _office(matter, "matter.office", what=_("待核查销号"))


def rejected(matter: Matter) -> None:
    _holder(matter, _("企业认为没解决"))
    _office(matter, "matter.office", what=_("企业认为没解决"))


def closed(matter: Matter) -> None:
    _enterprise(matter, "matter.closed")
    for other in matter.merged.all():
        _enterprise(other, "matter.closed")


def reopened(matter: Matter) -> None:
    _enterprise(matter, "matter.decided")
    _lead(matter, _("重新办理"))


def merged(matter: Matter, into: Matter) -> None:
    _enterprise(matter, "matter.merged", into=into.number)


def separated(matter: Matter) -> None:
    _enterprise(matter, "matter.separated", due=_day(matter))
    _office(matter, "matter.arrived", due=_day(matter))


def attached(matter: Matter) -> None:
    _enterprise(matter, "matter.attached")


def reminded(matter: Matter) -> None:
    _holder(matter, _("企业提醒办理"))


def appealed(matter: Matter) -> None:
    _office(matter, "matter.office", what=_("企业请市里过问"))


def seen_to(matter: Matter) -> None:
    _enterprise(matter, "matter.seen_to")
    if matter.unit_id:
        _lead(matter, _("营商环境办过问"))


def supervised(matter: Matter) -> None:
    _lead(matter, _("督办"))


# —— to whom ——

def _enterprise(matter: Matter, template: str, **params: Any) -> None:
    _tell(_of_enterprise(matter), matter, template, url=f"/matters/{matter.number}/", **params)


def _of_enterprise(matter: Matter) -> list[int]:
    """The contact, as long as that person acts for the enterprise; else all who do today."""
    contact = [matter.contact_id] if matter.contact_id else []
    if matter.enterprise_id is None:
        return contact
    acting = Mandate.objects.on(base.today()).filter(enterprise=matter.enterprise_id, account__is_active=True)
    people = list(acting.values_list("account", flat=True))
    return contact if set(contact) & set(people) else people


def _office(matter: Matter, template: str, **params: Any) -> None:
    _tell(_in_office(matter), matter, template, title=matter.title, **params)


def _in_office(matter: Matter) -> QuerySet[Post, Any]:
    """The office of the business environment; what complains about it is for the government's office."""
    office = _holders(role=Role.ENVIRONMENT_OFFICE)
    if matter.about_unit is None:
        return office
    own = office.filter(unit__in=Unit.objects.meant_by(matter.about_unit))
    return _holders(role=Role.CITY_GOVERNMENT_OFFICE) if own.exists() else office


def _units(matter: Matter, units: Iterable[Unit], template: str, **params: Any) -> None:
    standing = [parties.standing(unit) for unit in units]
    _tell(_holders(role=Role.LIAISON, unit__in=standing), matter, template, title=matter.title, **params)


def _lead(matter: Matter, what: str | Promise) -> None:
    """The handler, as long as that person works in the unit; else its liaisons."""
    if matter.unit is None:
        return
    unit = parties.standing(matter.unit)
    handler = _holders(account=matter.handler_id, role__in=UNIT_STAFF, unit__path__startswith=unit.path)
    people = handler if matter.handler_id and handler.exists() else _holders(role=Role.LIAISON, unit=unit)
    _tell(people, matter, "matter.unit", what=what, title=matter.title)


def _holder(matter: Matter, what: str | Promise) -> None:
    """Whoever has it now: the unit, or the office as long as no unit has."""
    if matter.unit_id:
        _lead(matter, what)
    else:
        _office(matter, "matter.office", what=what)


def _holders(**which: Any) -> QuerySet[Post, Any]:
    """Who is in such a post today, and can be told."""
    return Post.objects.on(base.today()).filter(account__is_active=True, **which).values("account")


def _tell(people: Iterable[int], matter: Matter, template: str, *, url: str = "", **params: Any) -> None:
    notices.notify(actor=SYSTEM, template=template, about=f"matter:{matter.pk}", to=people,
                   url=url or f"/desk/matters/{matter.number}/", number=matter.number,
                   **{name: _kept(value) for name, value in params.items()})


def _kept(value: object) -> str:
    """In the source language, whatever language whoever acts reads in."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(value)


def _day(matter: Matter) -> str:
    return _date(matter.due_at)


def _date(due_at: datetime | None) -> str:
    return f"{due_at.astimezone(TZ):%Y-%m-%d}" if due_at else ""
