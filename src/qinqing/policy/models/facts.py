"""What an enterprise allows to be done with its facts, and what it says is wrong in them."""

from typing import Self

from django.db import models
from django.db.models import Q

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.casework.models import Matter
from qinqing.parties.models import Account, Enterprise, Unit

from .. import terms


class Consent(models.Model):
    """The enterprise lets facts given to serve it (办理本企业事项) be matched with policies, until it takes that back."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="consents")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["enterprise"], name="consent_once_while_given", condition=Q(withdrawn_at=None)),
        ]

    def __str__(self) -> str:
        return f"consent:{self.pk}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, actor: Actor) -> Self:
        """The enterprise's own; those a unit was asked; a city office sees all."""
        if actor.role in CITY_OFFICES or actor.role == "system":
            return self
        if actor.enterprise_id:
            return self.filter(enterprise=actor.enterprise_id)
        return self.filter(unit__in=actor.unit_ids) if actor.unit_ids else self.none()


class Correction(models.Model):
    """One fact that the enterprise says is wrong; the matter goes to who said it. `said` is what stood there, `wanted` what it
    should be by the enterprise's word. The answer is a new fact, or that the old one stands.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="correction")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="corrections")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    said = models.JSONField()
    said_on = models.DateField()
    wanted = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    corrected = models.BooleanField(null=True)

    objects = CorrectionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}@{self.said_on}"
