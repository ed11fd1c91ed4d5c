"""The ledger's speed: appends, sealing, verifying, proofs.

    python bench/ledger.py [--entries 100000]      SQLite in a new folder, or the empty database that DATABASE_URL names

Appends run through the actions, one act each, as in service; the bulk of the entries is written in larger acts.
"""

# ruff: noqa: E402 - the settings have to stand before anything of Django's is imported
import argparse
import os
import platform
import sqlite3
import tempfile
import time

os.environ["QINQING_HOME"] = tempfile.mkdtemp(prefix="qinqing-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinqing.site.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries, verbs
from qinqing.ledger.models import Entry, Leaf
from qinqing.ledger.rules.receipts import check_receipt

ACTOR = base.Actor(account_id=17, role=base.Role.HANDLER, name="演示", acting_as="post:12")
PER_ACT = 1_000
SINGLE = 2_000


@ledger.act
def append(number):
    facts = {"amount_fen": number, "due_on": base.today(), "title": ledger.commitment("00" * 16, str(number))}
    return ledger.record("bench.written", ACTOR, f"bench:{number}", facts)


def append_many(first, count):
    with ledger.act():
        for number in range(first, first + count):
            append(number)


def timed(name, count, work):
    begun, cpu = time.perf_counter(), time.process_time()
    answer = work()
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{name:40} {count / seconds:>10,.0f} /s {seconds:>9.3f} s {1e6 * cpu / count:>9.1f} µs of CPU each")
    return answer


def main(entries):
    verbs.register({"bench.written": "测试"})
    call_command("migrate", "ledger", verbosity=0)
    print(f"{connection.vendor} · Python {platform.python_version()} · Django {django.__version__} · "
          f"SQLite {sqlite3.sqlite_version} · {os.cpu_count()} cores · load {os.getloadavg()[0]:.2f}")
    timed(f"append, one act each ({SINGLE:,})", SINGLE, lambda: [append(number) for number in range(SINGLE)])
    many = entries - SINGLE
    timed(f"append, {PER_ACT:,} to an act ({many:,})", many, lambda: [
        append_many(first, min(PER_ACT, entries - first)) for first in range(SINGLE, entries, PER_ACT)])
    timed("seal", entries, ledger.seal)
    timed("checkpoint", 1, ledger.checkpoint)
    connection.cursor().execute("ANALYZE")
    report = timed("verify everything", entries, queries.verify)
    assert (report.ok, report.checked) == (True, entries), report
    prove(Entry.objects.get(pk=Leaf.objects.get(index=entries // 3).entry))
    print(f"load at the end {os.getloadavg()[0]:.2f}")


def prove(entry):
    rounds = 100
    receipt = timed("receipt with proof", rounds, lambda: [queries.receipt(entry, {}) for _ in range(rounds)])[0]
    timed("check a receipt", rounds, lambda: [check_receipt(receipt) for _ in range(rounds)])
    print(f"inclusion proof: {len(receipt['proof']['hashes'])} steps, {32 * len(receipt['proof']['hashes'])} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--entries", type=int, default=100_000)
    main(parser.parse_args().entries)
