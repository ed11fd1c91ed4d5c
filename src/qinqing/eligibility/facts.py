"""What is known of one enterprise: each fact's number, and nothing where it is not known."""

from collections.abc import Mapping
from typing import Any

from qinqing.base.words import say

from .catalogue import Catalogue
from .faults import Broken, Fault
from .units import Unreadable

Facts = Mapping[str, int]


def read(raw: Any, catalogue: Catalogue) -> dict[str, int]:
    """From JSON: base units or strings with a unit; null is not known. Raises `Broken` with every fault."""
    if not isinstance(raw, dict):
        raise Broken([Fault("", say("要写成“名称: 值”"))])
    faults: list[Fault] = []
    numbers: dict[str, int] = {}
    for name, value in raw.items():
        try:
            fact = catalogue.find(name)
            if value is not None:
                numbers[fact.name] = fact.read(value)
        except Unreadable as wrong:
            faults.append(Fault(str(name), wrong.sentence))
    if faults:
        raise Broken(faults)
    return numbers
