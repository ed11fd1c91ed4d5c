"""A difficulty an enterprise has, and the draft it is written in. Its road is the matter's (M1-002)."""

from django.db import models

from qinqing.casework.models import Matter
from qinqing.parties.models import Account, Enterprise

from . import terms


class Difficulty(models.Model):
    """What is particular to a difficulty; text, dates and states are the matter's.

    `may_publish` was said beforehand; what everybody reads are the public title and text that the enterprise saw.
    """

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="difficulty")
    topic = models.CharField(max_length=16, choices=terms.Topic, db_index=True)
    scope = models.CharField(max_length=12, choices=terms.Scope, blank=True)
    wish = models.CharField(max_length=200, blank=True)
    reply_by = models.CharField(max_length=8, choices=terms.ReplyBy, default=terms.ReplyBy.PHONE)
    may_publish = models.BooleanField(default=False)
    public_title = models.CharField(max_length=80, blank=True)
    public_text = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="difficulty_published")]

    def __str__(self) -> str:
        return self.matter.number


class Guest(models.Model):
    """Who submitted without signing in: how to reach them, and the hash of the code they look it up with."""

    difficulty = models.OneToOneField(Difficulty, on_delete=models.CASCADE, primary_key=True, related_name="guest")
    code = models.CharField(max_length=18, blank=True, help_text="credit code as given; not verified")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20)
    salt = models.CharField(max_length=64)
    query_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"guest:{self.pk}"


class Draft(models.Model):
    """What somebody has written so far, kept on the server; it outlives the session it was typed in."""

    key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, null=True, related_name="+")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, help_text="submitted: the words are the matter's now, the key is used up")

    class Meta:
        indexes = [models.Index(fields=["account", "-saved_at"], name="draft_account")]

    def __str__(self) -> str:
        return self.key
