"""Who is entitled to a benefit on a day: everybody in business, by the bulk engine, with the facts it rests on (M3-031)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from qinqing.eligibility import bulk
from qinqing.eligibility.catalogue import Fact
from qinqing.eligibility.policies import Rulebook
from qinqing.parties.models import Enterprise

from .. import computing, snapshots
from ..models import PolicyItem
from . import facts

REGISTER = "register"  # who says what the register of enterprises says
Used = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """`amount` in 分; `used` are the values that decided, each with who says so and for which day."""

    enterprise: Enterprise
    amount: int
    used: list[Used]


@dataclass(frozen=True)
class Found:
    """`enterprises` were looked at; of `unknown` of them something was missing, the truth or the amount."""

    enterprises: int
    unknown: int
    candidates: list[Candidate]


def find(item: PolicyItem, on: date) -> Found:
    """Everybody whom the item's rule reaches with a known amount, from the database as it is now."""
    book = computing.evaluator([item], on).book
    rules, columns = bulk.Interned(book), snapshots.gather(on).columns
    total, = bulk.totals(columns, rules)
    amounts = dict(_amounts(columns.codes, bulk.matches(columns, rules)))
    unknown = total.unknown + total.eligible - len(amounts)
    return Found(columns.rows, unknown, _candidates(amounts, used_by(book), on))


def _amounts(codes: Any, found: Iterator[bulk.Matches]) -> Iterator[tuple[str, int]]:
    for chunk in found:
        if chunk.amounts is None:
            return
        for place, row in enumerate(chunk.rows):
            if chunk.known is None or chunk.known[place]:
                yield codes[row].decode(), int(chunk.amounts[place])


def _candidates(amounts: dict[str, int], names: frozenset[str], on: date) -> list[Candidate]:
    reached = list(Enterprise.objects.filter(code__in=amounts).select_related("division", "county"))
    said = _said(reached, names, on)
    return [Candidate(one, amounts[one.code], [*_registered(one, names, on), *said[one.pk].values()]) for one in reached]


def _registered(one: Enterprise, names: frozenset[str], on: date) -> Iterator[Used]:
    columns = (one.pk, one.code, one.division and one.division.code, one.county and one.county.code, one.industry_code,
               one.kind, one.registered_on, one.size_class)
    for name, value in facts.of_register(columns, on):
        if name in names:
            yield {"name": name, "value": value, "source": REGISTER, "as_of": ""}


def _said(reached: list[Enterprise], names: frozenset[str], on: date) -> dict[int, dict[str, Used]]:
    """What units and the enterprises themselves said, the one of each name that counts."""
    rows = facts.matchable().filter(enterprise__in=reached, name__in=names, as_of__lte=on).select_related("source")
    said: dict[int, dict[str, Used]] = defaultdict(dict)
    for fact in sorted(rows, key=lambda fact: (fact.source_id is not None, fact.as_of, fact.pk)):
        source = fact.source.code if fact.source else ""
        said[fact.enterprise_id][fact.name] = {
            "name": fact.name, "value": fact.value, "source": source, "as_of": fact.as_of.isoformat()}
    return said


def used_by(book: Rulebook) -> frozenset[str]:
    """The names of the facts that a rulebook asks for."""
    return frozenset(name for policy in book.policies for part in (policy.where, policy.amount) for name in _names(part))


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, Fact):
        yield node.name
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _names(getattr(node, field.name))
