"""部门比对: who is asked about, what the answers become, and every fault of a file with its row and column."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing import base
from qinqing.base import SYSTEM
from qinqing.eligibility import catalogue
from qinqing.notices.models import Notice
from qinqing.parties import actions as parties
from qinqing.parties.models import Account, Fact
from qinqing.policy import actions, comparing
from qinqing.policy.models import ComparisonRow
from qinqing.policy.queries import comparisons, facts
from qinqing.policy.terms import Compared
from tests import characters

MARCH = date(2026, 3, 1)
LIN, QIU = "91510802MA6ABC122B", "91330100799655058B"
MONTHS = comparing.Question(catalogue.standard().facts["ui_months"], "ge", "12个月")
REVENUE = comparing.Question(catalogue.standard().facts["revenue"], "ge", "10万元")
BLACK = comparing.Question(catalogue.standard().facts["blacklisted"], "is", value=False)


def row(code=LIN, result="符合", value=""):
    return {"统一社会信用代码": code, "结果": result, "值": value}


def read(*rows, question=MONTHS, known=None):
    return comparing.read(rows, question, frozenset({LIN, QIU}), known or {})


@pytest.mark.parametrize(("rows", "place", "sentence"), [
    ([row(code="")], (2, "统一社会信用代码"), "没有写代码"),
    ([row(code="91510802MA6ABC1Q3D")], (2, "统一社会信用代码"), "不在这次比对的名单里"),
    ([row(), row()], (3, "统一社会信用代码"), "在第 2 行已经有了"),
    ([row(), row(QIU, "对")], (3, "结果"), "只能填"),
    ([row(value="很久")], (2, "值"), "不是数量"),
    ([row(value="12万元")], (2, "值"), "这里要的是月数"),
    ([row(value="6个月")], (2, "值"), "两个对不上"),
    ([row(result="查无", value="6个月")], (2, "值"), "查无的不能有值"),
])
def test_each_fault_has_its_row_and_column(rows, place, sentence):
    (problem,) = read(*rows).problems
    assert (problem.row, problem.column) == place
    assert sentence in str(problem.what)


def test_money_without_a_unit_is_refused_and_ten_thousandfold_is_warned():
    assert "要写单位" in str(read(row(value="50"), question=REVENUE).problems[0].what)
    known = {LIN: 50_000_000}
    assert not read(row(value="52万元"), question=REVENUE, known=known).warnings
    (warning,) = read(row(value="500000万元"), question=REVENUE, known=known).warnings
    assert "请核对是元还是万元" in str(warning.what)


@pytest.mark.parametrize(("question", "answer", "kept"), [
    (BLACK, comparing.Answer(LIN, Compared.YES), ("blacklisted", False)),
    (BLACK, comparing.Answer(LIN, Compared.NO), ("blacklisted", True)),
    (BLACK, comparing.Answer(LIN, Compared.NOT_FOUND), None),
    (MONTHS, comparing.Answer(LIN, Compared.YES, "24个月"), ("ui_months", "24个月")),
    (MONTHS, comparing.Answer(LIN, Compared.YES), ("ui_months:ge:12个月", True)),
    (MONTHS, comparing.Answer(LIN, Compared.NO), ("ui_months:ge:12个月", False)),
])
def test_an_answer_becomes_the_fact_that_it_proves_and_no_more(question, answer, kept):
    assert question.kept(answer) == kept


@pytest.fixture
def town(db, settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    return characters.make_town()


def asked(town, name="ui_months", operator="ge", value="12个月"):
    return actions.ask_comparison(
        actor=town.ban, name=name, operator=operator, value=value, unit=town.land,
        enterprises=comparisons.lacking(town.ban, name, None))


def test_only_those_are_asked_about_of_whom_it_is_not_known(town):
    parties.record_fact(actor=SYSTEM, enterprise=town.other, name="ui_months", value="3个月", as_of=MARCH, source=town.power,
                        permitted_use="matching")
    comparison = asked(town)
    assert [one.enterprise for one in comparison.rows.all()] == [town.enterprise]
    assert Notice.objects.get(template="comparison.asked").recipient_id == town.luo.account_id


def test_a_condition_that_makes_no_sense_or_a_fact_for_statistics_is_not_asked(town):
    for name, value in (("ui_months", "5万元"), ("ui_month", "5个月"), ("survey_output", "5万元")):
        with pytest.raises(base.Refused):
            asked(town, name, "ge", value)


@pytest.mark.req("M3-030")
def test_answers_are_facts_of_the_unit_with_day_and_person(town):
    comparison = asked(town)
    answers = [comparing.Answer(LIN, Compared.YES, "24个月"), comparing.Answer(QIU, Compared.NOT_FOUND)]
    actions.answer_comparison(actor=town.luo, comparison=comparison, answers=answers, responsible="罗", as_of=MARCH)
    (fact,) = Fact.objects.filter(name="ui_months")
    assert (fact.source, fact.as_of, fact.value) == (town.land, MARCH, "24个月")
    assert facts.numbers(town.enterprise)["ui_months"] == 24
    assert "ui_months" not in facts.numbers(town.other)
    assert set(ComparisonRow.objects.values_list("answer", "responsible")) == {("yes", "罗"), ("not_found", "罗")}


def test_a_bare_yes_about_a_number_is_kept_in_words_and_not_matched(town):
    actions.answer_comparison(
        actor=town.luo, comparison=asked(town), answers=[comparing.Answer(LIN, Compared.YES)], responsible="罗", as_of=MARCH)
    known = {str(one.label): str(one.shown) for one in facts.everything(town.enterprise)}
    assert known["失业保险连续缴费月数不少于12 个月"] == "符合"
    assert "ui_months" not in facts.numbers(town.enterprise)


def test_when_nobody_is_on_record_there_is_no_fact(town):
    answers = [comparing.Answer(code, Compared.NOT_FOUND) for code in (LIN, QIU)]
    actions.answer_comparison(actor=town.luo, comparison=asked(town), answers=answers, responsible="罗", as_of=MARCH)
    assert not Fact.objects.exists()
    assert ComparisonRow.objects.filter(answer="not_found").count() == 2


def test_only_the_unit_that_was_asked_answers(town):
    comparison = asked(town)
    for actor in (town.wei, town.ban, town.lin):
        with pytest.raises(base.Denied):
            actions.answer_comparison(actor=actor, comparison=comparison, answers=[], responsible="某", as_of=MARCH)


def signed_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.get("/desk/")
    return client


def sheet(*rows):
    lines = ["统一社会信用代码,结果,值", *(",".join(one) for one in rows)]
    return SimpleUploadedFile("answers.csv", "\n".join(lines).encode())


def sent(client, comparison, file, **more):
    said = {"file": file, "responsible": "罗", "as_of": "2026-03-01"} | more
    return client.post(f"/desk/comparisons/{comparison.pk}/", said)


def test_over_the_page_asked_downloaded_and_answered(client, town):
    told = {"name": "列入失信名单", "operator": "is", "value": "否", "unit": town.land.pk}
    address = signed_in(client, town.ban).post("/desk/comparisons/", told).headers["Location"]
    comparison = town.land.comparisons.get()
    assert address == f"/desk/comparisons/{comparison.pk}/"
    luo = signed_in(client, town.luo)
    listed = luo.get(f"{address}list.csv").content.decode()
    assert LIN in listed
    assert "列入失信名单：否" in listed
    assert sent(luo, comparison, sheet((LIN, "符合", ""), (QIU, "不符合", ""))).status_code == 302
    assert (facts.numbers(town.enterprise)["blacklisted"], facts.numbers(town.other)["blacklisted"]) == (0, 1)
    assert "符合 1，不符合 1，查无 0，没回 0" in luo.get(address).content.decode()


def test_one_fault_and_nothing_is_written(client, town):
    comparison = asked(town)
    answer = sent(signed_in(client, town.luo), comparison, sheet((LIN, "符合", "24个月"), (QIU, "对", "")))
    assert answer.status_code == 422
    assert "第 3 行“结果”" in answer.content.decode()
    assert 'value="罗"' in answer.content.decode()
    assert not Fact.objects.filter(name="ui_months").exists()
    assert not ComparisonRow.objects.exclude(answer="").exists()


def test_a_missing_column_is_named(client, town):
    answer = sent(signed_in(client, town.luo), asked(town), SimpleUploadedFile("x.csv", "代码,结果\n1,符合".encode()))
    assert "文件第一行缺少列：统一社会信用代码。" in answer.content.decode()


def test_a_suspicious_unit_is_written_only_after_a_second_look(client, town):
    comparison = asked(town, "revenue", "ge", "10万元")
    parties.record_fact(actor=SYSTEM, enterprise=town.enterprise, name="revenue", value="50万元", as_of=MARCH, source=town.power)
    luo = signed_in(client, town.luo)
    assert "请核对是元还是万元" in sent(luo, comparison, sheet((LIN, "符合", "500000万元"))).content.decode()
    assert Fact.objects.filter(name="revenue").count() == 1
    assert sent(luo, comparison, sheet((LIN, "符合", "500000万元")), checked="on").status_code == 302
    assert Fact.objects.filter(name="revenue").count() == 2


def test_a_stranger_finds_no_comparison(client, town):
    comparison = asked(town)
    assert signed_in(client, town.wei).get(f"/desk/comparisons/{comparison.pk}/").status_code == 404
