"""Every refusal under /api/ is problem+json, in the language asked for, and tells nothing of the program's inside."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from ninja.errors import Throttled

from qinqing import base
from qinqing.base import say
from qinqing.site import urls as site
from qinqing.site.api import api
from tests import characters

SUBMIT, JSON = "/api/v1/difficulties", "application/json"
RAISED = {
    "broken": ZeroDivisionError("secret inside"), "denied": PermissionDenied(), "odd": SuspiciousOperation("secret inside"),
    "stale": base.Stale(say("有人先改了")),
}


def fall(request, how):
    raise RAISED[how]


def slowed(request):
    return api.on_exception(request, Throttled(wait=3))


def gone(request):
    return HttpResponse("gone", status=503, headers={"Retry-After": "7"})


urlpatterns = [path("api/v1/fall/<str:how>", fall), path("api/v1/slow", slowed), path("api/v1/gone", gone), *site.urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def program():
    return Client(raise_request_exception=False)


def problem_of(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert {"type", "title", "instance"} <= problem.keys()
    assert "secret inside" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    return problem


@pytest.mark.parametrize(("address", "status", "said"), [
    ("/api/v1/fall/broken", 500, "平台出了错"), ("/api/v1/fall/denied", 403, "不能办"), ("/api/v1/fall/odd", 400, "无法读取"),
    ("/api/v1/fall/stale", 409, "有人先改了"), ("/api/v1/nowhere", 404, "没有这个地址"), (SUBMIT, 405, "不接受 GET 请求"),
    ("/api/v1/matters/GY-1", 401, "有效的令牌"), ("/api/v1/slow", 429, "请求太多"), ("/api/v1/gone", 503, "暂时不能服务"),
])
def test_a_refusal_is_a_problem_with_a_sentence(program, address, status, said):
    assert said in problem_of(program.get(address), status)["title"]


def test_what_the_framework_said_in_headers_stays(program):
    assert program.get("/api/v1/gone")["Retry-After"] == "7"
    assert program.get(SUBMIT)["Allow"] == "POST"
    assert program.get("/api/v1/matters/GY-1")["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("asked", "said", "language"), [
    ("en", "There is no such address", "en"), ("en-GB,en;q=0.9,zh;q=0.1", "There is no such address", "en"),
    ("zh-CN", "没有这个地址", "zh-CN"), ("", "没有这个地址", "zh-CN"), ("fr", "没有这个地址", "zh-CN"),
])
def test_a_problem_speaks_the_language_asked_for(program, asked, said, language):
    answer = program.get("/api/v1/nowhere", headers={"Accept-Language": asked})
    assert said in problem_of(answer, 404)["title"]
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]


def test_a_host_that_is_not_ours(program):
    problem_of(program.get("/api/v1/nowhere", headers={"Host": "elsewhere.example"}), 400)


@pytest.mark.parametrize(("body", "content_type", "status"), [
    ("{", JSON, 400), ("a=1", "application/x-www-form-urlencoded", 415), ("{}", "text/plain", 415), ("[1]", JSON, 422),
    (json.dumps({"text": "字" * 1_100_000}), JSON, 413),
])
def test_a_body_that_cannot_be_used(program, token_of, body, content_type, status):
    headers = {**token_of, "Idempotency-Key": "k"}
    problem_of(program.post(SUBMIT, body, content_type=content_type, headers=headers), status)


def test_each_fault_of_a_body_is_said_in_both_languages(program, token_of):
    body = {"title": 5, "text": "", "topic": "weather", "urgent": "maybe", "received_at": "soon", "more": 1}
    said = {}
    for language in ("zh-CN", "en"):
        headers = {**token_of, "Idempotency-Key": "k", "Accept-Language": language}
        answer = program.post(SUBMIT, json.dumps(body), content_type=JSON, headers=headers)
        said[language] = {fault["field"]: fault["message"] for fault in problem_of(answer, 422)["errors"]}
    assert said["zh-CN"]["enterprise_code"] == "缺少这一项"
    assert said["zh-CN"]["more"] == "不认识这一项"
    assert said["en"].keys() == said["zh-CN"].keys() == {*body, "enterprise_code"}
    for field, message in said["zh-CN"].items():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in message), field
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in said["en"][field]), field


@pytest.fixture
def token_of():
    return characters.token(characters.make_town().operator, "submit")
