"""A receipt is checked without the database, and every change to it is told in a sentence."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qinqing.ledger import actions as ledger
from qinqing.ledger import keys, queries
from qinqing.ledger.queries import receipt_sources
from qinqing.ledger.rules.receipts import check_receipt, read

from .makers import TITLE, change, make, receipt_for, spoilings, written

pytestmark = pytest.mark.django_db

@pytest.fixture
def receipt(home):
    """Sealed by the first of two checkpoints, among neighbours."""
    make(number=1)
    entry, disclosures = written()
    make(number=2)
    ledger.seal()
    ledger.checkpoint()
    for number in range(3, 9):
        make(number=number)
    ledger.seal()
    ledger.checkpoint()
    return receipt_for(entry, disclosures)


def failed(receipt, **options):
    return [point.name for point in check_receipt(receipt, **options).points if not point.ok]


def test_a_receipt_of_an_unsealed_entry_is_a_promise(home):
    report = check_receipt(receipt_for(*written()))
    assert (report.ok, report.kind) == (True, "promise")
    assert [point.name for point in report.points] == ["disclosures", "entry", "promise"]


def test_a_sealed_entry_without_a_checkpoint_is_still_a_promise(home):
    entry, disclosures = written()
    ledger.seal()
    assert check_receipt(receipt_for(entry, disclosures)).kind == "promise"


@pytest.mark.req("M1-014")
def test_a_receipt_of_a_sealed_entry_is_a_proof(receipt):
    report = check_receipt(receipt)
    assert (report.ok, report.kind) == (True, "proof")
    assert [str(point.sentence) for point in report.points] == [
        "标题、附件 1与指纹一致", "登记的时间、对象和事项与指纹一致", "平台收件的签名有效",
        "这一条在存证账本里，是第 2 条", "第 1 号检查点的签名有效",
        "从第 1 号检查点到第 2 号检查点，账本只加不改", "第 2 号检查点的签名有效",
    ]
    assert report.keys == (queries.last_checkpoint().note.split("\n", 1)[0],)


def test_the_same_promise_again(home):
    entry, _disclosures = written()
    assert queries.promise(entry) == queries.promise(entry)
    entry.refresh_from_db()
    assert queries.promise(entry)["hash"] == entry.hash


def test_the_newest_checkpoint_needs_no_later_one(home):
    entry, disclosures = written()
    ledger.seal()
    ledger.checkpoint()
    receipt = receipt_for(entry, disclosures)
    assert "later" not in receipt
    assert receipt["proof"]["hashes"] == []
    assert check_receipt(receipt).ok


@pytest.mark.req("M1-014")
@pytest.mark.parametrize(("path", "value", "told"), [
    ("disclosures/title/value", TITLE.replace("15", "14"), ["disclosures"]),
    ("disclosures/title/salt", "00", ["disclosures"]),
    ("disclosures/title", None, ["disclosures"]),
    ("disclosures/files.0/value", "e" * 64, ["disclosures"]),
    ("entry/recorded_at", "2020-01-01T00:00:00.000000Z", ["entry", "promise", "inclusion"]),
    ("entry/happened_at", "2020-01-01T00:00:00.000000Z", ["entry", "inclusion"]),
    ("entry/subject", "thing:150", ["entry", "inclusion"]),
    ("entry/facts/topic", "loan", ["entry", "inclusion"]),
    ("entry/facts/topic", 1.5, ["entry", "inclusion"]),
    ("entry/facts", None, ["disclosures", "entry", "inclusion"]),
    ("promise/hash", "0" * 64, ["entry", "promise"]),
    ("promise/signature", "AAAA", ["promise"]),
    ("promise/signature", "不是", ["promise"]),
    ("proof/index", 2, ["inclusion"]),
    ("proof/index", 999, ["inclusion"]),
    ("proof/hashes", lambda hashes: hashes[::-1], ["inclusion"]),
    ("proof/hashes", lambda hashes: hashes[:-1], ["inclusion"]),
    ("proof/checkpoint", lambda note: note.replace("\n3\n", "\n4\n"), ["signature:proof", "later"]),
    ("proof/checkpoint", "", ["inclusion", "signature:proof", "later"]),
    ("later/checkpoint", lambda note: note.replace("number 2", "number 3"), ["signature:later"]),
    ("later/hashes", [], ["later"]),
    ("hash_name", "md5", ["entry", "inclusion"]),
])
def test_what_was_changed_is_told(receipt, path, value, told):
    assert failed(change(receipt, path, value)) == told


def test_what_was_opened_wrongly_is_named(receipt):
    changed = change(change(receipt, "disclosures/title/value", "?"), "disclosures/files.0/value", "?")
    assert str(check_receipt(changed).points[0].sentence) == "标题、附件 1与指纹对不上：内容被改过"


def test_a_receipt_of_another_ledger_is_not_ours(receipt):
    ours = keys.public_key()
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert failed(receipt, trusted=[ours]) == []
    assert failed(receipt, trusted=[other]) == ["keys"]
    assert failed(change(receipt, "later/public_key", "?"), trusted=[ours]) == ["signature:later", "keys"]
    assert check_receipt(change(receipt, "later", {})).keys == ()


@pytest.mark.parametrize("thing", [{}, {"format": "other"}, [], None, "receipt"])
def test_what_is_no_receipt_is_not_checked(thing):
    with pytest.raises(ValueError, match="not a receipt"):
        check_receipt(thing)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", b"\xff"])
def test_what_holds_no_receipt_is_not_read(text):
    with pytest.raises(ValueError):
        read(text)


def test_whatever_is_put_in_its_place_is_told_and_never_fails(receipt):
    for where, spoilt in spoilings(receipt):
        assert not check_receipt(spoilt).ok, where


def test_facts_nested_too_deeply_are_no_facts(receipt):
    deep = []
    for _ in range(900):
        deep = [deep]
    assert "entry" in failed(change(receipt, "entry/facts/topic", deep))


def test_sm3_all_the_way(home, settings):
    settings.LEDGER_HASH = "sm3"
    make(number=1)
    entry, disclosures = written()
    ledger.seal()
    ledger.checkpoint()
    assert check_receipt(receipt_for(entry, disclosures)).ok


def test_an_inclusion_proof_is_small(home):
    for number in range(1, 600):
        make(number=number)
    entry, disclosures = written()
    ledger.seal()
    ledger.checkpoint()
    receipt = receipt_for(entry, disclosures)
    assert len(receipt["proof"]["hashes"]) <= 10
    assert check_receipt(receipt).ok


def test_packages_say_what_a_number_stands_for(home):
    entry, disclosures = written()
    receipt_sources.register("thing", lambda number: (entry, disclosures) if number == "149" else None)
    assert receipt_sources.find("thing", "149") == (entry, disclosures)
    assert receipt_sources.find("thing", "150") is None
    assert receipt_sources.find("nothing", "1") is None
