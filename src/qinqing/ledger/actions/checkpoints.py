"""Signed checkpoints: a row here, and a file outside the database."""

from django.db import transaction

from qinqing import base
from qinqing.base.words import say

from .. import keys, publication, queries
from ..models import Checkpoint
from ..rules import entries, notes
from .cursors import claim


def checkpoint() -> Checkpoint | None:
    """Sign the ledger as it is sealed now; the last checkpoint when nothing is new, None when nothing is sealed.

    A ledger that no longer holds what was signed before is not signed again: `Refused`.
    """
    made = _checkpoint()
    if made:
        publication.publish(made.size, made.note, bytes.fromhex(made.public_key))
    return made


@transaction.atomic
def _checkpoint() -> Checkpoint | None:
    claim("checkpoint", wait=True)
    size, last = queries.size(), queries.last_checkpoint()
    if last is None:
        return _sign(1, size) if size else None
    if size < last.size or queries.root(last.size).hex() != last.root:
        raise base.Refused(say("账本与第 %(n)s 号检查点对不上，没有再签。请运行 qinqing ledger verify", n=last.number))
    return last if size == last.size else _sign(last.number + 1, size)


def _sign(number: int, size: int) -> Checkpoint:
    public_key, root, signed_at = keys.public_key(), queries.root(size), base.machine_now()
    head = notes.Head(
        origin=notes.name_of(public_key), size=size, root=root, number=number, hash_name=queries.hash_name(),
        signed_at=entries.moment(signed_at),
    )
    return Checkpoint.objects.create(
        number=number, size=size, root=root.hex(), signed_at=signed_at, public_key=public_key.hex(),
        note=notes.write(head, keys.signing_key()),
    )
