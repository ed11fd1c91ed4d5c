"""Imports of the calendar: whole or not at all, versioned, with one entry each."""

from datetime import date

import pytest
from django.db import transaction

from qinqing import base
from qinqing.ledger import queries as ledger
from qinqing.workdays import actions, queries, rules
from qinqing.workdays.models import CalendarDay, CalendarVersion

pytestmark = pytest.mark.django_db


def test_the_first_fill_takes_in_what_was_published():
    version = actions.fill_from_package(actor=base.SYSTEM)
    assert (version.number, version.years) == (1, list(range(2004, 2027)))
    assert version.days.count() == 771
    assert (version.imported_by, version.imported_at.date()) == ("system", base.today())


def test_filling_again_changes_nothing_and_says_nothing():
    first = actions.fill_from_package(actor=base.SYSTEM)
    assert actions.fill_from_package(actor=base.SYSTEM) == first
    assert CalendarVersion.objects.count() == 1
    assert [entry.verb for entry in ledger.entries_of("calendar:1")] == ["calendar.imported"]


def test_the_fill_leaves_years_alone_that_were_imported_before(ban, notice):
    rows = rules.read_csv(notice.replace(b"2027", b"2020").replace(b"2026-12-27,workday", b"2019-12-28,workday")
                          .replace(b"2020-05-08,workday", b"2020-05-09,workday"))
    actions.import_year(actor=ban, year=2020, rows=rows, source="演示通知")
    version = actions.fill_from_package(actor=base.SYSTEM)
    assert version.years == [year for year in range(2004, 2027) if year != 2020]
    assert queries.edition_of(2020).source == "演示通知"
    assert date(2020, 1, 24) not in queries.calendar().holidays   # the notice above knows another spring festival


def test_a_year_is_imported_whole_with_one_entry(ban, notice):
    actions.fill_from_package(actor=base.SYSTEM)
    version = actions.import_year(actor=ban, year=2027, rows=rules.read_csv(notice), source=" 演示通知第 9 号 ")
    assert (version.number, version.years, version.source) == (2, [2027], "演示通知第 9 号")
    assert rules.digest(queries.rows_of(version)) == version.sha256
    entry, = ledger.entries_of("calendar:2")
    assert (entry.verb, entry.actor) == ("calendar.imported", "account:7")
    assert entry.facts == {"version": 2, "years": [2027], "days": 13, "sha256": version.sha256}


def test_a_faulty_file_leaves_nothing_behind(ban, notice):
    rows = rules.read_csv(notice.replace(b"2027-05-03,holiday", b"2027-05-03,holyday").replace(b"2027-10-04", b"2027-10-4"))
    with pytest.raises(base.Refused) as refused, transaction.atomic():
        actions.import_year(actor=ban, year=2027, rows=rows, source="通知")
    assert str(refused.value) == "第 9 行“kind”：“holyday”应为 holiday 或 workday；另有 1 处错误"
    assert refused.value.field == "file"
    assert (CalendarVersion.objects.count(), CalendarDay.objects.count()) == (0, 0)


def test_a_year_comes_once_unless_it_is_a_new_edition(ban, notice):
    read = rules.read_csv(notice)
    actions.import_year(actor=ban, year=2027, rows=read, source="通知")
    with pytest.raises(base.Refused, match="已经导入"):
        actions.import_year(actor=ban, year=2027, rows=read, source="通知")
    with pytest.raises(base.Refused, match="完全相同"):
        actions.import_year(actor=ban, year=2027, rows=read[::-1], source="通知", new_edition=True)
    corrected = [row for row in read if row["date"] != "2027-10-04"]
    version = actions.import_year(actor=ban, year=2027, rows=corrected, source="更正", new_edition=True)
    assert version.number == 2
    assert queries.calendar().is_workday(date(2027, 10, 4))
    assert not queries.calendar(1).is_workday(date(2027, 10, 4))


@pytest.mark.parametrize("source", ["", "  ", "长" * 201])
def test_an_import_names_its_document(ban, notice, source):
    with pytest.raises(base.Refused, match="依据文件") as refused:
        actions.import_year(actor=ban, year=2027, rows=rules.read_csv(notice), source=source)
    assert refused.value.field == "source"


@pytest.mark.parametrize(("role", "may"), [
    (base.Role.ENVIRONMENT_OFFICE, True), (base.Role.SYSTEM_ADMIN, True),
    (base.Role.HANDLER, False), (base.Role.ENTERPRISE, False), (base.Role.AUDIT_ADMIN, False), ("", False),
])
def test_only_the_office_and_the_system_administrator_import(role, may, notice):
    actor = base.Actor(account_id=3 if role else None, role=role)
    rows = rules.read_csv(notice)
    if may:
        assert actions.import_year(actor=actor, year=2027, rows=rows, source="通知").number == 1
        return
    for refused in (lambda: actions.import_year(actor=actor, year=2027, rows=rows, source="通知"),
                    lambda: actions.fill_from_package(actor=actor)):
        with pytest.raises(base.Denied, match="营商环境办"):
            refused()
    assert CalendarVersion.objects.count() == 0
