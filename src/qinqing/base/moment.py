"""The injected clock: all business time comes from here.

`now()` is the machine's clock plus a constant offset (zero, but for the demo), unless `clock_at` holds it still.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Shanghai")

_held: ContextVar[datetime | None] = ContextVar("held", default=None)
_offset = timedelta(0)


def machine_now() -> datetime:
    """The machine's own time: for sessions, tokens, rate limits and `recorded_at` only."""
    return datetime.now(TZ)


def now() -> datetime:
    """The moment that business happens at, aware, in Asia/Shanghai."""
    return _held.get() or machine_now() + _offset


def today() -> date:
    return now().date()


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (a naive one is Asia/Shanghai). For the demo and for tests."""
    token = _held.set(moment.astimezone(TZ) if moment.tzinfo else moment.replace(tzinfo=TZ))
    try:
        yield
    finally:
        _held.reset(token)


def set_offset(offset: timedelta) -> None:
    """Shift this process's clock by a constant: the demo goes on from its own year."""
    global _offset  # noqa: PLW0603 - one process has one clock
    _offset = offset
