"""What the enterprise can say on its matter's page, and what it is told when it cannot."""

from django.test import Client

from qinqing.casework import actions
from qinqing.parties.models import Account
from tests.casework.road import at, dispatched, fresh


def page(town, matter) -> str:
    browser = Client()
    browser.force_login(Account.objects.get(pk=town.lin.account_id))
    return browser.get(f"/matters/{matter.number}/").content.decode()


def test_who_has_reminded_sees_when_and_when_again(town):
    matter = dispatched(town)
    way = f'href="/matters/{matter.number}/remind/"'
    with at(3, 10, 20):
        assert way in page(town, matter)
        actions.remind(actor=town.lin, matter=matter)
        html = page(town, fresh(matter))
    assert way not in html
    assert "提醒办理<small>3 月 3 日 周二 10:20提醒过，明天可以再提醒</small>" in html
    with at(4):
        html = page(town, fresh(matter))
    assert way in html
    assert "提醒办理<small>3 月 3 日 周二 10:20提醒过</small>" in html
