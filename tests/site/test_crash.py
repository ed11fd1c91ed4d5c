"""Pulling the plug: while submissions come in at once, every process is killed; what was acknowledged is there, once."""

import http.client
import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

PATIENCE_SECONDS = 120
QINQING = [sys.executable, "-m", "qinqing"]
BODY = {"title": "停电三天", "text": "停电三天，窑炉停了。", "topic": "utilities"}
WHOLE = sorted({
    "clock accept": 1, "clock response": 1, "clock solution": 1, "statement original": 1, "difficulty": 1,
    "matter.opened": 1, "difficulty.submitted": 1, "notice matter.received": 1, "notice matter.arrived": 2, "delivery sms": 1,
}.items())


class Platform(http.server.BaseHTTPRequestHandler):
    """An SMS platform that takes everything and remembers the texts."""

    taken = Counter()

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.taken[said["params"]["number"]] += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """Nothing: the test's output stays readable."""


@pytest.fixture
def platform():
    Platform.taken = Counter()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Platform) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class Home:
    """An installation in a scratch folder, started and killed as often as one likes."""

    def __init__(self, folder, platform):
        inherited = {name: value for name, value in os.environ.items()
                     if not name.startswith(("QINQING_", "DJANGO_", "DATABASE_"))}
        self.environment = {
            **inherited, "QINQING_HOME": str(folder), "QINQING_STATIC": str(folder),
            "QINQING_SMS_URL": f"http://127.0.0.1:{platform}/"}
        self.process = None
        self.run(*QINQING, "migrate", "--verbosity", "0")

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None

    def inside(self, question):
        code = f"import json; from tests.site import crash_home; print(json.dumps(crash_home.{question}()))"
        return self.run(*QINQING, "manage", "shell", "--no-imports", "-c", code)

    def serve(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [*QINQING, "serve", "--port", str(self.port)], env=self.environment, stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE_SECONDS
        while ask(self.port, "GET", "/readyz")[0] != 200:
            assert time.monotonic() < until
            time.sleep(0.1)

    def kill(self):
        """SIGKILL to the server, to its children and to theirs, all at once."""
        for pid in (self.process.pid, *descendants(self.process.pid)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def end(self):
        self.process.terminate()
        self.process.wait(30)


def descendants(pid):
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield int(child)
        yield from descendants(int(child))


def ask(port, method, path, body=None, **headers):
    """Status and answer; 0 when there was none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


class Crowd:
    """So many submissions, all at once; `acknowledged` holds what each key was told."""

    def __init__(self, home, count):
        self.home, self.keys = home, [f"crash-{n}" for n in range(count)]
        told = home.inside("seed")
        self.body = json.dumps(BODY | {"enterprise_code": told["code"]})
        self.token = told["token"]
        self.acknowledged, self.refused = {}, []

    def submit(self, key):
        status, told = ask(self.home.port, "POST", "/api/v1/difficulties", self.body, **{
            "Authorization": f"Bearer {self.token}", "Idempotency-Key": key, "Content-Type": "application/json"})
        if status == 201:
            told = json.loads(told)
            self.acknowledged[key] = told["number"], told["receipt"]["promise"]["hash"]
        elif status:
            self.refused.append((status, told))

    @contextmanager
    def rush(self, clients):
        """All submissions are under way; the end waits for the last of them."""
        with ThreadPoolExecutor(clients) as pool:
            running = [pool.submit(self.submit, key) for key in self.keys]
            yield
        for one in running:
            one.result()

    def submit_until_killed(self, clients):
        """The plug is pulled as soon as a third is acknowledged."""
        with self.rush(clients):
            until = time.monotonic() + PATIENCE_SECONDS
            while len(self.acknowledged) < len(self.keys) / 3:
                assert time.monotonic() < until, self.refused
                time.sleep(0.01)
            self.home.kill()


@pytest.mark.req("M0-001")
@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_what_was_acknowledged_outlives_the_plug(tmp_path, platform, count):
    home = Home(tmp_path, platform)
    crowd = Crowd(home, count)
    home.serve()
    crowd.submit_until_killed(clients=count)
    before = dict(crowd.acknowledged)
    assert count / 3 <= len(before) < count

    home.serve()
    with crowd.rush(clients=16):
        pass
    home.end()

    assert crowd.refused == []
    assert {key: crowd.acknowledged[key] for key in before} == before
    report = home.inside("report")
    assert sorted(report["numbers"]) == sorted(number for number, _ in crowd.acknowledged.values())
    assert len(set(report["numbers"])) == count
    assert report["parts"] == [[list(part) for part in WHOLE]] * count
    assert report["search"] == count
    assert (report["strays"], report["undelivered"]) == ([0, 0, 0], 0)
    assert set(Platform.taken) == set(report["numbers"])
    assert home.run(*QINQING, "ledger", "verify")["ok"]
