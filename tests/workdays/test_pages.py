"""The calendar's pages: seen by staff, imported by who may, refused with row and column."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.consultation import actions as consultation
from qinqing.ledger import reactions
from qinqing.parties.models import Account
from qinqing.workdays import actions
from qinqing.workdays.models import CalendarVersion
from tests import characters

pytestmark = pytest.mark.django_db
NOTICE = (
    "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-04,holiday,元旦\n2027-05-01,holiday,劳动节\n"
    "2027-05-02,holiday,劳动节\n2027-10-01,holiday,国庆节\n2027-10-02,holiday,国庆节\n2027-10-03,holiday,国庆节\n"
)


@pytest.fixture
def town():
    town = characters.make_town()
    with base.clock_at(datetime(2026, 11, 20, 9)):
        actions.fill_from_package(actor=base.SYSTEM)
        reactions.drain(raising=True)
    return town


def as_(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def taken_in(client, text=NOTICE, **more):
    file = SimpleUploadedFile("2027.csv", text.encode())
    return client.post("/desk/calendar/import/", {"year": 2027, "source": "演示通知", "file": file, **more})


def test_staff_look_and_strangers_do_not(town):
    with base.clock_at(datetime(2026, 11, 20, 9)):
        page = as_(town.chen).get("/desk/calendar/?year=2026").content.decode()
        assert "国庆节" in page
        assert "导入一年" not in page
        assert as_(town.lin).get("/desk/calendar/").status_code == 404
        assert as_(town.chen).get("/desk/calendar/import/").status_code == 404


def test_an_import_moves_deadlines_and_lists_them(town):
    with base.clock_at(datetime(2026, 12, 21, 9)):
        matter = consultation.submit(actor=town.lin, title="缺用地", text="缺用地", topic="land",
                                     enterprise=town.enterprise).matter
    with base.clock_at(datetime(2026, 12, 22, 9)):
        assert taken_in(as_(town.ban)).status_code == 302
        reactions.drain(raising=True)
        page = as_(town.ban).get("/desk/redated/").content.decode()
    assert matter.number in page
    assert "1 月 12 日" in page
    assert "1 月 13 日" in page
    assert not Matter.objects.get(pk=matter.pk).provisional


@pytest.mark.parametrize(("text", "said"), [
    (NOTICE.replace("2027-01-04", "2027-13-04"), "第 3 行“date”"),
    (NOTICE.replace("holiday,国庆节", "day off,国庆节", 1), "第 6 行“kind”"),
    ("day,kind\n", "第 1 行缺少列"),
])
def test_a_wrong_file_names_row_and_column_and_changes_nothing(town, text, said):
    before = CalendarVersion.objects.count()
    answer = taken_in(as_(town.ban), text)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert CalendarVersion.objects.count() == before


def test_a_year_that_came_with_the_platform_names_its_document_and_no_day_of_import(town):
    with base.clock_at(datetime(2026, 11, 20, 9)):
        client = as_(town.chen)
        page = client.get("/desk/calendar/?year=2021").content.decode()
        assert "国办发明电〔2020〕27号" in page
        assert "随平台装入" in page
        assert "导入</span></p>" not in page
        assert taken_in(as_(town.ban)).status_code == 302
        assert "依据：演示通知" in client.get("/desk/calendar/?year=2027").content.decode()
