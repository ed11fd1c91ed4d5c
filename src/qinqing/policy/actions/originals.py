"""The official text as a file: attached to a policy, taken off again (M3-012)."""

from collections.abc import Sequence

from qinqing import base
from qinqing.base import Actor, say
from qinqing.documents import actions as documents
from qinqing.documents.intake import Received
from qinqing.ledger import actions as ledger

from .. import access, rules, terms
from ..models import Policy
from ..queries import documents as queries


@ledger.act
def attach_originals(*, actor: Actor, policy: Policy, files: Sequence[Received]) -> Policy:
    """The papers as they were issued; whoever may read the policy may take them home."""
    policy = _take(actor, policy)
    if wrong := next((file for file in files if file.kind.key not in terms.ORIGINAL_KINDS), None):
        raise base.Refused(rules.not_an_original(wrong.name), field="files")
    stored = [documents.store(actor=actor, upload=file, subject=queries.files_of(policy)) for file in files]
    ledger.record("policy.original_attached", actor, f"policy:{policy.number}", {"attachments": [str(one) for one in stored]})
    return policy


@ledger.act
def take_off_original(*, actor: Actor, policy: Policy, public_id: str) -> Policy:
    """A wrong file goes; that it was there stays in the ledger."""
    policy = _take(actor, policy)
    documents.take_off(actor=actor, subject=queries.files_of(policy), public_id=public_id)
    ledger.record("policy.original_taken_off", actor, f"policy:{policy.number}", {})
    return policy


def _take(actor: Actor, policy: Policy) -> Policy:
    locked = Policy.objects.select_for_update(of=("self",)).get(pk=policy.pk)
    base.require(access.may_edit(actor, locked.issuer_id))
    if locked.status == terms.Status.REPEALED:
        raise base.Refused(say("已经废止的政策不再改动。"))
    return locked
