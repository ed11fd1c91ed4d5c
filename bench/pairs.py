"""Two servers measured in turn: each side is a process of its own, asked over a pipe, one question each, in alternation.

A side reads lines of JSON (`{"ask": name, …}`) and answers one line each; `run` starts both and interleaves.
"""

import json
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SQLITE = {
    "timeout": 20, "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
                    "PRAGMA mmap_size=134217728;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;",
}


class Side:
    """One process under measurement."""

    def __init__(self, name, python, script, **environment):
        self.name = name
        self.process = subprocess.Popen(
            [python, str(HERE / script), "--side"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | environment | {"BENCH_SQLITE": json.dumps(SQLITE)})

    def ask(self, **question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended: {self.process.wait()}")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def serve(answers):
    """The child's loop: answer each question with `answers[question['ask']](**rest)`."""
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        question = json.loads(line)
        answer = answers[question.pop("ask")](**question)
        out.write(json.dumps(answer) + "\n")
        out.flush()


def peer_python(lock="peer"):
    """The peers' own environment, installed once from the hashed lock."""
    home = ROOT / "build" / f"bench-{lock}"
    python = home / "bin" / "python"
    if not (home / ".made").exists():
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        uv = Path(sys.executable).parent / "uv"
        subprocess.run([str(uv), "pip", "install", "-q", "--python", str(python), "--require-hashes", "-r",
                        str(HERE / f"{lock}.lock")], check=True)
        (home / ".made").touch()
    return str(python)


def free_ports(number):
    """Ports nobody listens on."""
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on port {port} after {seconds} s")


def end(processes):
    """End what this program started, each with its session."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def p50(values):
    return statistics.median(values)


def quantile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def machine():
    return (f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, "
            f"Python {platform.python_version()}")
