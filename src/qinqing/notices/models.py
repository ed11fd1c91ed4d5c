"""Notices and their deliveries: rows written inside the act that they tell of, sent later by the worker."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from qinqing import base

from . import access, terms


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: base.Actor) -> Self:
        """One's own, and never what only goes to a number or an address."""
        return self.filter(recipient=actor.account_id, recipient__isnull=False)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something said to one person. Contact data stand in the account and are read when it is sent.

    `once` keeps what must be said only once from being said twice. Without a recipient it is a letter.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    template = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    about = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=200)
    caused_by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["about"], name="notice_about"),
        ]
        constraints = [models.UniqueConstraint(fields=["once", "recipient"], name="notice_once")]

    def __str__(self) -> str:
        return f"notice:{self.pk}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: base.Actor) -> Self:
        """For those who watch over what goes out, without what is kept from them."""
        return self.exclude(_kept_from(actor)) if access.may_see_outbox(actor) else self.none()

    def kept_from(self, actor: base.Actor) -> Self:
        return self.filter(_kept_from(actor))

    def due(self, now: datetime) -> Self:
        """Waiting, held until a moment that has come, or claimed by a worker that did not come back."""
        return self.filter(due_at__lte=now)


def _kept_from(actor: base.Actor) -> Q:
    return reduce(or_, (Q(notice__about__in=subjects) for subjects in access.kept_from(actor)), Q(pk__in=[]))


class Delivery(models.Model):
    """A notice on its way outside; in the inbox it has arrived by being written.

    `due_at` is empty when nothing more is to be done. While claimed, it is the end of the claim, and so its mark.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=terms.OUTSIDE_CHOICES)
    state = models.CharField(max_length=8, choices=terms.State, default=terms.State.PENDING)
    urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    simulated = models.BooleanField(default=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-urgent", "due_at", "id"], name="delivery_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["channel", "-id"], name="delivery_channel"),
            models.Index(fields=["state", "-id"], name="delivery_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once"),
            models.CheckConstraint(
                name="delivery_sent_has_moment",
                condition=Q(state=terms.State.SENT, sent_at__isnull=False) | (~Q(state=terms.State.SENT) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="delivery_due_until_done",
                condition=Q(state__in=terms.UNDONE, due_at__isnull=False) | (~Q(state__in=terms.UNDONE) & Q(due_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"delivery:{self.pk}"


class Letter(models.Model):
    """What goes to a number or an address and not to an account, such as a sign-in code.

    It lives while it waits: sent or expired, the row is deleted with the address and the text (the demo keeps it).
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="letter")
    address = models.CharField(max_length=254, db_index=True)
    params = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"letter:{self.pk}"
