"""Why one enterprise gets a policy, does not, or cannot be told: each condition, its distance, what is missing, what would do.

The truth of every condition is the row engine's own; this only looks at it more closely (M3-030).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from qinqing.base.words import Sentence, say

from . import saying, units
from .catalogue import Fact, Kind
from .changing import Change, remedy
from .facts import Facts
from .nodes import AtLeast, Compare, Condition, Number, Op, Ratio, Within, children, facts_in
from .policies import Policy
from .row import Evaluator, Truth

TRIED = 500  # combinations of parts, before the cheapest are simply taken


@dataclass(frozen=True)
class Finding:
    """One condition: what it asks, what the enterprise has, how far that is, and which facts are not known.

    `facts` are those it looks at, for their source and day; `parts` the conditions it is made of, where people see several.
    """

    node: Condition
    truth: Truth
    requirement: Sentence
    have: saying.Words | None
    distance: Sentence | None
    facts: tuple[Fact, ...]
    missing: tuple[Fact, ...]
    parts: tuple["Finding", ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Of one policy. `missing` are the facts that could still decide it or its amount; `ask` the fewest of them that, answered
    well, make it true. `changes` are the fewest the enterprise could make to get it, None where it cannot; `amount_then` what
    it would get.
    """

    policy: Policy
    truth: Truth
    amount: int | None
    conditions: tuple[Finding, ...]
    missing: tuple[Fact, ...]
    ask: tuple[Fact, ...]
    changes: tuple[Change, ...] | None
    amount_then: int | None

    @property
    def headline(self) -> Sentence:
        """符合; 还差 3 人; 还缺 2 个数据; 不符合."""
        if self.truth:
            return say("符合")
        if self.truth is None:
            return say("还缺 %(n)s 个数据：%(names)s", n=len(self.ask), names=_names(self.ask)) if self.ask else say("还不能判断")
        if not self.changes:
            return say("不符合")
        if len(self.changes) == 1 and self.changes[0].distance is not None:
            return say("还差 %(amount)s", amount=self.changes[0].distance)
        return say("还差 %(n)s 项：%(names)s", n=len(self.changes), names=_names([change.fact for change in self.changes]))


def explain(evaluator: Evaluator, facts: Facts) -> list[Explanation]:
    """Every policy of the rulebook, in its order."""
    return [_explained(evaluator, policy, facts) for policy in evaluator.book.policies]


def _explained(evaluator: Evaluator, policy: Policy, facts: Facts) -> Explanation:
    truth, amount = _asked(evaluator, policy, facts)
    changes = remedy(evaluator, policy.where, facts) if truth is False else None
    then = {**facts, **{change.fact.name: change.needed for change in changes or ()}}
    return Explanation(
        policy, truth, amount, tuple(_findings(evaluator, policy.where, facts)), _missing(evaluator, policy, facts, truth),
        _fewest(evaluator, policy.where, facts) if truth is None else (), changes,
        _asked(evaluator, policy, then)[1] if changes else None)


def _asked(evaluator: Evaluator, policy: Policy, facts: Facts) -> tuple[Truth, int | None]:
    truth = evaluator.condition(policy.where)(facts)
    return truth, evaluator.number(policy.amount)(facts) if truth and policy.amount is not None else None


# —— each condition ——

def _findings(evaluator: Evaluator, where: Condition, facts: Facts) -> Iterator[Finding]:
    """A list of conditions where all must hold; anything else is one."""
    is_list = isinstance(where, AtLeast) and where.k == len(where.parts) and where.said is None
    for part in _parts(where) if is_list else (where,):
        yield finding(evaluator, part, facts)


def finding(evaluator: Evaluator, node: Condition, facts: Facts) -> Finding:
    truth = evaluator.condition(node)(facts)
    return Finding(
        node, truth, saying.requirement(node), _have(evaluator, node, facts),
        _distance(evaluator, node, facts) if truth is False else None,
        _once(facts_in(node)), _relevant(evaluator, node, facts), tuple(finding(evaluator, part, facts) for part in _parts(node)))


