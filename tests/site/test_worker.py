"""The worker's loop: every job on its own."""

from threading import Event, Timer

import pytest

from qinqing.site.worker import LONGEST_BACKOFF_SECONDS, Job, work

pytestmark = pytest.mark.django_db


def failing():
    raise RuntimeError("no")


def test_a_job_runs_when_it_is_due_and_not_before():
    runs = []
    job = Job("count", lambda: runs.append(1), every_seconds=2)
    for now in (0.0, 1.9, 2.0, 3.0, 4.0):
        job.tick(now)
    assert len(runs) == 3


def test_a_failing_job_waits_longer_each_time_and_no_longer_than_the_limit():
    job = Job("fail", failing, every_seconds=2)
    waits = []
    for _ in range(10):
        job.tick(job.next_at)
        waits.append(job.pause_seconds)
    assert waits[:3] == [4, 8, 16]
    assert waits[-1] == LONGEST_BACKOFF_SECONDS


def test_one_success_ends_the_backoff():
    job = Job("recovers", failing, every_seconds=1)
    job.tick(0.0)
    job.tick(job.next_at)
    assert job.failures == 2
    job.run = int
    job.tick(job.next_at)
    assert (job.failures, job.pause_seconds) == (0, 1)


def test_a_job_that_is_rarer_than_the_limit_keeps_its_own_pace_when_it_fails():
    job = Job("daily", failing, every_seconds=86_400)
    job.tick(0.0)
    assert job.next_at == 86_400


def test_a_failure_stops_no_other_job_and_is_logged(caplog):
    runs, stopping = [], Event()
    jobs = [Job("bad", failing, every_seconds=0), Job("good", lambda: runs.append(1), every_seconds=0)]
    Timer(0.1, stopping.set).start()
    work(jobs, stopping)
    assert runs
    assert "job bad failed 1 times in a row" in caplog.text
    assert "RuntimeError: no" in caplog.text


def test_a_stop_lets_the_running_job_finish_and_begins_no_other():
    stopping, runs = Event(), []

    def last():
        stopping.set()
        runs.append("last")

    work([Job("last", last, every_seconds=0), Job("next", lambda: runs.append("next"), every_seconds=0)], stopping)
    assert runs == ["last"]
