"""The root of the API: bearer tokens, problem+json, what an action refuses."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from qinqing import base
from qinqing.consultation.api import router as consultation
from qinqing.parties import queries as parties

from . import findings
from .problems import plain_problem, problem


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


@api.exception_handler(base.Refused)
def refused(request: HttpRequest, error: base.Refused) -> HttpResponse:
    return problem(request, 422, str(error), field=error.field)


@api.exception_handler(base.Denied)
def denied(request: HttpRequest, error: base.Denied) -> HttpResponse:
    return problem(request, 403, str(error))


@api.exception_handler(base.Stale)
def stale(request: HttpRequest, error: base.Stale) -> HttpResponse:
    return problem(request, 409, str(error))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each error names its place in the body."""
    errors = [{"field": _place(fault["loc"]), "message": str(findings.sentence(fault))} for fault in error.errors]
    return problem(request, 422, str(base.say("请求的内容不完整或格式不对。")), errors=errors)


def _place(steps: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in steps[2:] or steps)


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return plain_problem(request, 413)
