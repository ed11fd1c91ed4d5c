"""Difficulties and matters for programs (M1-004)."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from qinqing import base
from qinqing.base import say
from qinqing.casework import queries as casework
from qinqing.casework.terms import Anonymity, Route
from qinqing.parties import uscc
from qinqing.parties.models import Enterprise
from qinqing.parties.terms import Scope

from . import actions, terms

router = Router(tags=["difficulties"])


class Problem(Schema):
    type: str
    title: str
    status: int
    instance: str
    field: str | None = None
    errors: list[dict] | None = None


class NewDifficulty(Schema):
    """`received_at` starts the clock for what came in elsewhere; without a zone it is Asia/Shanghai."""

    model_config = ConfigDict(extra="forbid", strict=True)

    title: str = Field(min_length=1, max_length=terms.TITLE_LENGTH)
    text: str = Field(min_length=1, max_length=terms.TEXT_LENGTH)
    topic: terms.Topic = Field(strict=False)
    enterprise_code: str = Field(max_length=24)
    wish: str = Field("", max_length=200)
    route: Route = Field(Route.API, strict=False)
    anonymity: Anonymity = Field(Anonymity.OPEN, strict=False)
    received_at: datetime | None = Field(None, strict=False)
    urgent: bool = False


class Receipt(Schema):
    number: str
    receipt: dict
    matter_url: str


class MatterState(Schema):
    number: str
    title: str
    state: str
    status: str
    unit: str
    received_at: datetime
    due_at: datetime | None
    provisional: bool
    outcome: str
    closed_at: datetime | None
    version: int


ANSWERS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


def _in_scope(request: HttpRequest, scope: str) -> None:
    if scope not in request.token.scopes:
        raise base.Denied(say("令牌没有“%(scope)s”的权限。", scope=Scope(scope).label))


@router.post("/difficulties", response={201: Receipt, **ANSWERS}, operation_id="submit_difficulty")
def submit_difficulty(request: HttpRequest, body: NewDifficulty, response: HttpResponse,
                      idempotency_key: str = Header(..., alias="Idempotency-Key", min_length=1, max_length=100)):
    """Submit once: the same key with the same body gives the first answer again, with another body 409."""
    _in_scope(request, Scope.SUBMIT)
    values = body.dict()
    enterprise = _enterprise(values.pop("enterprise_code"))
    received_at = values.pop("received_at")
    difficulty = actions.submit(
        actor=request.actor, enterprise=enterprise, received_at=_zoned(received_at),
        once=f"api:{request.token.pk}:{idempotency_key}", body=body.model_dump_json(), **values)
    number = difficulty.matter.number
    response["Location"] = f"/api/v1/matters/{number}"
    told = {"number": number, "receipt": casework.receipt_of(difficulty.matter), "matter_url": _url(request, number)}
    return Status(201, told)


def _enterprise(code: str) -> Enterprise:
    finding = uscc.check(code)
    if not finding.valid:
        raise base.Refused(say(" ".join(str(error) for error in finding.errors)), field="enterprise_code")
    enterprise = next(iter(Enterprise.objects.select_related("county").filter(code=finding.normalised)), None)
    if enterprise is None:
        raise base.Refused(say("名录里没有代码为 %(code)s 的企业。", code=finding.normalised), field="enterprise_code")
    return enterprise


def _zoned(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=base.TZ) if moment and moment.tzinfo is None else moment


def _url(request: HttpRequest, number: str) -> str:
    return request.build_absolute_uri(f"/matters/{number}/")


@router.get("/matters/{number}", response={200: MatterState, **ANSWERS}, operation_id="get_matter")
def get_matter(request: HttpRequest, number: str, response: HttpResponse):
    """Where a matter is. `ETag` is its version."""
    matter = _found(request, number)
    response["ETag"] = f'"{matter.version}"'
    return {"number": matter.number, "title": matter.title, "state": matter.state,
            "status": str(casework.status(matter).label), "unit": matter.unit_name, "received_at": matter.received_at,
            "due_at": matter.due_at, "provisional": matter.provisional, "outcome": matter.outcome,
            "closed_at": matter.closed_at, "version": matter.version}


@router.get("/matters/{number}/receipt", response={200: dict, **ANSWERS}, operation_id="get_receipt")
def get_receipt(request: HttpRequest, number: str):
    """The receipt: a signed promise, and as soon as it is sealed the proof."""
    matter = _found(request, number)
    if not casework.may_read_receipt(request.actor, matter):
        raise Http404
    return casework.receipt_of(matter)


def _found(request: HttpRequest, number: str):
    _in_scope(request, Scope.READ)
    matter = casework.find(request.actor, number)
    if matter is None:
        raise Http404
    return matter

