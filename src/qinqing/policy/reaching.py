"""Whom an item's own rule shuts out by county and size alone, worked out once for each version (M3-026).

Truth is Kleene's: of an enterprise whose county or size is not known, only what is false whatever they are is shut out. What is
not paid together with another benefit does not close this one: that is said where it is read.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from qinqing.eligibility import catalogue, policies
from qinqing.eligibility.nodes import Condition, Number, Span, Within, children, merged
from qinqing.eligibility.row import Evaluator

Reached = tuple[int | None, int, int]  # size, or None for all of them and the unknown; places from one number to another
ANY_SIZE, UNKNOWN_SIZE = None, -1


def unknown_place() -> int:
    """Stands before all places, so that who is open to everywhere is one span with the unknown."""
    return catalogue.standard().facts["region"].low - 1


def place(code: str) -> int:
    return catalogue.standard().facts["region"].read(code) if code else unknown_place()


def size(code: str) -> int:
    return catalogue.standard().facts["size"].read(code) if code else UNKNOWN_SIZE


def reached(rule: Any, on: date) -> list[Reached]:
    """Of a rule, or of none: sizes and places that it does not shut out."""
    if not rule:
        return [(ANY_SIZE, unknown_place(), catalogue.standard().facts["region"].high)]
    book = policies.read([{"id": "rule", "title": "", **rule}], catalogue.standard(), on)
    evaluator, (policy,) = Evaluator(book), book.policies
    by_size = {number: tuple(_open(evaluator, policy.where, number)) for number in _sizes()}
    if len(set(by_size.values())) == 1:
        return [(ANY_SIZE, *span) for span in by_size[UNKNOWN_SIZE]]
    return [(number, *span) for number, spans in by_size.items() for span in spans]


def _sizes() -> Iterator[int]:
    yield UNKNOWN_SIZE
    yield from range(len(catalogue.standard().facts["size"].choices))


def _open(evaluator: Evaluator, where: Condition, number: int) -> tuple[Span, ...]:
    """The places that are not shut out for a size. Between two edges that the rule names, all places are alike."""
    known = {} if number == UNKNOWN_SIZE else {"size": number}
    truth = evaluator.condition(where)
    spans = [(unknown_place(), unknown_place())] if truth(known) is not False else []
    spans += [span for span in _stretches(where) if truth(known | {"region": span[0]}) is not False]
    return merged(spans)


def _stretches(where: Condition) -> Iterator[Span]:
    region = catalogue.standard().facts["region"]
    starts = sorted({region.low, *(edge for edge in _edges(where) if region.low < edge <= region.high)})
    return zip(starts, [start - 1 for start in starts[1:]] + [region.high], strict=True)


def _edges(node: Condition | Number) -> Iterator[int]:
    """Where a test of the place begins to hold, or ends."""
    if isinstance(node, Within) and node.fact.name == "region":
        for low, high in [*node.spans, *((number, number) for number in node.vague)]:
            yield from (low, high + 1)
    for child in children(node):
        yield from _edges(child)
