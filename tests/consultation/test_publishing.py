"""What others may read: proposed without names and amounts, shown only when the enterprise says so, taken back any day."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from qinqing import base
from qinqing.casework import actions as casework
from qinqing.casework.models import Matter
from qinqing.casework.terms import Outcome
from qinqing.consultation import actions, queries, rules
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from tests.casework.road import at, replied, submitted

NAME = "广元演示新材料有限公司"


@pytest.mark.parametrize(("text", "shown"), [
    ("广元演示新材料有限公司二期扩建", "某企业二期扩建"),
    ("广元演示新材料的货款38万元拖了14个月", "某企业的货款若干元拖了14个月"),
    ("欠款 1,286.50元，另有3.2 万余元", "欠款 若干元，另有若干元"),
    ("请打13900002046或0839-0000000", "请打×××或×××"),
    ("代码91510802MA6ABC122B", "代码×××"),
    ("缺15亩地，要60人", "缺15亩地，要60人"),
])
def test_who_it_was_and_how_much_is_taken_out(text, shown):
    assert rules.redacted(text, NAME) == shown


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_proposal_never_names_the_enterprise(before, after):
    assert rules.still_names(rules.redacted(f"{before}{NAME}{after}", NAME), NAME) is None


def test_a_short_name_is_a_word_of_the_language():
    assert rules.redacted("利州区的路", "利州商行") == "利州区的路"


@pytest.fixture
def signed_in():
    def client(actor):
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account_id))
        return browser

    return client


def closed(town, outcome=Outcome.SOLVED, **fields) -> Matter:
    matter = replied(town, **fields)
    Matter.objects.filter(pk=matter.pk).update(title="广元演示新材料二期缺地，货款38万元未付")
    with at(11):
        casework.confirm(actor=town.lin, matter=matter)
    with at(12):
        return casework.close(actor=town.bai, matter=matter)


@pytest.mark.req("M1-033")
@pytest.mark.django_db
def test_nothing_is_public_until_the_enterprise_has_read_it(town, signed_in):
    matter = closed(town, may_publish=True)
    assert queries.recently_solved() == queries.solved_alike("二期缺地") == []
    with at(13):
        page = signed_in(town.lin).get(f"/matters/{matter.number}/publish/").content.decode()
        assert "某企业二期缺地，货款若干元未付" in page
        signed_in(town.lin).post(f"/matters/{matter.number}/publish/", {"title": "某企业二期缺地", "text": "已交地"})
    assert [row.public_title for row in queries.recently_solved()] == ["某企业二期缺地"]
    home = signed_in(town.qiu).get("/").content.decode()
    assert "某企业二期缺地" in home
    assert town.enterprise.name not in home


@pytest.mark.django_db
def test_a_text_that_still_names_it_is_refused_beside_its_field(town, signed_in):
    matter = closed(town)
    answer = signed_in(town.lin).post(f"/matters/{matter.number}/publish/", {"title": "广元演示新材料缺地", "text": "已交地"})
    assert answer.status_code == 422
    assert answer.content.decode().count("里面还有“广元演示新材料”") == 2
    assert queries.recently_solved() == []


@pytest.mark.django_db
def test_it_can_be_taken_back_and_both_are_in_the_ledger(town, signed_in):
    matter = closed(town)
    actions.publish(actor=town.lin, matter=matter, title="缺地", text="已交地")
    signed_in(town.lin).post(f"/matters/{matter.number}/publish/", {"take_back": "yes"})
    assert queries.recently_solved() == []
    verbs = Entry.objects.filter(subject=f"matter:{matter.pk}").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["difficulty.published", "difficulty.unpublished"]


@pytest.mark.django_db
def test_only_what_was_solved_and_only_by_its_own_enterprise(town, signed_in):
    open_one, done = submitted(town), closed(town)
    assert signed_in(town.lin).get(f"/matters/{open_one.number}/publish/").status_code == 404
    assert signed_in(town.qiu).get(f"/matters/{done.number}/publish/").status_code == 404
    assert signed_in(town.ban).get(f"/matters/{done.number}/publish/").status_code == 404
    with pytest.raises(base.Refused):
        actions.publish(actor=town.lin, matter=open_one, title="缺地", text="无")
    with pytest.raises(base.Denied):
        actions.publish(actor=town.ban, matter=done, title="缺地", text="无")


@pytest.mark.django_db
def test_what_was_published_goes_with_its_person(town):
    matter = closed(town)
    actions.publish(actor=town.lin, matter=matter, title="缺地", text="已交地")
    casework.erase(matter.contact)
    actions.erase(matter.contact)
    assert queries.recently_solved() == []
