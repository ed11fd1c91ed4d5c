"""关联企业: with the code of who brought it, to an enterprise that has been verified, and on record."""

import pytest

from qinqing import base
from qinqing.casework import actions, queries
from qinqing.casework.terms import Route
from qinqing.consultation import actions as consultation
from qinqing.ledger.models import Entry
from qinqing.notices.models import Notice
from qinqing.parties.models import Mandate
from tests.casework.pages import page_of, says, source, text
from tests.casework.road import at, fresh, submitted
from tests.characters import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def guests(town):
    """(matter, query code) of somebody without an account."""
    with base.clock_at(MONDAY):
        difficulty, code = consultation.submit_as_guest(
            actor=base.PUBLIC, key="k1", code="", route=Route.EMBED, topic="land", title="缺用地", text="地没有交",
            enterprise_name="林家的厂", contact_name="林", phone="13900000001")
    return fresh(difficulty.matter), code


@pytest.mark.req("M1-015")
def test_it_becomes_the_enterprises_own(town, guests):
    matter, code = guests
    assert queries.find(town.lin, matter.number) is None
    with at(2):
        actions.attach(actor=town.ban, matter=matter, enterprise=town.enterprise, code=code.lower())
    matter = fresh(matter)
    assert queries.find(town.lin, matter.number) == matter
    assert (matter.enterprise_name, matter.county) == (town.enterprise.name, town.county)
    entry = Entry.objects.get(subject=f"matter:{matter.pk}", verb="matter.attached")
    assert f'"enterprise":{town.enterprise.pk}' in entry.facts.replace(" ", "")
    assert code not in entry.facts
    assert Notice.objects.filter(recipient=town.lin.account_id, template="matter.attached").count() == 1
    with at(3):
        actions.remind(actor=town.lin, matter=matter)


def test_not_without_the_code(town, guests):
    matter, _code = guests
    for wrong in ("", "AAAA2222"):
        with at(2), pytest.raises(base.Refused) as refusal:
            actions.attach(actor=town.ban, matter=matter, enterprise=town.enterprise, code=wrong)
        assert refusal.value.field == "code"
    assert fresh(matter).enterprise is None


def test_not_to_an_enterprise_that_nobody_has_verified(town, guests):
    matter, code = guests
    Mandate.objects.filter(enterprise=town.enterprise).delete()
    with at(2), pytest.raises(base.Refused) as refusal:
        actions.attach(actor=town.ban, matter=matter, enterprise=town.enterprise, code=code)
    assert refusal.value.field == "enterprise"


def test_by_the_city_office_and_once(town, guests):
    matter, code = guests
    for stranger in (town.xian, town.hao, town.operator):
        with at(2), pytest.raises(base.Denied):
            actions.attach(actor=stranger, matter=matter, enterprise=town.enterprise, code=code)
    with at(2):
        actions.attach(actor=town.ban, matter=matter, enterprise=town.enterprise, code=code)
        with pytest.raises(base.Denied, match="已经是企业自己的事项"):
            actions.attach(actor=town.ban, matter=matter, enterprise=town.other, code=code)
        with pytest.raises(base.Denied):
            actions.attach(actor=town.ban, matter=submitted(town), enterprise=town.other, code=code)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(town, guests, signed_in):
    matter, code = guests
    client = signed_in(town.ban)
    with at(2):
        assert f"/desk/matters/{matter.number}/attach/" in source(page_of(client, matter))
        wrong = says(client, matter, "attach", {"enterprise": "91510802MA6ABC122X", "code": code})
        assert (wrong.status_code, code in source(wrong)) == (422, True)
        assert "企业名录里没有这个代码" in text(wrong)
        done = says(client, matter, "attach", {"enterprise": "91510802 MA6ABC122B", "code": code})
    assert done.status_code == 303
    assert fresh(matter).enterprise == town.enterprise
