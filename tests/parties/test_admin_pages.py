"""The administration over HTTP: who finds which page, forms that act, refusals beside their field, constant queries."""

import re
from datetime import datetime

import pytest

from qinqing import base
from qinqing.base import Role
from qinqing.ledger import actions as ledger
from qinqing.parties import actions, queries
from qinqing.parties.models import Account, Mandate, Post, Unit
from qinqing.parties.views import told

from .makers import make_account, make_division, make_enterprise, make_post, make_unit

S, A, X, OFFICE, COUNTY, HANDLER = (
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.ENVIRONMENT_OFFICE, Role.COUNTY_OFFICE, Role.HANDLER,
)  # fmt: skip
PAGES = {
    "units/": {S, A},
    "units/new/": {S},
    "units/{unit}/": {S, A},
    "units/{unit}/rename/": {S},
    "units/{unit}/move/": {S},
    "units/{unit}/merge/": {S},
    "units/{unit}/phone/": {S},
    "units/{unit}/appoint/": {A},
    "people/": {S, A},
    "people/new/": {S, OFFICE, COUNTY},
    "people/{person}/": {S, A},
    "people/{person}/change/": {S},
    "people/{person}/appoint/": {A},
    "people/{person}/lock/": {A},
    "people/{person}/erase/": {A},
    "enterprises/": {OFFICE, COUNTY},
    "enterprises/new/": {OFFICE, COUNTY},
    "enterprises/{enterprise}/": {OFFICE, COUNTY},
    "enterprises/{enterprise}/rename/": {OFFICE, COUNTY},
    "enterprises/{enterprise}/move/": {OFFICE, COUNTY},
    "mandates/": {A, OFFICE, COUNTY},
    "mandates/new/": {A, OFFICE, COUNTY},
    "log/": {X},
    "reveals/": {X},
}
POSTS = {
    "people/{person}/unlock/": {A}, "people/{person}/password/": {A}, "posts/{post}/end/": {A},
    "mandates/{mandate}/end/": {A, OFFICE, COUNTY},
}  # fmt: skip


def at(path, things):
    return "/desk/admin/" + path.format(**things)


@pytest.mark.parametrize("role", [S, A, X, OFFICE, COUNTY, HANDLER])
def test_who_finds_which_page(signed_in, things, role):
    client = signed_in(role, Unit.objects.get(id=things["unit"]))
    found = {path for path in PAGES if client.get(at(path, things)).status_code == 200}
    assert found == {path for path, roles in PAGES.items() if role in roles}
    assert all(client.get(at(path, things)).status_code in {200, 404} for path in PAGES)


@pytest.mark.parametrize("role", [S, A, X, OFFICE, COUNTY, HANDLER])
def test_who_may_press_which_button(signed_in, things, role):
    client = signed_in(role, Unit.objects.get(id=things["unit"]))
    pressed = {path for path in POSTS if client.post(at(path, things)).status_code in {200, 302}}
    assert pressed == {path for path, roles in POSTS.items() if role in roles}
    assert all(client.get(at(path, things)).status_code in {404, 405} for path in POSTS)


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_led_to_sign_in(client, things, path):
    assert client.get(at(path, things)).headers["Location"].startswith("/login/?next=/desk/admin/")


# —— units ——


