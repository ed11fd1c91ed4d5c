"""Who may say and read what: helpers, bodies outside the government, offices that are complained about."""

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.casework import actions, kinds, queries
from qinqing.casework.terms import Outcome, Route
from qinqing.consultation import actions as consultation
from qinqing.notices import queries as outbox
from qinqing.notices.models import Notice
from qinqing.parties.models import Account, Post, Unit
from tests import characters
from tests.casework.pages import text
from tests.casework.road import at, dispatched, fresh, handling, submitted

pytestmark = pytest.mark.django_db


def of_chamber(town):
    return characters.in_post("chamber", "商", characters.make_unit("chamber", "市商会", "chamber", town.city), Role.CHAMBER)


def test_a_helper_neither_signs_nor_hands_on_what_the_lead_holds(town):
    matter = dispatched(town)
    with at(3):
        for act in (lambda: actions.sign(actor=town.wei, matter=matter),
                    lambda: actions.object_to_dispatch(actor=town.wei, matter=matter, reason="不属本公司")):
            with pytest.raises(base.Denied):
                act()
        actions.sign(actor=town.luo, matter=matter)
        for act in (lambda: actions.transfer(actor=town.wei, matter=matter, to=town.power, reason="我们来办"),
                    lambda: actions.assign(actor=town.wei, matter=matter, handler=None)):
            with pytest.raises(base.Denied):
                act()


def test_a_helpers_part_is_signed_by_its_liaison_and_given_before_the_answer(town):
    matter = handling(town)
    clerk = characters.in_post("dian", "典", town.power, Role.HANDLER)
    with at(3), pytest.raises(base.Denied):
        actions.sign_as_helper(actor=clerk, matter=matter)
    with at(3):
        actions.sign_as_helper(actor=town.wei, matter=matter)
        with pytest.raises(base.Denied):
            actions.answer_as_helper(actor=town.chen, matter=matter, text="不是协办")
    with at(10):
        actions.reply(actor=town.chen, matter=matter, text="已交地", outcome=Outcome.SOLVED, evidence="确认书")
        with pytest.raises(base.Refused):
            actions.answer_as_helper(actor=clerk, matter=matter, text="变压器已够")


def test_a_helper_that_becomes_the_lead_has_one_part(town):
    matter = handling(town)
    with at(4):
        actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="主要是供电")
    assert [part.part for part in matter.assignments.filter(unit=town.power, ended_at__isnull=True)] == ["lead"]
    assert matter.clocks.filter(unit=town.power, timer="sign", stopped_at__isnull=True).count() == 1


def test_who_is_named_to_handle_it_is_told(town):
    matter = handling(town)
    with at(3, 11):
        actions.assign(actor=town.luo, matter=matter, handler=characters.Account.objects.get(username="chen"))
    assert Notice.objects.filter(recipient=town.chen.account_id, template="matter.unit").count() == 1


def test_a_move_that_a_kind_leaves_out_is_refused(town, monkeypatch):
    matter = handling(town)
    kind = kinds.get("difficulty")
    monkeypatch.setitem(kinds._kinds, "difficulty", kinds.Kind(kind.key, kind.label, kind.url_name, kind.limits,
                                                               frozenset({"transfer"})))
    with at(4), pytest.raises(base.Refused):
        actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="职责在对方")


def test_who_only_passed_it_on_reads_what_the_enterprise_reads(town):
    chamber = of_chamber(town)
    with at(2):
        matter = consultation.submit(actor=chamber, title="停电", text="停了三天", topic="utilities",
                                     enterprise=town.enterprise, route=Route.CHAMBER_IMPORT).matter
        actions.note(actor=town.ban, matter=matter, text="先问供电公司")
        with pytest.raises(base.Denied):
            actions.note(actor=chamber, matter=matter, text="我们也想说")
    assert [said.speech for said in queries.statements(chamber, matter)] == ["original"]
    assert "matter.noted" not in [event.verb for event in queries.timeline(chamber, matter)]
    assert "matter.noted" in [event.verb for event in queries.timeline(town.ban, matter)]


def test_a_unit_whose_part_has_ended_reads_it_no_more(town):
    """Neither list nor page, files nor search: whoever handed it on needs nothing of what comes later."""
    handed_on, objected = handling(town), dispatched(town)
    with at(3):
        actions.object_to_dispatch(actor=town.luo, matter=objected, reason="属供电公司职责")
        actions.decide_objection(actor=town.ban, matter=objected, upheld=True, reason="由供电公司办")
        actions.transfer(actor=town.luo, matter=handed_on, to=town.power, reason="主要是供电")
        assert queries.worklist(town.luo, queries.Filter(tab="running")).total == 0
        assert queries.worklist(town.wei, queries.Filter(tab="running")).total == 1
    for matter in (handed_on, objected):
        assert queries.find(town.luo, matter.number) is None
        assert not queries.may_read_files(town.luo, str(matter.pk))
    assert queries.find(town.wei, objected.number) is None
    told = Notice.objects.filter(recipient=town.luo.account_id, about=f"matter:{objected.pk}").latest("id")
    assert (told.template, told.url) == ("matter.taken_back", "/desk/")


