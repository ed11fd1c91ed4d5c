"""What can be said of a rule before any enterprise is looked at: how large its numbers get, and whether it decides anything.

Bounds come from the facts' ranges, which values keep, so a rule that loads cannot overflow 64 bits in any engine.
"""

from functools import reduce
from itertools import product

from . import days
from .nodes import (
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
    Span,
    Sum,
    Value,
    Within,
    common,
    complement,
    merged,
    rounded,
)

LIMIT = 2**62
Context = dict[str, tuple[Span, ...]]


def bounds(node: Number) -> Span:
    """The least and the greatest the number can be."""
    match node:
        case Known(value=value):
            return value, value
        case Value(fact=fact):
            return fact.low, fact.high
        case Months(fact=fact, until=until):
            return days.months_between(fact.high, until), days.months_between(fact.low, until)
        case Difference(left=left, right=right):
            (low, high), (less, more) = bounds(left), bounds(right)
            return low - more, high - less
        case Product(times=times, over=over):
            low, high = factor_bounds(node)
            return tuple(sorted((rounded(low, times, over), rounded(high, times, over))))  # type: ignore[return-value]  # a pair
    return _bounds_of_several(node)


def factor_bounds(node: Product) -> Span:
    """The product of the parts alone, before the fraction."""
    def times(left: Span, right: Span) -> Span:
        corners = [a * b for a, b in product(left, right)]
        return min(corners), max(corners)
    return reduce(times, map(bounds, node.parts), (1, 1))


def _bounds_of_several(node: Number) -> Span:
    match node:
        case Sum(parts=parts):
            lows, highs = zip(*map(bounds, parts), strict=True)
            return sum(lows), sum(highs)
        case Extreme(parts=parts, greatest=greatest):
            lows, highs = zip(*map(bounds, parts), strict=True)
            pick = max if greatest else min
            return pick(lows), pick(highs)
        case Case(branches=branches, otherwise=otherwise):
            lows, highs = zip(*map(bounds, [number for _, number in branches] + [otherwise]), strict=True)
            return min(lows), max(highs)
    raise TypeError(node)


def fits(node: Number) -> bool:
    """Whether the number, and what is met on the way to it, stays within 62 bits."""
    extremes = [*bounds(node)]
    if isinstance(node, Product):
        low, high = factor_bounds(node)
        extremes += [low, high, 2 * low * node.times + node.over, 2 * high * node.times + node.over]
    return all(abs(extreme) < LIMIT for extreme in extremes)


# —— conditions that decide nothing ——

def constant(node: Condition, context: Context | None = None) -> bool | None:
    """True when the condition holds whatever the facts are, False when it cannot hold, None when it depends.

    `context` is what the conditions beside it leave possible.
    """
    context = context or {}
    if isinstance(node, Within):
        return _constant_test(node, context)
    if isinstance(node, Compare):
        return _constant_comparison(node)
    return _constant_group(node, context)


def possible(test: Within, context: Context) -> tuple[Span, ...]:
    return context.get(test.fact.name, ((test.fact.low, test.fact.high),))


def _constant_test(test: Within, context: Context) -> bool | None:
    left = common(test.spans, possible(test, context))
    if not left:
        return False
    return True if left == possible(test, context) else None


def _constant_comparison(node: Compare) -> bool | None:
    low, high = bounds(Difference(node.left, node.right))
    outcome = {
        Op.LT: (high < 0, low >= 0), Op.LE: (high <= 0, low > 0), Op.GT: (low > 0, high <= 0), Op.GE: (low >= 0, high < 0),
        Op.EQ: (low == high == 0, low > 0 or high < 0), Op.NE: (low > 0 or high < 0, low == high == 0),
    }[node.op]
    return True if outcome[0] else False if outcome[1] else None


def _constant_group(node: AtLeast, context: Context) -> bool | None:
    if node.k == 1 < len(node.parts) and _covers(node, context):
        return True
    if node.k != len(node.parts):
        return _counted([constant(part, context) for part in node.parts], node.k)
    truths: list[bool | None] = []
    for part in sorted(node.parts, key=lambda part: not isinstance(part, Within)):  # what tests leave holds for all the rest
        truths.append(constant(part, context))
        context = _narrowed(part, context)
    return _counted(truths, node.k)


def _counted(truths: list[bool | None], k: int) -> bool | None:
    if truths.count(True) >= k:
        return True
    return False if len(truths) - truths.count(False) < k else None


def _narrowed(part: Condition, context: Context) -> Context:
    if not isinstance(part, Within):
        return context
    return {**context, part.fact.name: common(part.spans, possible(part, context))}


def _covers(node: AtLeast, context: Context) -> bool:
    """Whether the alternatives leave nothing out for one of their facts."""
    spans: Context = {}
    for part in node.parts:
        if isinstance(part, Within) and not part.vague:
            spans[part.fact.name] = merged([*spans.get(part.fact.name, ()), *part.spans])
    facts = {part.fact.name: part for part in node.parts if isinstance(part, Within)}
    return any(not uncovered(spans[name], possible(facts[name], context)) for name in spans)


def uncovered(spans: tuple[Span, ...], domain: tuple[Span, ...]) -> tuple[Span, ...]:
    """What of the domain the spans leave out."""
    if not domain:
        return ()
    return common(domain, complement(spans, domain[0][0], domain[-1][1]))
