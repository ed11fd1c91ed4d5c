"""One create at 16 clients, against django-helpdesk's: real servers on loopback ports, measured in turn.

    python bench/create.py [--creates 400] [--rounds 3] [--clients 16] [--threads 2]

Ours is POST /api/v1/difficulties: the matter with its clocks and words, two ledger entries, the search row, the
notices and the idempotency key, in one transaction, while the worker seals and delivers beside it. The peer's is its
public form and its REST API; like ours it tells the submitter and the office.
Both: granian with one process and as many threads, SQLite in WAL with synchronous=FULL and BEGIN IMMEDIATE; the peer's
mails go to a backend that does nothing, which is in its favour. A second peer is as it comes: Django's own SQLite
options (rollback journal, FULL, DEFERRED) and its mails handed to a server on loopback.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pairs

TEXT = "设备12月底到厂，园区供电容量不够，二期15亩用地也还没有交付，请协调。" * 4
TITLE = "第 %d 件：扩建用地和供电配套需要协调"
LONGEST_SECONDS = 240


# —— what is asked of each ——

class Qinqing:
    """A token's POST with an idempotency key."""

    name, path, created = "qinqing", "/api/v1/difficulties", 201

    def __init__(self, token, code):
        self.code = code
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def request(self, number):
        body = {"title": TITLE % number, "text": TEXT, "topic": "land", "enterprise_code": self.code}
        return json.dumps(body), self.headers | {"Idempotency-Key": f"bench-{number}"}


class PeerForm:
    """The public form, posted with its CSRF token."""

    path, created = "/tickets/submit/", 302

    def __init__(self, port, name):
        self.name, self.csrf = name, cookie_from(port, self.path)
        self.headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={self.csrf}"}

    def request(self, number):
        body = {"queue": 1, "title": TITLE % number, "body": TEXT, "priority": 3, "submitter_email": "lin@example.org",
                "csrfmiddlewaretoken": self.csrf}
        return urlencode(body), self.headers


class PeerApi:
    """The REST API, in the session of somebody signed in."""

    name, path, created = "peer's REST API", "/api/tickets/", 201

    def __init__(self, port, session):
        csrf = cookie_from(port, PeerForm.path)
        self.headers = {"Content-Type": "application/json", "X-CSRFToken": csrf,
                        "Cookie": f"csrftoken={csrf}; sessionid={session}"}

    def request(self, number):
        body = {"queue": 1, "title": TITLE % number, "description": TEXT, "priority": 3, "submitter_email": "lin@example.org"}
        return json.dumps(body), self.headers


