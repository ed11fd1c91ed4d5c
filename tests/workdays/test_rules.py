"""Notices as rows: read, checked, put together, compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.clock.calendar import SHIFTS, DayKind
from qinqing.workdays import published, rules
from qinqing.workdays.rules import Change, Edition, Row

WHOLE = [
    Row(date(2027, 1, 1), "holiday", "元旦"),
    Row(date(2027, 5, 1), "holiday", "劳动节"), Row(date(2027, 5, 2), "holiday", "劳动节"),
    Row(date(2027, 10, 1), "holiday", "国庆节"), Row(date(2027, 10, 2), "holiday", "国庆节"),
    Row(date(2027, 10, 3), "holiday", "国庆节"),
]


def as_file(rows):
    return [{"date": str(row.day), "kind": row.kind, "name": row.name} for row in rows]


def faults_of(*rows):
    return [str(fault.sentence) for fault in rules.checked([*as_file(WHOLE), *rows], 2027)[1]]


# —— a file ——

@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_as_office_programs_save_it(notice, encoding):
    rows = rules.read_csv(notice.decode().encode(encoding))
    assert rows[0] == {"date": "2026-12-27", "kind": "workday", "name": "元旦"}
    assert len(rows) == 13


def test_short_lines_and_spaces_are_taken_as_they_are_meant():
    assert rules.read_csv(b"date,kind,name\r\n 2027-01-01 , holiday\r\n") == [
        {"date": "2027-01-01", "kind": "holiday", "name": ""}]


@pytest.mark.parametrize(("data", "says"), [
    (b"", "缺少列“date、kind、name”"),
    (b"date,name\n2027-01-01,x\n", "缺少列“kind”"),
    (b"\xff\xfe\x00\x80", "不是文本"),
])
def test_a_file_without_the_columns_is_refused(data, says):
    with pytest.raises(base.Refused, match=says):
        rules.read_csv(data)


@given(st.lists(st.builds(Row, st.dates(), st.sampled_from(["holiday", "workday"]), st.text("元旦春节", min_size=1)),
                unique_by=lambda row: row.day))
def test_a_written_file_reads_back_and_its_digest_knows_no_order(rows):
    assert rules.read_csv(rules.written_csv(rows).encode()) == as_file(sorted(rows))
    assert rules.digest(rows) == rules.digest(list(reversed(rows)))


# —— checked ——

def test_a_whole_notice_is_accepted(notice):
    rows, faults = rules.checked(rules.read_csv(notice), 2027)
    assert (len(rows), faults) == (13, [])


@pytest.mark.parametrize(("row", "says"), [
    (("2027-6-1", "holiday", "端午节"), "第 8 行“date”：“2027-6-1”不是日期，应写成 2027-10-01"),
    (("2028-01-01", "holiday", "元旦"), "第 8 行“date”：2028-01-01 不在 2027 年，也不在上年 12 月"),
    (("2026-11-30", "holiday", "元旦"), "第 8 行“date”：2026-11-30 不在 2027 年，也不在上年 12 月"),
    (("2027-10-01", "holiday", "国庆节"), "第 8 行“date”：2027-10-01 前面已经写过"),
    (("2027-06-09", "放假", "端午节"), "第 8 行“kind”：“放假”应为 holiday 或 workday"),
    (("2027-06-09", "holiday", ""), "第 8 行“name”：请写节日名称，最多 20 个字"),
    (("2027-06-09", "holiday", "节" * 21), "第 8 行“name”：请写节日名称，最多 20 个字"),
    (("2027-06-09", "workday", "端午节"), "第 8 行“date”：6 月 9 日 周三本来就上班，不用写"),
])
def test_a_fault_names_its_row_and_column(row, says):
    assert faults_of(dict(zip(("date", "kind", "name"), row, strict=True))) == [says]


@pytest.mark.parametrize("missing", range(len(WHOLE)))
def test_a_notice_without_a_fixed_holiday_is_not_whole(missing):
    row = WHOLE[missing]
    rest = [other for other in WHOLE if other is not row]
    faults = rules.checked(as_file(rest), 2027)[1]
    assert [str(fault.sentence) for fault in faults] == [
        f"缺少 {row.day.month} 月 {row.day.day} 日（{row.name}）放假，文件可能不全"]


def test_all_faults_are_found_at_once():
    assert len(faults_of({}, {"date": "2027-06-09", "kind": "x", "name": "y"})) == 2


# —— put together ——

def composed(*editions):
    return rules.compose(editions, "1", SHIFTS)


def test_the_latest_version_of_a_year_rules_it():
    rows = [Row(date(2026, 10, 1), "holiday", "国庆节"), Row(date(2027, 6, 9), "holiday", "端午节")]
    old = Edition(1, frozenset({2026, 2027}), rows)
    new = Edition(2, frozenset({2027}), [Row(date(2027, 6, 8), "holiday", "端午节")])
    for editions in ((old, new), (new, old)):
        calendar = composed(*editions)
        assert calendar.years == {2026, 2027}
        assert set(calendar.holidays) == {date(2026, 10, 1), date(2027, 6, 8)}


def test_a_december_exchanged_by_the_next_years_notice_overrules_its_own_year():
    own = Edition(1, frozenset({2026}), [Row(date(2026, 12, 31), "holiday", "元旦")])
    notice = Edition(2, frozenset({2027}), [Row(date(2026, 12, 27), "workday", "元旦")])
    late = Edition(3, frozenset({2026}), [Row(date(2026, 12, 30), "holiday", "元旦")])
    calendar = composed(own, notice, late)
    assert calendar.is_workday(date(2026, 12, 27))
    assert set(calendar.holidays) == {date(2026, 12, 30)}


def test_changes_are_the_days_of_another_kind():
    before = composed(Edition(1, frozenset({2027}), WHOLE))
    after = composed(Edition(1, frozenset({2027}), [*WHOLE, Row(date(2027, 5, 3), "holiday", "劳动节"),
                                                    Row(date(2026, 12, 27), "workday", "元旦")]))
    assert rules.changes(before, after, [2027]) == [
        Change(date(2026, 12, 27), DayKind.WEEKEND, DayKind.ADJUSTED),
        Change(date(2027, 5, 3), DayKind.WORKDAY, DayKind.HOLIDAY),
    ]
    assert rules.changes(after, after, [2027]) == []


# —— the package ——

def test_the_package_carries_whole_years():
    assert published.years() == tuple(range(2004, 2027))
    for year in range(2008, 2027):   # since then the fixed holidays are what they are
        missing = rules.checked(as_file(row for row in published.rows() if rules.belongs(row.day, year)), year)[1]
        assert [str(fault.sentence) for fault in missing] == []
