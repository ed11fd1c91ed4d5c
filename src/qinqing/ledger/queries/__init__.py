"""The read side: timelines and the feed, the tree, triggers."""

from ..rules.receipts import check_receipt
from ..rules.receipts import read as read_receipt
from ..triggers import missing as missing_triggers
from . import receipt_sources
from .entries import Happening, entries_of, entry_of, happenings, lines_of, numbers_of, sealed_after
from .failures import FailingReaction, failing_reactions
from .receipts import promise, receipt
from .tree import (
    consistency_proof,
    first_checkpoint_over,
    hash_name,
    hasher,
    inclusion_proof,
    last_checkpoint,
    nodes,
    root,
    size,
    tile,
)
from .verification import LedgerReport, verify

__all__ = [
    "FailingReaction", "Happening", "LedgerReport", "check_receipt", "consistency_proof", "entries_of", "entry_of",
    "failing_reactions", "first_checkpoint_over", "happenings", "hash_name", "hasher", "inclusion_proof",
    "last_checkpoint", "lines_of", "missing_triggers", "nodes", "numbers_of", "promise", "read_receipt", "receipt",
    "receipt_sources", "root", "sealed_after", "size", "tile", "triggers_present", "verify",
]


def triggers_present() -> bool:
    """Do all append-only triggers stand in the database?"""
    return not missing_triggers()