def _parts(node: Condition) -> tuple[Condition, ...]:
    """What people see as conditions of their own; a ratio is one."""
    return node.parts if isinstance(node, AtLeast) and not isinstance(node.said, Ratio) else ()


def _have(evaluator: Evaluator, node: Condition, facts: Facts) -> saying.Words | None:
    """What the enterprise has for it; None where that is not known, or is not one value."""
    if isinstance(node, Within):
        value = facts.get(node.fact.name)
        return None if value is None else node.fact.say(value)
    if isinstance(node, Compare):
        value = evaluator.number(node.left)(facts)
        return None if value is None else units.shown(value, saying.counted_in(node.left))
    return _share(evaluator, node.said, facts) if isinstance(node.said, Ratio) else None


def _share(evaluator: Evaluator, ratio: Ratio, facts: Facts) -> saying.Words | None:
    """To two decimals, rounded away from what is asked, so that 2.996 % does not read as the 3 % it is not."""
    part, whole = evaluator.number(ratio.part)(facts), evaluator.number(ratio.whole)(facts)
    if part is None or whole is None or whole <= 0:
        return None
    up = ratio.op in (Op.LE, Op.LT)
    return units.shown(-(-part * units.SHARE // whole) if up else part * units.SHARE // whole, "rate")


def _distance(evaluator: Evaluator, node: Condition, facts: Facts) -> Sentence | None:
    """How much too little, or too much."""
    if isinstance(node, Within):
        return _distance_of_fact(node, facts)
    if isinstance(node, Compare):
        return _between(evaluator, node, facts)
    if isinstance(node.said, Ratio):
        return _between(evaluator, node.parts[1], facts, node.said)
    return None


def _distance_of_fact(node: Within, facts: Facts) -> Sentence | None:
    value = facts[node.fact.name]
    if node.fact.kind is not Kind.NUMBER or node.fact.dimension == "calendar_years" or not node.spans:
        return None
    nearest = min((edge for span in node.spans for edge in span), key=lambda edge: abs(edge - value))
    return _short_or_over(nearest - value, node.fact.dimension)


def _between(evaluator: Evaluator, node: Condition, facts: Facts, ratio: Ratio | None = None) -> Sentence | None:
    """Of a ratio the distance is told in its part: 差 13 万元研发费用 says more than 0.2 个百分点."""
    assert isinstance(node, Compare)
    left, right = evaluator.number(node.left)(facts), evaluator.number(node.right)(facts)
    if left is None or right is None or node.op in (Op.EQ, Op.NE):
        return None
    beyond = {Op.GT: 1, Op.LT: -1}.get(node.op, 0)
    short = right + beyond - left
    if ratio is None:
        return _short_or_over(short, saying.counted_in(node.left))
    parts = -(-abs(short) // ratio.share.denominator)  # the cross product counts each unit of the part so often
    return _short_or_over(parts if short > 0 else -parts, saying.counted_in(ratio.part))


def _short_or_over(short: int, dimension: str) -> Sentence:
    amount = units.shown(abs(short), dimension)
    return say("差 %(amount)s", amount=amount) if short > 0 else say("超出 %(amount)s", amount=amount)


# —— what is not known ——

def _missing(evaluator: Evaluator, policy: Policy, facts: Facts, truth: Truth) -> tuple[Fact, ...]:
    if truth is None:
        return _relevant(evaluator, policy.where, facts)
    if truth and policy.amount is not None and evaluator.number(policy.amount)(facts) is None:
        return _unknown(policy.amount, facts)
    return ()


def _relevant(evaluator: Evaluator, node: Condition, facts: Facts) -> tuple[Fact, ...]:
    """The facts that could still decide the condition: none of what is settled already."""
    if evaluator.condition(node)(facts) is not None:
        return ()
    if isinstance(node, AtLeast):
        return _once(fact for part in node.parts for fact in _relevant(evaluator, part, facts))
    return _unknown(node, facts)


def _unknown(node: Condition | Number, facts: Facts) -> tuple[Fact, ...]:
    """Not known, or known only by a code that is too short for one of the node's tests, however deep it stands."""
    return _once([*(fact for fact in facts_in(node) if fact.name not in facts), *_vague(node, facts)])


def _vague(node: Condition | Number, facts: Facts) -> Iterator[Fact]:
    if isinstance(node, Within) and facts.get(node.fact.name) in node.vague:
        yield node.fact
    for child in children(node):
        yield from _vague(child, facts)


def _fewest(evaluator: Evaluator, node: Condition, facts: Facts) -> tuple[Fact, ...]:
    """The smallest set of facts that, answered well, makes an unknown condition true."""
    if not isinstance(node, AtLeast):
        return _unknown(node, facts)
    truths = [evaluator.condition(part)(facts) for part in node.parts]
    sets = [_fewest(evaluator, part, facts) for part, truth in zip(node.parts, truths, strict=True) if truth is None]
    return _cheapest(sets, node.k - truths.count(True))


def _cheapest(sets: Sequence[tuple[Fact, ...]], count: int) -> tuple[Fact, ...]:
    """The union of `count` of the sets that is smallest."""
    choices: list[tuple[Fact, ...]] = []
    for chosen in combinations(sorted(sets, key=len), count):
        choices.append(_once(fact for one in chosen for fact in one))
        if len(choices) >= TRIED:
            break
    return min(choices, key=_size)


@dataclass(frozen=True)
class Question:
    """A fact to ask next, and how many policies can be judged once it and those before it are answered."""

    fact: Fact
    decided: int


def questions(explanations: Iterable[Explanation]) -> list[Question]:
    """What to ask first, so that with each answer most policies can be judged: 补上 2 个数，3 项就都能判断."""
    open_sets = [set(each.missing) for each in explanations if each.truth is None]
    asked: list[Question] = []
    known: set[Fact] = set()
    while remaining := [missing - known for missing in open_sets if missing - known]:
        wanted = Counter(fact for missing in remaining for fact in missing)
        smallest = min(remaining, key=_size)
        for fact in sorted(smallest, key=lambda fact: (-wanted[fact], fact.name)):
            known.add(fact)
            asked.append(Question(fact, sum(missing <= known for missing in open_sets)))
    return asked


# —— as plain values ——

def as_values(explanation: Explanation) -> dict[str, Any]:
    """For JSON: numbers in base units, sentences in the language of the moment."""
    changes = None if explanation.changes is None else [
        {"fact": change.fact.name, "label": str(change.fact.label), "have": change.have, "needed": change.needed,
         "distance": None if change.distance is None else str(change.distance)} for change in explanation.changes]
    return {
        "policy": explanation.policy.id, "title": explanation.policy.title, "result": RESULTS[explanation.truth],
        "amount_fen": explanation.amount, "headline": str(explanation.headline),
        "conditions": [_finding_values(each) for each in explanation.conditions],
        "missing": [_fact_values(fact) for fact in explanation.missing], "ask": [fact.name for fact in explanation.ask],
        "changes": changes, "amount_fen_then": explanation.amount_then,
    }


RESULTS = {True: "eligible", False: "not_eligible", None: "unknown"}


def _finding_values(found: Finding) -> dict[str, Any]:
    values = {
        "result": RESULTS[found.truth], "requires": str(found.requirement),
        "has": None if found.have is None else str(found.have),
        "distance": None if found.distance is None else str(found.distance),
        "facts": [fact.name for fact in found.facts], "missing": [fact.name for fact in found.missing],
    }
    return {**values, "parts": [_finding_values(part) for part in found.parts]} if found.parts else values


def _fact_values(fact: Fact) -> dict[str, str]:
    return {"fact": fact.name, "label": str(fact.label), "holder": str(fact.source)}


def _size(facts: Collection[Fact]) -> int:
    return len(facts)


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(dict.fromkeys(facts))


def _names(facts: Sequence[Fact]) -> saying.Words:
    words: saying.Words = saying.listed([fact.label for fact in facts])
    return words
