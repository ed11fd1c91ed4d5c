"""The papers of a policy in a browser: its original, what proves its conditions, and the way to the province's platform."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qinqing.base import SYSTEM
from qinqing.documents import intake
from qinqing.parties import actions as parties
from qinqing.parties import queries
from qinqing.policy import actions
from tests.policy import road
from tests.policy.test_evidence import WRITTEN
from tests.policy.test_originals import PDF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def leader(town):
    leader = road.leader(town)
    policy = road.approved(town, leader)
    actions.change_item(actor=town.chen, item=policy.items.get(), reason="", mode="fast", evidence=WRITTEN)
    file = intake.receive(SimpleUploadedFile("企业稳岗奖励办法.pdf", PDF))
    actions.attach_originals(actor=town.chen, policy=policy, files=[file])
    actions.publish(actor=leader, policy=policy)
    parties.describe_city(
        actor=SYSTEM, name="某市", name_en="", platform="亲清通", platform_en="", number_prefix="QQ", division="", hotline="",
        shifts=[["09:00", "12:00"]], takes_applications=False, matches_policies=False, province_platform="某省政务服务网",
        province_address="https://a.example")
    yield leader
    queries.forget_city()


def test_every_page_is_open_to_everybody(town, leader, reading, enters, barriers, overflow, mode):  # noqa: PLR0917 - fixtures
    pages = [(town.lin, "/policies/P1/"), (town.lin, "/policies/mine/"), (leader, "/desk/policies/P1/"),
             (leader, "/desk/policies/P1/original/"), (leader, "/desk/policies/P1/items/P1-1/")]
    with reading(mode) as page:
        for actor, address in pages:
            enters(page, actor)
            page.goto(address)
            assert overflow(page, mode) <= 0, address
            assert barriers(page) == [], address
