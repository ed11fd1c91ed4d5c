"""The background worker: one plain loop over jobs.

What is to be done stands as rows in the database, so a lost tick loses nothing and two workers do no harm.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

from django.db import close_old_connections

TICK_SECONDS = 0.25
LONGEST_BACKOFF_SECONDS = 300.0

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Work asked for again and again: `run` does what is due now and returns."""

    name: str
    run: Callable[[], object]
    every_seconds: float
    failures: int = 0
    next_at: float = 0.0

    def tick(self, now: float) -> None:
        """Run when due at `now` (monotonic seconds); a failing job waits longer each time and stops no other."""
        if now < self.next_at:
            return
        close_old_connections()  # a connection the database dropped is opened anew
        try:
            self.run()
            self.failures = 0
        except Exception:
            self.failures += 1
            log.exception("job %s failed %d times in a row", self.name, self.failures)
        self.next_at = now + self.pause_seconds

    @property
    def pause_seconds(self) -> float:
        return min(self.every_seconds * 2**self.failures, max(self.every_seconds, LONGEST_BACKOFF_SECONDS))


def work(jobs: Sequence[Job], stopping: Event) -> None:
    """Tick every job until `stopping` is set; a job that has begun is let finish."""
    while not stopping.is_set():
        for job in jobs:
            job.tick(time.monotonic())
            if stopping.is_set():
                return
        stopping.wait(TICK_SECONDS)
