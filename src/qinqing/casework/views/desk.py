"""Who gets in: the workbench is for staff in a post; whoever is not signed in is asked to, anybody else finds nothing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from qinqing import base
from qinqing.parties import access as parties


def staff(view: Callable) -> Callable:
    """Let staff in; administrators of people and logs are told why they read no business."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        actor = request.actor
        if not actor.role:
            return _to_sign_in(request)
        if not actor.is_staff:
            raise Http404
        base.require(parties.may_read_business(actor))
        return view(request, *args, **kwargs)

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    page = "acting_as" if request.actor.account_id else "/login/"
    answer = redirect_to_login(request.get_full_path(), resolve_url(page))
    return gone_to(request, answer.url)


def is_partial(request: HttpRequest, region: str) -> bool:
    """Whether the page in the browser asks for one of its regions only."""
    return request.headers.get("HX-Target", "").endswith(f"#{region}")


def gone_to(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page: 303, or for a script the header that makes it load the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where the writer came from: an address of this site in `next`."""
    address = request.POST.get("next") or request.GET.get("next", "")
    local = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and local else otherwise