def test_who_gets_it_back_reads_it_again(town):
    matter = handling(town)
    with at(3):
        actions.transfer(actor=town.luo, matter=matter, to=town.power, reason="主要是供电")
        actions.sign(actor=town.wei, matter=matter)
        actions.transfer(actor=town.wei, matter=matter, to=town.land, reason="主要是用地")
    assert queries.find(town.luo, matter.number) == matter
    assert queries.find(town.wei, matter.number) is None


def test_a_unit_reads_what_it_brought_to_its_end(town):
    matter = handling(town)
    with at(4):
        actions.withdraw(actor=town.lin, matter=matter, reason="已自行解决")
    assert queries.find(town.luo, matter.number) == matter
    assert queries.find(town.wei, matter.number) == matter


@pytest.mark.req("M1-020")
def test_the_mayors_express_is_dispatched_by_the_city(town):
    with at(2):
        matter = consultation.submit(actor=town.ban, title="停电", text="停了三天", topic="utilities", enterprise=town.enterprise,
                                     route=Route.EXPRESS_PHONE).matter
        assert queries.find(town.xian, matter.number) == matter
        with pytest.raises(base.Denied, match="由市里交办"):
            actions.dispatch(actor=town.xian, matter=matter, lead=town.power)
        actions.dispatch(actor=town.ban, matter=matter, lead=town.power)
    with at(2):
        ordinary = submitted(town)
        actions.dispatch(actor=town.xian, matter=ordinary, lead=town.land)
    assert fresh(ordinary).unit_id == town.land.pk


@pytest.mark.req("M1-002")
def test_an_office_neither_sees_nor_hears_of_a_complaint_about_itself(town):
    government = characters.in_post("zheng", "郑", characters.make_unit("szfb", "市政府办", "office", town.city),
                                    Role.CITY_GOVERNMENT_OFFICE)
    matter = submitted(town, about_unit=town.office, track="complaint")
    assert queries.find(town.ban, matter.number) is None
    assert queries.worklist(town.ban, queries.Filter(tab="running")).total == 0
    assert queries.find(government, matter.number) == matter
    assert queries.find(town.hao, matter.number) == matter
    told = Notice.objects.filter(about=f"matter:{matter.pk}").values_list("recipient", flat=True)
    assert set(told) == {town.lin.account_id, government.account_id}
    with at(2):
        actions.dispatch(actor=government, matter=matter, lead=town.land)
    assert fresh(matter).unit_id == town.land.pk


@pytest.mark.req("M1-002")
def test_a_section_of_the_office_neither_sees_nor_hears_of_a_complaint_about_the_office(town):
    """With all its people in sections, too."""
    government = characters.in_post("zheng", "郑", characters.make_unit("szfb", "市政府办", "office", town.city),
                                    Role.CITY_GOVERNMENT_OFFICE)
    section = characters.make_unit("office-1", "综合科", "section", town.office)
    Post.objects.filter(role=Role.ENVIRONMENT_OFFICE).update(unit=section)
    clerk = characters.in_post("ke", "科", section, Role.ENVIRONMENT_OFFICE)
    matter = submitted(town, about_unit=town.office)
    assert queries.find(clerk, matter.number) is None
    assert queries.find(government, matter.number) == matter
    told = Notice.objects.filter(about=f"matter:{matter.pk}").values_list("recipient", flat=True)
    assert set(told) == {town.lin.account_id, government.account_id}


@pytest.mark.req("M1-002")
def test_a_complaint_about_the_government_is_not_one_about_everybody_under_it(town):
    """Else nobody could handle it; and a complaint about a department means its sections and nobody beside them."""
    matter = submitted(town, about_unit=town.city)
    assert queries.find(town.ban, matter.number) == matter
    with at(2):
        actions.dispatch(actor=town.ban, matter=matter, lead=town.land)
    section = characters.make_unit("land-1", "耕保科", "section", town.land)
    assert set(Unit.objects.meant_by(town.land)) == set(Unit.objects.meant_by(section)) == {town.land, section}
    assert set(Unit.objects.meant_by(town.city)) == {town.city}
    assert town.luo.line_ids == {town.land.pk}
    assert town.hao.line_ids == {town.city.pk}


@pytest.mark.req("M1-002")
def test_the_outbox_tells_no_office_who_complained_about_it(town, signed_in, settings):
    settings.SMS_URL = "http://127.0.0.1:9/"
    Account.objects.filter(pk=town.lin.account_id).update(phone="13812345678")
    about_it, other = submitted(town, about_unit=town.office), submitted(town)
    with at(2):
        page = text(signed_in(town.ban).get("/desk/outbox"))
        assert outbox.counts(town.ban) == {"pending": 1}
    assert other.number in page
    assert about_it.number not in page
    elsewhere = characters.make_unit("xnb", "市效能办", "office", town.city)
    watching = characters.in_post("xiao", "效", elsewhere, Role.EFFICIENCY_OFFICE)
    with at(2):
        assert about_it.number in text(signed_in(watching).get("/desk/outbox"))