def cookie_from(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return SimpleCookie(answer.headers["Set-Cookie"])["csrftoken"].value


# —— the clients ——

class Load:
    """So many clients, each with one connection kept alive, who share a number of creates."""

    def __init__(self, port, side, clients):
        self.port, self.side, self.clients = port, side, clients
        self.numbers = count()
        self.seconds, self.faults, self.rates = [], [], []

    def run(self, creates):
        left = iter(range(creates))
        threads = [threading.Thread(target=self._client, args=(left,)) for _ in range(self.clients)]
        before, begun = len(self.seconds), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.rates.append((len(self.seconds) - before) / (time.perf_counter() - begun))

    def _client(self, left):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        until = time.monotonic() + LONGEST_SECONDS
        while next(left, None) is not None and time.monotonic() < until:
            body, headers = self.side.request(next(self.numbers))
            begun = time.perf_counter()
            connection.request("POST", self.side.path, body, headers)
            answer = connection.getresponse()
            told = answer.read()
            if answer.status == self.side.created:
                self.seconds.append(time.perf_counter() - begun)
            else:
                self.faults.append((answer.status, told[:200]))

    def report(self):
        p50, p95, p99 = (1000 * pairs.quantile(self.seconds, share) for share in (.5, .95, .99))
        return (f"{self.side.name:22} {pairs.p50(self.rates):7.1f} creates/s   p50 {p50:6.1f}  p95 {p95:6.1f}  "
                f"p99 {p99:6.1f}  longest {1000 * max(self.seconds):6.1f} ms   {len(self.seconds)} created, "
                f"{len(self.faults)} errors {self.faults[:1] or ''}")


# —— the servers ——

def prepare_ours(home):
    """A migrated home with a small city and a token; printed as JSON."""
    os.environ["QINQING_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "qinqing.site.settings"
    sys.path.insert(0, str(pairs.ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    from qinqing import base
    from qinqing.parties import actions as parties
    from qinqing.parties.models import Account
    from tests import characters

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    town = characters.make_town()
    _, token = parties.issue_token(actor=base.SYSTEM, name="bench", account=Account.objects.get(pk=town.lin.account_id),
                                   acting_as=town.lin.acting_as, scopes=["submit"], days=1)
    print(json.dumps({"token": token, "code": town.enterprise.code}))


def prepare_peer():
    os.environ["DJANGO_SETTINGS_MODULE"] = "peer_site"
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from helpdesk.models import Queue

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    Queue.objects.create(title="unit", slug="unit", allow_public_submission=True, email_address="unit@example.org",
                         new_ticket_cc="office@example.org")
    client = Client()
    client.force_login(User.objects.create_superuser("all", "all@example.org", "x"))
    print(json.dumps({"session": client.cookies["sessionid"].value}))


def prepared(python, which, home, environment):
    told = subprocess.run([python, __file__, "--prepare", which, home], check=True, text=True, stdout=subprocess.PIPE,
                          env=os.environ | environment)
    return json.loads(told.stdout.splitlines()[-1])


def start(command, **environment):
    return subprocess.Popen(command, env=os.environ | environment, cwd=pairs.HERE, start_new_session=True)


class Bench:
    """The servers under measurement, in a scratch folder; `with` ends them."""

    def __init__(self, home, threads):
        self.home, self.threads, self.processes = home, str(threads), []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pairs.end(self.processes)

    def run(self, port, *command, **environment):
        self.processes.append(start(command, **environment))
        pairs.wait_for(port)

    def ours(self, clients):
        home, (port,) = str(self.home / "ours"), pairs.free_ports(1)
        told = prepared(sys.executable, "ours", home, {"QINQING_HOME": home})
        self.processes.append(start([sys.executable, "-m", "qinqing", "worker"], QINQING_HOME=home))
        self.run(port, sys.executable, "-m", "qinqing", "web", "--port", str(port), "--threads", self.threads, QINQING_HOME=home)
        return Load(port, Qinqing(told["token"], told["code"]), clients)

    def peer(self, clients, name, sqlite, **environment):
        home, (port,), python = tempfile.mkdtemp(dir=self.home), pairs.free_ports(1), pairs.peer_python()
        environment |= {"PEER_HOME": home, "BENCH_SQLITE": json.dumps(sqlite), "PYTHONPATH": str(pairs.HERE),
                        "DJANGO_SETTINGS_MODULE": "peer_site"}
        session = prepared(python, "peer", home, environment)["session"]
        self.run(port, python, "-m", "granian", "--interface", "wsgi", "--factory", "--port", str(port), "--workers", "1",
                 "--blocking-threads", self.threads, "--no-ws", "--log-level", "error",
                 "django.core.wsgi:get_wsgi_application", **environment)
        return Load(port, PeerForm(port, f"peer's form{name}"), clients), Load(port, PeerApi(port, session), clients)

    def sink(self):
        (port,) = pairs.free_ports(1)
        self.run(port, sys.executable, "-c", f"import smtp_sink; smtp_sink.serve({port})")
        return str(port)


def measure(bench, wanted):
    loads = [bench.ours(wanted.clients), *bench.peer(wanted.clients, "", pairs.SQLITE),
             bench.peer(wanted.clients, " as it comes", {}, BENCH_SMTP=bench.sink())[0]]
    for load in loads:
        load.run(50)  # warm
        load.seconds, load.rates = [], []
    for _ in range(wanted.rounds):
        for load in loads:
            load.run(wanted.creates)
    for load in loads:
        print(load.report())
    mine, form, rest, plain = (pairs.p50(load.rates) for load in loads)
    print(f"ratio to the faster of the peer's two ways {mine / max(form, rest):.1f}, to the peer as it comes {mine / plain:.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--creates", type=int, default=400, help="in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--threads", type=int, default=4, help="of each server")
    wanted = parser.parse_args()
    print(pairs.machine())
    with tempfile.TemporaryDirectory(prefix="qinqing-bench-") as home, Bench(Path(home), wanted.threads) as bench:
        measure(bench, wanted)
    print(pairs.machine())


if __name__ == "__main__":
    if "--prepare" in sys.argv:
        which, home_ = sys.argv[-2:]
        prepare_ours(home_) if which == "ours" else prepare_peer()
    else:
        main()
