"""Many rows at once: each its own act; the page says which were done, which not, and why."""

import pytest

from qinqing.casework import actions
from qinqing.casework.terms import State
from qinqing.ledger.models import Entry
from tests.casework.pages import source, text
from tests.casework.road import at, dispatched, fresh, submitted

pytestmark = pytest.mark.django_db


def key(matter):
    return f"{matter.number}.{matter.version}"


def sends(client, move, matters, **more):
    picked = [key(matter) for matter in matters]
    return client.post("/desk/bulk/", {"move": move, "picked": picked, "next": "/desk/?topic=land"} | more)


def test_a_liaison_signs_many_and_hears_which_were_not(town, signed_in):
    good, late, disputed = (dispatched(town) for _ in range(3))
    with at(3, 9):
        actions.note(actor=town.luo, matter=late, text="先看看")
        actions.object_to_dispatch(actor=town.luo, matter=disputed, reason="属供电公司")
        luo, seen = signed_in(town.luo), [fresh(good), late, fresh(disputed)]
        late.version -= 1
        answer = sends(luo, "sign", seen)
        assert (answer.status_code, answer["Location"]) == (303, "/desk/?topic=land")
        page = text(luo.get(answer["Location"]))
    assert f"办好 1 件：{good.number}。" in page
    assert f"没办成 2 件： {late.number} 刚刚有了新的变化，请打开看过再办。 {disputed.number} 派单异议还没裁定。" in page
    assert [fresh(matter).state for matter in seen] == [State.HANDLING, State.DISPATCHED, State.DISPATCHED]


def test_a_helper_signs_its_own_parts_in_the_same_way(town, signed_in):
    matters = [dispatched(town) for _ in range(2)]
    with at(3, 9):
        sends(signed_in(town.wei), "sign", matters)
    assert all(matter.assignments.get(unit=town.power).signed_at for matter in matters)
    assert [fresh(matter).state for matter in matters] == [State.DISPATCHED] * 2


def test_each_row_is_an_act_of_its_own(town, signed_in):
    matters = [dispatched(town) for _ in range(3)]
    with at(3, 9):
        sends(signed_in(town.luo), "sign", matters)
    acts = Entry.objects.filter(verb="matter.signed").values_list("act", flat=True)
    assert len(set(acts)) == 3


def test_the_office_gives_many_to_one_unit_after_seeing_which(town, signed_in):
    matters = [submitted(town) for _ in range(2)]
    with at(2):
        ban = signed_in(town.ban)
        chosen = sends(ban, "dispatch", matters)
        assert "把 2 件交给一个单位" in text(chosen)
        assert all(f'value="{key(matter)}"' in source(chosen) for matter in matters)
        nowhere = sends(ban, "dispatch", matters, lead="")
        assert nowhere.status_code == 422
        assert text(nowhere).count("请选择单位。") == 2
        assert sends(ban, "dispatch", matters, lead="land")["Location"] == "/desk/?topic=land"
    assert [fresh(matter).unit for matter in matters] == [town.land, town.land]


def test_what_may_not_go_there_stays_and_is_named(town, signed_in):
    free, about = submitted(town), submitted(town, about_unit=town.land, track="complaint")
    with at(2):
        ban = signed_in(town.ban)
        page = text(ban.get(sends(ban, "dispatch", [free, about], lead="land")["Location"]))
    assert f"{about.number} 这件事反映的就是市自然资源局，不能交给它办。" in page
    assert (fresh(free).state, fresh(about).state) == (State.DISPATCHED, State.SUBMITTED)


def test_rows_of_others_are_not_there(town, signed_in):
    matter = submitted(town)
    with at(2):
        luo = signed_in(town.luo)
        page = text(luo.get(sends(luo, "sign", [matter])["Location"]))
    assert "没有找到这件事。" in page
    assert fresh(matter).state == State.SUBMITTED


def test_a_handler_may_not_sign_in_bulk_either(town, signed_in):
    matter = dispatched(town)
    with at(3, 9):
        chen = signed_in(town.chen)
        page = text(chen.get(sends(chen, "sign", [matter])["Location"]))
    assert "由单位联络员签收和指定承办人。" in page
    assert fresh(matter).state == State.DISPATCHED


def test_nothing_picked_says_how(town, signed_in):
    ban = signed_in(town.ban)
    answer = ban.post("/desk/bulk/", {"move": "dispatch", "picked": ["x", "GY-1."]})
    assert "还没有选事项，先在每行前面打勾。" in text(ban.get(answer["Location"]))
    assert ban.post("/desk/bulk/", {"move": "close"}).status_code == 404
    assert ban.get("/desk/bulk/").status_code == 405


@pytest.mark.parametrize(("who", "tab", "offered"), [
    ("ban", "to_dispatch", True), ("xian", "to_dispatch", True), ("hao", "to_dispatch", False), ("ban", "running", False),
    ("luo", "to_sign", True), ("chen", "to_sign", False), ("luo", "handling", False),
])
def test_rows_can_be_picked_only_where_something_can_be_done(town, signed_in, who, tab, offered):
    (dispatched if tab == "to_sign" else submitted)(town)
    with at(3, 9):
        page = signed_in(getattr(town, who)).get(f"/desk/?tab={tab}")
    assert ('name="picked"' in source(page)) is offered
    assert ('class="bulk"' in source(page)) is offered
