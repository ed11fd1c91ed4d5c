"""The workbench list at 100,000 matters against django-helpdesk's ticket list at 100,000 tickets.

    python bench/worklist.py [--rows 100000] [--rounds 25] [--open 1.0]

Both sides: SQLite with the same options, the whole request through middleware, view and template, in-process,
measured in turn. The peer's list is two requests: the page, and the rows that the page fetches for itself. Its staff
see all tickets unless queues are restricted; the first question is therefore asked both ways.
`--open` is the share of matters and tickets that are not ended: the heaviest list is the one where all are open.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time

import pairs

ROWS_OF_PEER = re.compile(r"/datatables_ticket_list/[A-Za-z0-9+/=]+")
UNITS = 52
QUESTIONS = ("own unit, 25 rows", "own unit, 100 rows", "sees all, 25 rows", "sees all, 100 rows", "sees all, deep page",
             "own unit, 25 rows, peer restricted to one queue")


# —— our side ——

def ours():
    os.environ["QINQING_HOME"] = tempfile.mkdtemp(prefix="qinqing-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "qinqing.site.settings"
    os.environ["QINQING_DEBUG"] = "0"
    sys.path.insert(0, str(pairs.ROOT))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    clients, deep = {}, {}

    def seed(rows, open_share):
        from qinqing.casework.models import Matter
        from qinqing.parties.models import Account

        for name, actor in _seed_ours(rows, open_share).items():
            clients[name] = Client()
            clients[name].force_login(Account.objects.get(pk=actor.account_id))
            session = clients[name].session
            session["acting_as"] = actor.acting_as
            session.save()
        row = Matter.objects.filter(is_open=True).order_by("queue_at", "pk")[int(rows * open_share * 0.8)]
        deep["key"] = f"{int(row.queue_at.timestamp() * 1_000_000)}_{row.pk}"
        return {"rows": Matter.objects.count(), "django": django.__version__}

    def page(question):
        who = "unit" if question.startswith("own") else "all"
        after = f"&after={deep['key']}" if "deep" in question else ""
        address = f"/desk/?tab=running&size={100 if '100' in question else 25}{after}"
        with CaptureQueriesContext(connection) as captured:
            begun = time.perf_counter()
            answer = clients[who].get(address)
            body = answer.content.decode()
            took = (time.perf_counter() - begun) * 1000
        assert answer.status_code == 200, answer.status_code
        return {"ms": took, "queries": len(captured), "rows": body.count("data-open=")}

    pairs.serve({"seed": seed, "page": page})


def _seed_ours(rows, open_share):
    from datetime import datetime, timedelta

    from django.db import connection

    from qinqing import base
    from qinqing.casework.models import Assignment, Matter
    from tests import characters

    town = characters.make_town()
    units = [town.land, *(characters.make_unit(f"u{n}", f"演示局{n}", parent=town.city) for n in range(UNITS - 1))]
    rng = random.Random(20201231)
    now = base.now()
    end = datetime(9999, 12, 31, tzinfo=base.TZ)

    def matter(n):
        is_open = rng.random() < open_share
        unit = rng.choice(units)
        received = now - timedelta(minutes=rng.randrange(60 * 24 * 700))
        due = now + timedelta(hours=rng.randrange(-200, 400)) if is_open else None
        return Matter(
            number=f"QQ-{n:09d}", kind="difficulty", track="standard", title=f"第 {n} 件：扩建用地和供电配套需要协调",
            topic=rng.choice(["land", "labour", "financing", "utilities"]), enterprise=town.enterprise,
            enterprise_name=f"广元演示企业{n % 3200}有限公司", county=town.county, county_name=town.county.name,
            channel="online", route="portal", salt="0", state="handling" if is_open else "closed", is_open=is_open,
            outcome="" if is_open else "solved", ground="" if is_open else "enterprise", unit=unit, unit_name=unit.name,
            received_at=received, opened_at=received, changed_at=received, closed_at=None if is_open else now,
            due_at=due, soon_at=due and due - timedelta(days=1), queue_at=due or end, timer="solution" if is_open else "")

    for start in range(0, rows, 5000):
        made = Matter.objects.bulk_create([matter(n) for n in range(start, min(start + 5000, rows))])
        Assignment.objects.bulk_create([
            Assignment(matter=row, unit_id=row.unit_id, part="lead", dispatched_at=row.received_at, signed_at=row.received_at)
            for row in made])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"unit": town.luo, "all": town.ban}


# —— the peer ——

def peer():
    os.environ["PEER_HOME"] = tempfile.mkdtemp(prefix="qinqing-bench-peer-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "peer_site"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from helpdesk import settings as options

    call_command("migrate", verbosity=0, stdout=sys.stderr)
    clients = {}

    def seed(rows, open_share):
        clients.update(_seed_peer(rows, open_share))
        return {"rows": rows, "django": django.__version__}

    def page(question):
        size, start = (100 if "100" in question else 25), (9_600 if "deep" in question else 0)
        client = clients["unit" if "own" in question else "all"]
        options.HELPDESK_ENABLE_PER_QUEUE_STAFF_PERMISSION = "restricted" in question
        with CaptureQueriesContext(connection) as captured:
            begun = time.perf_counter()
            query = ROWS_OF_PEER.search(client.get("/tickets/").content.decode())[0]
            rows = client.get(query, {
                "draw": 1, "start": start, "length": size, "order[0][column]": 0, "order[0][dir]": "desc"})
            body = rows.json()
            took = (time.perf_counter() - begun) * 1000
        return {"ms": took, "queries": len(captured), "rows": len(body["data"])}

    pairs.serve({"seed": seed, "page": page})


def _seed_peer(rows, open_share):
    from datetime import timedelta

    from django.contrib.auth.models import Permission, User
    from django.db import connection
    from django.test import Client
    from django.utils import timezone
    from helpdesk.models import FollowUp, Queue, Ticket

    queues = [Queue.objects.create(title=f"unit {n}", slug=f"u{n}") for n in range(UNITS)]
    everybody = User.objects.create_superuser("all", "all@localhost", "x")
    unit = User.objects.create_user("unit", "unit@localhost", "x", is_staff=True)
    unit.user_permissions.add(Permission.objects.get(codename=queues[0].prepare_permission_name()))
    rng = random.Random(20201231)
    now = timezone.now()

    def ticket(n):
        is_open = rng.random() < open_share
        received = now - timedelta(minutes=rng.randrange(60 * 24 * 700))
        return Ticket(title=f"第 {n} 件：扩建用地和供电配套需要协调", queue=rng.choice(queues), created=received,
                      modified=received, submitter_email="a@localhost", status=1 if is_open else 4, priority=3,
                      due_date=now + timedelta(hours=rng.randrange(-200, 400)) if is_open else None, secret_key="k")

    for start in range(0, rows, 5000):
        made = Ticket.objects.bulk_create([ticket(n) for n in range(start, min(start + 5000, rows))])
        FollowUp.objects.bulk_create([  # as each of its own creates leaves one
            FollowUp(ticket=row, date=row.created, title="Ticket Opened", comment=row.title, public=True) for row in made])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    clients = {"all": Client(), "unit": Client()}
    clients["all"].force_login(everybody)
    clients["unit"].force_login(unit)
    return clients


# —— both in turn ——

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--open", type=float, default=1.0, help="share of what is not ended")
    wanted = parser.parse_args()
    print(pairs.machine())
    ours_ = pairs.Side("qinqing", sys.executable, "worklist.py", BENCH_SIDE="ours")
    peer_ = pairs.Side("django-helpdesk 2.6.1", pairs.peer_python(), "worklist.py", BENCH_SIDE="peer")
    for side in (ours_, peer_):
        print(f"{side.name}: {side.ask(ask='seed', rows=wanted.rows, open_share=wanted.open)}")
    for question in QUESTIONS:
        compare(question, ours_, peer_, wanted.rounds)
    print(pairs.machine())
    for side in (ours_, peer_):
        side.end()


def compare(question, ours_, peer_, rounds):
    """Both in turn; the first answer of each is not counted."""
    asked = [[side.ask(ask="page", question=question) for side in (ours_, peer_)] for _ in range(rounds + 1)][1:]
    mine, theirs = ([answer["ms"] for answer in answers] for answers in zip(*asked, strict=True))
    last, peer_last = asked[-1]
    print(f"{question:48} ours p50 {pairs.p50(mine):6.1f} p95 {pairs.quantile(mine, .95):6.1f} ms, {last['queries']:2} queries, "
          f"{last['rows']:3} rows | peer p50 {pairs.p50(theirs):7.1f} ms, {peer_last['queries']:3} queries, "
          f"{peer_last['rows']:3} rows | ratio {pairs.p50(theirs) / pairs.p50(mine):5.1f}")


if __name__ == "__main__":
    if "--side" in sys.argv:
        {"ours": ours, "peer": peer}[os.environ["BENCH_SIDE"]]()
    else:
        main()
