"""From entitlement to account: where an enterprise wants its money, orders to the treasury, payments, and what is taken back."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from qinqing.base import Actor
from qinqing.parties.models import Account, Enterprise

from ..terms.cycles import ACCOUNT_LENGTH, NAME_LENGTH, REASON_LENGTH, PaymentState
from .cycles import Cycle, Entitlement


class PayeeAccount(models.Model):
    """Where an enterprise is paid. `standing`: it agrees beforehand that what it is entitled to goes there unasked.

    Pages show the number masked; only the file for the treasury holds it in full.
    """

    enterprise = models.OneToOneField(Enterprise, models.CASCADE, related_name="payee_account")
    payee = models.CharField(max_length=120)
    bank = models.CharField(max_length=NAME_LENGTH)
    number = models.CharField(max_length=ACCOUNT_LENGTH)
    standing = models.BooleanField(default=False)
    salt = models.CharField(max_length=64)
    kept_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"payee:{self.enterprise_id}"


class PaymentOrder(models.Model):
    """One file for the treasury: drawn up by one person, signed by another. `sha256` is that of the file."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="orders")
    position = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()
    sum_fen = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    signed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["cycle", "position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="order_position"),
            models.CheckConstraint(name="order_by_two", condition=Q(signed_by=None) | ~Q(signed_by=F("drawn_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id}-{self.position}"


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(entitlement__in=Entitlement.objects.visible_to(actor).values("pk"))


class Payment(models.Model):
    """One line of an order, with the account as it was ordered. Paid again after a return it is a further line."""

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="payments")
    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="payments")
    amount_fen = models.BigIntegerField()
    payee = models.CharField(max_length=120)
    bank = models.CharField(max_length=NAME_LENGTH)
    account = models.CharField(max_length=ACCOUNT_LENGTH)
    state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.ORDERED)
    settled_on = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"], name="paid_once", condition=~Q(state=PaymentState.RETURNED)),
            models.CheckConstraint(name="payment_amount", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self) -> str:
        return f"payment:{self.pk}"


class ClawBack(models.Model):
    """Money that was paid and must come back: why, on which ground, how much of it has come."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="claw_back")
    amount_fen = models.BigIntegerField()
    recovered_fen = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=REASON_LENGTH)
    basis = models.CharField(max_length=REASON_LENGTH)
    demanded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    demanded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claw_back_within", condition=Q(amount_fen__gt=0, recovered_fen__gte=0, recovered_fen__lte=F("amount_fen"))),
        ]

    def __str__(self) -> str:
        return f"claw-back:{self.pk}"
