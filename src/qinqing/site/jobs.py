"""Every job of the worker, and how often it is asked for."""

from qinqing.consultation import actions as consultation
from qinqing.documents import actions as documents
from qinqing.ledger import actions as ledger
from qinqing.ledger import reactions
from qinqing.notices import actions as notices
from qinqing.policy import lateness, rematching, snapshots

from . import erasures
from .worker import Job


def registered() -> list[Job]:
    return [
        Job("seal the ledger", ledger.seal, every_seconds=0.5),
        Job("react to sealed entries", reactions.drain, every_seconds=0.5),
        Job("deliver notices", notices.deliver_due, every_seconds=2),
        Job("remove contents nobody names", documents.sweep, every_seconds=3600),
        Job("forget drafts nobody signed in for", consultation.forget_drafts, every_seconds=3600),
        Job("take a snapshot of facts", snapshots.renew_when_due, every_seconds=600),
        Job("match policies with what has changed", rematching.renew_when_due, every_seconds=600),
        Job("find benefits paid too late, remind who does not answer", lateness.look, every_seconds=3600),
        Job("sign a checkpoint", ledger.checkpoint, every_seconds=60),
        Job("list who was erased", erasures.publish, every_seconds=60),
    ]
