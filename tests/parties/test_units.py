"""Units: the tree, its history, and who goes on where after a merger."""

from datetime import date

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger.models import Entry
from qinqing.parties import actions, queries
from qinqing.parties.models import Unit

from .makers import LONG_AGO, make_account, make_division, make_post, make_unit

DAY = date(2020, 6, 1)


@pytest.fixture
def tree(city):
    """city > land > (section, desk); city > water."""
    land = make_unit("land", "自然资源局", parent=city)
    section = make_unit("section", "用地科", kind="section", parent=land)
    desk = make_unit("desk", "窗口", kind="section", parent=section)
    return {"city": city, "land": land, "section": section, "desk": desk, "water": make_unit("water", "水利局", parent=city)}


def fresh(unit):
    return Unit.objects.get(id=unit.id)


def below(unit):
    return {u.code for u in Unit.objects.below(fresh(unit))}


def test_a_unit_knows_what_lies_below(tree):
    assert below(tree["land"]) == {"land", "section", "desk"}
    assert below(tree["city"]) == {"city", "land", "section", "desk", "water"}


def test_a_unit_takes_the_county_of_its_parent(system_admin):
    county = make_division()
    office = make_unit("office", "县营商环境办", kind="county_office", county=county)
    assert make_unit("inner", "综合股", kind="section", parent=office).county == county


def test_codes_are_unique(system_admin, tree):
    with pytest.raises(base.Refused, match="已存在"):
        actions.create_unit(actor=system_admin, code="land", name="别的局", kind="department")


def test_renaming_keeps_the_old_name(system_admin, tree):
    actions.rename_unit(actor=system_admin, unit=tree["land"], name="自然资源和规划局", on=DAY)
    land = fresh(tree["land"])
    assert land.name == "自然资源和规划局"
    assert queries.unit_name_on(land, date(2020, 5, 31)) == "自然资源局"
    assert queries.unit_name_on(land, DAY) == "自然资源和规划局"
    assert queries.unit_name_on(land, date(2001, 1, 1)) == "自然资源局"


def test_history_only_goes_forward(system_admin, tree):
    actions.rename_unit(actor=system_admin, unit=tree["land"], name="甲局", on=DAY)
    with pytest.raises(base.Refused, match="不能早于"):
        actions.rename_unit(actor=system_admin, unit=tree["land"], name="乙局", on=date(2019, 1, 1))


def test_two_changes_on_one_day(system_admin, tree):
    actions.rename_unit(actor=system_admin, unit=tree["land"], name="甲局", on=DAY)
    actions.rename_unit(actor=system_admin, unit=tree["land"], name="乙局", on=DAY)
    assert queries.unit_name_on(tree["land"], DAY) == "乙局"


def test_moving_takes_everything_below_along(system_admin, tree):
    actions.move_unit(actor=system_admin, unit=tree["section"], parent=tree["water"], on=DAY)
    assert below(tree["land"]) == {"land"}
    assert below(tree["water"]) == {"water", "section", "desk"}
    before, after = tree["section"].versions.order_by("valid_from")
    assert (before.parent, after.parent) == (tree["land"], tree["water"])
    assert (before.valid_to, after.valid_from) == (DAY, DAY)


def test_a_unit_cannot_move_below_itself(system_admin, tree):
    with pytest.raises(base.Refused, match="自己的下级"):
        actions.move_unit(actor=system_admin, unit=tree["land"], parent=tree["desk"])


def test_to_the_top(system_admin, tree):
    actions.move_unit(actor=system_admin, unit=tree["water"], parent=None)
    assert fresh(tree["water"]).path == f"/{tree['water'].id}/"


def test_a_merger(system_admin, tree):
    handler, both = make_account(), make_account()
    make_post(handler, tree["land"], Role.HANDLER)
    for unit in (tree["land"], tree["water"]):
        make_post(both, unit, Role.LIAISON)
    actions.merge_units(actor=system_admin, units=[tree["land"]], into=tree["water"])
    land, water = fresh(tree["land"]), fresh(tree["water"])
    assert (land.valid_to, land.successor) == (base.today(), water)
    assert below(water) == {"water", "land", "section", "desk"}
    assert fresh(tree["section"]).parent == water
    assert [choice.place for choice in queries.acting_choices(handler)] == ["水利局"]
    assert [choice.place for choice in queries.acting_choices(both)] == ["水利局"]
    assert land.id in queries.actor_for(handler).unit_ids


def test_a_merged_unit_takes_no_more_changes(system_admin, tree):
    actions.merge_units(actor=system_admin, units=[tree["land"]], into=tree["water"])
    land = fresh(tree["land"])
    for change in (
        lambda: actions.rename_unit(actor=system_admin, unit=land, name="新局"),
        lambda: actions.move_unit(actor=system_admin, unit=land, parent=None),
        lambda: actions.merge_units(actor=system_admin, units=[land], into=tree["city"]),
        lambda: make_post(make_account(), land, Role.HANDLER),
    ):
        with pytest.raises(base.Refused, match="已撤并"):
            change()


def test_no_merger_into_what_lies_below(system_admin, tree):
    with pytest.raises(base.Refused, match="自己的下级"):
        actions.merge_units(actor=system_admin, units=[tree["land"]], into=tree["desk"])
    assert fresh(tree["land"]).valid_to is None


def test_what_the_ledger_says(system_admin, tree):
    actions.rename_unit(actor=system_admin, unit=tree["land"], name="自然资源和规划局", on=DAY)
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.subject, entry.actor) == ("unit.renamed", f"unit:{tree['land'].id}", system_admin.ref)
    assert "自然" not in entry.facts


def test_divisions_load_again_without_doubling(system_admin):
    city = make_division("510800", "某市", "city")
    make_division("510802", "旧名", "county", city)
    county = make_division("510802", "新名", "county", city)
    assert (county.name, county.parent) == ("新名", city)
    assert queries.county_of(make_division("510802001", "某街道", "street", county)) == county
    assert queries.county_of(city) is None


def test_units_valid_on_a_day(tree):
    actions.merge_units(actor=base.SYSTEM, units=[tree["land"]], into=tree["water"], on=DAY)
    standing = Unit.objects.on(DAY).values_list("code", flat=True)
    assert "land" not in standing
    assert "land" in Unit.objects.on(LONG_AGO).values_list("code", flat=True)
