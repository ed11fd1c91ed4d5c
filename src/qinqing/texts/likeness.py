"""How alike two short Chinese texts are: the share of character pairs they have in common."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from . import bigrams

T = TypeVar("T")
LEAST = 0.12  # below this two titles share little more than a common word


def likeness(a: str, b: str) -> float:
    """Sørensen–Dice over character pairs, 0 to 1."""
    left, right = set(bigrams.words(a).split()), set(bigrams.words(b).split())
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def shared(a: str, b: str) -> list[str]:
    """The pairs both texts have: the reason shown beside a suggestion."""
    theirs = set(bigrams.words(b).split())
    return [pair for pair in dict.fromkeys(bigrams.words(a).split()) if pair in theirs]


def nearest(text: str, pool: Iterable[T], *, key: Callable[[T], str], limit: int) -> list[T]:
    """The most alike of the pool, best first; nothing below the threshold."""
    scored = sorted(((likeness(text, key(item)), -place, item) for place, item in enumerate(pool)),
                    key=lambda row: row[:2], reverse=True)
    return [item for score, _, item in scored[:limit] if score >= LEAST]
