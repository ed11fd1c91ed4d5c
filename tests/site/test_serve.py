"""`qinqing serve` as a person starts it: it answers, it comes back after a death, it ends in time."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

PATIENCE_SECONDS = 90  # a busy machine starts slowly; only the end has a limit that is promised
QINQING = [sys.executable, "-m", "qinqing"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("QINQING_", "DJANGO_", "DATABASE_"))}
    return {**inherited, "QINQING_HOME": str(home), "QINQING_STATIC": str(home / "static")}


@pytest.fixture(scope="module")
def installed(environment):
    refusal = subprocess.run([*QINQING, "serve"], env=environment, capture_output=True, text=True, check=False)
    assert refusal.returncode == 2
    assert "run `qinqing migrate` first" in refusal.stderr
    subprocess.run([*QINQING, "migrate", "--verbosity", "0"], env=environment, check=True)
    subprocess.run([*QINQING, "manage", "collectstatic", "--noinput", "--verbosity", "0"], env=environment, check=True)
    return environment


@pytest.fixture(scope="module")
def server(installed):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([*QINQING, "serve", "--port", str(port)], env=installed, stderr=subprocess.PIPE, text=True)
    process.address = f"http://127.0.0.1:{port}"
    yield process
    process.kill()
    process.communicate()


def get(address):
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.status, answer.headers


def up(server):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return get(f"{server.address}/readyz")[0]
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def children(process):
    """The commands of a process's children, by their process ids; one that is just being started has none yet."""
    pids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in pids}
    return {pid: line[3] for pid, line in lines.items() if len(line) > 3}


def test_static_files_are_kept_for_good_under_their_hashed_names(server, installed):
    up(server)
    names = [path.name for path in Path(installed["QINQING_STATIC"], "ui").glob("tokens.*.css")]
    assert names
    _, headers = get(f"{server.address}/static/ui/{names[0]}")
    assert "immutable" in headers["Cache-Control"]
    _, headers = get(f"{server.address}/static/ui/tokens.css")
    assert "immutable" not in headers["Cache-Control"]


def test_it_answers_comes_back_after_a_death_and_ends_in_time(server):
    assert up(server) == 200
    running = children(server)
    assert sorted(running.values()) == ["web", "worker"]

    for pid in running:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(again := children(server)) < 2 or set(again) & set(running):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert up(server) == 200

    asked = time.monotonic()
    server.terminate()
    assert server.wait(PATIENCE_SECONDS) == 0
    assert time.monotonic() - asked < 10
    assert not any(Path(f"/proc/{pid}").exists() for pid in again)
