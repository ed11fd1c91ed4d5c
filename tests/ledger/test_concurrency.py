"""Several at once, on the database that the run uses: keys, sealers."""

from qinqing.ledger import actions as ledger
from qinqing.ledger import reactions
from qinqing.ledger.models import Entry, Leaf

from .makers import at_once, make


def test_the_same_key_at_once_writes_one_entry(own_database):
    def create():
        with ledger.act():
            first = ledger.replay("api:3:k1", "body")
            return (first or make(once="api:3:k1", body="body")).pk, first is None

    answers = at_once([create] * 6, own_database)
    assert len({pk for pk, _new in answers}) == 1
    assert [new for _pk, new in answers].count(True) == 1


def test_the_same_key_with_other_bodies_at_once_is_stale_for_all_but_one(own_database):
    answers = at_once([lambda n=n: make(once="api:3:k1", body=str(n)) for n in range(4)], own_database)
    assert sorted(type(answer).__name__ for answer in answers) == ["Entry", "Stale", "Stale", "Stale"]


def test_sealers_at_once_leave_no_gap(own_database):
    def write_and_seal():
        for number in range(10):
            make(number=number)
            ledger.seal()

    answers = at_once([write_and_seal] * 4, own_database)
    assert answers == [None] * 4

    def read():
        ledger.seal()
        leaves = list(Leaf.objects.order_by("index").values_list("index", "entry"))
        return leaves, set(Entry.objects.values_list("pk", flat=True))

    [(leaves, entries)] = at_once([read], own_database)
    assert [index for index, _entry in leaves] == list(range(40))
    assert {entry for _index, entry in leaves} == entries


def test_workers_at_once_react_once(own_database, monkeypatch):
    monkeypatch.setattr(reactions, "_reactions", {})
    for name in ("first", "second"):
        reactions.on("thing.made", name=name)(lambda happening: make(verb="thing.ended", number=happening.number))

    def write():
        for number in range(1, 21):
            make(number=number)

    at_once([write], own_database)
    answers = at_once([reactions.drain] * 3, own_database)
    assert sum(answers) == 40

    def read():
        return list(Entry.objects.filter(verb="thing.ended").values_list("once", flat=True))

    [keys] = at_once([read], own_database)
    assert sorted(keys) == sorted(f"reaction:{name}:{leaf}" for name in ("first", "second") for leaf in range(20))
