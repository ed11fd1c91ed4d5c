"""部门比对 as it stands: the question in words, who is asked about, how many are answered (M3-030)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from qinqing import base
from qinqing.base import Actor, say
from qinqing.eligibility import bulk, catalogue
from qinqing.eligibility.columns import Columns, unpacked
from qinqing.parties.models import Enterprise, Fact

from .. import building, comparing, computing, reading, snapshots
from ..models import Comparison, ComparisonRow, PolicyItem
from ..terms import Compared
from . import builder, facts

MOST = 50_000


def question(of: Comparison) -> comparing.Question:
    return comparing.Question(catalogue.standard().facts[of.name], of.operator, of.value)


def in_words(name: str, operator: str, value: Any) -> str:
    condition = {"fact": name, operator: value}
    (line, *_) = reading.read_aloud(building.rows({"where": {"all": [condition]}}), builder.naming)
    return str(line.text)


@dataclass(frozen=True)
class Counted:
    """One comparison with its counts; what is not answered is open."""

    comparison: Comparison
    words: str
    whole: int
    yes: int
    no: int
    not_found: int

    @property
    def open(self) -> int:
        return self.whole - self.yes - self.no - self.not_found


def listed(actor: Actor) -> list[Counted]:
    return [_counted(one) for one in _with_counts(actor)[:100]]


def one(actor: Actor, number: int) -> Counted | None:
    found = _with_counts(actor).filter(pk=number).first()
    return _counted(found) if found else None


def _with_counts(actor: Actor) -> QuerySet[Comparison]:
    counts = {str(answer): Count("rows", filter=Q(rows__answer=answer)) for answer in Compared}
    return Comparison.objects.visible_to(actor).select_related("unit").annotate(whole=Count("rows"), **counts)


def _counted(of: Any) -> Counted:
    return Counted(of, in_words(of.name, of.operator, of.value), of.whole, of.yes, of.no, of.not_found)


def rows(of: Comparison) -> QuerySet[ComparisonRow]:
    return ComparisonRow.objects.filter(comparison=of).select_related("enterprise").order_by("id")


def known(of: Comparison) -> dict[str, int]:
    """The numbers that were known before, by code: what a slip between 元 and 万元 shows against."""
    fact = catalogue.standard().facts[of.name]
    said = Fact.objects.filter(name=of.name, enterprise__in=of.rows.values("enterprise")).order_by("as_of", "pk")
    numbers = ((code, facts.number_of(fact, value)) for code, value in said.values_list("enterprise__code", "value"))
    return {code: number for code, number in numbers if number is not None}


# —— whom to ask about ——


def lacking(actor: Actor, name: str, item: PolicyItem | None) -> list[Enterprise]:
    """Whom the fact is not known of; with an item, only those of whom it cannot be said whether they get it."""
    columns = snapshots.gather(base.today()).columns
    rows = ~_known(columns, name)
    if item is not None:
        rows &= _undecided(columns, item, columns.on)
    codes = [code.decode() for code in columns.codes[rows]]
    if len(codes) > MOST:
        too_many = say("有 %(n)s 家，一次最多比对 %(most)s 家，请选一项政策事项缩小范围。", n=len(codes), most=MOST)
        raise base.Refused(too_many, field="item")
    return list(Enterprise.objects.visible_to(actor).filter(code__in=codes).order_by("code"))


def _known(columns: Columns, name: str) -> Any:
    column = columns.columns.get(name)
    if column is None:
        return columns.codes == b""
    return unpacked(column.known, columns.rows) if column.known is not None else columns.codes != b""


def _undecided(columns: Columns, item: PolicyItem, on: date) -> Any:
    interned, undecided = bulk.Interned(computing.evaluator([item], on).book), columns.codes == b""
    start = 0
    for _index, truths in bulk.truths(columns, interned):
        undecided[start:start + len(truths)] = truths == -1
        start += len(truths)
    return undecided
