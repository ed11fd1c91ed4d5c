"""A cycle in which a benefit is paid unasked, and what each enterprise is entitled to in it (M3-031, M3-032)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from qinqing.base import Actor
from qinqing.casework.models import Matter
from qinqing.casework.terms import Satisfaction
from qinqing.parties.models import Account, Enterprise, Unit

from ..access import cycles as access
from ..terms.cycles import ACCOUNT_LENGTH, NAME_LENGTH, NUMBER_LENGTH, REASON_LENGTH, Agreed, State, Step
from .items import PolicyItem


class CycleQuerySet(models.QuerySet["Cycle"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit that pays and the one whose money it is; city offices and leaders see all."""
        if access.sees_all(actor):
            return self
        return self.filter(Q(unit__in=actor.unit_ids) | Q(funder__in=actor.unit_ids)) if actor.unit_ids else self.none()

    def public(self) -> Self:
        """Those of which a list was published."""
        return self.filter(noticed_at__isnull=False)


class Cycle(models.Model):
    """One run of a benefit: one version of its rule, one day of facts, one budget.

    The moments say how far it has come; `notice_until` is the last day of the notice. `funded_fen` is what has arrived to pay
    from. `enterprises` were looked at, of `unknown` of them facts were missing, so that nothing could be said.
    """

    number = models.SlugField(max_length=NUMBER_LENGTH, unique=True)
    name = models.CharField(max_length=NAME_LENGTH)
    item = models.ForeignKey(PolicyItem, models.PROTECT, related_name="cycles")
    rule_sha256 = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    funder = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    budget_fen = models.BigIntegerField()
    funded_fen = models.BigIntegerField(default=0)
    budget_item = models.CharField(max_length=NAME_LENGTH)
    function_class = models.CharField(max_length=NAME_LENGTH)
    economic_class = models.CharField(max_length=NAME_LENGTH)
    limit = models.CharField(max_length=8)
    facts_on = models.DateField()
    enterprises = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    simulated = models.BooleanField(default=False)

    matched_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    matched_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    checked_by_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    noticed_at = models.DateTimeField(null=True)
    notice_until = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    late_matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="late_cycle")

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-matched_at", "-id"]
        constraints = [
            models.CheckConstraint(name="cycle_money", condition=Q(budget_fen__gt=0) & Q(funded_fen__gte=0)),
        ]

    def __str__(self) -> str:
        return self.number


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def visible_to(self, actor: Actor) -> Self:
        """An enterprise its own, staff those of the cycles that they see."""
        if actor.enterprise_id:
            return self.filter(enterprise=actor.enterprise_id)
        return self.filter(cycle__in=Cycle.objects.visible_to(actor).values("pk"))

    def in_order(self) -> Self:
        """The stated order in which money is given out when it does not do for all: who was founded first; the unknown last."""
        return self.order_by(F("registered_on").asc(nulls_last=True), "enterprise__code")


class Entitlement(models.Model):
    """What one enterprise gets in one cycle, and how that was found: `facts` are the values used, with source and day.

    `matched_fen` is what the rule gave, `amount_fen` what stands; `added` by an upheld objection. `held`: an objection about it
    is open. `answer_by` is the last day to say yes or no, before it lapses. Name and day of registration are as they were when
    it was matched.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="entitlements")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="entitlements")
    name = models.CharField(max_length=120)
    registered_on = models.DateField(null=True)
    facts = models.JSONField(default=list)
    matched_fen = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    added = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.MATCHED)
    held = models.BooleanField(default=False)
    left_at = models.CharField(max_length=12, choices=Step, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    changed_at = models.DateTimeField()

    answer_by = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    consent = models.CharField(max_length=10, choices=Agreed, blank=True)
    consented_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    payee = models.CharField(max_length=120, blank=True)
    bank = models.CharField(max_length=NAME_LENGTH, blank=True)
    account = models.CharField(max_length=ACCOUNT_LENGTH, blank=True)
    salt = models.CharField(max_length=64)
    paid_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(choices=Satisfaction, null=True)
    rated_at = models.DateTimeField(null=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        ordering = ["cycle", "registered_on", "id"]
        indexes = [models.Index(fields=["cycle", "state", "registered_on", "id"], name="entitlement_list")]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "enterprise"], name="entitled_once"),
            models.CheckConstraint(name="entitlement_amount", condition=Q(amount_fen__gte=0) & Q(matched_fen__gte=0)),
            models.CheckConstraint(
                name="left_with_reason", condition=~Q(state__in=[State.EXCLUDED, State.LAPSED]) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}:{self.enterprise_id}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who raised it, and staff as far as they see the cycle."""
        if actor.enterprise_id:
            return self.filter(raised_by=actor.enterprise_id)
        return self.filter(cycle__in=Cycle.objects.visible_to(actor).values("pk"))


class Objection(models.Model):
    """Somebody says that the list is wrong: about another's place in it, or about the own one (`about` the objector itself).

    Two persons decide. Upheld about another: that one leaves. Upheld about oneself: `amount_fen` is what it should be.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="objection")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="objections")
    about = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    raised_by = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    amount_fen = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    proposed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "matter"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "about", "raised_by"], name="objection_once_while_open", condition=Q(decided_at=None)),
            models.CheckConstraint(
                name="objection_by_two", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))),
        ]

    def __str__(self) -> str:
        return f"objection:{self.pk}"
