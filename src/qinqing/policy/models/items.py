"""What an enterprise gets out of a policy: for whom, how much, by when, on which clause."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from qinqing.base import Actor
from qinqing.parties.models import Account, Unit

from .. import terms
from .documents import Clause, Policy


class PolicyItemQuerySet(models.QuerySet["PolicyItem"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(policy__in=Policy.objects.visible_to(actor).values("pk"))

    def current(self) -> Self:
        """Each item as it stands now; former versions are left out."""
        return self.filter(replaced_at=None)

    def in_force(self, day: date) -> Self:
        """What is matched on a day: what has expired is not, and not what is told in words only."""
        begun = self.current().exclude(rule={}).filter(policy__in=Policy.objects.in_force(day).values("pk"), valid_from__lte=day)
        return begun.filter(Q(valid_to=None) | Q(valid_to__gte=day))


class PolicyItem(models.Model):
    """One benefit. Every change is a new row with the next `version`; the row before it stays, with the time it held until.

    `rule` is `{"where": …, "amount": …}` in the language of `eligibility`, empty where the conditions are told in words only;
    who has no amount that can be computed says it in `benefit`. `window_…` are the days to apply in, where it must be applied
    for. `evidence` names for each fact what proves it.
    """

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="items")
    code = models.SlugField(max_length=terms.NUMBER_LENGTH)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=terms.TITLE_LENGTH)
    title_en = models.CharField(max_length=terms.TITLE_LENGTH * 2, blank=True)
    benefit_class = models.CharField(max_length=14, choices=terms.BenefitClass)
    mode = models.CharField(max_length=12, choices=terms.Mode)
    conditions = models.CharField(max_length=terms.SUMMARY_LENGTH)
    conditions_en = models.CharField(max_length=terms.SUMMARY_LENGTH * 2, blank=True)
    benefit = models.CharField(max_length=terms.SHORT_LENGTH)
    benefit_en = models.CharField(max_length=terms.SHORT_LENGTH * 2, blank=True)
    rule = models.JSONField()
    language_version = models.PositiveSmallIntegerField(default=terms.LANGUAGE_VERSION)
    evidence = models.JSONField(default=dict, blank=True)
    basis = models.ForeignKey(Clause, models.PROTECT, null=True, related_name="items")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="policy_items")
    limit = models.CharField(max_length=8, default="60wd")
    budget_fen = models.BigIntegerField(null=True, blank=True)
    stacking = models.CharField(max_length=10, choices=terms.Stacking, default=terms.Stacking.FREE)
    stacking_group = models.SlugField(max_length=terms.NUMBER_LENGTH, blank=True)
    takes_applications = models.BooleanField(default=False)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    replaced_at = models.DateTimeField(null=True)

    objects = PolicyItemQuerySet.as_manager()

    class Meta:
        ordering = ["policy", "code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="item_version_once"),
            models.UniqueConstraint(fields=["code"], name="item_current_once", condition=Q(replaced_at=None)),
            models.CheckConstraint(name="item_period", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="item_budget", condition=Q(budget_fen=None) | Q(budget_fen__gte=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Reach(models.Model):
    """Enterprises that the rule of a current item does not shut out: of a size, or of any (and of none that is known), from one
    place to another; sizes and places by their numbers in the catalogue of facts (see `reaching`).
    """

    item = models.ForeignKey(PolicyItem, models.CASCADE, related_name="reaches")
    size = models.SmallIntegerField(null=True)
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="reach_span", condition=Q(high__gte=F("low")))]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.size} {self.low}–{self.high}"
