"""Which measures answer how many demands, and which (M0-006)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from qinqing.base import Actor
from qinqing.casework.models import Matter

from ..models import Demand, Policy


@dataclass(frozen=True)
class Answering:
    """The demands of one policy: all of them counted, those this actor may know of by name."""

    count: int
    known: Sequence[Matter]

    @property
    def others(self) -> int:
        return self.count - len(self.known)


def answering(actor: Actor, policy: Policy) -> Answering:
    known = Matter.objects.visible_to(actor).filter(measures__policy=policy).order_by("number")
    return Answering(Demand.objects.filter(policy=policy).count(), list(known))


def measures(actor: Actor) -> QuerySet[Policy]:
    """The policies that answer demands, those that answer most first; `answered` is how many."""
    counted = Policy.objects.visible_to(actor).annotate(answered=Count("demands")).filter(answered__gt=0)
    return counted.select_related("issuer").order_by("-answered", "-issued_on", "number")


def without(actor: Actor) -> int:
    """How many policies name no demand yet: missing is said."""
    return Policy.objects.visible_to(actor).filter(demands=None).count()


def numbers(actor: Actor, policy: Policy) -> list[str]:
    """As the form shows them to this actor."""
    return [demand.number for demand in answering(actor, policy).known]


def find(actor: Actor, wanted: Sequence[str]) -> tuple[list[Matter], list[str]]:
    """The matters of these numbers that the actor may know of, and the numbers that are none of them."""
    found = {matter.number: matter for matter in Matter.objects.visible_to(actor).filter(number__in=wanted)}
    return [found[number] for number in wanted if number in found], [number for number in wanted if number not in found]


