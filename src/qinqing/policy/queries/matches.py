"""Who fits which benefit by the snapshot, and what is due to be matched again (M3-014)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qinqing import base
from qinqing.eligibility import bulk
from qinqing.parties.models import Enterprise

from .. import computing, snapshots
from ..models import MatchRound, PolicyItem
from ..terms import Stacking


@dataclass(frozen=True)
class Found:
    """Of one item: the amount of each enterprise that gets it (None where there is no sum, or none is known).

    `digest` is the snapshot's, `rivals` that of the items it is not paid together with.
    """

    amounts: dict[int, int | None]
    enterprises: int
    unknown: int
    digest: str
    rivals: str


def in_force() -> list[PolicyItem]:
    """What everybody may be told of, in a fixed order."""
    items = PolicyItem.objects.in_force(base.today()).filter(policy__withheld_ground="")
    return list(items.select_related("policy__issuer").order_by("code"))


def due(snapshot: snapshots.Snapshot) -> list[PolicyItem]:
    """Items of which the version, the facts or what they are not paid together with is not that of the last matching."""
    items = in_force()
    done = {one.code: (one.version, one.digest, one.rivals) for one in MatchRound.objects.all()}
    rivals = _fingerprints(items)
    return [item for item in items if done.get(item.code) != (item.version, snapshot.digest, rivals[item.code])]


def matched(snapshot: snapshots.Snapshot, items: Sequence[PolicyItem]) -> dict[str, Found]:
    """These items and no others; those that they are not paid together with are read beside them, and not worked out."""
    standing, columns = in_force(), snapshot.columns
    wanted, rivals = {item.code for item in items}, _fingerprints(standing)
    beside = {code for group in _groups(standing) for code in group if wanted & set(group)}
    book = computing.evaluator([item for item in standing if item.code in wanted | beside], columns.on).book
    rules = bulk.Interned(replace(book, policies=tuple(policy for policy in book.policies if policy.id in wanted)))
    keys = dict(Enterprise.objects.values_list("code", "pk"))
    amounts: dict[str, dict[int, int | None]] = {code: {} for code in wanted}
    for chunk in bulk.matches(columns, rules):
        amounts[rules.book.policies[chunk.policy].id].update(_amounts(chunk, columns.codes, keys))
    totals = zip((policy.id for policy in rules.book.policies), bulk.totals(columns, rules), strict=True)
    return {code: Found(amounts[code], total.rows, total.unknown, snapshot.digest, rivals[code]) for code, total in totals}


def _groups(items: Sequence[PolicyItem]) -> list[list[str]]:
    """The codes of items that are not paid together."""
    groups: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.stacking != Stacking.FREE:
            groups[item.stacking_group].append(item.code)
    return list(groups.values())


def _fingerprints(items: Sequence[PolicyItem]) -> dict[str, str]:
    """Of each item with rivals: which versions they are all in now; what another of them says may change whom it fits."""
    versions = {item.code: f"{item.code}:{item.version}" for item in items}
    said = {code: ",".join(versions[other] for other in group) for group in _groups(items) if len(group) > 1 for code in group}
    return {code: hashlib.sha256(said[code].encode()).hexdigest() if code in said else "" for code in versions}


def _amounts(chunk: bulk.Matches, codes: snapshots.Codes, keys: dict[str, int]) -> Iterator[tuple[int, int | None]]:
    """An enterprise that has left the register since the snapshot is left out."""
    for place, row in enumerate(chunk.rows):
        known = chunk.amounts is not None and (chunk.known is None or chunk.known[place])
        if key := keys.get(codes[row].decode()):
            yield key, int(chunk.amounts[place]) if known and chunk.amounts is not None else None
