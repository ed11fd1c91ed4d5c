"""The demands that a policy answers: every measure can be opened back to who asked for it (M0-002, M0-006)."""

from django.db import models

from qinqing.casework.models import Matter

from .documents import Policy


class Demand(models.Model):
    """A matter that led to this policy. It stays where it is; the policy is no answer to it in the sense of its clocks."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="demands")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="measures")

    class Meta:
        ordering = ["matter"]
        constraints = [models.UniqueConstraint(fields=["policy", "matter"], name="demand_once")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.matter_id}"
