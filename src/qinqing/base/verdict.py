"""The answer of a `may_…` predicate: true, or no with the reason a person can read."""

from dataclasses import dataclass

from .errors import Denied
from .words import Sentence


@dataclass(frozen=True)
class Verdict:
    ok: bool
    reason: Sentence | None = None

    def __bool__(self) -> bool:
        return self.ok


YES = Verdict(ok=True)


def no(reason: Sentence) -> Verdict:
    return Verdict(ok=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Raise `Denied` with the verdict's own reason."""
    if not verdict:
        assert verdict.reason is not None
        raise Denied(verdict.reason)
