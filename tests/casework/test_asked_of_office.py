"""What the office is asked for beside the state stands in its list until it has answered: an extension, a look, a second try."""

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.terms import APPEALED, EXTENSION_ASKED, REJECTED
from qinqing.parties.models import Post
from tests.casework.pages import links, page_of, says, text
from tests.casework.road import at, fresh, handling, replied, submitted

pytestmark = pytest.mark.django_db


def in_list(town, matter, who="ban"):
    """The tags of the rows that wait for a decision."""
    rows = [row for group in queries.worklist(getattr(town, who), queries.Filter(tab="to_decide")).groups for row in group.rows]
    return [queries.asked_of_office(row) for row in rows if row.pk == matter.pk]


def extending(town):
    matter = handling(town)
    with at(4):
        actions.request_extension(actor=town.chen, matter=matter, limit="5wd", reason="等省厅批复")
    return fresh(matter)


def appealed(town):
    matter = handling(town)
    with at(26):
        return actions.appeal(actor=town.lin, matter=matter, text="一直没有消息")


def turned_back(town):
    matter = replied(town)
    with at(11):
        return actions.reject(actor=town.lin, matter=matter, text="证还没拿到")


# —— in the list ——

@pytest.mark.req("M1-004")
@pytest.mark.parametrize(("road", "tag"), [(extending, EXTENSION_ASKED), (appealed, APPEALED), (turned_back, REJECTED)])
def test_it_stands_among_what_is_to_decide_and_nowhere_else_twice(town, signed_in, road, tag):
    matter = road(town)
    with at(26, 11):
        assert in_list(town, matter) == [tag]
        page = text(signed_in(town.ban).get("/desk/?tab=to_decide"))
        assert "待交办 0 待裁定 1 单位在办 0 待企业确认 0 待核查销号 0 全部在办 1" in page
        assert str(tag.label) in page
        assert queries.awaits(town.ban, fresh(matter))
        assert in_list(town, matter, "xian") == [tag]
        assert list(queries.broken()) == []


@pytest.mark.parametrize(("road", "sentence"), [
    (extending, "市自然资源局3 月 4 日 周三申请延期，营商环境办应在3 月 5 日 周四前审批，已经超期。"),
    (appealed, "企业3 月 26 日 周四请市里过问，等营商环境办在3 月 27 日 周五前答复企业。"),
    (turned_back, "企业3 月 11 日 周三说还没解决，重新办理。营商环境办应在3 月 12 日 周四前过问，答复企业，已经超期。"),
])
def test_the_page_says_whose_turn_it_is_and_offers_the_answer(town, signed_in, road, sentence):
    matter = road(town)
    with at(26, 11):
        page = text(page_of(signed_in(town.ban), matter))
        assert sentence in page
        assert "现在不用您办" not in page
        assert sentence in text(page_of(signed_in(town.luo), matter))


def test_a_matter_that_was_struck_off_and_appealed_comes_back_to_the_city_but_counts_as_ended(town, signed_in):
    matter = replied(town)
    with at(11):
        actions.confirm(actor=town.lin, matter=matter)
    with at(12):
        actions.close(actor=town.bai, matter=matter)
    with at(16):
        actions.appeal(actor=town.lin, matter=matter, text="又不让用了")
        assert in_list(town, matter) == [APPEALED]
        assert in_list(town, matter, "xian") == []
        assert "等营商环境办在3 月 17 日 周二前答复企业" in text(page_of(signed_in(town.ban), matter))
        actions.reopen(actor=town.ban, matter=matter, reason="企业反映属实")
        assert in_list(town, matter) == []


# —— until it is answered ——

def granted(town, matter):
    actions.decide_extension(actor=town.ban, matter=matter, granted=True)


def seen_to(town, matter):
    actions.see_to(actor=town.ban, matter=matter, text="已问市局：本周交地")


def supervised(town, matter):
    actions.supervise(actor=town.hao, matter=matter, reason="企业等了很久")


def answered(town, matter):
    actions.reply(actor=town.chen, matter=matter, text="已办成", outcome="solved", evidence="交地确认书")


def withdrawn(town, matter):
    actions.withdraw(actor=town.lin, matter=matter, reason="已自行解决")


