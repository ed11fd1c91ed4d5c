"""Enterprises: once per code, with their names, places and facts through time."""

from datetime import date

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger import actions as ledger
from qinqing.ledger.models import Entry
from qinqing.parties import actions, queries
from qinqing.parties.models import Enterprise, Fact

from .makers import make_actor, make_code, make_division, make_enterprise, make_unit

GOOD = "91510802MA6ABC122B"


def test_registered_under_the_normalised_code(office):
    enterprise = actions.register_enterprise(actor=office, code=" 91510802ma6abc122b ", name="演示公司", industry_code="1521")
    assert (enterprise.code, enterprise.industry_code) == (GOOD, "C1521")
    entry = Entry.objects.latest("id")
    assert GOOD in entry.facts
    assert ledger.commitment(enterprise.names.get().salt, "演示公司") in entry.facts


def test_once_per_code(office):
    make_enterprise(GOOD)
    with pytest.raises(base.Refused, match="已经登记") as refused:
        actions.register_enterprise(actor=office, code=GOOD.lower(), name="又一个")
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("code", "said"), [("91510802M6AABC122B", f"写颠倒了。是不是 {GOOD}？"), ("9151", "现在是 4 位"), ("", "请填写")]
)
def test_a_wrong_code_is_refused_with_a_hint(office, code, said):
    with pytest.raises(base.Refused) as refused:
        actions.register_enterprise(actor=office, code=code, name="演示公司")
    assert said in str(refused.value)


def test_an_unknown_industry_is_refused(office):
    with pytest.raises(base.Refused, match="没有行业代码"):
        make_enterprise(industry_code="X1234")


def test_two_may_have_the_same_name(db):
    assert make_enterprise(name="同名演示公司").name == make_enterprise(name="同名演示公司").name


def test_renamed_under_the_same_code(office):
    enterprise = make_enterprise(name="旧名公司", registered_on=date(2010, 1, 1))
    actions.rename_enterprise(actor=office, enterprise=enterprise, name="新名公司", on=date(2020, 6, 1))
    assert Enterprise.objects.get(code=enterprise.code).name == "新名公司"
    assert [(n.name, n.valid_to) for n in enterprise.names.all()] == [("旧名公司", date(2020, 6, 1)), ("新名公司", None)]
    with pytest.raises(base.Refused, match="不能早于"):
        actions.rename_enterprise(actor=office, enterprise=enterprise, name="更新", on=date(2019, 1, 1))


def test_moved_to_another_county(office):
    east, west = make_division("510802", "东区"), make_division("510811", "西区")
    town = make_division("510811100", "某镇", "town", west)
    enterprise = make_enterprise(division=east)
    actions.move_enterprise(actor=office, enterprise=enterprise, division=town, address="新址")
    moved = Enterprise.objects.get(id=enterprise.id)
    assert (moved.division, moved.county, moved.address) == (town, west, "新址")


# —— facts ——


@pytest.fixture
def tax(city):
    return make_unit("tax", "税务局", kind="central", parent=city)


def test_the_latest_fact_for_a_day(office, tax):
    enterprise = make_enterprise()
    for day, value in ((date(2020, 1, 1), 10), (date(2020, 7, 1), 20)):
        actions.record_fact(actor=office, enterprise=enterprise, name="revenue", value=value, as_of=day, source=tax)
    at = {day: queries.facts_of(enterprise, use="service", on=day) for day in (date(2020, 3, 1), date(2020, 7, 1))}
    assert [facts["revenue"].value for facts in at.values()] == [10, 20]
    assert queries.facts_of(enterprise, use="service", on=date(2019, 1, 1)) == {}


def test_said_again_for_the_same_day_is_corrected(office, tax):
    enterprise = make_enterprise()
    said = {"actor": office, "enterprise": enterprise, "name": "revenue", "as_of": date(2020, 1, 1)}
    for source in (tax, None):
        actions.record_fact(**said, value=10, source=source)
        actions.record_fact(**said, value=11, source=source)
    assert [fact.value for fact in Fact.objects.all()] == [11, 11]


@pytest.mark.parametrize(
    ("use", "seen"),
    [
        ("service", {"open", "own"}), ("matching", {"open", "match"}), ("public", {"open"}),
        ("statistics_only", {"open", "own", "match", "survey"}),
    ],
)  # fmt: skip
def test_permitted_use(office, use, seen):
    enterprise = make_enterprise()
    uses = {"open": "public", "own": "service", "match": "matching", "survey": "statistics_only"}
    for name, permitted in uses.items():
        actions.record_fact(
            actor=office, enterprise=enterprise, name=name, value=1, as_of=date(2020, 1, 1), permitted_use=permitted
        )
    assert set(queries.facts_of(enterprise, use=use)) == seen


