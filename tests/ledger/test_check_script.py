"""check.js says of a receipt what the rules say of it: in Node, point by point."""

import copy
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from qinqing.ledger import actions as ledger
from qinqing.ledger import queries
from qinqing.ledger.rules.receipts import check_receipt

from .makers import change, make, receipt_for, spoilings, written

pytestmark = pytest.mark.django_db

SCRIPT = Path(queries.__file__).parents[1] / "static" / "ledger" / "check.js"
NODE = """
const { readFileSync } = require("fs");
if (process.argv[2] === "plain-http") Object.defineProperty(globalThis, "crypto", { value: undefined });
require(process.argv[1]);
const receipts = JSON.parse(readFileSync(0, "utf8"));
const told = (receipt) => globalThis.qinqingLedger.checkReceipt(receipt).catch((error) => ({ error: error.message }));
Promise.all(receipts.map(told)).then((reports) => console.log(JSON.stringify(reports)));
"""


def in_node(receipts, *how):
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node: the page's own check is not tried")
    ran = subprocess.run(
        [node, "-e", NODE, str(SCRIPT), *how], input=json.dumps(receipts), capture_output=True, text=True, check=True, timeout=60,
    )
    return json.loads(ran.stdout)


def said_by(report):
    return [(point["name"], point["ok"]) for point in report["points"]]


def expected(receipt):
    return [(point.name, point.ok) for point in check_receipt(receipt).points]


def grown(sizes, entry_at):
    """Receipts of one entry while the ledger grows: through promises, first and later checkpoints."""
    receipts = []
    for size in sizes:
        while queries.size() < size:
            if queries.size() == entry_at:
                entry, disclosures = written()
            else:
                make(facts={"n": -5, "yes": True, "none": None, "list": [1, {"b": '\u007f\\"', "a": 2**53 - 1}]})
            ledger.seal()
        ledger.checkpoint()
        if size > entry_at:
            receipts.append(receipt_for(entry, disclosures))
    return receipts


def test_it_agrees_on_trees_of_many_sizes(home):
    receipts = grown([1, 2, 3, 4, 5, 8, 9, 13, 16, 17, 31, 33, 64, 65, 70], entry_at=4)
    assert len(receipts) == 11
    for receipt, report in zip(receipts, in_node(receipts), strict=True):
        assert said_by(report) == expected(receipt)
        assert (report["ok"], report["kind"]) == (True, "proof")


def test_it_agrees_on_every_place_of_a_tree(home):
    entries = [written() for _ in range(19)]
    ledger.seal()
    ledger.checkpoint()
    make()
    ledger.seal()
    ledger.checkpoint()
    receipts = [receipt_for(*entry) for entry in entries]
    assert all(report["ok"] for report in in_node(receipts))
    for n, report in enumerate(in_node([change(receipt, "proof/index", (n + 1) % 19) for n, receipt in enumerate(receipts)])):
        assert ("inclusion", False) in said_by(report), n


def test_it_agrees_on_whatever_is_changed(home):
    receipt = grown([3, 9], entry_at=1)[-1]
    changes = [
        ("disclosures/title/value", "别的"), ("disclosures/title", None), ("entry/recorded_at", "2020-01-01T00:00:00.000000Z"),
        ("entry/subject", "thing:150"), ("entry/facts/topic", "loan"), ("entry/facts/topic", 1.5), ("entry/facts", None),
        ("entry/once", None), ("promise/hash", "0" * 64), ("promise/signature", "AAAA"), ("promise/signature", "不是"),
        ("promise/public_key", "AAAA"), ("proof/index", 2), ("proof/index", 999), ("proof/hashes", lambda steps: steps[::-1]),
        ("proof/hashes", lambda steps: steps[:-1]), ("proof/checkpoint", ""), ("proof/public_key", "AAAA"),
        ("later/checkpoint", lambda note: note.replace("number 2", "number 3")), ("later/hashes", []),
        ("later/hashes", lambda steps: [*steps, steps[0]]), ("later", {}), ("promise", {}),
    ]
    changed = [change(receipt, path, value) for path, value in changes]
    for what, one, report in zip(changes, changed, in_node(changed), strict=True):
        assert said_by(report) == expected(one), what
        assert not report["ok"]


def test_it_agrees_on_everything_that_can_be_put_in_a_part(home):
    receipt = grown([3, 9], entry_at=1)[-1]
    where, spoilt = zip(*spoilings(receipt), strict=True)
    for place, one, report in zip(where, spoilt, in_node(spoilt), strict=True):
        assert said_by(report) == expected(one), place


def test_a_promise_is_a_promise(home):
    receipt = receipt_for(*written())
    (report,) = in_node([receipt])
    assert (report["kind"], report["ok"], said_by(report)) == ("promise", True, expected(receipt))


def test_the_wrong_disclosure_is_named(home):
    (report,) = in_node([change(receipt_for(*written()), "disclosures/files.0/value", "0")])
    assert report["points"][0] == {"name": "disclosures", "ok": False, "values": {"paths": ["files.0"]}}


def test_without_webcrypto_only_signatures_stay_open(home):
    """A page on plain HTTP."""
    (report,) = in_node(grown([3], entry_at=1), "plain-http")
    assert {name for name, ok in said_by(report) if ok is None} == {"promise", "signature:proof"}
    assert {name for name, ok in said_by(report) if ok} == {"disclosures", "entry", "inclusion"}
    assert report["ok"]


def test_another_hash_is_left_to_the_command(home, settings):
    settings.LEDGER_HASH = "sm3"
    (report,) = in_node(grown([3], entry_at=1))
    assert {name for name, ok in said_by(report) if ok is None} == {"entry", "inclusion"}


def test_what_is_no_receipt_is_not_checked(home):
    receipt = copy.deepcopy(receipt_for(*written())) | {"format": "other"}
    assert in_node([receipt, None]) == [{"error": "not a receipt"}] * 2