@pytest.mark.parametrize(("road", "answer"), [
    (extending, granted), (extending, answered), (extending, withdrawn), (appealed, seen_to), (appealed, supervised),
    (appealed, answered), (appealed, withdrawn), (turned_back, seen_to), (turned_back, supervised), (turned_back, answered),
    (turned_back, withdrawn),
])
def test_an_answer_ends_it(town, signed_in, road, answer):
    matter = road(town)
    with at(27):
        answer(town, matter)
        assert in_list(town, matter) == []
        page = text(page_of(signed_in(town.ban), matter))
    assert "营商环境办在" not in page
    assert "营商环境办应在" not in page
    assert list(queries.broken()) == []


def test_the_office_says_what_it_found_to_the_enterprise_and_the_unit(town, signed_in):
    matter = appealed(town)
    with at(27):
        ban, lin = signed_in(town.ban), signed_in(town.lin)
        assert "营商环境办，3 月 27 日 周五前答复您" in text(lin.get(f"/matters/{matter.number}/"))
        with at(30):
            assert "营商环境办，应在3 月 27 日 周五前答复您，已经超期" in text(lin.get(f"/matters/{matter.number}/"))
        assert says(ban, matter, "see_to", {"text": ""}).status_code == 422
        assert says(ban, matter, "see_to", {"text": "已问市局：本周交地"}).status_code == 303
        page = text(lin.get(f"/matters/{matter.number}/"))
        assert "营商环境办过问了" in page
        assert "已问市局：本周交地" in page
        assert "前答复您" not in page
        theirs = text(page_of(signed_in(town.luo), matter))
    assert "过问答复 3 月 27 日 周五 10:00 市营商环境办 班 已问市局：本周交地" in theirs
    assert "请市里过问 3 月 26 日 周四 10:00 企业" in theirs


def test_it_is_the_citys_answer_and_only_when_it_was_asked(town):
    matter = appealed(town)
    with at(27):
        for who in (town.luo, town.xian, town.hao, town.lin):
            with pytest.raises(base.Denied):
                actions.see_to(actor=who, matter=matter, text="已问")
        seen_to(town, matter)
        with pytest.raises(base.Refused, match="没有要营商环境办过问的事"):
            seen_to(town, matter)


def test_the_office_that_is_complained_about_is_not_asked(town):
    Post.objects.filter(account=town.bai.account_id).update(role="city_government_office")
    with at(2):
        matter = submitted(town, about_unit=town.office)
    with at(26):
        actions.appeal(actor=town.lin, matter=matter, text="没有消息")
        assert in_list(town, matter) == []


# —— when the city may be asked ——

NOT_YET = "还在期限里，近来也有消息。到3 月 5 日 周四还没有新消息，或者超期，就可以请市里过问。"


def offered(town, signed_in, matter):
    """The way to the city, if it is open; else when it will be."""
    page = signed_in(town.lin).get(f"/matters/{matter.number}/")
    return f"/matters/{matter.number}/appeal/" in links(page), text(page)


def test_the_city_is_asked_when_there_is_something_to_look_at(town, signed_in):
    matter = submitted(town)
    with at(2, 10):
        is_open, page = offered(town, signed_in, matter)
        assert not is_open
        assert "请市里过问 到3 月 5 日 周四还没有新消息，或者超期，就可以" in page
        with pytest.raises(base.Refused, match=NOT_YET):
            actions.appeal(actor=town.lin, matter=matter, text="快点")
    with at(4):  # a limit has passed
        assert offered(town, signed_in, matter)[0]


def test_word_from_the_government_counts_and_a_reminder_does_not(town, signed_in):
    matter = handling(town)
    with at(4):
        actions.remind(actor=town.lin, matter=matter)
    with at(5):
        assert offered(town, signed_in, matter)[0]
        actions.report_progress(actor=town.chen, matter=matter, text="正在勘测")
        assert "到3 月 10 日 周二还没有新消息" in offered(town, signed_in, matter)[1]


def test_while_it_waits_for_the_enterprise_or_the_answer_it_is_not_asked_again(town, signed_in):
    paused = handling(town)
    with at(4):
        actions.ask(actor=town.chen, matter=paused, question="请补坐标")
    for matter in (paused, replied(town), appealed(town)):
        with at(27):
            assert not offered(town, signed_in, matter)[0]
            with pytest.raises(base.Refused):
                actions.appeal(actor=town.lin, matter=matter, text="快点")
