"""Who fits which benefit by the snapshot, what is due to be matched again, and what became of telling them (M3-014)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from qinqing import base
from qinqing.base import Actor
from qinqing.base.actor import CITY_OFFICES
from qinqing.eligibility import bulk
from qinqing.notices.models import Notice
from qinqing.parties.models import Enterprise

from .. import computing, snapshots
from ..models import Match, MatchRound, PolicyItem


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


# —— what became of it ——


@dataclass(frozen=True)
class Pushed:
    """One item: who fits, for how much, how many people were told and how many of them read it."""

    item: PolicyItem
    round: MatchRound | None
    fen: int | None
    told: int
    read: int


def pushed(actor: Actor) -> list[Pushed]:
    """Items of the actor's units, for a city office all; those with most enterprises first."""
    items = PolicyItem.objects.visible_to(actor).in_force(base.today()).select_related("policy__issuer", "owner")
    if actor.role not in CITY_OFFICES:
        items = items.filter(Q(owner__in=actor.unit_ids) | Q(policy__issuer__in=actor.unit_ids))
    rounds = {one.code: one for one in MatchRound.objects.all()}
    sums = dict(Match.objects.filter(ended_at=None).values_list("code").annotate(fen=Sum("amount_fen")))
    told = _told()
    rows = [Pushed(item, rounds.get(item.code), sums.get(item.code), *told.get(item.code, (0, 0))) for item in items]
    return sorted(rows, key=lambda row: (-(row.round.eligible if row.round else -1), row.item.code))


def _told() -> dict[str, tuple[int, int]]:
    said = Notice.objects.filter(template__in=["match.new", "match.changed"]).values_list("about")
    counted = said.annotate(
        told=Count("recipient", distinct=True), read=Count("recipient", filter=~Q(read_at=None), distinct=True))
    return {about.removeprefix("item:"): (told, read) for about, told, read in counted}


def listed(item: PolicyItem) -> list[Match]:
    """Whom it fits now, for the department that gives it."""
    return list(Match.objects.filter(code=item.code, ended_at=None).select_related("enterprise").order_by("enterprise__code"))
