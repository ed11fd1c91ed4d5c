"""What a desk wants to know beside the matter itself: who handled such things, what the enterprise had before."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import Count, Q

from qinqing import base
from qinqing.base import Actor, Role
from qinqing.base.actor import CITY_OFFICES, INTAKE, LEADERS, UNIT_STAFF
from qinqing.base.words import Sentence, say
from qinqing.parties import rules as parties
from qinqing.parties.models import Unit

from .. import access, kinds, rules
from ..models import Matter
from ..terms import AT_OFFICE, AT_UNIT, Level, State
from .standing import standing

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Suggestion:
    """A unit that a person may choose, and on how many matters the suggestion rests."""

    unit: Unit
    cases: int
    likelihood: Sentence

    def __str__(self) -> str:
        return str(say("%(likelihood)s：近一年办过 %(cases)s 件同类", likelihood=self.likelihood, cases=self.cases))


def suggested_units(matter: Matter, *, limit: int = 3) -> list[Suggestion]:
    """The units that closed most matters of the same topic within a year; never the one it complains about."""
    if not matter.topic:
        return []
    alike = Q(kind=matter.kind, topic=matter.topic, state=State.CLOSED, closed_at__gte=base.now() - YEAR)
    counts = dict(Matter.objects.filter(alike, unit__isnull=False).values_list("unit").annotate(n=Count("pk")))
    units = Unit.objects.on(base.today()).filter(pk__in=counts)
    if matter.about_unit:
        units = units.exclude(pk__in=Unit.objects.meant_by(matter.about_unit))
    total = sum(counts.values())
    found = [Suggestion(unit, counts[unit.pk], rules.likelihood(counts[unit.pk], total)) for unit in units]
    return sorted(found, key=lambda suggestion: (-suggestion.cases, suggestion.unit.code))[:limit]


def of_caller(number: str, caller: str) -> Matter | None:
    """The matter of this number, if the caller knows a phone or the credit code that belongs to it."""
    matter = Matter.objects.filter(number=number.strip().upper()).select_related("enterprise", "contact").first()
    return matter if matter and _plain(caller) in {_plain(one) for one in _known_by(matter) if one} else None


def _known_by(matter: Matter) -> list[str]:
    left = kinds.get(matter.kind).callers
    firm = [matter.enterprise.code, matter.enterprise.contact_phone] if matter.enterprise else []
    return [*firm, *([matter.contact.phone] if matter.contact else []), *(left(matter) if left else [])]


def _plain(said: str) -> str:
    """A credit code or a phone number however it is written."""
    return parties.normalised_phone(said).replace("-", "") if not any(map(str.isalpha, said)) else said.strip().upper()


def former(actor: Actor, matter: Matter, *, limit: int = 5) -> list[Matter]:
    """What the enterprise brought before, newest first, as far as this actor may know of it and of its name."""
    known = access.may_know_enterprise(actor, matter.anonymity, standing(actor, matter))
    if not known or not matter.enterprise_id:
        return []
    others = Matter.objects.visible_to(actor).filter(enterprise=matter.enterprise_id).exclude(pk=matter.pk)
    return list(islice((row for row in others.order_by("-pk") if _is_named(actor, row)), limit))


def _is_named(actor: Actor, row: Matter) -> bool:
    return bool(access.may_know_enterprise(actor, row.anonymity, listed_standing(actor, row)))


def listed_standing(actor: Actor, row: Matter) -> access.Standing:
    """As much of the standing as a list row tells without a query: enough to know whose name may be shown."""
    return access.Standing(registered=actor.unit_id is not None and actor.unit_id == row.registered_for_id)


def awaits(actor: Actor, row: Matter) -> bool:
    """Whether the next step is this actor's side's: the row stands out in the list."""
    if row.to_decide and actor.role in CITY_OFFICES:
        return True
    if not row.is_open:
        return False
    if actor.role in INTAKE:
        return row.paused_at is not None
    if actor.role in LEADERS:
        return actor.role == Role.CITY_LEADER and row.level == Level.LEADER and row.supervised_at is None
    at_office = row.state in AT_OFFICE or row.state == State.CONFIRMED or row.disputed_at or row.objected_at
    mine = not at_office and row.state in AT_UNIT and row.due_at is not None if actor.role in UNIT_STAFF else at_office
    return bool(mine) and row.paused_at is None
