"""Which enterprise fits which benefit, as far as it was matched for telling them; never a decision (M3-014, M3-030)."""

from django.db import models
from django.db.models import Q

from qinqing.parties.models import Enterprise

from .. import terms


class MatchRound(models.Model):
    """The latest matching of an item: its version, the snapshot, its rivals, and of how many nothing can be said."""

    code = models.SlugField(max_length=terms.NUMBER_LENGTH, unique=True)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    rivals = models.CharField(max_length=64, blank=True)
    matched_at = models.DateTimeField()
    enterprises = models.PositiveIntegerField()
    eligible = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.code}:{self.version}"


class Match(models.Model):
    """An enterprise fits an item since then; `told_at` when it heard of it, `ended_at` when it no longer fitted."""

    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="matches")
    code = models.SlugField(max_length=terms.NUMBER_LENGTH)
    version = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["code", "ended_at"], name="match_of_item")]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="match_once_while_it_holds", condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.code}:{self.enterprise_id}"
