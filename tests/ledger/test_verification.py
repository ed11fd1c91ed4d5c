"""Tampering by raw SQL, with the triggers taken away, is found and the first fault named."""

from datetime import timedelta

import pytest
from django.db import connection

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.ledger import publication, queries
from qinqing.ledger.models import Checkpoint, Entry, Leaf, Pending, Tile
from qinqing.ledger.queries import verification
from qinqing.ledger.rules import entries as rules
from qinqing.ledger.triggers import lifted

from .makers import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(home):
    """Twelve sealed entries under two checkpoints, and two that wait."""
    for number in range(1, 8):
        make(number=number, facts={"amount_fen": number})
    ledger.seal()
    ledger.checkpoint()
    for number in range(8, 13):
        make(number=number)
    ledger.seal()
    ledger.checkpoint()
    make(number=13)
    make(number=14)


def tamper(*statements):
    with lifted(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def at(number):
    """The id of the entry that has this number in the ledger."""
    return Leaf.objects.get(index=number - 1).entry


def rehash(pk):
    """As a forger who knows the format would do it."""
    entry = Entry.objects.get(pk=pk)
    hash_ = rules.leaf_hash(queries.lines_of(entry), entry.hash_name).hex()
    tamper(f"UPDATE ledger_entry SET hash = '{hash_}' WHERE id = {pk}")


def insert(number, recorded_at=None):
    """A row with a right hash, written past the actions; returns its id."""
    entry = make(number=number)
    if recorded_at:
        with lifted():
            Entry.objects.filter(pk=entry.pk).update(recorded_at=recorded_at)
        rehash(entry.pk)
    Pending.objects.filter(entry=entry.pk).delete()
    return entry.pk


def fault():
    found = queries.verify().fault
    return (found.kind, found.number, found.subject, found.verb) if found else None


def test_an_untouched_ledger_is_in_order(book):
    report = queries.verify()
    assert report.ok, report.fault
    assert (report.size, report.checked, report.pending, report.checkpoints) == (12, 12, 2, 2)
    assert report.root == Checkpoint.objects.get(number=2).root


def test_an_empty_ledger_is_in_order(home):
    assert queries.verify().ok


@pytest.mark.parametrize(
    "column", ["act", "verb", "actor", "acting_as", "subject", "facts", "once", "once_body", "hash", "hash_name"],
)
def test_an_edited_column_is_found(book, column):
    tamper(f"UPDATE ledger_entry SET {column} = 'thing.x' WHERE id = {at(5)}")
    found = queries.verify().fault
    assert (found.kind, found.number, found.entry) == ("edited", 5, at(5))


def test_edited_facts_are_named(book):
    tamper(f"""UPDATE ledger_entry SET facts = '{{"amount_fen":9}}' WHERE id = {at(5)}""")
    found = queries.verify().fault
    assert (found.kind, found.number, found.subject, found.verb) == ("edited", 5, "thing:5", "thing.made")
    assert str(found.sentence) == "第 5 条（thing:5 制作）的内容被改过"


@pytest.mark.parametrize("column", ["happened_at", "recorded_at"])
def test_an_edited_time_is_found(book, column):
    tamper(f"UPDATE ledger_entry SET {column} = '2020-01-01 00:00:00' WHERE id = {at(3)}")
    assert fault() == ("edited", 3, "thing:3", "thing.made")


def test_an_edit_with_a_new_hash_is_found(book):
    tamper(f"UPDATE ledger_entry SET facts = '{{}}' WHERE id = {at(5)}")
    rehash(at(5))
    assert fault() == ("edited", 5, "thing:5", "thing.made")


def test_an_edit_up_to_the_last_tile_is_found_by_the_checkpoint(book):
    """A database owner can recompute everything but the signature."""
    tamper(f"UPDATE ledger_entry SET facts = '{{}}' WHERE id = {at(5)}")
    rehash(at(5))
    hashes = b"".join(bytes.fromhex(Entry.objects.get(pk=leaf.entry).hash) for leaf in Leaf.objects.order_by("index"))
    with lifted():
        Tile.objects.update(hashes=hashes)
    assert fault() == ("checkpoint", None, "checkpoint:1", "")
    assert "对不上" in str(queries.verify().fault.sentence)


def test_a_deleted_entry_is_found(book):
    tamper(f"DELETE FROM ledger_entry WHERE id = {at(4)}")
    assert fault() == ("deleted", 4, "", "")


def test_a_deleted_position_is_found(book):
    tamper('DELETE FROM ledger_leaf WHERE "index" = 3')
    assert fault() == ("deleted", 4, "thing:4", "thing.made")


def test_an_entry_deleted_with_its_position_is_found(book):
    tamper(
        f"DELETE FROM ledger_entry WHERE id = {at(4)}", 'DELETE FROM ledger_leaf WHERE "index" = 3',
        'UPDATE ledger_leaf SET "index" = "index" + 100 WHERE "index" > 3',
        'UPDATE ledger_leaf SET "index" = "index" - 101 WHERE "index" > 3',
    )
    found = queries.verify().fault
    assert (found.kind, found.number) == ("deleted", 4)


def test_a_shortened_ledger_is_found(book):
    with lifted():
        Entry.objects.filter(pk__gte=at(9)).delete()
        Leaf.objects.filter(index__gte=8).delete()
        Pending.objects.all().delete()
        tile = Tile.objects.get()
        Tile.objects.update(hashes=bytes(tile.hashes)[: 8 * 32])
    found = queries.verify().fault
    assert found.subject == "checkpoint:2"
    assert str(found.sentence) == "检查点 2 封存了 12 条，账本只有 8 条：后面的被删除"


def test_swapped_positions_are_found(book):
    first, second = at(3), at(6)
    tamper(
        'UPDATE ledger_leaf SET entry = -1 WHERE "index" = 2',
        f'UPDATE ledger_leaf SET entry = {first} WHERE "index" = 5',
        f'UPDATE ledger_leaf SET entry = {second} WHERE "index" = 2',
    )
    assert fault() == ("moved", 3, "thing:6", "thing.made")


def test_an_entry_inserted_between_is_found(book):
    tamper(
        'UPDATE ledger_leaf SET "index" = "index" + 100 WHERE "index" > 3',
        'UPDATE ledger_leaf SET "index" = "index" - 99 WHERE "index" > 3',
        f'INSERT INTO ledger_leaf ("index", entry) VALUES (4, {insert(99)})',
    )
    assert fault() == ("inserted", 5, "thing:99", "thing.made")


def test_an_entry_inserted_at_the_end_is_found(book):
    tamper(f'INSERT INTO ledger_leaf ("index", entry) VALUES (12, {insert(99)})')
    assert fault() == ("inserted", 13, "thing:99", "thing.made")


def test_an_unsealed_entry_that_nobody_recorded_is_found(book):
    insert(99)
    found = queries.verify().fault
    assert (found.kind, found.number, found.subject) == ("inserted", None, "thing:99")


def test_an_unsealed_entry_that_was_edited_or_deleted_is_found(book):
    last = Entry.objects.latest("pk").pk
    tamper(f"UPDATE ledger_entry SET subject = 'thing:15' WHERE id = {last}")
    assert fault() == ("edited", None, "thing:15", "thing.made")
    tamper(f"DELETE FROM ledger_entry WHERE id = {last}")
    assert fault() == ("deleted", None, "", "")


@pytest.mark.parametrize("sealed", [False, True])
def test_an_entry_recorded_long_before_its_checkpoint_is_found(book, sealed):
    pk = insert(99, recorded_at=base.machine_now() - timedelta(days=2))
    Pending.objects.create(entry=pk)
    if sealed:
        ledger.seal()
        ledger.checkpoint()
    found = queries.verify().fault
    assert (found.kind, found.number is not None, found.subject) == ("backdated", sealed, "thing:99")


@pytest.mark.parametrize(
    "change", ["size = 8", "root = 'ab'", "signed_at = '2020-01-01 00:00:00'", "note = ''", "public_key = '{other}'"],
)
def test_an_edited_checkpoint_is_found(book, change):
    tamper(f"UPDATE ledger_checkpoint SET {change.format(other='00' * 32)} WHERE number = 1")
    assert fault() == ("checkpoint", None, "checkpoint:1", "")


def test_a_deleted_checkpoint_is_found(book):
    tamper("DELETE FROM ledger_checkpoint WHERE number = 1")
    assert str(queries.verify().fault.sentence) == "第 1 号检查点被删除"


def test_a_checkpoint_by_another_key_is_found(book, home):
    (home / "keys" / "ledger.ed25519").rename(home / "old")
    for path in publication.folder().glob("*.pem"):
        path.unlink()
    from qinqing.ledger import keys

    keys._read.cache_clear()
    assert "签名" in str(queries.verify().fault.sentence)


def test_a_forged_ledger_is_found_by_a_published_checkpoint(book):
    """Everything in the database forged with right hashes, rows and no checkpoint: only what lies outside tells."""
    tamper(f"UPDATE ledger_entry SET facts = '{{}}' WHERE id = {at(5)}", "DELETE FROM ledger_checkpoint")
    rehash(at(5))
    hashes = b"".join(bytes.fromhex(Entry.objects.get(pk=leaf.entry).hash) for leaf in Leaf.objects.order_by("index"))
    with lifted():
        Tile.objects.update(hashes=hashes)
    outside = [note for _name, note in publication.published()]
    assert fault() == ("checkpoint", None, "checkpoint:checkpoint-000000000007.txt", "")
    for path in publication.folder().glob("*.txt"):
        path.unlink()
    assert queries.verify().ok
    assert queries.verify(outside=outside[0]).fault.subject == "checkpoint:outside"


def test_a_ledger_continues_a_checkpoint_kept_elsewhere(book):
    for _name, note in publication.published():
        assert queries.verify(outside=note).ok
    with pytest.raises(ValueError, match="not a checkpoint"):
        queries.verify(outside="anything")


def test_a_damaged_tree_is_found(home):
    for number in range(300):
        make(number=number)
    ledger.seal()
    with lifted():
        Tile.objects.filter(level=1).update(hashes=bytes(32))
    found = queries.verify().fault
    assert (found.kind, str(found.sentence)) == ("tile", "封存树第 1 层与下一层对不上")
    with lifted():
        Tile.objects.filter(level=0, position=0).delete()
    assert fault()[:2] == ("inserted", 1)


def test_verifying_since_a_position_leaves_out_what_is_before(book):
    tamper(f"UPDATE ledger_entry SET facts = '{{}}' WHERE id = {at(5)}")
    report = queries.verify(since=5)
    assert (report.ok, report.checked) == (True, 7)
    assert queries.verify(since=4).fault.number == 5


def test_chunks_and_tiles_do_not_have_to_meet(home, monkeypatch):
    monkeypatch.setattr(verification, "CHUNK", 100)
    for number in range(600):
        make(number=number)
    ledger.seal()
    assert queries.verify().checked == 600
    assert queries.verify(since=357).checked == 243
    tamper(f"UPDATE ledger_entry SET facts = '{{\"n\":1}}' WHERE id = {at(512)}")
    assert fault()[:2] == ("edited", 512)
