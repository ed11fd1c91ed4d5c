"""Makers for the ledger's tests: entries, receipts, and several hands at once."""

import copy
import json
import threading

from django.db import connection, connections

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries

VERBS = {"thing.made": "制作", "thing.changed": "修改", "thing.ended": "结束"}
TITLE = "二期扩建缺 15 亩工业用地，设备 12 月底到厂"
CHEN = base.Actor(account_id=17, role=base.Role.HANDLER, name="陈演示", acting_as="post:12")


@ledger.act
def make(*, actor=CHEN, number=1, verb="thing.made", facts=None, once=None, body=None):
    return ledger.record(verb, actor, f"thing:{number}", facts or {}, once=once, body=body)


def written(*, with_file="f" * 64):
    """A submission that commits to a title and one file, and how to open both."""
    salts = ledger.new_salt(), ledger.new_salt()
    facts = {
        "topic": "land", "title": ledger.commitment(salts[0], TITLE), "files": [ledger.commitment(salts[1], with_file)],
    }
    return make(number=149, facts=facts), {"title": (salts[0], TITLE), "files.0": (salts[1], with_file)}


def receipt_for(entry, disclosures):
    """As it is handed out: through JSON."""
    return json.loads(json.dumps(queries.receipt(entry, disclosures)))


def change(receipt, path, value):
    changed = copy.deepcopy(receipt)
    *way, last = path.split("/")
    place = changed
    for step in way:
        place = place[int(step) if isinstance(place, list) else step]
    last = int(last) if isinstance(place, list) else last
    place[last] = value(place[last]) if callable(value) else value
    return changed


def spoilings(receipt):
    """Every part of a receipt in turn replaced by something else: where, and the spoilt receipt. (Opening nothing is fine.)"""
    for path, part in parts(receipt):
        for value in (None, 5, -1, 1.5, "x", "别的", [], ["x"], {}, {"x": 1}):
            if value != part and path != "format" and (path, value) != ("disclosures", {}):
                yield f"{path}: {value!r}", change(receipt, path, value)


def parts(tree, path=""):
    named = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, part in named:
        yield f"{path}{name}", part
        yield from parts(part, f"{path}{name}/")


def at_once(works, database=None):
    """Run each work in a thread with a connection of its own, begun together; returns answers and errors in order.

    `database` is the file to use on SQLite, where the test's own database is in memory.
    """
    answers = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(place, work):
        if database:
            connection.settings_dict = connection.settings_dict | {"NAME": str(database)}
        connection.ensure_connection()
        start.wait()
        try:
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
