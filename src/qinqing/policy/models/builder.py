"""A rule while it is being written, and the examples that it must agree with."""

from django.db import models

from qinqing.parties.models import Account

from .. import terms


class RuleDraft(models.Model):
    """The rule of an item as somebody is writing it; it need not be sound. `version` is the one it starts from."""

    code = models.SlugField(max_length=terms.NUMBER_LENGTH, unique=True)
    version = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class RuleExample(models.Model):
    """An invented enterprise with the answer that an item must give it, in whichever version."""

    code = models.SlugField(max_length=terms.NUMBER_LENGTH, db_index=True)
    title = models.CharField(max_length=60)
    facts = models.JSONField()
    expected = models.CharField(max_length=8, choices=terms.Truth)
    written_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["code", "title"], name="example_once")]

    def __str__(self) -> str:
        return self.title
