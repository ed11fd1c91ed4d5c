"""The register of enterprises over HTTP: found by any name, registered, renamed, moved; what is wrong beside its field."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qinqing.base import Role
from qinqing.parties.models import Division, Enterprise, Unit

from .makers import made_code, make_division, make_enterprise

OFFICE, COUNTY = Role.ENVIRONMENT_OFFICE, Role.COUNTY_OFFICE


def registered(client, **change):
    division = Division.objects.get(code="510802")
    values = {"code": made_code("MA6ABC12"), "name": "广元演示木业公司", "kind": "company", "division": division.id}
    return client.post("/desk/admin/enterprises/new/", values | change)


def test_an_enterprise_is_registered_renamed_moved_and_found_by_any_name(signed_in, things):
    client, west = signed_in(OFFICE), make_division("510811", "西区")
    address = registered(client).headers["Location"]
    made = Enterprise.objects.get(name="广元演示木业公司")
    assert address == f"/desk/admin/enterprises/{made.id}/"
    assert client.post(f"{address}rename/", {"name": "广元演示家居公司"}).headers["Location"] == address
    assert client.post(f"{address}move/", {"division": west.id}).headers["Location"] == address
    page = client.get(address).content.decode()
    assert all(text in page for text in ("广元演示家居公司", ">广元演示木业公司<", "西区"))
    for search in ("木业", "家居", made.code[:10]):
        assert address in client.get(f"/desk/admin/enterprises/?q={search}").content.decode()


@pytest.mark.parametrize(("change", "said"), [
    ({"code": "91510802MA6ABC1220"}, "核对第 1 至 8 位和第 18 位"), ({"code": "9151080"}, "位"),
    ({"code": ""}, "“统一社会信用代码”还没写"),
    ({"industry_code": "Z9999"}, "里没有行业代码"), ({"contact_phone": "123"}, "请填写 11 位手机号。"),
    ({"division": ""}, "县区"),
])
def test_a_wrong_value_stands_beside_its_field_and_nothing_is_lost(signed_in, things, change, said):
    before = Enterprise.objects.count()
    answer = registered(signed_in(OFFICE), **change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="广元演示木业公司"' in answer.content.decode()
    assert Enterprise.objects.count() == before


def test_every_wrong_value_is_told_at_once(signed_in, things):
    page = registered(signed_in(OFFICE), code="9151080", division="").content.decode()
    assert "位" in page
    assert "“所在县区、乡镇”还没选" in page
    assert "还差 2 处" in page


def test_a_code_is_registered_once(signed_in, things):
    client = signed_in(OFFICE)
    assert registered(client).status_code == 302
    again = registered(client)
    assert again.status_code == 422
    assert "已经登记" in again.content.decode()


def test_a_county_keeps_its_own_enterprises_only(signed_in, things):
    client, west = signed_in(COUNTY, Unit.objects.get(id=things["unit"])), make_division("510811", "西区")
    strange = make_enterprise(name="演示石材公司", division=west)
    assert client.get(f"/desk/admin/enterprises/{strange.id}/").status_code == 404
    assert client.post(f"/desk/admin/enterprises/{strange.id}/rename/", {"name": "新"}).status_code == 404
    assert "演示石材公司" not in client.get("/desk/admin/enterprises/").content.decode()
    away = client.post(f"/desk/admin/enterprises/{things['enterprise']}/move/", {"division": west.id})
    assert away.headers["Location"] == "/desk/admin/enterprises/"


def test_the_list_asks_the_same_for_one_and_for_thirty(signed_in, things, django_assert_num_queries):
    client = signed_in(OFFICE)
    for _ in range(30):
        make_enterprise()
    client.get("/desk/admin/enterprises/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/admin/enterprises/?q=演示茶业")
    with django_assert_num_queries(len(asked)):
        client.get("/desk/admin/enterprises/")
