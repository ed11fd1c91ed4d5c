"""Attachments: one row for each upload, the content in the vault under its hash (M1-014)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from . import terms


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, subject: str) -> Self:
        """All attachments of one subject, in the order they came."""
        return self.filter(subject=subject).order_by("id")

    def kept(self) -> Self:
        return self.filter(erased_at=None)

    def personal_to(self, account_id: int) -> Self:
        """What the person gave for an enterprise or for nobody; what was filed in a post belongs to the unit."""
        return self.filter(uploaded_by=account_id).exclude(uploaded_as__startswith="post:")


class Attachment(models.Model):
    """A file somebody gave us. `subject` says for what ("matter:149"), `statement` for which of its statements.

    `sha256` is the hash of what is stored; `stripped` says that the picture that was sent told more than that.
    `uploaded_as` is the post or mandate the person acted in. `salt` blinds what the ledger commits to; erasure deletes
    it with name and hash.
    """

    public_id = models.CharField(max_length=24, unique=True)
    subject = models.CharField(max_length=60)
    statement = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=8, choices=[(kind.key, kind.label) for kind in terms.KINDS.values()])
    name = models.CharField(max_length=terms.MAX_NAME)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stripped = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    uploaded_as = models.CharField(max_length=40, blank=True)
    uploaded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "statement"], name="attachment_subject")]
        constraints = [
            models.CheckConstraint(
                name="attachment_erased_whole",
                condition=Q(erased_at=None) | Q(name="", sha256="", salt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"attachment:{self.pk}"
