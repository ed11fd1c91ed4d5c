"""Who hears of a cycle of benefits: notices that the verbs write, inside their act."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.notices import actions as notices
from qinqing.notices.templates import IN_APP, SMS, Template
from qinqing.parties.models import Mandate

from ..models import Cycle, Entitlement

TEMPLATES = [
    Template("benefit.asked", _("请确认收款账户：%(title)s"),
             _("符合条件，不用申请。点开看金额和依据，确认账户后拨付。"), (IN_APP, SMS)),
    Template("benefit.remind", _("就要到期，请确认收款账户：%(title)s"),
             _("期满没有确认的，这一笔就结束了。不要的可以放弃。"), (IN_APP, SMS)),
    Template("benefit.lapsed", _("期满没有确认，已经结束：%(title)s"), _("点开看原因。有不同意见可以请人复核。"), (IN_APP, SMS)),
    Template("benefit.excluded", _("没有列入：%(title)s"), _("点开看原因。有不同意见可以请人复核。"), (IN_APP, SMS)),
    Template("benefit.paid", _("已到账：%(title)s"), _("点开看金额，也可以评价。"), (IN_APP, SMS)),
    Template("benefit.returned", _("银行退回：%(title)s"), _("点开看原因，更正账户后重新拨付。"), (IN_APP, SMS)),
]


def asked(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.asked")


def reminded(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.remind")


def lapsed(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.lapsed")


def excluded(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.excluded")


def paid(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.paid")


def returned(cycle: Cycle, rows: Iterable[Entitlement]) -> None:
    _tell(cycle, rows, "benefit.returned")


def _tell(cycle: Cycle, rows: Iterable[Entitlement], template: str) -> None:
    """Everybody who may act for one of these enterprises; the amount stands on the page, not in the message."""
    enterprises = [row.enterprise_id for row in rows]
    people = Mandate.objects.on(base.today()).filter(enterprise__in=enterprises).values_list("account", flat=True)
    if enterprises:
        notices.notify(actor=SYSTEM, template=template, about=f"cycle:{cycle.number}", to=people, url="/benefits/",
                       title=cycle.item.title)
