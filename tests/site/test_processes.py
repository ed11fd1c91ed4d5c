"""The parent of processes: deaths, restarts, and an orderly end."""

import os
import signal
import subprocess
import sys
import time
from threading import Event, Timer

import pytest

from qinqing.site import processes
from qinqing.site.processes import Child, end, keep

SLEEP = ["sleep", "60"]
DEAF = "import signal, time; signal.signal(signal.SIGTERM, lambda *_: 0); print(flush=True); time.sleep(60)"
OBSTINATE = [sys.executable, "-c", DEAF]


@pytest.fixture
def child():
    child = Child("sleeper", SLEEP)
    yield child
    if child.process:
        end([child.process])


def kill(child):
    child.process.kill()
    child.process.wait()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_dead_child_comes_back_after_a_pause_that_doubles(child):
    child.tend(0.0)
    pauses = []
    for _ in range(7):
        died_at = child.next_at
        kill(child)
        child.tend(died_at)
        assert child.process is None
        pauses.append(child.next_at - died_at)
        child.tend(child.next_at)
        assert child.process.poll() is None
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_child_that_ran_well_is_back_at_once_and_its_failures_are_forgotten(child):
    child.failures = 4
    child.tend(0.0)
    kill(child)
    child.tend(processes.HEALTHY_AFTER_SECONDS)
    assert child.process.poll() is None
    assert child.failures == 0


def test_a_running_child_is_left_alone(child):
    child.tend(0.0)
    pid = child.process.pid
    child.tend(1000.0)
    assert child.process.pid == pid


def test_what_a_killed_child_leaves_running_goes_with_it(child):
    read, write = os.pipe()
    child.command = ["sh", "-c", f"sleep 60 & echo $! > /proc/{os.getpid()}/fd/{write}; wait"]
    child.tend(0.0)
    orphan = int(os.read(read, 20))
    os.close(read)
    os.close(write)
    kill(child)
    assert alive(orphan)
    child.tend(0.5)
    until(lambda: not alive(orphan))


def test_the_end_comes_to_the_obstinate_as_well(monkeypatch):
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.3)
    process = subprocess.Popen(OBSTINATE, start_new_session=True, stdout=subprocess.PIPE)
    process.stdout.readline()
    end([process])
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL


def test_keep_runs_all_children_until_it_is_told_to_stop():
    children, stopping = [Child("one", SLEEP), Child("two", SLEEP)], Event()
    Timer(0.3, stopping.set).start()
    keep(children, stopping)
    assert [child.process.returncode for child in children] == [-signal.SIGTERM, -signal.SIGTERM]


def test_children_do_not_outlive_a_killed_parent():
    program = (
        "from threading import Event\nfrom qinqing.site.processes import Child, keep\n"
        "class Told(Child):\n"
        "    def tend(self, now):\n        super().tend(now); print(self.process.pid, flush=True)\n"
        f"keep([Told('sleeper', {SLEEP!r})], Event())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not alive(pid))
