"""Which entry a receipt is about, and what it opens: each package tells it for its own numbers."""

from collections.abc import Callable, Mapping

from ..models import Entry

Disclosures = Mapping[str, tuple[str, str]]
Opened = tuple[Entry, Disclosures]
Source = Callable[[str], Opened | None]

_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """`source(number)` gives the entry and its disclosures (name → salt and value), or None for an unknown number."""
    _sources[kind] = source


def find(kind: str, number: str) -> Opened | None:
    source = _sources.get(kind)
    return source(number) if source else None
