"""The root of the API: bearer tokens, problem+json, JSON for everything that is not there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from qinqing import base
from qinqing.consultation.api import router as consultation
from qinqing.parties import queries as parties


class Bearer(HttpBearer):
    """`Authorization: Bearer qq_…`; the request then acts as the post or mandate the token stands for."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        found = parties.bearer(token)
        if found is None:
            return None
        request.token, request.actor = found
        return found[0]


api = NinjaAPI(title="Qinqing", version="1", urls_namespace="api", auth=Bearer(), docs_url=None,
               openapi_url="/openapi.json")
api.add_router("/v1", consultation)


def problem(request: HttpRequest, status: int, title: str, **more: Any) -> HttpResponse:
    """RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "instance": request.path, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False})


@api.exception_handler(base.Refused)
def refused(request: HttpRequest, error: base.Refused) -> HttpResponse:
    return problem(request, 422, str(error), field=error.field)


@api.exception_handler(base.Denied)
def denied(request: HttpRequest, error: base.Denied) -> HttpResponse:
    return problem(request, 403, str(error))


@api.exception_handler(base.Stale)
def stale(request: HttpRequest, error: base.Stale) -> HttpResponse:
    return problem(request, 409, str(error))


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(request, 404, str(base.say("没有这个地址，或者您看不到它。")))


@api.exception_handler(AuthenticationError)
def unknown_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = problem(request, 401, str(base.say("请求要带有效的令牌：Authorization: Bearer …")))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def refused_by_ninja(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, str(error))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each error names its place in the body."""
    errors = [{"field": ".".join(str(step) for step in fault["loc"][2:] or fault["loc"]), "message": fault["msg"]}
              for fault in error.errors]
    return problem(request, 422, str(base.say("请求的内容不完整或格式不对。")), errors=errors)


def nothing_here(request: HttpRequest) -> HttpResponse:
    return missing(request, Http404())
