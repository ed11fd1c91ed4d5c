"""What is known of enterprises: which fact counts, what may be matched, and the columns on the disk."""

from datetime import date, timedelta

import pytest

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.eligibility import catalogue
from qinqing.eligibility.columns import unpacked
from qinqing.parties import actions as parties
from qinqing.parties.models import Enterprise
from qinqing.parties.terms import PermittedUse
from qinqing.policy import snapshots
from qinqing.policy.models import Consent
from qinqing.policy.queries import facts
from tests import characters

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def town():
    return characters.make_town()


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.QINQING_HOME = tmp_path


def said(town, name, value, *, by=None, on=MARCH, use=PermittedUse.MATCHING, of=None):
    return parties.record_fact(
        actor=SYSTEM, enterprise=of or town.enterprise, name=name, value=value, as_of=on, source=by, permitted_use=use)


@pytest.mark.req("M3-030")
def test_what_a_unit_says_counts_before_the_enterprises_own_word_of_a_later_day(town):
    said(town, "employees", "20人", by=town.land)
    said(town, "employees", "30人", on=MARCH + timedelta(days=1))
    assert facts.numbers(town.enterprise)["employees"] == 20


def test_the_latest_day_counts_among_units(town):
    said(town, "employees", "20人", by=town.land, on=MARCH)
    said(town, "employees", "25人", by=town.power, on=MARCH + timedelta(days=1))
    assert facts.numbers(town.enterprise)["employees"] == 25


def test_a_fact_for_another_day_to_come_does_not_count_yet(town):
    said(town, "employees", "20人", by=town.land, on=base.today() + timedelta(days=1))
    assert "employees" not in facts.numbers(town.enterprise)


@pytest.mark.parametrize(("use", "counts"), [
    (PermittedUse.MATCHING, True), (PermittedUse.PUBLIC, True), (PermittedUse.SERVICE, False),
    (PermittedUse.STATISTICS_ONLY, False)])
def test_only_what_may_be_matched_is(town, use, counts):
    said(town, "employees", "20人", by=town.land, use=use)
    assert ("employees" in facts.numbers(town.enterprise)) is counts
    assert ("employees" in snapshots.gather(base.today()).columns.columns) is counts


def test_with_consent_what_was_given_to_serve_it_is_matched_but_statistics_never(town):
    said(town, "employees", "20人", by=town.land, use=PermittedUse.SERVICE)
    said(town, "patents", "3件", by=town.land, use=PermittedUse.STATISTICS_ONLY)
    Consent.objects.create(enterprise=town.enterprise, account_id=town.lin.account_id, given_at=base.now())
    known = facts.numbers(town.enterprise)
    assert (known["employees"], "patents" in known) == (20, False)


def test_the_register_says_where_and_since_when(town):
    own = Enterprise.objects.filter(pk=town.enterprise.pk)
    own.update(industry_code="C1521", registered_on=date(2020, 1, 1), size_class="small")
    known = {one.name: one for one in facts.matched(own.get(), on=date(2026, 1, 1))}
    assert known["age_months"].number == 72
    assert known["region"].value == "510802"
    assert str(known["size"].shown) == "小型"
    assert str(known["industry"].holder) == "市场主体登记"


def test_what_cannot_be_read_is_unknown_and_counted(town):
    said(town, "employees", "很多", by=town.land)
    assert "employees" not in facts.numbers(town.enterprise)
    assert snapshots.gather(base.today()).unreadable == 1


def test_the_columns_hold_what_one_enterprise_reads(town):
    said(town, "employees", "20人", by=town.land)
    said(town, "employees", "40人")
    said(town, "blacklisted", False, by=town.land)
    said(town, "employees", "7人", of=town.other)
    built = snapshots.renew()
    held = snapshots.current()
    assert held.digest == built.digest
    for place, code in enumerate(held.columns.codes):
        one = Enterprise.objects.get(code=code.decode())
        assert _of(held.columns, place) == facts.numbers(one)


def _of(columns, place):
    known = {}
    for name, column in columns.columns.items():
        if column.known is not None and not unpacked(column.known, columns.rows)[place]:
            continue
        flag = column.fact.kind is catalogue.Kind.FLAG
        known[name] = int(unpacked(column.values, columns.rows)[place] if flag else column.values[place])
    return known


def test_the_worker_builds_anew_only_when_something_was_said(town):
    snapshots.renew_when_due()
    first = snapshots.current()
    snapshots.renew_when_due()
    assert snapshots.current().at == first.at
    said(town, "employees", "20人", by=town.land)
    snapshots.renew_when_due()
    assert "employees" in snapshots.current().columns.columns


def test_a_closed_enterprise_is_matched_no_more(town):
    Enterprise.objects.filter(pk=town.other.pk).update(closed_on=base.today())
    assert snapshots.gather(base.today()).columns.rows == 1


def test_coverage_counts_enterprises_sources_and_days(town):
    said(town, "employees", "20人", by=town.land)
    said(town, "employees", "21人", by=town.power, on=MARCH + timedelta(days=1))
    said(town, "employees", "7人", of=town.other)
    row = next(row for row in facts.coverage(town.ban) if row.name == "employees")
    assert (row.known, row.own, row.of, row.sources) == (2, 1, 2, (town.power.name, town.land.name))
    assert (row.oldest, row.newest) == (MARCH, MARCH + timedelta(days=1))
