"""Erasure by law: what a person said and is called goes, what was done stays (个人信息保护法 47)."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from qinqing import base
from qinqing.documents import actions as documents
from qinqing.notices import actions as notices
from qinqing.parties.models import Account

from .. import queries, search
from ..models import Extension, Matter, Reply, Statement, SupervisionOrder
from ..terms import Speech

ERASED_TITLE = "已依法删除"


def erase(account: Account) -> int:
    """The texts and titles a person wrote, their salts and their index entries. Part of `person.erased`, no verb of its own.

    Gives how many texts went.
    """
    own = list(queries.brought_by(account))
    said = Statement.objects.filter(Q(author=account) | Q(matter__in=own, speech=Speech.ORIGINAL), erased_at=None)
    _erase_copies(said, account)
    Matter.objects.filter(contact=account).update(contact=None)
    return _erase(said, own)


def erase_guests(matters: Sequence[Matter]) -> int:
    """What was brought without an account: its words, and what was added to them, with the name that was typed beside."""
    said = Statement.objects.filter(matter__in=matters, speech__in=[Speech.ORIGINAL, Speech.SUPPLEMENT], erased_at=None)
    Matter.objects.filter(pk__in=[matter.pk for matter in matters], enterprise=None).update(enterprise_name="")
    return _erase(said, matters)


def _erase(said: QuerySet[Statement], own: Sequence[Matter]) -> int:
    """These texts with their files, and the titles of the person's own matters, wherever they stand once more."""
    matters = list(Matter.objects.filter(pk__in=said.values("matter")))
    documents.erase_with(said.values_list("pk", flat=True))
    count = said.update(text="", salt="", erased_at=base.now())
    Matter.objects.filter(pk__in=[matter.pk for matter in own]).update(title=ERASED_TITLE, salt="")
    notices.reword(about=[f"matter:{matter.pk}" for matter in own], title=ERASED_TITLE)
    for matter in matters:
        _reindex(matter, own)
    return count


def _erase_copies(said: QuerySet[Statement], account: Account) -> None:
    """What stands once more beside the statement, because a list or a form shows it by itself."""
    Reply.objects.filter(statement__in=said).update(basis="", legal_route="")
    Extension.objects.filter(requested_by=account).update(reason="")
    SupervisionOrder.objects.filter(ordered_by=account).update(reason="")


def _reindex(matter: Matter, erased: Sequence[Matter]) -> None:
    search.forget(matter)
    title = "" if matter in erased else matter.title
    search.index(matter, title, *matter.statements.exclude(text="").filter(audience="everybody").values_list("text", flat=True))
