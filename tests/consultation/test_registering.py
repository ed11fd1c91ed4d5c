"""代企业登记: who may enter what came how, whom it is for, and when its clock began."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.base import Role
from qinqing.casework.models import Matter
from qinqing.casework.terms import Timer
from qinqing.consultation import queries
from qinqing.consultation.models import Guest
from qinqing.documents.models import Attachment
from qinqing.ledger.models import Entry
from qinqing.parties.models import Account
from tests import characters
from tests.casework.pages import source, text

pytestmark = pytest.mark.django_db
CALL = {
    "enterprise": "广元演示新材料有限公司", "contact_name": "王演示", "phone": "13908390002", "route": "hotline",
    "received_at": "2026-03-02T09:20", "track": "standard", "title": "路灯坏了一个月", "topic": "utilities",
    "text": "夜班员工摔伤，打过两次电话没人来。", "wish": "本周修好", "anonymity": "open",
}
NOW = datetime(2026, 3, 4, 10)


@pytest.fixture
def signed_in():
    def client(actor):
        browser = Client()
        browser.force_login(Account.objects.get(pk=actor.account_id))
        return browser

    return client


def enters(client, **changes):
    with base.clock_at(NOW):
        return client.post("/desk/register/", {name: value for name, value in (CALL | changes).items() if value is not None})


# —— who, and by which road ——

@pytest.mark.parametrize(("role", "roads"), [
    (Role.HOTLINE_OPERATOR, ["12345 热线"]), (Role.CHAMBER, ["商会报送"]), (Role.EVALUATOR, ["评估发现"]),
    (Role.LIAISON, ["部门走访"]), (Role.COUNTY_OFFICE, ["部门走访", "12345 热线"]),
    (Role.ENVIRONMENT_OFFICE, ["市长直通车·电话", "市长直通车·书面", "市长直通车·邮箱", "书记市长信箱", "12345 热线", "部门走访",
                               "商会报送", "监督员反映", "评估发现"]),
])
def test_each_role_has_its_own_roads(town, signed_in, role, roads):
    who = characters.in_post("who", "某", town.office, role)
    page = text(signed_in(who).get("/desk/register/"))
    assert "从哪里来 " + " ".join(roads) + " 收到时间" in page


@pytest.mark.parametrize(("role", "status"), [(Role.CITY_LEADER, 403), (Role.SYSTEM_ADMIN, 403)])
def test_others_do_not_register(town, signed_in, role, status):
    who = characters.in_post("who", "某", town.office, role)
    assert signed_in(who).get("/desk/register/").status_code == status
    assert enters(signed_in(who)).status_code == status


def test_strangers_find_nothing(town, signed_in, client):
    assert client.get("/desk/register/")["Location"].startswith("/login/")
    assert signed_in(town.lin).get("/desk/register/").status_code == 404


def test_a_road_of_others_is_refused(town, signed_in):
    answer = enters(signed_in(town.operator), route="express_phone")
    assert answer.status_code == 422
    assert not Matter.objects.exists()


# —— the entry ——

@pytest.mark.req("M1-006")
def test_what_came_by_phone_is_entered_and_its_clock_began_with_the_call(town, signed_in):
    answer = enters(signed_in(town.operator))
    matter = Matter.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/matters/{matter.number}/")
    assert (matter.enterprise, matter.route, matter.channel, matter.county) == (town.enterprise, "hotline", "online", town.county)
    assert matter.registered_by_id == town.operator.account_id
    assert matter.clocks.get(timer=Timer.ACCEPT).started_at.astimezone(base.TZ) == datetime(2026, 3, 2, 9, 20, tzinfo=base.TZ)
    assert matter.statements.get().text == CALL["text"]
    with base.clock_at(NOW):
        page = text(signed_in(town.operator).get(answer["Location"]))
    assert "希望怎么解决 本周修好" in page
    assert "王×× 139****0002" in page
    assert "13908390002" not in page


def test_the_query_code_is_told_once_and_finds_the_matter(town, signed_in):
    operator = signed_in(town.operator)
    with base.clock_at(NOW):
        page = text(operator.get(enters(operator)["Location"]))
    code = page.split("请把查询码 ")[1][:8]
    matter = Matter.objects.get()
    found = Client().post("/embed/track", {"number": matter.number, "query_code": code})
    assert "对不上" not in text(found)
    with base.clock_at(NOW):
        assert code not in text(operator.get(f"/desk/matters/{matter.number}/"))


def test_the_button_pressed_twice_enters_it_once_and_tells_the_same_code(town, signed_in):
    operator = signed_in(town.operator)
    with base.clock_at(NOW):
        key = re.search(r'name="key" value="([^"]+)"', source(operator.get("/desk/register/")))[1]
        first, second = (text(operator.get(enters(operator, key=key)["Location"])) for _ in range(2))
    codes = [page.split("请把查询码 ")[1][:8] for page in (first, second)]
    assert codes[0] == codes[1]
    assert Guest.objects.count() == Matter.objects.count() == 1
    assert queries.looked_up(Matter.objects.get().number, codes[0]) is not None
    assert not Entry.objects.filter(once__contains=key).exists()


def test_another_call_in_the_same_form_is_another_difficulty(town, signed_in):
    operator = signed_in(town.operator)
    for phone in ("13908390002", "13908390003"):
        enters(operator, key="the-key-of-the-form", phone=phone)
    assert Guest.objects.count() == Matter.objects.count() == 2


def test_a_refused_form_keeps_its_key(town, signed_in):
    assert 'name="key" value="the-key-of-the-form"' in source(enters(signed_in(town.ban), key="the-key-of-the-form", title=""))


def test_a_caller_with_an_account_is_told_there(town, signed_in):
    Account.objects.filter(pk=town.lin.account_id).update(phone="13908390002")
    enters(signed_in(town.operator))
    assert Matter.objects.get().contact_id == town.lin.account_id
    assert not Guest.objects.exists()


def test_the_mayors_line_has_its_own_limit(town, signed_in):
    enters(signed_in(town.ban), route="express_letter", track="inquiry")
    assert Matter.objects.get().track == "express"


def test_letters_come_with_their_scan(town, signed_in):
    pdf = SimpleUploadedFile("来信.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    enters(signed_in(town.ban), route="express_letter", files=[pdf])
    assert Attachment.objects.get().statement == Matter.objects.get().statements.get().pk


# —— which enterprise ——

def test_an_enterprise_is_found_by_code_or_by_a_part_of_its_name(town, signed_in):
    for typed in (town.enterprise.code, "演示新材料"):
        enters(signed_in(town.ban), enterprise=typed)
    assert [matter.enterprise for matter in Matter.objects.all()] == [town.enterprise, town.enterprise]


def test_of_several_one_is_chosen(town, signed_in):
    answer = enters(signed_in(town.ban), enterprise="广元演示")
    assert answer.status_code == 422
    assert text(answer).count("名称对得上的不止一家，请选是哪一家。") == 2
    assert "夜班员工摔伤" in source(answer)
    enters(signed_in(town.ban), enterprise="广元演示", which=town.other.code)
    assert Matter.objects.get().enterprise == town.other


@pytest.mark.parametrize(("others", "said"), [(6, False), (7, True)])
def test_of_many_it_is_said_how_many_are_not_offered(town, signed_in, others, said):
    for n in range(others):
        characters.make_enterprise(f"9151080200000000{n:02}", f"广元演示第{n}商贸有限公司", town.county)
    answer = enters(signed_in(town.ban), enterprise="广元演示")
    assert source(answer).count('name="which"') == 8
    assert ("对得上的还有 1 家没列出来，名称请再写几个字，或写信用代码。" in text(answer)) is said


def test_counties_and_zones_and_kinds_of_units_stand_apart(town, signed_in):
    characters.Division.objects.create(code="510871", name="开发区", level="zone")
    page = source(signed_in(town.ban).get("/desk/register/"))
    groups = dict(re.findall(r'(?s)<optgroup label="([^"]+)">(.*?)</optgroup>', page))
    assert "西区" in groups["县（市、区）"]
    assert ("开发区" in groups["功能区"], "开发区" in groups["县（市、区）"]) == (True, False)
    assert ("市自然资源局" in groups["市级部门"], "市供电公司" in groups["公用企业"]) == (True, True)


def test_files_that_the_browser_forgot_are_named(town, signed_in):
    pdf = SimpleUploadedFile("信.pdf", b"%PDF-1.4")
    assert "刚才选的 1 个附件浏览器没有留下，请重新选。" in text(enters(signed_in(town.ban), title="", files=[pdf]))
    assert "附件浏览器没有留下" not in text(enters(signed_in(town.ban), title=""))


def test_one_that_is_not_in_the_register_is_entered_by_name(town, signed_in):
    answer = enters(signed_in(town.ban), enterprise="没有登记的作坊", county="510811")
    assert answer.status_code == 422
    assert text(answer).count("名录里没有找到。请核对，或勾选“名录里没有”先登记。") == 2
    enters(signed_in(town.ban), enterprise="没有登记的作坊", unlisted="on", county="510811")
    matter = Matter.objects.get()
    assert (matter.enterprise, matter.enterprise_name, matter.county) == (None, "没有登记的作坊", town.elsewhere)


def test_a_county_office_finds_its_own_only(town, signed_in):
    answer = enters(signed_in(town.xian), enterprise=town.other.code, route="department_visit")
    assert answer.status_code == 422
    assert "名录里没有找到" in text(answer)


# —— refused ——

@pytest.mark.parametrize(("changes", "sentence"), [
    ({"received_at": "2026-03-05T09:20"}, "收到时间不能在将来。"), ({"title": ""}, "请用一句话概括困难。"),
    ({"text": None}, "请写下企业原话。"), ({"topic": None}, "请选一类，拿不准选“其他”。"),
    ({"phone": "12"}, "电话号码应是 7 到 20 位数字，例如 0839-0000000。"), ({"contact_name": ""}, "写了电话，请写怎么称呼。"),
    ({"route": None}, "请选从哪里来。"), ({"received_at": "昨天"}, "时间写成 2026-03-02 09:20 这样。"),
])
def test_a_refused_entry_says_what_is_wrong_and_keeps_the_rest(town, signed_in, changes, sentence):
    answer = enters(signed_in(town.ban), **changes)
    assert answer.status_code == 422
    assert text(answer).count(sentence) == 2
    assert "本周修好" in source(answer)
    assert not Matter.objects.exists()


# —— calling back ——

def test_a_number_left_is_shown_for_a_purpose_which_stands_in_the_course(town, signed_in):
    enters(signed_in(town.operator))
    matter, ban = Matter.objects.get(), signed_in(town.ban)
    address = f"/desk/matters/{matter.number}/guest-contact/"
    with base.clock_at(NOW):
        refused, shown = ban.post(address, {"purpose": "看"}), ban.post(address, {"purpose": "问清地点"})
        assert "查看联系方式：问清地点" in text(ban.get(f"/desk/matters/{matter.number}/"))
        part = ban.post(address, {"purpose": "再问地点"}, headers={"HX-Request": "true", "HX-Target": "div#guest"})
    assert refused.status_code == 422
    assert "13908390002" not in text(refused)
    assert "王演示 13908390002" in text(shown)
    assert "<html" not in source(part)
    assert Entry.objects.filter(verb="guest.revealed").count() == 2
    assert "13908390002" not in "".join(Entry.objects.values_list("facts", flat=True))


def test_a_number_left_is_not_for_strangers(town, signed_in):
    enters(signed_in(town.operator))
    address = f"/desk/matters/{Matter.objects.get().number}/guest-contact/"
    assert signed_in(town.luo).post(address, {"purpose": "问清地点"}).status_code == 404
    assert signed_in(town.lin).post(address, {"purpose": "问清地点"}).status_code == 404
