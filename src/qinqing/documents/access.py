"""Who may read an attachment: whoever may read what it is attached to.

The package that owns a kind of subject registers the answer in `AppConfig.ready`:
`access.register("matter", lambda actor, matter_id: …)`. A kind nobody registered is readable by nobody.
"""

from collections.abc import Callable

from qinqing.base import YES, Actor, Verdict, no, say

from . import terms

MayReadSubject = Callable[[Actor, str], bool]

_readers: dict[str, MayReadSubject] = {}


def register(kind: str, may_read_subject: MayReadSubject) -> None:
    """`may_read_subject(actor, subject_id)` decides for all attachments of subjects "<kind>:<subject_id>"."""
    if kind == terms.DRAFT or _readers.setdefault(kind, may_read_subject) is not may_read_subject:
        raise ValueError(f"who may read {kind!r} is decided already")


def may_read(actor: Actor, subject: str, uploaded_by: int | None) -> Verdict:
    """A draft is its uploader's own; every other subject is asked of the package it belongs to."""
    kind, _, subject_id = subject.partition(":")
    if kind == terms.DRAFT:
        allowed = uploaded_by is not None and uploaded_by == actor.account_id
    else:
        reader = _readers.get(kind)
        allowed = reader is not None and reader(actor, subject_id)
    return YES if allowed else no(say("您不能查看这个附件。"))
