"""The stories of one matter, through HTTP, each as its people would walk it."""

import pytest

from qinqing.casework import queries
from qinqing.casework.models import Matter
from qinqing.casework.terms import Ground, State
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries as ledger_queries
from qinqing.notices.models import Notice

from .road import at

pytestmark = pytest.mark.django_db


def told(actor, template: str) -> int:
    return Notice.objects.filter(recipient=actor.account_id, template=template).count()


@pytest.mark.req("M1-002", "M1-036")
def test_submit_to_close(road):
    with at(2):
        road.submitted()
        assert road.number in road.desk("ban", "to_dispatch")
        road.dispatched(helpers=[road.town.power.code])
        assert "待签收" in road.desk("luo", "to_sign")
    with at(3):
        road.signed()
        assert "市自然资源局正在办" in road.page("lin")
        road.says("chen", "progress", text="约定 20 日看现场。")
    with at(10):
        road.replied()
    with at(11):
        road.says("lin", "confirm", solved="yes", satisfaction="5")
        road.refused("chen", "close", text="已核查")
    with at(12):
        road.says("bai", "close", text="交地确认书属实")
    assert road.matter.state == State.CLOSED
    assert "已销号" in road.page("lin")
    ledger.seal()
    ledger.checkpoint()
    assert ledger_queries.verify().ok


def test_return_for_more_information_stops_the_clock_and_says_so(road):
    with at(2):
        road.submitted().dispatched()
    with at(3):
        road.signed()
        before = road.matter.clocks.get(timer="solution").due_at
    with at(4):
        road.says("chen", "ask", question="请补地块坐标")
        assert "等您补充" in road.page("lin")
        assert told(road.town.lin, "matter.asked") == 1
        assert "正在等企业补充" in road.refused("chen", "reply", outcome="solved", text="办好了")
    with at(9):
        road.says("lin", "supplement", text="坐标见附件")
        page = road.client("lin").get(f"/matters/{road.number}/why/solution/").content.decode()
    assert road.matter.clocks.get(timer="solution").due_at > before
    assert "暂停" in page


def test_extension_is_asked_by_the_unit_granted_by_the_office_told_to_the_enterprise(road):
    with at(2):
        road.submitted().dispatched()
    with at(3):
        road.signed()
    with at(10):
        assert "最多延" in road.refused("chen", "request_extension", days=40, reason="要勘测")
        road.says("chen", "request_extension", days=5, reason="要勘测")
        road.refused("chen", "decide_extension", granted="yes")
        road.says("ban", "decide_extension", granted="yes", reason="同意")
    assert told(road.town.lin, "matter.redated") == 1
    assert "要勘测" in road.page("lin")


def test_objection_upheld_goes_to_another_unit(road):
    with at(2):
        road.submitted().dispatched()
    with at(3, 9):
        road.says("luo", "object", reason="属供电公司职责")
        assert "派单异议" in road.page("lin")
    with at(3, 11):
        road.says("ban", "decide_objection", upheld="yes", reason="派单目录写明由供电公司办")
        road.says("ban", "dispatch", lead=road.town.power.code)
        road.says("wei", "sign")
    assert (road.matter.unit, road.matter.first_receiver) == (road.town.power, road.town.land)
    assert "属供电公司职责" not in road.page("lin")


def test_a_promise_is_not_solved_until_its_evidence_is_filed(road):
    with at(2):
        road.submitted().dispatched()
    with at(3):
        road.signed()
    with at(10):
        road.replied(text="四月十日前交地", promised_on="2026-04-10", evidence="")
        page = road.page("lin")
        assert "答应4 月 10 日" in page.replace("答应 ", "答应")
        assert "请您确认办理结果" not in page
        road.refused("lin", "confirm", solved="yes")
    with at(8, month=4):
        road.says("chen", "fulfil", text="交地确认书已签")
    with at(9, month=4):
        road.says("lin", "confirm", solved="yes")
        road.says("ban", "close", text="属实")
    assert road.matter.outcome == "solved"


