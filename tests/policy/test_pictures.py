"""一图解读: it says what the rule says and nothing else, to whom it may be shown, in three formats."""

import json
import re
import struct
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from qinqing import base, ui
from qinqing.demo.source import read
from qinqing.eligibility import catalogue
from qinqing.parties.models import Account, Unit
from qinqing.policy import actions, drawing, picturing
from qinqing.policy.models import Clause, Policy, PolicyItem
from qinqing.policy.queries import documents, pictures
from qinqing.ui import typesetting
from tests import characters

from . import road

ADDRESS = "https://city.example/policies/P1/"
DAY = date(2026, 3, 2)
MARKUP = "# * _ @ $ [ ] < ` \\ #panic() 的办法"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.QINQING_HOME = tmp_path
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        yield


@pytest.fixture
def town(db):
    return characters.make_town()


@pytest.fixture
def leader(town):
    return road.leader(town)


def as_(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


HERE = picturing.City("广元市政企沟通平台", "12345")


def drawn_of(rule, city=HERE, **fields) -> picturing.Explainer:
    """Of a policy that is in no database."""
    unit = Unit(code="land", name="市自然资源局", phone="0839-1234567")
    policy = Policy(
        number="P1", document_number="广演示〔2026〕1号", title="稳岗奖励办法", title_en="Award for keeping jobs", issuer=unit,
        effective_from=DAY, effective_to=date(2026, 12, 31))
    values = {"code": "P1-1", "title": "稳岗奖励", "benefit_class": "grant", "mode": "automatic", "conditions": "职工满10人",
              "benefit": "一次性奖励3万元", "valid_from": DAY, "basis": Clause(number="第三条")} | fields  # fmt: skip
    item = PolicyItem(policy=policy, owner=unit, rule=rule, **values)
    return picturing.explainer(
        policy, [item], city=city, naming=lambda _fact, code: code, address=ADDRESS, day=DAY, simulated=True)


def only(rule, **fields) -> picturing.Benefit:
    (benefit,) = drawn_of(rule, **fields).benefits
    return benefit


def said(benefit) -> list[str]:
    return [condition.text for condition in benefit.conditions]


def data_of(picture, shape):
    return {**asdict(picture), "shape": shape, "qr": drawing._code(ADDRESS), "icons": drawing._icons()}


# —— it says what the rule says ——


@pytest.mark.req("M3-013")
@pytest.mark.parametrize("threshold", ["10人", "12人", "1,000人"])
def test_another_threshold_is_another_sentence(threshold):
    number = threshold.removesuffix("人")
    assert said(only({"where": {"fact": "employees", "ge": threshold}})) == [f"从业人数不少于{number} 人"]


@pytest.mark.req("M3-013")
def test_a_promise_that_leaves_out_a_number_of_the_rule_gives_way_to_the_rule():
    where = {"fact": "employees", "ge": "10人"}
    assert only({"where": where, "amount": "3万元"}).headline == "一次性奖励3万元"
    assert only({"where": where, "amount": "5万元"}).headline == "5 万元"
    assert only({"where": where, "amount": 5_000_000}).headline == "5 万元"
    assert only({"where": where}).headline == "一次性奖励3万元"


def test_a_calculation_is_told_beside_the_promise():
    share = {"min": [{"mul": ["5%", "equip_inv"]}, "200万元"]}
    benefit = only({"where": {"fact": "employees", "ge": "10人"}, "amount": share}, benefit="设备投资额的5%，最高200万元")
    assert (benefit.headline, benefit.calculation) == ("设备投资额的5%，最高200万元", "5% × 设备投资，最高 200 万元")
    benefit = only({"where": {"fact": "employees", "ge": "10人"}, "amount": share}, benefit="设备投资额的4%，最高200万元")
    assert (benefit.headline, benefit.calculation) == ("5% × 设备投资，最高 200 万元", "")


def test_alternatives_and_counted_conditions_are_marked():
    rule = {"where": {"all": [
        {"any": [{"fact": "employees", "ge": "10人"}, {"fact": "patents", "ge": "1件"}]},
        {"at_least": 1, "of": [{"fact": "size", "in": ["micro", "small"]}, {"fact": "blacklisted", "is": False}]}]}}
    assert [(one.text, one.is_or, one.is_nested) for one in only(rule).conditions][1:4] == [
        ("有效发明专利不少于1 件", True, True), ("下面至少 1 条：", False, False), ("企业规模是微型或小型", False, True)]


def test_what_no_person_could_read_is_told_in_the_words_of_the_item():
    rule = {"where": {"all": [{"not": {"fact": "employees", "ge": "10人"}}]}}
    assert said(only(rule)) == ["职工满10人"]
    assert said(only({})) == ["职工满10人"]


@pytest.mark.parametrize(("fields", "steps"), [
    ({}, ["不用申请，系统按数据比对", "部门核查，名单公示不少于 5 个工作日", "主管单位直接兑现"]),
    ({"mode": "application", "limit": "30wd"},
     ["到省政务服务网或政务大厅窗口申请", "部门受理、核对材料", "受理后 30 个工作日以内兑现"]),
    ({"mode": "fast", "takes_applications": True}, ["在本平台申请", "部门受理、核对材料", "受理后 60 个工作日以内兑现"]),
])
def test_the_way_to_it_is_that_of_its_mode(fields, steps):
    assert only({"where": {"fact": "employees", "ge": "10人"}}, **fields).steps == steps


def test_what_is_paid_without_an_application_asks_for_an_account():
    steps = only({"where": {"fact": "employees", "ge": "10人"}, "amount": "3万元"}).steps
    assert steps[2:] == ["您确认收款账户", "钱拨到您的账户"]


def test_where_applications_are_left_to_the_province_it_says_so():
    there = replace(HERE, applications=False, matching=False, elsewhere="四川政务服务网")
    picture = drawn_of({}, there, mode="fast", takes_applications=True)
    assert picture.benefits[0].steps[0] == "到四川政务服务网或政务大厅窗口申请"
    assert picture.labels["scan"] == "扫码看原文"


def test_days_to_apply_in_and_whom_to_ask_stand_in_it():
    benefit = only({}, window_from=DAY, window_to=date(2026, 6, 30))
    assert benefit.dates == [
        ("申报期", "2026 年 3 月 2 日至 2026 年 6 月 30 日"), ("有效期", "2026 年 3 月 2 日至 2026 年 12 月 31 日")]
    assert (benefit.contact, benefit.phone, benefit.source) == ("市自然资源局", "0839-1234567", "依据第三条，事项 P1-1 第 1 版")


def test_what_has_run_out_is_left_out():
    assert drawn_of({}, valid_to=date(2026, 3, 1), valid_from=date(2026, 1, 1)).benefits == []


@pytest.mark.req("M3-013")
def test_who_does_not_see_it_is_told_all_of_it():
    picture = drawn_of({"where": {"fact": "employees", "ge": "10人"}, "amount": "3万元"})
    alt = picturing.described(picture)
    (benefit,) = picture.benefits
    shown = [picture.title, picture.issuer, picture.document_number, picture.validity, benefit.headline, *said(benefit),
             *benefit.steps, benefit.contact, benefit.phone, benefit.source, ADDRESS, picture.drawn_on]
    assert [text for text in shown if text not in alt] == []
    assert "政策和数字均为虚构" in alt


def test_it_is_english_for_those_who_read_english():
    with translation.override("en"):
        picture = drawn_of({"where": {"fact": "employees", "ge": "10人"}, "amount": "3万元"}, benefit_en="CNY 30,000 once",
                           title_en="Award")
        (benefit,) = picture.benefits
        assert (picture.title, benefit.headline, said(benefit)) == (
            "Award for keeping jobs", "CNY 30,000 once", ["employees at least 10 people"])
        own = {**asdict(picture), "issuer": "", "document_number": "", "platform": "", "benefits": [
            {**asdict(benefit), "contact": "", "source": ""}]}
        assert re.findall("[一-鿿]+", json.dumps(own, ensure_ascii=False)) == []


# —— it can be set ——


@pytest.mark.req("M3-013")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_policy_of_the_demo_is_set_without_a_missing_glyph(language):
    """As PDF, whose standard refuses a character that no font of ours has."""
    with translation.override(language):
        whole = replace(drawn_of({}), benefits=[_of_demo(row) for row in read("policies")])
        content, warnings = typesetting.with_warnings(drawing.TEMPLATE, data_of(whole, "phone"), "pdf")
    assert content.startswith(b"%PDF-")
    assert warnings == []


def _of_demo(row) -> picturing.Benefit:
    item = row["item"]
    window = {"window_from": row["issued_on"]} if "window_to" in item else {}
    return only(**{**item, **window, "title": row["title"]})


@pytest.mark.req("M3-013")
def test_what_looks_like_markup_is_harmless():
    picture = drawn_of({"where": {"fact": "employees", "ge": "10人"}}, title=MARKUP, benefit=MARKUP)
    wild = replace(picture, title=MARKUP, issuer=MARKUP, platform=MARKUP, document_number=MARKUP)
    for shape in drawing.SHAPES:
        _, warnings = typesetting.with_warnings(drawing.TEMPLATE, data_of(wild, shape), "pdf")
        assert warnings == []


def test_its_colours_are_those_of_the_pages():
    tokens = Path(ui.__file__).parent / "static" / "ui" / "tokens.css"
    own = {"#163D59", "#CFE3F2", "#B9D6EA"}  # the ring behind the head, small letters on ink, the edge of a card
    used = set(re.findall("#[0-9A-F]{6}", drawing.TEMPLATE.read_text("utf-8")))
    assert used - own - set(re.findall("#[0-9A-F]{6}", tokens.read_text("utf-8"))) == set()


def test_the_template_brings_nothing_from_elsewhere():
    assert re.findall(r"#import|#include|@preview|read\(", drawing.TEMPLATE.read_text("utf-8")) == []


def test_the_same_is_set_once_and_what_was_before_is_forgotten(tmp_path, monkeypatch):
    picture = drawn_of({"where": {"fact": "employees", "ge": "10人"}})
    first = drawing.drawn(picture, "phone")
    monkeypatch.setattr(typesetting, "typeset", None)
    assert drawing.drawn(picture, "phone") == first
    monkeypatch.undo()
    other = drawing.drawn(drawn_of({"where": {"fact": "employees", "ge": "11人"}}), "phone")
    assert other.digest != first.digest
    assert [file.name for file in (tmp_path / "pictures").iterdir()] == [f"P1.zh.phone.{other.digest}.png"]


def test_on_the_telephone_it_is_1080_pixels_wide_and_on_paper_one_page():
    picture = drawn_of({"where": {"fact": "employees", "ge": "10人"}, "amount": "3万元"})
    assert struct.unpack(">I", drawing.drawn(picture, "phone").content[16:20]) == (1080,)
    for shape, points in (("a4", (595, 842)), ("poster", (1191, 1684))):
        content = drawing.drawn(picture, shape).content
        assert b"/Type/Pages/Count 1/" in content
        box = re.search(rb"/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+)", content)
        assert (round(float(box[1])), round(float(box[2]))) == points


# —— whom it is shown to ——

FILES = ("picture.png", "picture.pdf?format=a4", "picture.pdf?format=poster")


@pytest.mark.req("M3-012", "M3-013")
def test_everybody_has_the_picture_of_a_published_policy_and_of_no_other(town, leader):
    road.published(town, leader)
    road.drafted(town, "P2")
    kept_back = road.published(town, leader, "P3")
    actions.withhold(actor=leader, policy=kept_back, ground="保密法第十三条", approver="王主任")
    road.published(town, leader, "P4", effective_to=date(2026, 3, 1), issued_on=date(2026, 2, 2), effective_from=date(2026, 2, 2))
    for visitor in (Client(), as_(leader)):
        for file in FILES:
            answer = visitor.get(f"/policies/P1/{file}")
            assert (answer.status_code, answer.headers["Content-Type"]) == (
                200, "image/png" if file.endswith("png") else "application/pdf")
            assert {visitor.get(f"/policies/{number}/{file}").status_code for number in ("P2", "P3", "P4", "none")} == {404}
    assert Client().get("/policies/P1/picture.pdf?format=a0").status_code == 404


@pytest.mark.req("M3-013")
def test_who_keeps_the_policy_sees_it_before_everybody_does(town, leader):
    road.drafted(town)
    for file in FILES:
        assert as_(town.chen).get(f"/desk/policies/P1/{file}").status_code == 200
        assert as_(town.wei).get(f"/desk/policies/P1/{file}").status_code == 404
        assert Client().get(f"/desk/policies/P1/{file}").status_code == 302
    page = as_(town.chen).get("/desk/policies/P1/").content.decode()
    assert 'src="/desk/policies/P1/picture.png"' in page
    assert "/desk/policies/P1/picture.pdf?format=poster" in page


@pytest.mark.req("M3-013")
def test_the_picture_follows_the_rule_and_is_sent_only_when_it_has_changed(town, leader):
    policy = road.published(town, leader)
    first = Client().get("/policies/P1/picture.png")
    again = {"If-None-Match": first.headers["ETag"]}
    assert Client().get("/policies/P1/picture.png", headers=again).status_code == 304
    assert "从业人数不少于10 人" in Client().get("/policies/P1/").content.decode()
    PolicyItem.objects.filter(policy=policy).update(rule={"where": {"fact": "employees", "ge": "8人"}, "amount": "3万元"})
    assert Client().get("/policies/P1/picture.png", headers=again).status_code == 200
    page = Client().get("/policies/P1/").content.decode()
    assert "从业人数不少于8 人" in page
    assert "从业人数不少于10 人" not in page


@pytest.mark.req("M3-012")
def test_the_hall_has_its_poster_where_its_publication_stands(town, leader):
    policy = road.published(town, leader)
    actions.record_channel(actor=leader, policy=policy, piece="text", channel="hall", published_on=DAY, place="市政务服务中心")
    page = Client().get("/policies/P1/").content.decode()
    assert re.search(r'市政务服务中心 <a href="/policies/P1/picture.pdf\?format=poster">大厅海报', page)


def test_a_place_and_an_industry_stand_there_by_name(town, leader):
    rule = {"where": {"all": [{"fact": "region", "under": ["510802"]}, {"fact": "industry", "under": ["H62"]}]}}
    road.published(town, leader, rule=rule)
    page = documents.page(base.PUBLIC, "P1", DAY)
    (benefit,) = pictures.public(page, ADDRESS, demo=False).benefits
    labels = [catalogue.standard().facts[name].label.zh for name in ("region", "industry")]
    assert said(benefit) == [f"{labels[0]}属于东区", f"{labels[1]}属于餐饮业"]
