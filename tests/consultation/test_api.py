"""The API: tokens, idempotency, problems that say what is wrong."""

import json

import pytest
from django.db import connection
from django.test import Client

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.ledger import actions as ledger
from qinqing.ledger import queries as ledger_queries
from qinqing.parties import actions as parties
from qinqing.parties.models import ApiToken
from tests.casework.road import handling

pytestmark = pytest.mark.django_db
BODY = {"title": "停电三天", "text": "停电三天，窑炉停了。", "topic": "utilities", "enterprise_code": "91510802MA6ABC122B"}


def post(headers: dict, body=BODY, key="k1", **more):
    return Client().post("/api/v1/difficulties", json.dumps(body), content_type="application/json",
                         headers={**headers, "Idempotency-Key": key, **more})


@pytest.mark.req("M1-004", "M0-001")
def test_submitted_by_a_program(town, token_of):
    answer = post(token_of(town.operator, "submit", "read"))
    assert answer.status_code == 201
    told = answer.json()
    assert told["matter_url"].endswith(f"/matters/{told['number']}/")
    assert ledger_queries.check_receipt(told["receipt"]).ok
    assert Matter.objects.get(number=told["number"]).route == "api"


def test_a_create_asks_so_much_of_the_database_and_no_more(town, token_of, django_assert_num_queries):
    headers = token_of(town.operator, "submit")
    post(headers)
    queueing = connection.vendor == "postgresql"  # acts with the same key
    with django_assert_num_queries(28 + queueing):
        post(headers, key="k2")


def test_the_same_key_and_body_give_the_first_answer(town, token_of):
    headers = token_of(town.operator, "submit")
    first, second = post(headers), post(headers)
    assert first.json()["number"] == second.json()["number"]
    assert Matter.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(town, token_of):
    headers = token_of(town.operator, "submit")
    post(headers)
    answer = post(headers, BODY | {"title": "另一件"})
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert "同一个幂等键" in answer.json()["title"]


def test_without_a_key_it_is_not_taken(town, token_of):
    answer = Client().post("/api/v1/difficulties", json.dumps(BODY), content_type="application/json",
                           headers=token_of(town.operator, "submit"))
    assert answer.status_code == 422


@pytest.mark.parametrize(("change", "field"), [
    ({"topic": "weather"}, "topic"), ({"title": ""}, "title"), ({"text": "字" * 5001}, "text"),
    ({"enterprise_code": "91510802MA6ABC1220"}, "enterprise_code"),
    ({"enterprise_code": "11510800008480010M"}, "enterprise_code"),
    ({"received_at": "2100-01-01T00:00:00"}, "received_at"), ({"title": 5}, "title"), ({"title": " "}, "title"),
    ({"text": "\n"}, "text"), ({"route": "express_phone"}, "route"), ({"received_at": "1995-01-01T00:00:00"}, "received_at"),
    ({"nothing": "x"}, "nothing"),
])
def test_a_wrong_value_names_its_field(town, token_of, change, field):
    answer = post(token_of(town.operator, "submit"), BODY | change)
    problem = answer.json()
    assert answer.status_code == 422
    assert field in [problem.get("field"), *(error["field"] for error in problem.get("errors") or [])]
    assert not Matter.objects.exists()


def test_tokens_expire_are_revoked_and_have_scopes(town, token_of):
    assert post({"Authorization": "Bearer qq_none"}).status_code == 401
    assert post({}).status_code == 401
    assert post(token_of(town.operator, "read")).status_code == 403
    headers = token_of(town.operator, "submit")
    parties.revoke_token(actor=base.SYSTEM, token=ApiToken.objects.last())
    assert post(headers).status_code == 401


def test_a_matter_and_its_receipt_for_who_may_see_it(town, token_of):
    number = post(token_of(town.operator, "submit")).json()["number"]
    mine, strange = token_of(town.ban, "read"), token_of(town.qiu, "read")
    answer = Client().get(f"/api/v1/matters/{number}", headers=mine)
    assert answer.json()["state"] == "submitted"
    assert answer["ETag"] == '"1"'
    ledger.seal()
    ledger.checkpoint()
    receipt = Client().get(f"/api/v1/matters/{number}/receipt", headers=mine).json()
    report = ledger_queries.check_receipt(receipt)
    assert (report.kind, report.ok) == ("proof", True)
    for path in (f"/api/v1/matters/{number}", f"/api/v1/matters/{number}/receipt", "/api/v1/matters/GY-0"):
        assert Client().get(path, headers=strange).status_code == 404


@pytest.mark.parametrize(("anonymity", "told"), [
    ("open", [200, 200, 200, 200]), ("from_handler", [404, 200, 200, 200]), ("from_unit", [404, 404, 200, 200]),
])
def test_a_receipt_is_not_there_for_whom_the_name_is_hidden_from(town, token_of, signed_in, anonymity, told):
    matter = handling(town, anonymity=anonymity)
    for actor, status in zip((town.chen, town.luo, town.ban, town.lin), told, strict=True):
        answer = Client().get(f"/api/v1/matters/{matter.number}/receipt", headers=token_of(actor, "read"))
        page = signed_in(actor).get(f"/matters/{matter.number}/receipt.json")
        assert (answer.status_code, page.status_code) == (status, status)
        assert ('"enterprise"' in answer.content.decode()) is (status == 200)


def test_everything_that_is_not_there_is_json(town):
    answer = Client().get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert Client().get("/api/openapi.json").json()["openapi"].startswith("3.1")