def test_a_value_is_committed_to_and_not_told(office):
    enterprise = make_enterprise()
    fact = actions.record_fact(
        actor=office, enterprise=enterprise, name="revenue", value={"fen": 12345678}, as_of=date(2020, 1, 1)
    )
    facts = Entry.objects.latest("id").facts
    assert "12345678" not in facts
    assert ledger.commitment(fact.salt, '{"fen":12345678}') in facts


def test_the_size_class_of_a_day(office, tax):
    enterprise = make_enterprise()
    for day, size in ((date(2020, 6, 30), "small"), (date(2019, 12, 31), "micro")):
        actions.record_fact(actor=office, enterprise=enterprise, name="size_class", value=size, as_of=day, source=tax)
    enterprise.refresh_from_db()
    assert (enterprise.size_class, enterprise.size_class_on) == ("small", date(2020, 6, 30))
    assert queries.size_class_on(enterprise, date(2020, 3, 1)) == "micro"
    assert queries.size_class_on(enterprise, date(2018, 1, 1)) == "unknown"


def test_units_speak_for_themselves_and_enterprises_of_themselves(city, tax):
    handler = make_actor(Role.HANDLER, tax)
    lin = make_actor(Role.ENTERPRISE, city)
    own = Enterprise.objects.get(id=lin.enterprise_id)
    said = {"name": "revenue", "value": 1, "as_of": date(2020, 1, 1)}
    actions.record_fact(actor=handler, enterprise=own, source=tax, **said)
    actions.record_fact(actor=lin, enterprise=own, **said)
    for actor, enterprise, source in ((handler, own, city), (lin, own, tax), (lin, make_enterprise(), None)):
        with pytest.raises(base.Denied):
            actions.record_fact(actor=actor, enterprise=enterprise, source=source, **said)


# —— rows ——


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ENVIRONMENT_OFFICE, 3), (Role.HANDLER, 3), (Role.CITY_LEADER, 3), (Role.COUNTY_OFFICE, 1),
        (Role.COUNTY_LEADER, 1), (Role.ENTERPRISE, 1), (Role.SYSTEM_ADMIN, 0), (Role.SECURITY_ADMIN, 0), (Role.AUDIT_ADMIN, 0),
    ],
)  # fmt: skip
def test_who_sees_which_enterprises(db, role, seen):
    east, west = make_division("510802", "东区"), make_division("510811", "西区")
    make_enterprise(make_code(), division=east)
    actor = make_actor(role, make_unit(county=east))
    for _ in range(3 - Enterprise.objects.count()):
        make_enterprise(division=west)
    assert Enterprise.objects.visible_to(actor).count() == seen


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.ENVIRONMENT_OFFICE, {"open", "own", "survey"}),
        (Role.COUNTY_OFFICE, {"open", "own", "survey"}),
        (Role.HANDLER, {"open", "survey"}),
        (Role.EVALUATOR, {"open", "survey"}),
        (Role.ENTERPRISE, set()),
        (Role.SYSTEM_ADMIN, set()),
        (Role.AUDIT_ADMIN, set()),
    ],
)
def test_who_sees_which_facts(db, role, seen):
    """The reader sits in the unit that surveyed, in the enterprise's county."""
    county = make_division()
    unit, tax = make_unit(county=county), make_unit("tax")
    enterprise = make_enterprise(division=county)
    for name, permitted, source in (("open", "public", tax), ("own", "service", tax), ("survey", "statistics_only", unit)):
        actions.record_fact(
            actor=base.SYSTEM, enterprise=enterprise, name=name, value=1, as_of=date(2020, 1, 1), source=source,
            permitted_use=permitted,
        )  # fmt: skip
    reader = make_actor(role, unit)
    assert set(Fact.objects.visible_to(reader).values_list("name", flat=True)) == seen
    assert Fact.objects.visible_to(base.SYSTEM).count() == 3
    assert not Fact.objects.visible_to(base.PUBLIC).exists()


def test_an_enterprise_sees_its_own_facts(db, city):
    lin = make_actor(Role.ENTERPRISE, city)
    own = Enterprise.objects.get(id=lin.enterprise_id)
    actions.record_fact(actor=lin, enterprise=own, name="staff", value=3, as_of=date(2020, 1, 1))
    assert Fact.objects.visible_to(lin).get().value == 3


def test_the_public_sees_no_register(db):
    make_enterprise()
    assert not Enterprise.objects.visible_to(base.PUBLIC).exists()
