"""Files of enterprises and facts: one entry, every row accounted for, and safe to load again."""

import json
from datetime import date

import pytest

from qinqing import base
from qinqing.ledger.models import Entry
from qinqing.parties import actions, queries
from qinqing.parties.actions import EnterpriseRow, FactRow, batches
from qinqing.parties.models import Enterprise, Fact

from .makers import make_code, make_division, make_enterprise, make_unit

DAY = date(2020, 1, 1)


def rows(count, **values):
    return [EnterpriseRow(make_code(), f"演示第{n}公司", registered_on=DAY, **values) for n in range(count)]


def facts_of_last():
    return json.loads(Entry.objects.latest("id").facts)


def test_one_entry_for_a_file(office):
    before = Entry.objects.count()
    result = actions.import_enterprises(actor=office, rows=rows(5), source="register-2020", sha256="ab" * 32)
    assert result.counts == {"added": 5, "changed": 0, "unchanged": 0, "refused": 0}
    assert Entry.objects.count() == before + 1
    facts = facts_of_last()
    assert (facts["added"], facts["source"], facts["sha256"]) == (5, "register-2020", "ab" * 32)
    assert Enterprise.objects.filter(names__valid_from=DAY).count() == 5


def test_loading_again_changes_nothing(office):
    file = rows(3)
    roots = []
    for _ in range(2):
        result = actions.import_enterprises(actor=office, rows=file, source="register")
        roots.append(facts_of_last()["root"])
    assert result.counts == {"added": 0, "changed": 0, "unchanged": 3, "refused": 0}
    assert roots[0] == roots[1]


def test_what_differs_is_changed_and_a_name_goes_into_history(office):
    old = rows(1)[0]
    actions.import_enterprises(actor=office, rows=[old], source="register")
    county = make_division()
    new = EnterpriseRow(old.code, "更名后的公司", registered_on=DAY, division=county.code, industry_code="C1521")
    assert actions.import_enterprises(actor=office, rows=[new], source="register").changed == 1
    enterprise = Enterprise.objects.get(code=old.code)
    assert (enterprise.name, enterprise.county, enterprise.industry_code) == ("更名后的公司", county, "C1521")
    assert [named.name for named in enterprise.names.all()] == [old.name, "更名后的公司"]


def test_refused_lines_are_named(office):
    good = rows(1)[0]
    file = [
        good, EnterpriseRow("9151", "短码"), EnterpriseRow(make_code(), "无处", division="999999"),
        EnterpriseRow(make_code(), "无业", industry_code="X9"), EnterpriseRow(good.code.lower(), "重复"),
    ]  # fmt: skip
    result = actions.import_enterprises(actor=office, rows=file, source="register")
    assert result.added == 1
    assert [(line, str(why)[:8]) for line, why in result.refused] == [
        (2, "应为 18 位，"), (3, "没有行政区划代码"), (4, "GB/T 475"), (5, good.code[:8]),
    ]  # fmt: skip


def test_facts_come_and_are_corrected(office):
    unit, enterprise = make_unit("tax"), make_enterprise()
    file = [FactRow(enterprise.code, "revenue", 10, DAY, "tax"), FactRow(enterprise.code, "staff", 3, DAY)]
    assert actions.import_facts(actor=office, rows=file, source="tax-2020").added == 2
    file = [FactRow(enterprise.code, "revenue", 12, DAY, "tax"), FactRow(enterprise.code, "staff", 4, DAY)]
    actions.import_facts(actor=office, rows=file, source="tax-2020")
    held = queries.facts_of(enterprise, use="service")
    assert {name: (fact.value, fact.source) for name, fact in held.items()} == {"revenue": (12, unit), "staff": (4, None)}
    assert Fact.objects.count() == 2


def test_an_imported_size_class_shows_on_the_row(office):
    enterprise = make_enterprise()
    actions.import_facts(actor=office, rows=[FactRow(enterprise.code, "size_class", "small", DAY)], source="sizes")
    assert Enterprise.objects.get().size_class == "small"


def test_facts_of_nobody_are_refused(office):
    enterprise = make_enterprise()
    file = [FactRow("91000", "revenue", 1, DAY), FactRow(enterprise.code, "revenue", 1, DAY, "nowhere")]
    result = actions.import_facts(actor=office, rows=file, source="tax")
    assert [(line, str(why)) for line, why in result.refused] == [(1, "没有登记企业 91000。"), (2, "没有单位 nowhere。")]


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 9])
def test_the_root_changes_with_any_row(size):
    leaves = [f"{n:064x}" for n in range(size)]
    root = batches.root(leaves)
    assert len(root) == 64
    assert all(batches.root([*leaves[:n], "ff" * 32, *leaves[n + 1 :]]) != root for n in range(size))


def test_only_the_city_imports(system_admin):
    with pytest.raises(base.Denied):
        actions.import_enterprises(actor=system_admin, rows=[], source="register")


def test_how_many_queries(office, django_assert_max_num_queries):
    file = rows(300)
    with django_assert_max_num_queries(14):
        actions.import_enterprises(actor=office, rows=file, source="register")
    with django_assert_max_num_queries(14):
        actions.import_facts(actor=office, rows=[FactRow(r.code, "staff", 3, DAY) for r in file], source="staff")
