"""Who fits which benefit by the snapshot, and what is due to be matched again (M3-014)."""

from collections.abc import Iterator
from dataclasses import dataclass

from qinqing import base
from qinqing.eligibility import bulk
from qinqing.parties.models import Enterprise

from .. import computing, snapshots
from ..models import MatchRound, PolicyItem


@dataclass(frozen=True)
class Found:
    """Of one item: the amount of each enterprise that gets it (None where there is no sum, or none is known)."""

    amounts: dict[int, int | None]
    enterprises: int
    unknown: int
    digest: str


def in_force() -> list[PolicyItem]:
    """What everybody may be told of, in a fixed order."""
    items = PolicyItem.objects.in_force(base.today()).filter(policy__withheld_ground="")
    return list(items.select_related("policy__issuer").order_by("code"))


def due(snapshot: snapshots.Snapshot) -> list[PolicyItem]:
    """Items whose version or facts are not those of the last matching."""
    done = {one.code: (one.version, one.digest) for one in MatchRound.objects.all()}
    return [item for item in in_force() if done.get(item.code) != (item.version, snapshot.digest)]


def matched(snapshot: snapshots.Snapshot) -> dict[str, Found]:
    """All items in force at once, since what stacks depends on the others."""
    items, columns = in_force(), snapshot.columns
    rules = bulk.Interned(computing.evaluator(items, columns.on).book)
    keys = dict(Enterprise.objects.values_list("code", "pk"))
    amounts: dict[str, dict[int, int | None]] = {item.code: {} for item in items}
    for chunk in bulk.matches(columns, rules):
        amounts[rules.book.policies[chunk.policy].id].update(_amounts(chunk, columns.codes, keys))
    totals = zip(rules.book.policies, bulk.totals(columns, rules), strict=True)
    return {policy.id: Found(amounts[policy.id], total.rows, total.unknown, snapshot.digest) for policy, total in totals}


def _amounts(chunk: bulk.Matches, codes: snapshots.Codes, keys: dict[str, int]) -> Iterator[tuple[int, int | None]]:
    """An enterprise that has left the register since the snapshot is left out."""
    for place, row in enumerate(chunk.rows):
        known = chunk.amounts is not None and (chunk.known is None or chunk.known[place])
        if key := keys.get(codes[row].decode()):
            yield key, int(chunk.amounts[place]) if known and chunk.amounts is not None else None
