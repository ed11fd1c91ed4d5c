"""What came before a policy was published, and where it was made public on which day (M3-012)."""

from django.db import models

from qinqing.parties.models import Account, Unit

from .. import terms
from .documents import Policy


class GateReview(models.Model):
    """A review that a policy must have passed: by whom, when, and in which paper it stands."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="reviews")
    gate = models.CharField(max_length=20, choices=terms.Gate)
    reviewer = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reviewed_on = models.DateField()
    document_number = models.CharField(max_length=terms.DOCUMENT_NUMBER_LENGTH)
    passed = models.BooleanField()
    remark = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["policy", "reviewed_on", "id"]

    def __str__(self) -> str:
        return f"{self.policy_id}:{self.gate}"


class Publication(models.Model):
    """One piece of a policy, made public through one channel on one day; `place` is an address or a hall."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="publications")
    piece = models.CharField(max_length=8, choices=terms.Piece, default=terms.Piece.TEXT)
    channel = models.CharField(max_length=8, choices=terms.Channel)
    published_on = models.DateField()
    place = models.CharField(max_length=terms.SHORT_LENGTH, blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["policy", "published_on", "id"]
        constraints = [models.UniqueConstraint(fields=["policy", "piece", "channel", "place"], name="publication_once")]

    def __str__(self) -> str:
        return f"{self.policy_id}:{self.piece}:{self.channel}"
