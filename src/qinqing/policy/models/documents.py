"""A document that concerns enterprises, and its clauses: what was issued, and what it says in plain words."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.parties.models import Account, Unit

from .. import terms


class PolicyQuerySet(models.QuerySet["Policy"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody reads what is published and not withheld; the issuer and the city's offices read theirs and all."""
        if actor.role in CITY_OFFICES or actor.role == "system":
            return self
        public = Q(withheld_ground="") & ~Q(status=terms.Status.DRAFT)
        return self.filter(public | Q(issuer__in=actor.unit_ids)) if actor.unit_ids else self.filter(public)

    def public(self) -> Self:
        return self.filter(withheld_ground="").exclude(status=terms.Status.DRAFT)

    def in_force(self, day: date) -> Self:
        """What may be matched: published, begun, neither ended nor repealed."""
        begun = self.filter(status=terms.Status.PUBLISHED, effective_from__lte=day)
        return begun.filter(Q(effective_to=None) | Q(effective_to__gte=day))


class Policy(models.Model):
    """One document. `number` is its address, `document_number` the official 文号; `effective_to` is its last day.

    The Chinese text is the authoritative one; `title_en` and `summary_en` say it to those who read English.
    """

    number = models.SlugField(max_length=terms.NUMBER_LENGTH, unique=True)
    document_number = models.CharField(max_length=terms.DOCUMENT_NUMBER_LENGTH, blank=True)
    title = models.CharField(max_length=terms.TITLE_LENGTH)
    title_en = models.CharField(max_length=terms.TITLE_LENGTH * 2, blank=True)
    summary = models.CharField(max_length=terms.SUMMARY_LENGTH)
    summary_en = models.CharField(max_length=terms.SUMMARY_LENGTH * 2, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="policies")
    level = models.CharField(max_length=10, choices=terms.Level, default=terms.Level.CITY)
    issued_on = models.DateField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=terms.Status, default=terms.Status.DRAFT)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    simulated = models.BooleanField(default=False)

    withheld_ground = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    withheld_approver = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    repealed_on = models.DateField(null=True)
    repealed_reason = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    registered_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        indexes = [models.Index(fields=["status", "effective_from", "effective_to"], name="policy_in_force")]
        constraints = [
            models.CheckConstraint(
                name="policy_period", condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from"))),
            models.CheckConstraint(
                name="policy_withheld_by_somebody", condition=Q(withheld_ground="") | ~Q(withheld_approver="")),
        ]

    def __str__(self) -> str:
        return self.title


class Clause(models.Model):
    """One clause as it was issued, beside what it means; the meaning counts when the issuer has approved it."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=terms.CLAUSE_NUMBER_LENGTH)
    original = models.TextField(max_length=terms.TEXT_LENGTH)
    plain = models.TextField(max_length=terms.TEXT_LENGTH, blank=True)
    plain_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["policy", "position"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="clause_once")]

    def __str__(self) -> str:
        return self.number
