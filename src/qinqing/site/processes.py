"""A parent of processes: it restarts what died, with growing pauses, and ends everything it started."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event

TICK_SECONDS = 0.2
LONGEST_BACKOFF_SECONDS = 30.0
HEALTHY_AFTER_SECONDS = 60.0
GRACE_SECONDS = 6.0
PR_SET_PDEATHSIG = 1

log = logging.getLogger(__name__)
libc = ctypes.CDLL(None)


@dataclass
class Child:
    """One process that is to run for as long as its parent."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    failures: int = 0
    started_at: float = 0.0
    next_at: float = 0.0

    def tend(self, now: float) -> None:
        """Notice a death and start again, no sooner than the backoff allows; `now` in monotonic seconds."""
        if self.process and self.process.poll() is not None:
            self._bury(self.process, now)
        if self.process is None and now >= self.next_at:
            self._start(now)

    def _start(self, now: float) -> None:
        # A session of its own: Ctrl-C reaches the parent alone, and what a killed child leaves behind can be found.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: PLW1509 - one thread
        self.started_at = now

    def _bury(self, process: subprocess.Popen, now: float) -> None:
        _kill_group(process)
        lived_well = now - self.started_at >= HEALTHY_AFTER_SECONDS
        self.failures = 0 if lived_well else self.failures + 1
        self.next_at = now if lived_well else now + min(2.0 ** (self.failures - 1), LONGEST_BACKOFF_SECONDS)
        self.process = None
        log.warning("%s ended with %s; it starts again in %.0f s", self.name, process.returncode, self.next_at - now)


def keep(children: Sequence[Child], stopping: Event) -> None:
    """Run `children` until `stopping` is set, then end them all within `GRACE_SECONDS`."""
    while not stopping.is_set():
        for child in children:
            child.tend(time.monotonic())
        stopping.wait(TICK_SECONDS)
    end([child.process for child in children if child.process])


def end(processes: Sequence[subprocess.Popen]) -> None:
    """SIGTERM to each, a common grace, then SIGKILL to whatever is left of them."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        _kill_group(process)
        process.wait()


def stop_on_signal() -> Event:
    """An event that SIGTERM or Ctrl-C sets."""
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
