"""The rule language: JSON in, conditions and numbers out, or every fault with its path and remedy (M3-030).

    cond := {all: [cond+]} | {any: [cond+]} | {not: cond} | {at_least: k, of: [cond+]} | {fact: F, OP: v} | {num: num, CMP: num}
          | {ratio: [num, num], CMP: "3%"} | {policy: id}
    num  := F | "50万元" | 12 | {add|min|max|mul: [num+]} | {sub: [num, num]} | {months_since: F} | {param: id}
          | {case: [{when: cond, then: num}*, {else: num}]}
    v    := a value or {param: id};  OP := CMP | between | is | in | not_in | under | not_under | before | after | since | until
    CMP  := lt | le | gt | ge | eq | ne

Nothing is evaluated as code, nor put into a text that is: a rule is data from the file to the engine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from qinqing.base.words import say

from . import belonging, bounds, days, units
from .arithmetic import ANYTHING, Typed, compared, fraction, literal, multiplied, together
from .catalogue import NAME, NOT_FOR_MATCHING, Catalogue, Fact, Kind, nearest
from .faults import Findings
from .nodes import (
    NEVER,
    AtLeast,
    Case,
    Compare,
    Condition,
    Difference,
    Extreme,
    Known,
    Months,
    Number,
    Op,
    Product,
    Ratio,
    Sum,
    Value,
    every,
    negated,
    some,
)
from .units import Unreadable

DEPTH = 40
FORMS = ("all", "any", "not", "at_least", "fact", "num", "ratio", "policy")
NUMBERS = ("add", "sub", "mul", "min", "max", "months_since", "case", "param")
COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
PAIR = 2
T = TypeVar("T")


@dataclass
class Reader:
    """Reads the conditions and numbers of one set of policies, as they hold on the day `on`.

    `policy` finds the condition of another policy; it raises `Unreadable` when there is none, or none without end.
    """

    catalogue: Catalogue
    on: date
    parameters: Mapping[str, Any] = field(default_factory=dict)
    policy: Callable[[Any], Condition] | None = None
    findings: Findings = field(default_factory=Findings)

    # —— conditions ——

    def condition(self, raw: Any, path: str, depth: int = 0) -> Condition:
        """The condition at the path; where it is broken, the fault is kept and one that never holds stands in."""
        before = len(self.findings.all)
        try:
            node = self._condition(raw, path, depth)
        except Unreadable as wrong:
            self.findings.add(path, wrong.sentence)
            return NEVER
        if len(self.findings.all) == before:
            self._look_over(node, path)
        return node

    def _look_over(self, node: Condition, path: str) -> None:
        decided = bounds.constant(node)
        if decided is True:
            self.findings.warn(path, say("这一条总是成立，等于没有写"))
        if decided is False:
            self.findings.warn(path, say("这一条永远不能成立"))

    def _condition(self, raw: Any, path: str, depth: int) -> Condition:
        form = _form(raw, FORMS)
        if depth > DEPTH:
            raise Unreadable(say("套得太深，最多 %(n)s 层", n=DEPTH))
        readers: dict[str, Callable[[Any, str, int], Condition]] = {
            "all": self._all, "any": self._any, "not": self._not, "at_least": self._at_least, "fact": self._fact,
            "num": self._num, "ratio": self._ratio, "policy": self._policy,
        }
        return readers[form](raw, path, depth)

    def _all(self, raw: Any, path: str, depth: int) -> Condition:
        return every(*self._conditions(raw, "all", path, depth))

    def _any(self, raw: Any, path: str, depth: int) -> Condition:
        return some(*self._conditions(raw, "any", path, depth))

    def _not(self, raw: Any, path: str, depth: int) -> Condition:
        _only(raw, "not")
        return negated(self.condition(raw["not"], f"{path}.not", depth + 1))

    def _at_least(self, raw: Any, path: str, depth: int) -> Condition:
        _only(raw, "at_least", "of")
        k, parts = raw["at_least"], self._conditions({"of": raw.get("of")}, "of", path, depth)
        if not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= len(parts):
            raise Unreadable(say("at_least 应在 1 到 %(n)s 之间", n=len(parts)))
        return AtLeast(k, tuple(parts))

    def _conditions(self, raw: Any, key: str, path: str, depth: int) -> list[Condition]:
        _only(raw, key)
        if not isinstance(raw[key], list) or not raw[key]:
            raise Unreadable(say("%(key)s 后面要写成列表，至少一条", key=key))
        return [self.condition(part, f"{path}.{key}[{index}]", depth + 1) for index, part in enumerate(raw[key])]

    def _fact(self, raw: Any, path: str, _depth: int) -> Condition:
        fact = self._usable(raw["fact"])
        op = _operator(raw, "fact", known=belonging.allowed(fact), fact=fact)
        return self._condition_at(f"{path}.{op}", lambda: belonging.within(fact, op, self._constant(raw[op])))

    def _num(self, raw: Any, path: str, depth: int) -> Condition:
        op = _operator(raw, "num", known=COMPARISONS)
        left = self.number(raw["num"], f"{path}.num", depth)
        right = self.number(raw[op], f"{path}.{op}", depth)
        return compared(left, Op(op), right)

    def _ratio(self, raw: Any, path: str, depth: int) -> Condition:
        op = _operator(raw, "ratio", known=COMPARISONS)
        if not isinstance(raw["ratio"], list) or len(raw["ratio"]) != PAIR:
            raise Unreadable(say("ratio 要写两个数：[分子, 分母]"))
        both = [self.number(part, f"{path}.ratio[{index}]", depth) for index, part in enumerate(raw["ratio"])]
        (part, whole), _dimension = together(both)
        share = self._at(f"{path}.{op}", lambda: fraction(literal(self._constant(raw[op]))), Fraction(0))
        return self._crossed(path, part, whole, Op(op), share)

    def _crossed(self, path: str, part: Number, whole: Number, op: Op, share: Fraction) -> Condition:
        """No division: part × denominator against whole × numerator, and nothing holds for a whole of zero or less."""
        left, right = Product((part,), share.denominator), Product((whole,), share.numerator)
        self._fit(path, left, right)
        positive = Compare(whole, Op.GT, Known(0))
        if bounds.constant(positive) is False:
            self.findings.warn(f"{path}.ratio[1]", say("分母总是 0 或更小，这个比例永远算不出"))
        return AtLeast(PAIR, (positive, Compare(left, op, right)), Ratio(part, whole, op, share))

    def _policy(self, raw: Any, path: str, _depth: int) -> Condition:
        _only(raw, "policy")
        return self._condition_at(f"{path}.policy", lambda: self._of_policy(raw["policy"]))

    def _of_policy(self, name: Any) -> Condition:
        assert self.policy is not None
        return AtLeast(1, (self.policy(name),), say("符合政策“%(policy)s”", policy=name))

    # —— numbers ——

    def number(self, raw: Any, path: str, depth: int = 0) -> Typed:
        try:
            found = self._number(raw, path, depth)
        except Unreadable as wrong:
            self.findings.add(path, wrong.sentence)
            return ANYTHING
        if found.node is not None:
            self._fit(path, found.node)
        return found

    def _number(self, raw: Any, path: str, depth: int) -> Typed:
        if isinstance(raw, str) and NAME.fullmatch(raw):
            return self._value(raw)
        if not isinstance(raw, dict):
            return literal(raw)
        if depth > DEPTH:
            raise Unreadable(say("套得太深，最多 %(n)s 层", n=DEPTH))
        form = _form(raw, NUMBERS)
        _only(raw, form)
        readers: dict[str, Callable[[Any, str, int], Typed]] = {
            "add": self._add, "sub": self._sub, "mul": self._mul, "min": self._extreme, "max": self._extreme,
            "months_since": self._months, "case": self._case,
            "param": lambda raw, _path, _depth: literal(self._constant(raw)),
        }
        return readers[form](raw, path, depth)

    def _value(self, name: str) -> Typed:
        fact = self._usable(name)
        if fact.kind is not Kind.NUMBER:
            raise Unreadable(say("%(fact)s不是数，不能用来计算", fact=fact.label))
        return Typed(Value(fact), fact.dimension)

    def _numbers(self, raw: Any, key: str, path: str, depth: int) -> list[Typed]:
        if not isinstance(raw[key], list) or not raw[key]:
            raise Unreadable(say("%(key)s 后面要写成列表，至少一个数", key=key))
        return [self.number(part, f"{path}.{key}[{index}]", depth + 1) for index, part in enumerate(raw[key])]

    def _add(self, raw: Any, path: str, depth: int) -> Typed:
        nodes, dimension = together(self._numbers(raw, "add", path, depth))
        return Typed(Sum(tuple(nodes)), dimension)

    def _sub(self, raw: Any, path: str, depth: int) -> Typed:
        parts = self._numbers(raw, "sub", path, depth)
        if len(parts) != PAIR:
            raise Unreadable(say("sub 要写两个数：[被减数, 减数]"))
        (left, right), dimension = together(parts)
        return Typed(Difference(left, right), dimension)

    def _extreme(self, raw: Any, path: str, depth: int) -> Typed:
        (key,) = raw
        nodes, dimension = together(self._numbers(raw, key, path, depth))
        return Typed(Extreme(tuple(nodes), greatest=key == "max"), dimension)

    def _mul(self, raw: Any, path: str, depth: int) -> Typed:
        return multiplied(self._numbers(raw, "mul", path, depth))

    def _months(self, raw: Any, _path: str, _depth: int) -> Typed:
        fact = self._usable(raw["months_since"])
        if fact.kind is not Kind.DATE:
            raise Unreadable(say("%(fact)s不是日期，算不出月数", fact=fact.label))
        return Typed(Months(fact, days.counted_to(self.on)), "months")

    def _case(self, raw: Any, path: str, depth: int) -> Typed:
        rows = raw["case"]
        if not isinstance(rows, list) or not rows or not isinstance(rows[-1], dict) or set(rows[-1]) != {"else"}:
            raise Unreadable(say("case 的最后一行要写 else"))
        whens, thens = [], []
        for index, row in enumerate(rows[:-1]):
            place = f"{path}.case[{index}]"
            _keys(row, {"when", "then"})
            whens.append(self.condition(row["when"], f"{place}.when", depth + 1))
            thens.append(self.number(row["then"], f"{place}.then", depth + 1))
        otherwise = self.number(rows[-1]["else"], f"{path}.case[{len(rows) - 1}].else", depth + 1)
        nodes, dimension = together([*thens, otherwise])
        return Typed(Case(tuple(zip(whens, nodes[:-1], strict=True)), nodes[-1]), dimension)

    def money(self, raw: Any, path: str) -> Number | None:
        """An amount of money, as a policy gives it; None where it is broken."""
        before = len(self.findings.errors)
        found = self.number(raw, path)
        node = self._at(path, lambda: together([found, Typed(Known(0), "money")])[0][0], None)
        if node is None or len(self.findings.errors) > before:
            return None
        if bounds.bounds(node)[0] < 0:
            self.findings.warn(path, say("金额可能是负数，最低到 %(low)s", low=units.shown(bounds.bounds(node)[0], "money")))
        return node

    # —— what both need ——

    def _usable(self, name: Any) -> Fact:
        fact = self.catalogue.find(name)
        if fact.use == NOT_FOR_MATCHING:
            raise Unreadable(say("%(fact)s来自统计调查，依法只能用于统计，不能用来匹配政策", fact=fact.label))
        return fact

    def _constant(self, raw: Any) -> Any:
        """A value as written, or the parameter's as it stands on the day."""
        if not isinstance(raw, dict):
            return raw
        _only(raw, "param")
        name = raw["param"]
        if name not in self.parameters:
            near = nearest(str(name), self.parameters)
            hint = say("没有这个参数“%(given)s”，是不是“%(near)s”？", given=name, near=near)
            raise Unreadable(hint if near else say("没有这个参数“%(given)s”", given=name))
        if self.parameters[name] is None:
            raise Unreadable(say("参数“%(name)s”在 %(day)s 还没有值", name=name, day=self.on.isoformat()))
        return self.parameters[name]

    def _condition_at(self, path: str, read: Callable[[], Condition]) -> Condition:
        never: Condition = NEVER
        return self._at(path, read, never)

    def _at(self, path: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Unreadable as wrong:
            self.findings.add(path, wrong.sentence)
            return otherwise

    def _fit(self, path: str, *nodes: Number) -> None:
        if not all(map(bounds.fits, nodes)):
            self.findings.add(path, say("按事实的取值范围，这里的数会大到算不下（超过 62 位）；请缩小范围或拆开写"))


def _form(raw: Any, forms: tuple[str, ...]) -> str:
    """The one key that says which form it is."""
    if not isinstance(raw, dict):
        raise Unreadable(say("应写成 {…}，里面是 %(forms)s 之一", forms="、".join(forms)))
    found = [form for form in forms if form in raw]
    if len(found) == 1:
        return found[0]
    if found:
        raise Unreadable(say("%(forms)s 不能写在一起，要分开成两条", forms="、".join(found)))
    near = next(filter(None, (nearest(str(key), forms) for key in raw)), "")
    if near:
        raise Unreadable(say("不认识“%(given)s”，是不是“%(near)s”？", given="、".join(map(str, raw)), near=near))
    raise Unreadable(say("不认识“%(given)s”，应为 %(forms)s 之一", given="、".join(map(str, raw)), forms="、".join(forms)))


def _operator(raw: dict[str, Any], form: str, *, known: tuple[str, ...], fact: Fact | None = None) -> str:
    ops = [key for key in raw if key != form]
    if len(ops) != 1:
        raise Unreadable(say("要写一个、也只能写一个比较：%(known)s", known="、".join(known)))
    if fact is not None:
        belonging.check(fact, ops[0])
    elif ops[0] not in known:
        raise Unreadable(say("不认识比较“%(given)s”，应为 %(known)s 之一", given=ops[0], known="、".join(known)))
    return ops[0]


def _only(raw: dict[str, Any], *keys: str) -> None:
    _keys(raw, set(keys))


def _keys(raw: Any, keys: set[str]) -> None:
    if not isinstance(raw, dict) or keys - set(raw):
        raise Unreadable(say("缺少 %(keys)s", keys="、".join(sorted(keys - set(raw if isinstance(raw, dict) else ())))))
    if set(raw) - keys:
        raise Unreadable(say("多了不认识的 %(keys)s", keys="、".join(map(str, sorted(set(raw) - keys, key=str)))))
