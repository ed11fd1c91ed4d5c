"""部门比对: a list of enterprises and one condition, and what the department answered to each."""

from typing import Self

from django.db import models

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.parties.models import Account, Enterprise, Unit

from .. import terms


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who asked and who is asked; a city office sees all."""
        if actor.role in CITY_OFFICES or actor.role == "system":
            return self
        return self.filter(models.Q(unit__in=actor.unit_ids) | models.Q(asked_for__in=actor.unit_ids))


class Comparison(models.Model):
    """One condition on one fact (`operator` and `value` in the language of `eligibility`), asked of the unit that holds it."""

    name = models.CharField(max_length=60)
    operator = models.CharField(max_length=12)
    value = models.JSONField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="comparisons")
    asked_for = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"comparison:{self.pk}"


class ComparisonRow(models.Model):
    """One enterprise of the list; `responsible` is who of the department answers for it."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="rows")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=terms.Compared, blank=True)
    value = models.JSONField(null=True)
    responsible = models.CharField(max_length=60, blank=True)
    as_of = models.DateField(null=True)

    class Meta:
        ordering = ["comparison", "id"]
        constraints = [models.UniqueConstraint(fields=["comparison", "enterprise"], name="compared_once")]

    def __str__(self) -> str:
        return f"{self.comparison_id}:{self.enterprise_id}"
