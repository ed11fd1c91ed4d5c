"""The worker's round over items in force: matched again when their rule, or what is known of anybody, has changed (M3-030)."""

from qinqing.base import SYSTEM

from . import actions, snapshots
from .queries import elsewhere, matches


def renew_when_due() -> None:
    """Those that are due in one pass over the columns, and nothing else. Not where the city does not."""
    snapshot = snapshots.current() if elsewhere.offered().matching else None
    due = matches.due(snapshot) if snapshot else []
    if not snapshot or not due:
        return
    found = matches.matched(snapshot, due)
    for item in due:
        actions.renew_matches(actor=SYSTEM, item=item, found=found[item.code])
