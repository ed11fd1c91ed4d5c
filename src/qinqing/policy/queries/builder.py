"""A rule being written: the item it belongs to, its draft, its examples as they come out now, and how its versions differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qinqing import base
from qinqing.base import Actor, say
from qinqing.eligibility import catalogue, facts, faults
from qinqing.eligibility.row import Evaluator
from qinqing.parties import industry
from qinqing.parties.models import Division

from .. import access, building, reading, terms
from ..models import PolicyItem, RuleDraft, RuleExample

TRUTHS = {True: terms.Truth.YES, False: terms.Truth.NO, None: terms.Truth.UNKNOWN}
FACT_AND_VALUE = 2


def item(actor: Actor, code: str) -> PolicyItem | None:
    """The item as it stands now, for those who may write its rule."""
    items = PolicyItem.objects.visible_to(actor).current().select_related("policy__issuer", "basis")
    found = items.filter(code=code).first()
    return found if found and access.may_edit(actor, found.policy.issuer_id) else None


def draft(of: PolicyItem) -> RuleDraft | None:
    return RuleDraft.objects.filter(code=of.code).select_related("written_by").first()


def naming(fact: catalogue.Fact, code: str) -> str:
    """A place or an industry by its name, with the code behind it."""
    if fact.name == "region":
        place = Division.objects.filter(code__in=[code, code.ljust(6, "0")]).values_list("name", flat=True).first()
        return f"{place} {code}" if place else code
    found = industry.find(code)
    return f"{found.name} {code}" if found else code


# —— examples ——


@dataclass(frozen=True)
class Tried:
    """An example with what the rule says of it now; None where the rule or the example cannot be read."""

    example: RuleExample
    truth: str | None
    amount: int | None

    @property
    def agrees(self) -> bool:
        return self.truth == self.example.expected

    @property
    def said(self) -> Any:
        return terms.Truth(self.truth).label if self.truth else say("算不出")


def tried(of: PolicyItem, rule: Any) -> list[Tried]:
    checked = building.check(rule, code=of.code, title=of.title, on=of.valid_from)
    evaluator = Evaluator(checked.book) if checked.book else None
    return [_tried(example, evaluator) for example in RuleExample.objects.filter(code=of.code)]


def _tried(example: RuleExample, evaluator: Evaluator | None) -> Tried:
    if evaluator is None:
        return Tried(example, None, None)
    try:
        (result,) = evaluator.match(facts.read(example.facts, catalogue.standard()))
    except faults.Broken:
        return Tried(example, None, None)
    return Tried(example, TRUTHS[result.truth], result.amount)


def facts_in(text: str) -> dict[str, Any]:
    """`从业人数 30人`, one a line; refused with the line's number."""
    said: dict[str, Any] = {}
    for number, line in enumerate(text.strip().splitlines(), 1):
        parts = line.replace("：", " ").replace(":", " ").split(maxsplit=1)
        if not parts:
            continue
        if len(parts) != FACT_AND_VALUE:
            raise base.Refused(say("第 %(n)s 行要写成“事实 值”，例如：从业人数 30人", n=number), field="facts")
        name = building.named(parts[0])
        said[name] = building.YES_NO.get(parts[1].strip(), parts[1].strip())
        _require_readable(number, name, said[name])
    return said


def _require_readable(number: int, name: str, value: Any) -> None:
    try:
        facts.read({name: value}, catalogue.standard())
    except faults.Broken as broken:
        raise base.Refused(say("第 %(n)s 行：%(why)s", n=number, why=broken.faults[0].what), field="facts") from broken


# —— versions ——


@dataclass(frozen=True)
class Difference:
    """What one version says that the one before did not, and the other way round."""

    version: PolicyItem
    added: list[str]
    removed: list[str]


def differences(of: PolicyItem) -> list[Difference]:
    """The newest first; the first version adds everything."""
    versions = list(PolicyItem.objects.filter(code=of.code).select_related("written_by").order_by("version"))
    return [*_steps(versions)][::-1]


def _steps(versions: list[PolicyItem]) -> Iterator[Difference]:
    before: list[str] = []
    for version in versions:
        lines = in_words(version.rule)
        yield Difference(version, *differing(before, lines))
        before = lines


def differing(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    return [line for line in after if line not in before], [line for line in before if line not in after]


def in_words(rule: Any) -> list[str]:
    """Each condition as a line, and what is paid."""
    lines = [str(line.text) for line in reading.read_aloud(building.rows(rule), naming)]
    amount = rule.get("amount") if isinstance(rule, dict) else None
    return lines if amount is None else [*lines, str(say("金额：%(amount)s", amount=reading.amount_aloud(amount)))]


# —— all that one may write ——


@dataclass(frozen=True)
class Writable:
    item: PolicyItem
    draft: RuleDraft | None


def writable(actor: Actor) -> list[Writable]:
    """Drafts first, the latest on top; then by policy."""
    items = PolicyItem.objects.visible_to(actor).current().select_related("policy__issuer").order_by("policy__number", "code")
    mine = [one for one in items if access.may_edit(actor, one.policy.issuer_id)]
    drafts = {one.code: one for one in RuleDraft.objects.filter(code__in=[one.code for one in mine])}
    rows = [Writable(one, drafts.get(one.code)) for one in mine]
    return sorted(rows, key=lambda row: -row.draft.written_at.timestamp() if row.draft else 0.0)
