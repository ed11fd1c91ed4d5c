"""Who wants to be told when something changes (M3-014)."""

from django.db import models

from qinqing.parties.models import Account, Enterprise

from .documents import Policy


class Following(models.Model):
    """A person of an enterprise follows one policy, or, without one, every new match of the enterprise."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    enterprise = models.ForeignKey(Enterprise, models.CASCADE, related_name="+")
    policy = models.ForeignKey(Policy, models.CASCADE, null=True, related_name="followers")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "enterprise", "policy"], name="following_once"),
            models.UniqueConstraint(
                fields=["account", "enterprise"], name="following_all_once", condition=models.Q(policy=None)),
        ]

    def __str__(self) -> str:
        return f"following:{self.pk}"