def test_a_unit_is_set_up_renamed_moved_and_merged(signed_in, things, city):
    client, land = signed_in(S), things["unit"]
    values = {"name": "水利局", "code": "water", "kind": "department", "parent": city.id}
    address = client.post("/desk/admin/units/new/", values).headers["Location"]
    water = Unit.objects.get(code="water")
    assert address == f"/desk/admin/units/{water.id}/"
    client.post(f"{address}rename/", {"name": "水务局"})
    client.post(f"{address}phone/", {"phone": "0839-3260000"})
    client.post(f"/desk/admin/units/{land}/rename/", {"name": "自然资源和规划局"})
    client.post(f"/desk/admin/units/{land}/move/", {"parent": water.id})
    assert Unit.objects.get(id=land).parent == water
    client.post(f"/desk/admin/units/{land}/merge/", {"into": water.id})
    page = client.get(address).content.decode()
    assert "水务局" in page
    assert "0839-3260000" in page
    closed = client.get(f"/desk/admin/units/{land}/").content.decode()
    assert "已撤并" in closed
    assert ">自然资源局<" in closed
    assert "/rename/" not in closed


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "水利局", "code": "land", "kind": "department"}, "单位代码“land”已存在，请换一个。"),
        ({"name": "水利局", "code": "水", "kind": "department"}, "代码只用小写字母"),
        ({"code": "water", "kind": "department"}, "“名称”还没写"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(signed_in, things, values, said):
    answer = signed_in(S).post("/desk/admin/units/new/", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "有错误：" in page


def test_a_unit_is_not_offered_itself_as_its_parent(signed_in, things):
    page = signed_in(S).get(at("units/{unit}/move/", things)).content.decode()
    assert "某市人民政府" in page
    assert f'<option value="{things["unit"]}"' not in page


def test_the_tree(signed_in, things, django_assert_num_queries):
    for number in range(30):
        make_unit(f"section{number}", f"科{number}", kind="section", parent=Unit.objects.get(id=things["unit"]))
    page = signed_in(S).get("/desk/admin/units/").content.decode()
    assert page.count('class="d2"') == 30
    with django_assert_num_queries(1):
        assert [row.people for row in queries.unit_tree()][:2] == [1, 1]


# —— people ——


def test_an_account_is_made_and_given_a_post(signed_in, things):
    address = signed_in(S).post("/desk/admin/people/new/", {"name": "王", "username": "Wang.1"}).headers["Location"]
    wang = Account.objects.get(username="wang.1")
    assert address == f"/desk/admin/people/{wang.id}/"
    client = signed_in(A)
    client.post(f"{address}appoint/", {"unit": things["unit"], "role": "liaison", "part": "B", "title": "联络"})
    post = Post.objects.get(account=wang)
    assert (post.role, post.part, post.title) == ("liaison", "B", "联络")
    assert client.post(f"/desk/admin/posts/{post.id}/end/", {"back": "person"}).headers["Location"] == address
    assert Post.objects.get(account=wang).valid_to == base.today()


def test_a_post_is_filled_from_the_units_page(signed_in, things):
    client, path = signed_in(A), at("units/{unit}/appoint/", things)
    assert "没有用户名" in client.post(path, {"username": "nobody", "role": "handler", "part": "A"}).content.decode()
    client.post(path, {"username": "LI", "role": "handler", "part": "A"})
    assert Post.objects.get(account__username="li").unit_id == things["unit"]


def test_nobody_appoints_oneself_over_http_either(signed_in, things):
    client = signed_in(A)
    own = Account.objects.latest("id")
    answer = client.post(at("units/{unit}/appoint/", things), {"username": own.username, "role": "handler", "part": "A"})
    assert answer.status_code == 403


def test_locked_and_let_in_again(signed_in, things):
    client, address = signed_in(A), at("people/{person}/", things)
    client.post(f"{address}lock/", {"reason": "借调离岗"})
    page = client.get(address).content.decode()
    assert "已停用" in page
    assert "借调离岗" in page
    client.post(f"{address}unlock/")
    assert Account.objects.get(id=things["person"]).is_active


def test_an_issued_password_is_shown_once(signed_in, things):
    client, address = signed_in(A), at("people/{person}/", things)
    answer = client.post(f"{address}password/")
    password = re.search(r'<span class="mono">([\w-]{16})</span>', answer.content.decode())[1]
    assert Account.objects.get(id=things["person"]).check_password(password)
    assert answer["Cache-Control"] == "no-store"
    assert password not in client.get(address).content.decode()


def test_erasing_asks_for_the_user_name_once_more(signed_in, things):
    client, path = signed_in(A), at("people/{person}/erase/", things)
    assert "没有删除" in client.post(path, {"username": "wang"}).content.decode()
    assert Account.objects.get(id=things["person"]).name == "李建国"
    address = client.post(path, {"username": "li"}).headers["Location"]
    page = client.get(address).content.decode()
    assert "已依法删除" in page
    assert "李建国" not in page
    assert "/erase/" not in page


def test_contacts_are_masked_in_the_list(signed_in, things):
    actions.change_account(
        actor=base.SYSTEM, account=Account.objects.get(id=things["person"]), name="李建国", phone="13900002046", email="",
        notify_by="sms",
    )  # fmt: skip
    page = signed_in(S).get("/desk/admin/people/?q=建国").content.decode()
    assert "139****2046" in page
    assert "13900002046" not in page


def test_people_page_by_page(signed_in, city, django_assert_num_queries):
    client = signed_in(S)
    for number in range(120):
        make_post(make_account(f"staff{number}", f"职员{number}"), city, HANDLER)
    seen, url = [], "/desk/admin/people/?q=staff"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r'class="mono" data-l="用户名">(\w+)<', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        url = "/desk/admin/people/" + onward[1].replace("&amp;", "&") if onward else None
    assert seen == [f"staff{number}" for number in range(120)]
    admin = queries.actor_for(Account.objects.get(posts__role=S))
    with django_assert_num_queries(3):  # accounts, their posts with units, their mandates
        page = queries.people(admin, search="staff", after="")
        assert [post.unit.name for account in page.rows for post in account.held_posts] == ["某市人民政府"] * 50


# —— mandates ——


def test_an_office_mandates_a_person(signed_in, things):
    client = signed_in(OFFICE)
    assert client.post("/desk/admin/people/new/", {"name": "林", "username": "lin"}).headers["Location"].endswith("mandates/new/")
    enterprise = make_enterprise(name="演示石材公司")
    values = {"code": enterprise.code.lower(), "username": "lin", "kind": "legal_representative"}
    assert client.post("/desk/admin/mandates/new/", values).headers["Location"] == "/desk/admin/mandates/"
    page = client.get("/desk/admin/mandates/?q=石材").content.decode()
    assert "演示石材公司" in page
    assert "演示茶业公司" not in page
    mandate = Mandate.objects.get(enterprise=enterprise)
    client.post(f"/desk/admin/mandates/{mandate.id}/end/")
    assert "演示石材公司" not in client.get("/desk/admin/mandates/").content.decode()


@pytest.mark.parametrize(("code", "said"), [("9151", "现在是 4 位"), ("91510802MA6ABC122B", "没有登记这家企业")])
def test_a_wrong_credit_code_is_explained(signed_in, things, code, said):
    answer = signed_in(OFFICE).post("/desk/admin/mandates/new/", {"code": code, "username": "li", "kind": "authorised"})
    assert said in answer.content.decode()


def test_a_county_sees_and_ends_its_own_mandates_only(signed_in, things):
    elsewhere = make_enterprise(name="演示外县公司", division=make_division("510811", "西区"))
    other = actions.grant_mandate(actor=base.SYSTEM, account=make_account(), enterprise=elsewhere)
    client = signed_in(COUNTY, Unit.objects.get(id=things["unit"]))
    page = client.get("/desk/admin/mandates/").content.decode()
    assert "演示茶业公司" in page
    assert "演示外县公司" not in page
    assert client.post(f"/desk/admin/mandates/{other.id}/end/").status_code == 403


# —— the log, and oneself ——


def test_the_log_names_nobody_and_goes_back_page_by_page(signed_in, things):
    for number in range(60):
        make_account(f"logged{number}", "李建国")
    ledger.seal()
    client = signed_in(X)
    page = client.get("/desk/admin/log/").content.decode()
    assert page.count("建立账号") == 50
    assert "李建国" not in page
    older = client.get("/desk/admin/log/" + re.search(r'rel="next" href="([^"]+)"', page)[1]).content.decode()
    assert "企业授权" in older or "授权代表企业办事" in older


def test_the_log_says_in_words_who_did_what_by_the_clock_of_the_business(signed_in, office, django_assert_num_queries):
    with base.clock_at(datetime(2026, 3, 2, 9, 20)):
        enterprise = make_enterprise(contact_name="李建国", contact_phone="13900002046")
        actions.reveal_contact(actor=office, of=enterprise, purpose="约上门看现场")
    ledger.seal()
    post = Post.objects.get(pk=office.acting_as.partition(":")[2])
    page = signed_in(X).get("/desk/admin/log/").content.decode()
    row = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<tbody>"):]).split())
    said = f"{post.unit.name} {post.get_role_display()} {post.account.name} 查看联系方式 企业 {enterprise.pk} 原样"
    assert f"3 月 2 日 周一 09:20 {said}" in row
    assert "李建国" not in page
    rows = [row for row in queries.log(before="").rows if row]
    with django_assert_num_queries(2):
        told.told(rows * 20)


def test_the_auditor_sees_who_looked_at_a_contact_and_what_for(signed_in, things, office, django_assert_num_queries):
    enterprise = make_enterprise(contact_name="李建国", contact_phone="13900002046")
    for number in range(51):
        actions.reveal_contact(actor=office, of=enterprise, purpose=f"约上门看现场{number}")
    client = signed_in(X)
    page = client.get("/desk/admin/reveals/").content.decode()
    assert "约上门看现场50" in page
    assert "约上门看现场0<" not in page
    assert "李建国" not in page
    assert (
        "约上门看现场0<" in client.get("/desk/admin/reveals/" + re.search(r'rel="next" href="([^"]+)"', page)[1]).content.decode()
    )
    with django_assert_num_queries(1):
        queries.reveals(before="")


def test_the_own_page(client, city):
    li = make_account("li", "李", phone="13900002046")
    client.force_login(li)
    page = client.get("/me/").content.decode()
    assert 'value="13900002046"' in page
    values = {"name": "李建国", "phone": "13900002047", "email": "li@example.cn", "notify_by": "email"}
    assert client.post("/me/", values).headers["Location"] == "/me/?saved"
    li.refresh_from_db()
    assert (li.name, li.phone, li.email, li.notify_by) == tuple(values.values())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"notify_by": "sms"}, "选了短信提醒，请填写手机号。"), ({"notify_by": "email"}, "选了邮件提醒，请填写电子邮箱。"),
        ({"notify_by": "sms", "phone": "123"}, "请填写 11 位手机号。"),
        ({"notify_by": "sms", "phone": "13900002046"}, "另一个账号"),
    ],
)  # fmt: skip
def test_what_is_wrong_on_the_own_page(client, db, values, said):
    make_account("wang", phone="13900002046")
    client.force_login(make_account("li"))
    answer = client.post("/me/", {"name": "李", **values})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_devices_and_password(client, city):
    client.force_login(make_account("li", password="a long enough 密码 77"))
    assert "登录中的设备" in client.get("/sessions/").content.decode()
    values = {"oldpassword": "wrong", "password1": "short", "password2": "other"}
    page = client.post("/password/change/", values).content.decode()
    assert "现在的密码不对。" in page


def test_without_a_password_one_sets_one(client, db):
    li = make_account("li")
    client.force_login(li)
    assert client.get("/password/change/").headers["Location"] == "/password/set/"
    new = {"password1": "a long enough 密码 77", "password2": "a long enough 密码 77"}
    assert client.post("/password/set/", new).status_code == 302
    assert Account.objects.get(id=li.id).check_password(new["password1"])