def test_unhappy_reopens_one_level_up_and_the_second_time_the_office_decides(road):
    with at(2):
        road.submitted().dispatched()
    with at(3):
        road.signed()
    with at(10):
        road.replied()
    with at(11):
        assert "请写下还有什么没解决" in road.refused("lin", "confirm", solved="no")
        road.says("lin", "confirm", solved="no", satisfaction="1", text="地没有交")
    assert (road.matter.state, road.matter.level, road.matter.round) == (State.HANDLING, 1, 2)
    with at(16):
        road.replied(text="已交地")
    with at(17):
        road.says("lin", "confirm", solved="no", text="还是不行")
        assert "正在裁定" in road.page("lin")
    with at(18):
        road.says("ban", "propose_reasonable", reason="地已交")
        road.refused("ban", "judge_reasonable", reason="同意")
        road.says("bai", "judge_reasonable", reason="同意")
        road.says("ban", "close", text="属实")
    assert road.matter.ground == Ground.REASONABLE


def test_satisfaction_is_for_the_office_not_for_the_unit(road):
    with at(2):
        road.submitted().dispatched()
    with at(3):
        road.signed()
    with at(10):
        road.replied()
    with at(11):
        road.says("lin", "confirm", solved="yes", satisfaction="1")
        assert "非常不满意" not in road.page("chen")


def test_on_behalf_the_received_time_starts_the_clock(road):
    with at(5):
        answer = road.client("operator").post("/desk/register/", {
            "route": "hotline", "enterprise": road.town.enterprise.code, "title": "停电三天", "topic": "utilities",
            "text": "停电三天", "received_at_0": "2026-03-03", "received_at_1": "09:00", "received_at": "2026-03-03T09:00",
            "anonymity": "open", "contact_name": "王", "contact_phone": "100-1234-5678", "track": "standard"})
        assert answer.status_code in (302, 303), answer.content.decode()[-3000:]
    matter = Matter.objects.get()
    assert matter.received_at.isoformat().startswith("2026-03-03T01:00")
    assert matter.registered_by_id == road.town.operator.account_id
    assert queries.find(road.town.operator, matter.number) == matter


def test_hidden_from_the_unit_the_name_stands_nowhere_on_its_pages(road):
    with at(2):
        road.submitted(anonymity="from_unit").dispatched()
    with at(3):
        road.signed()
        for page in (road.desk("luo", "handling"), road.page("luo"), road.page("chen"),
                     road.client("luo").get(f"/desk/?tab=handling&open={road.number}").content.decode(),
                     road.client("luo").get(f"/matters/{road.number}/receipt/", follow=True).content.decode(),
                     road.client("luo").get(f"/matters/{road.number}/slip/", follow=True).content.decode()):
            assert road.town.enterprise.name not in page
            assert road.town.enterprise.code not in page
            assert ">林<" not in page
        assert road.town.enterprise.name in road.page("ban")


def test_a_complaint_about_a_unit_is_never_seen_by_it(road):
    with at(2):
        road.submitted(about_unit=road.town.land.pk)
        assert "没有这个单位，请从列表里选" in road.refused("ban", "dispatch", lead=road.town.land.code)
        road.says("ban", "dispatch", lead=road.town.power.code)
    for who in ("luo", "chen"):
        assert road.client(who).get(f"/desk/matters/{road.number}/").status_code == 404
        assert road.number not in road.desk(who, "running")
    assert road.client("wei").get(f"/desk/matters/{road.number}/").status_code == 200


def test_who_comes_too_late_is_told_and_keeps_the_words(road):
    with at(2):
        road.submitted()
        old = road.matter.version
        road.dispatched()
        answer = road.client("bai").post(f"/desk/matters/{road.number}/note/", {"text": "备注"})
        assert answer.status_code in (302, 303)
        page = road.refused("luo", "object", reason="属供电公司职责", version=old)
    assert "属供电公司职责" in page
