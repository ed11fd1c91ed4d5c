"""Positions in the tree, and what the triggers refuse."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from qinqing.ledger import actions as ledger
from qinqing.ledger import queries, triggers
from qinqing.ledger.actions import sealing
from qinqing.ledger.models import Entry, Leaf, Pending, Tile

from .makers import make
from .oracle import mth

pytestmark = pytest.mark.django_db


def write(count):
    return [make(number=n) for n in range(count)]


def hashes():
    return [bytes.fromhex(entry.hash) for entry in Entry.objects.order_by("pk")]


def test_entries_get_their_positions_in_order():
    entries = write(3)
    assert queries.size() == 0
    assert ledger.seal() == 3
    assert queries.size() == 3
    assert list(Leaf.objects.order_by("index").values_list("entry", flat=True)) == [entry.pk for entry in entries]
    assert ledger.seal() == 0
    assert not Pending.objects.exists()


def test_an_entry_that_commits_late_comes_later():
    first, late, last = write(3)
    Pending.objects.filter(entry=late.pk).delete()
    ledger.seal()
    Pending.objects.create(entry=late.pk)
    ledger.seal()
    assert list(Leaf.objects.order_by("index").values_list("entry", flat=True)) == [first.pk, last.pk, late.pk]


@pytest.mark.parametrize("batch", [1, 7, 5000])
def test_the_tree_grows_as_it_is_defined(monkeypatch, batch):
    monkeypatch.setattr(sealing, "BATCH", batch)
    write(5)
    ledger.seal()
    write(520)
    ledger.seal()
    leaves = hashes()
    assert queries.root(525) == mth(leaves)
    assert queries.root(5) == mth(leaves[:5])
    assert [len(queries.tile(0, n)) for n in range(4)] == [8192, 8192, 13 * 32, 0]
    assert queries.tile(1, 0) == mth(leaves[:256]) + mth(leaves[256:512])


def test_the_leaf_hash_is_that_of_the_documented_lines():
    entry = make(facts={"n": 1}, once="api:3:k", body=b"x")
    text = (
        f"qinqing-entry/1 sha256\n{entry.act}\nthing.made\naccount:17\npost:12\nthing:1\n"
        f"{entry.happened_at:%Y-%m-%dT%H:%M:%S.%f}Z\n{entry.recorded_at:%Y-%m-%dT%H:%M:%S.%f}Z\n"
        f'api:3:k\n{entry.once_body}\n{{"n":1}}'
    )
    utc = Entry.objects.get()
    text = text.replace(f"{entry.happened_at:%Y-%m-%dT%H:%M}", f"{utc.happened_at:%Y-%m-%dT%H:%M}")
    assert entry.hash == sha256(b"\0" + text.encode()).hexdigest()


def test_sm3_by_setting(settings):
    settings.LEDGER_HASH = "sm3"
    write(3)
    ledger.seal()
    assert queries.hash_name() == "sm3"
    assert queries.root(3) != mth(hashes())


CHANGES = [
    "UPDATE ledger_entry SET facts = '{}'",
    "DELETE FROM ledger_entry",
    "UPDATE ledger_leaf SET entry = entry + 1000",
    "DELETE FROM ledger_leaf",
    "UPDATE ledger_checkpoint SET size = size + 1",
    "DELETE FROM ledger_checkpoint",
    "DELETE FROM ledger_tile",
    "UPDATE ledger_tile SET level = 1",
]


@pytest.mark.req("M1-014")
@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_or_deleted(home, change):
    write(3)
    ledger.seal()
    ledger.checkpoint()
    with pytest.raises(DatabaseError, match=r"append-only|only grows"), transaction.atomic():
        connection.cursor().execute(change)
    assert Entry.objects.count() == Leaf.objects.count() == 3


@pytest.mark.parametrize("new", [b"", bytes(32), bytes(128), b"\1" * 256 * 33])
def test_a_tile_only_grows(new):
    write(3)
    ledger.seal()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Tile.objects.update(hashes=new)


def test_missing_triggers_are_noticed():
    assert queries.triggers_present()
    with triggers.lifted():
        assert not queries.triggers_present()
        assert "ledger_entry_no_update" in queries.missing_triggers()
    assert queries.triggers_present()


def test_a_disabled_trigger_is_a_missing_one():
    if connection.vendor == "postgresql":
        connection.cursor().execute("ALTER TABLE ledger_leaf DISABLE TRIGGER ledger_leaf_no_delete")
    else:
        connection.cursor().execute("DROP TRIGGER ledger_leaf_no_delete")
    assert queries.missing_triggers() == ["ledger_leaf_no_delete"]
