"""What is not paid out but left to an enterprise: taxes, fees, rent (M3-033, M3-034)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES, COUNTY_STAFF
from qinqing.parties.models import Account, Enterprise, Unit

from ..terms.cycles import NAME_LENGTH, REASON_LENGTH, ReliefKind


class ReliefFile(models.Model):
    """One imported register: whose it is, what it says, and the digest of the file."""

    kind = models.CharField(max_length=6, choices=ReliefKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.CharField(max_length=REASON_LENGTH)
    sha256 = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    sum_fen = models.BigIntegerField()
    taken_in_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    taken_in_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_in_at", "-id"]

    def __str__(self) -> str:
        return self.source


class ReliefQuerySet(models.QuerySet["Relief"]):
    def visible_to(self, actor: Actor) -> Self:
        """An enterprise its own, a county those of its enterprises, a unit what it took in, city offices all."""
        if actor.role in CITY_OFFICES or actor.role == "system":
            return self
        if actor.enterprise_id:
            return self.filter(enterprise=actor.enterprise_id)
        if actor.role in COUNTY_STAFF:
            return self.filter(enterprise__county=actor.county_id)
        return self.filter(file__unit__in=actor.unit_ids) if actor.unit_ids else self.none()


class Relief(models.Model):
    """One line: who was relieved of how much for which time; for rent the landlord, the enterprise being the tenant.

    `automatic`: it came without an application.
    """

    file = models.ForeignKey(ReliefFile, models.CASCADE, related_name="reliefs")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="reliefs")
    title = models.CharField(max_length=NAME_LENGTH)
    landlord = models.CharField(max_length=120, blank=True)
    amount_fen = models.BigIntegerField()
    period_from = models.DateField()
    period_to = models.DateField()
    automatic = models.BooleanField(default=True)

    objects = ReliefQuerySet.as_manager()

    class Meta:
        ordering = ["-period_to", "id"]
        constraints = [
            models.CheckConstraint(name="relief_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="relief_period", condition=Q(period_to__gte=F("period_from"))),
        ]

    def __str__(self) -> str:
        return f"relief:{self.pk}"
