"""The public figures: everything adds up, every figure has its definition, nobody stands out."""

import csv
import io
from datetime import datetime

import pytest
from django.test import Client

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome
from qinqing.consultation import actions as consultation
from qinqing.site.views import publishing
from tests import characters
from tests.casework.road import at

pytestmark = pytest.mark.django_db
BREAKDOWNS = ("从哪里来", "哪一类困难", "哪个县区", "哪个月收到", "共性还是个性", "办得怎样")


@pytest.fixture
def town():
    return characters.make_town()


def solved(town, grade=None, outcome=Outcome.SOLVED):
    with at(2):
        matter = consultation.submit(actor=town.lin, title="缺地", text="缺地", topic="land", enterprise=town.enterprise).matter
        actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
        actions.sign(actor=town.luo, matter=matter)
    with at(3):
        actions.reply(actor=town.chen, matter=matter, text="已办", outcome=outcome, basis="某文件", evidence="照片")
        actions.confirm(actor=town.lin, matter=matter, satisfaction=grade)
    with at(4):
        actions.close(actor=town.bai, matter=matter)


def read(year=2026):
    with at(20):
        answer = Client().get(f"/public/figures/{year}.csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.req("M1-030", "M0-007")
def test_every_breakdown_adds_up_to_what_was_collected(town):
    solved(town)
    solved(town, outcome=Outcome.EXPLAINED)
    with at(5):
        consultation.submit(actor=town.qiu, title="停电", text="停电", topic="utilities", enterprise=town.other)
    rows = read()
    by_name = {row["指标"]: row for row in rows if not row["分类"]}
    assert (by_name["收到"]["数量"], by_name["化解率"]["数量"], by_name["解决率"]["数量"]) == ("3", "66.67", "33.33")
    assert all(row["口径"] for row in by_name.values())
    for name in BREAKDOWNS:
        assert sum(int(row["数量"]) for row in rows if row["指标"] == name) == 3, name


def test_the_page_says_definition_scope_and_time_of_every_figure(town):
    solved(town)
    with at(20):
        page = Client().get("/figures/").content.decode()
    assert page.count("占全部征集数") == 2
    assert "截至 3 月 20 日" in page
    assert "范围是全市企业困难问题" in page
    assert "12 月" not in page  # of a month to come nothing is known


@pytest.mark.parametrize(("grades", "shown"), [
    ([5] * 4, False), ([5] * 6, True), ([5] * 6 + [1], True), ([5] * 6 + [1] * 4, False),
    ([5] * 5 + [1] * 5, True), ([None] * 9, False),
])
def test_satisfaction_is_shown_only_when_nobody_stands_out(town, grades, shown):
    for grade in grades:
        solved(town, grade)
    assert any(row["指标"] == "满不满意" for row in read()) == shown


def grades_shown():
    publishing.forget()
    return [(row["分类"], row["数量"], row["样本"]) for row in read() if row["指标"] == "满不满意"]


def test_a_single_grade_is_not_found_in_what_changed(town):
    for grade in [5] * 5 + [1] * 5:
        solved(town, grade)
    before = grades_shown()
    for grade in (5, 1, 3, 3):
        solved(town, grade)
        assert grades_shown() == before
    solved(town, 1)
    assert grades_shown() != before


def test_of_a_matter_that_was_answered_twice_the_last_grade_counts(town):
    for grade in [1] * 5 + [5] * 4:
        solved(town, grade)
    with at(5):
        matter = actions.reopen(actor=town.ban, matter=Matter.objects.earliest("pk"), reason="又没水了")
        actions.reply(actor=town.chen, matter=matter, text="修好", outcome=Outcome.SOLVED, evidence="照片")
        actions.confirm(actor=town.lin, matter=matter, satisfaction=5)
    totals = queries.satisfaction_of_year("difficulty", 2026)
    assert (totals.grades[5], totals.grades[1]) == (5, 4)


def test_the_table_says_that_it_is_counted_in_fives(town):
    for _ in range(6):
        solved(town, 5)
    with at(20):
        assert "每满 5 个回答更新一次" in Client().get("/figures/").content.decode()
    assert {row["口径"] for row in read() if row["指标"] == "满不满意"} == {"每满 5 个回答更新一次，免得认出是谁答的"}


def test_a_year_without_figures_says_so_and_has_no_rates(town):
    with at(20):
        page = Client().get("/figures/").content.decode()
        rows = read()
    assert "还没有收到困难" in page
    assert {row["数量"] for row in rows if row["指标"] in {"化解率", "解决率", "按期答复", "办理用时中位数"}} == {""}


@pytest.mark.parametrize("year", ["1999", "0", "x", "-1"])
def test_a_year_that_is_none_of_ours_does_not_exist(town, year):
    with at(20):
        assert Client().get(f"/figures/?year={year}").status_code == 404
        assert Client().get("/public/figures/1999.csv").status_code == 404


def test_early_in_january_the_year_before_is_shown(town):
    solved(town)
    with base.clock_at(datetime(2027, 1, 5)):
        page = Client().get("/figures/").content.decode()
    assert "<h1>2026 年办理情况</h1>" in page


def test_the_same_as_json(town):
    solved(town)
    with at(20):
        found = Client().get("/public/figures/2026.json").json()
    assert found["figures"][0] == {
        "measure": "收到", "group": "", "value": 1, "unit": "件", "n": 1, "definition": "当年收到、去掉并件和撤回的件数"}


def test_the_page_asks_as_often_for_many_as_for_few(town, django_assert_num_queries):
    solved(town)
    with at(20), django_assert_num_queries(QUERIES):
        publishing.report_of(2026)
    publishing.forget()
    for _ in range(5):
        solved(town)
    with at(20), django_assert_num_queries(QUERIES):
        publishing.report_of(2026)
    assert Matter.objects.count() == 6


QUERIES = 18
