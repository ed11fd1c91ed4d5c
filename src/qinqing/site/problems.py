"""Every refusal under /api/ is a problem of RFC 9457, in the language that the program asks for; never a page, never a stack."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from qinqing.base import say

API = "/api/"
PROBLEM = "application/problem+json"
JSON = "application/json"
UNSUPPORTED = 415
UNKNOWN_TOKEN = 401

TITLES = {
    400: say("请求无法读取：内容要是 JSON，地址和请求头要完整。"),
    401: say("请求要带有效的令牌：Authorization: Bearer …"),
    403: say("这个令牌不能办这件事。"),
    404: say("没有这个地址，或者您看不到它。"),
    405: say("这个地址不接受 %(method)s 请求。"),
    409: say("有人先改了，请重新读取后再试。"),
    413: say("请求的内容太大，最多 2 MB。"),
    415: say("请求的内容要用 JSON 写：Content-Type: application/json。"),
    422: say("请求的内容不完整或格式不对。"),
    429: say("请求太多，请过一会儿再试。"),
    500: say("平台出了错，已经记下。请稍后再试；重复提交时用同一个幂等键。"),
    503: say("平台暂时不能服务，请稍后再试。"),
}


def problem(request: HttpRequest, status: int, title: str, **more: Any) -> HttpResponse:
    body = {"type": "about:blank", "title": title, "status": status, "instance": request.path, **more}
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def plain_problem(request: HttpRequest, status: int) -> HttpResponse:
    """For a status about which nothing more is known."""
    sentence = TITLES.get(status, TITLES[500 if status >= 500 else 400])  # noqa: PLR2004 - the servers' half of the statuses
    return problem(request, status, str(say(sentence.text, method=request.method)))


class ProblemMiddleware:
    """Whoever refused under /api/ - a view, the framework, another middleware -, the program reads a problem."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        if _is_not_json(request):
            return plain_problem(request, UNSUPPORTED)
        return _as_problem(request, self.get_response(request))


def _is_not_json(request: HttpRequest) -> bool:
    return bool(request.META.get("CONTENT_LENGTH") or 0) and request.content_type != JSON


def _as_problem(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The same status and headers, with our body."""
    if answer.status_code < 400 or answer["Content-Type"] == PROBLEM:  # noqa: PLR2004 - where refusals begin
        return answer
    said = plain_problem(request, answer.status_code)
    answer.content, answer["Content-Type"] = said.content, PROBLEM
    answer.headers.pop("Content-Length", None)
    if answer.status_code == UNKNOWN_TOKEN:
        answer["WWW-Authenticate"] = "Bearer"
    return answer
