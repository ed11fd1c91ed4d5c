"""The kinds of matters: each mechanism registers its own in `AppConfig.ready`.

A kind may leave moves of the table out, never add any. `limits` maps a track to its timers:
`{"standard": {"accept": ("1wd", "依据"), …}}`; a city overrides single ones by `LimitRule`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Limits = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True)
class Kind:
    """`detail` gives the template and context that the matter's page shows of the domain object; `callers` the phones and
    credit codes that somebody without an account left with it; `consents` whether a code is the one that was told to them.
    """

    key: str
    label: Any
    url_name: str
    limits: Limits
    leaves_out: frozenset[str] = frozenset()
    topics: Mapping[str, Any] = field(default_factory=dict)
    detail: Callable[..., tuple[str, dict]] | None = None
    callers: Callable[..., list[str]] | None = None
    consents: Callable[..., bool] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def get(key: str) -> Kind:
    return _kinds[key]


def registered() -> tuple[Kind, ...]:
    return tuple(_kinds.values())
