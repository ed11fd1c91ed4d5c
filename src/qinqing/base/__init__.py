"""What every room needs: the time, who acts, whether one may, and sentences for people."""

from .actor import PUBLIC, SYSTEM, Actor, Role
from .errors import Denied, Refused, Stale
from .moment import TZ, clock_at, machine_now, now, set_offset, today
from .verdict import YES, Verdict, no, require
from .words import Named, Sentence, say

__all__ = [
    "PUBLIC", "SYSTEM", "TZ", "YES", "Actor", "Denied", "Named", "Refused", "Role", "Sentence", "Stale", "Verdict",
    "clock_at", "machine_now", "no", "now", "require", "say", "set_offset", "today",
]
