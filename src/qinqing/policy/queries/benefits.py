"""What an enterprise gets and got, and what the public reads of a list (M3-031, M3-032)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from qinqing import base
from qinqing.base import Actor
from qinqing.parties.models import Enterprise
from qinqing.parties.terms import EnterpriseKind

from ..models import Cycle, Entitlement, Objection, Payment, Relief
from ..terms.cycles import LEFT, PaymentState, State
from . import cycles

PERSONS = (EnterpriseKind.SOLE_TRADER, EnterpriseKind.FARM)


@dataclass(frozen=True)
class Own:
    """Of one enterprise, in 分: what arrived, what it was relieved of; what waits for its yes, is on its way, was not given."""

    waiting: list[Entitlement]
    under_way: list[Entitlement]
    received: list[Entitlement]
    left_out: list[Entitlement]
    reliefs: list[Relief]

    @property
    def received_fen(self) -> int:
        return sum(row.amount_fen for row in self.received)

    @property
    def relieved_fen(self) -> int:
        return sum(row.amount_fen for row in self.reliefs)


def of_enterprise(actor: Actor) -> Own:
    """Two queries."""
    rows = list(told(actor))
    waits = (State.CONFIRMING, State.RETURNED)
    return Own(
        waiting=[row for row in rows if row.state in waits], received=[row for row in rows if row.state == State.PAID],
        under_way=[row for row in rows if row.state not in {*waits, State.PAID, *LEFT}],
        left_out=[row for row in rows if row.state in LEFT],
        reliefs=list(Relief.objects.filter(enterprise=actor.enterprise_id).select_related("file__unit")))


def told(actor: Actor) -> QuerySet[Entitlement]:
    """The own entitlements; what the department has not checked yet is not told."""
    rows = Entitlement.objects.filter(enterprise=actor.enterprise_id).exclude(state__in=[State.MATCHED, State.CHECKED])
    return rows.select_related("enterprise", "cycle__item__policy", "cycle__unit").order_by("-cycle__matched_at", "-id")


def last_return(row: Entitlement) -> Payment | None:
    return row.payments.filter(state=PaymentState.RETURNED).order_by("-id").first() if row.state == State.RETURNED else None


def own_objections(actor: Actor, cycle: Cycle) -> QuerySet[Objection]:
    return Objection.objects.visible_to(actor).filter(cycle=cycle).select_related("matter")


# —— public ——


def noticed() -> QuerySet[Cycle]:
    """Every list that was published, the latest first, with how many it holds and how much."""
    standing = ~Q(entitlements__state__in=list(LEFT))
    rows = Cycle.objects.public().select_related("item__policy", "unit").order_by("-noticed_at")
    return rows.annotate(
        listed=Count("entitlements", filter=standing), total=Sum("entitlements__amount_fen", filter=standing),
        arrived=Sum("entitlements__amount_fen", filter=Q(entitlements__state=State.PAID)))


@dataclass(frozen=True)
class Notice:
    """`rows` while the notice lasts: names of persons who trade under their own are masked."""

    is_open: bool
    count: int
    fen: int
    rows: cycles.Page | None
    shown: list[tuple[Any, str]]


def notice(cycle: Cycle, search: str, page: str) -> Notice:
    listed = _listed(cycle)
    summed = listed.aggregate(count=Count("pk"), fen=Sum("amount_fen"))
    is_open = cycle.notice_until is not None and base.today() <= cycle.notice_until
    wanted = listed.filter(Q(name__icontains=search) | Q(enterprise__code=search.upper())) if search else listed
    rows = cycles.page(wanted.select_related("enterprise").in_order(), page) if is_open else None
    shown = [(row, public_name(row)) for row in rows.rows] if rows else []
    return Notice(is_open, summed["count"], summed["fen"] or 0, rows, shown)


def _listed(cycle: Cycle) -> Any:
    return cycle.entitlements.exclude(state__in=list(LEFT))


def is_listed(cycle: Cycle, enterprise: Enterprise) -> bool:
    return bool(_listed(cycle).filter(enterprise=enterprise).exists())


def public_name(row: Entitlement) -> str:
    """An organisation by its name; a person's trade with the middle hidden."""
    if row.enterprise.kind not in PERSONS:
        return row.name
    return f"{row.name[:2]}***{row.name[-2:]}"
