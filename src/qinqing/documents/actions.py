"""Recording what was uploaded, moving it from a draft to its matter, erasing what a person gave (M1-014)."""

import secrets
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import TYPE_CHECKING

from django.db import connection, transaction

from qinqing import base
from qinqing.base import Actor, say
from qinqing.ledger import actions as ledger
from qinqing.parties.models import Account

from . import intake, queries, rules, terms, vault
from .intake import Received
from .models import Attachment, AttachmentQuerySet

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


def _on_disk_first(store: Callable[..., Attachment]) -> Callable[..., Attachment]:
    """A raw upload is taken in before the transaction begins; who has one open already passes what it received."""

    @wraps(store)
    def storing(*, upload: "UploadedFile[bytes] | Received", **rest: object) -> Attachment:
        received = upload if isinstance(upload, Received) else intake.receive(upload)
        return store(upload=received, **rest)

    return storing


@_on_disk_first
@ledger.act
def store(*, actor: Actor, upload: Received, subject: str, statement: int | None = None) -> Attachment:
    """Record an upload (Django's `UploadedFile`, or `intake.receive(…)` of it) for a subject such as "draft:12".

    Raises `base.Refused` for a file that is not taken and for the tenth file of one statement.
    """
    rules.check_count(Attachment.objects.filter(subject=subject, statement=statement).count())
    attachment = Attachment.objects.create(
        public_id=secrets.token_urlsafe(12), subject=subject, statement=statement, kind=upload.kind.key, name=upload.name,
        size=upload.size, sha256=upload.sha256, stripped=upload.stripped, salt=ledger.new_salt(),
        uploaded_by_id=actor.account_id, uploaded_as=actor.acting_as, uploaded_at=base.now(),
    )  # fmt: skip
    _require_content(upload.sha256)
    ledger.record("document.stored", actor, subject, _facts(attachment))
    return attachment


@ledger.act
def attach(*, actor: Actor, draft: str, subject: str, statement: int | None = None) -> list[Attachment]:
    """What the actor uploaded for a draft, before or after signing in, becomes part of what the draft became."""
    attachments = list(queries.waiting(actor, draft))
    rules.check_count(Attachment.objects.filter(subject=subject, statement=statement).count(), len(attachments))
    Attachment.objects.filter(pk__in=[a.pk for a in attachments]).update(subject=subject, statement=statement)
    if attachments:
        ledger.record("document.attached", actor, subject, {
            "draft": draft, "statement": statement, "attachments": [str(a) for a in attachments],
        })  # fmt: skip
    return attachments


@ledger.act
def discard(*, actor: Actor, draft: str, public_id: str) -> None:
    """Take an upload back before it is submitted; the sweep removes its content when no other row names it."""
    for attachment in queries.waiting(actor, draft).filter(public_id=public_id):
        attachment.delete()
        ledger.record("document.discarded", actor, draft, {"attachment": attachment.public_id})


@ledger.act
def take_off(*, actor: Actor, subject: str, public_id: str) -> None:
    """A file that should not have been attached; who owns the subject has asked whether the actor may."""
    attachment = Attachment.objects.of(subject).kept().filter(public_id=public_id).first()
    if attachment is None:
        raise base.Stale(say("这个附件已经不在了。"))
    facts = _facts(attachment)
    attachment.delete()
    ledger.record("document.taken_off", actor, subject, facts)


def _require_content(sha256: str) -> None:
    """Asked after the row is written: from here on an erasure of the same content sees the row and leaves it."""
    if not vault.holds(sha256):
        raise base.Refused(say("没传上：同样的文件刚被依法删除。请重新选择文件再传"), field="files")


def _facts(attachment: Attachment) -> dict[str, object]:
    return {
        "attachment": str(attachment),
        "statement": attachment.statement,
        "kind": attachment.kind,
        "size": attachment.size,
        "stripped": attachment.stripped,
        "name": ledger.commitment(attachment.salt, attachment.name),
        "content": ledger.commitment(attachment.salt, attachment.sha256),
    }


# —— erasing ——


def erase(account: Account) -> int:
    """The person's own uploads lose name, hash and salt; a content goes when no row names it any more."""
    return _erase(Attachment.objects.kept().personal_to(account.pk))


def erase_with(statements: Iterable[int]) -> int:
    """What came with these statements goes with them, whoever uploaded it."""
    return _erase(Attachment.objects.kept().filter(statement__in=list(statements)))


def _erase(uploads: AttachmentQuerySet) -> int:
    contents = sorted(set(uploads.values_list("sha256", flat=True)))
    erased = uploads.update(name="", sha256="", salt="", erased_at=base.now())
    transaction.on_commit(partial(_remove_unnamed, contents))
    return erased


def sweep() -> int:
    """Remove what no row has named for a day: of refused acts, of abandoned uploads, of an erasure that was cut short."""
    vault.remove_unfinished(terms.UNNAMED_LIFE)
    return _remove_unnamed(vault.older_than(terms.UNNAMED_LIFE))


def _remove_unnamed(contents: Iterable[str]) -> int:
    """A store that began before is waited for; one that comes after finds the content gone and says so."""
    with transaction.atomic():
        _hold_stores()
        unnamed = [sha256 for sha256 in contents if not Attachment.objects.filter(sha256=sha256).exists()]
        for sha256 in unnamed:
            vault.remove(sha256)
    return len(unnamed)


def _hold_stores() -> None:
    """SQLite's IMMEDIATE transaction already keeps other writers out."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE documents_attachment IN SHARE ROW EXCLUSIVE MODE")
