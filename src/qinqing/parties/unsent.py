"""What was typed while the session ran out: kept until its writer has signed in again, and sent with one key."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

UNSENT = "unsent"
LONGEST = 60_000  # characters in all: the longest form has a tenth of that
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "code"})
SHORT = 20  # in ASCII and no longer than this it is a choice, not words


class SignInFirst(Exception):
    """A visitor asks for what is somebody's own: whether it is there is not said before they have signed in."""


class UnsentMiddleware:
    """A form that meets the sign-in page is shown once more behind it."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and _waits(request) and request.actor.account_id:
            return _shown(request)
        response = self.get_response(request)
        if request.method == "POST" and not request.actor.account_id and _asks_to_sign_in(response):
            _keep(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return redirect_to_login(request.get_full_path(), _sign_in()) if isinstance(error, SignInFirst) else None


def _waits(request: HttpRequest) -> bool:
    return bool(request.session.session_key) and request.session.get(UNSENT, {}).get("path") == request.path


def _sign_in() -> str:
    return str(resolve_url("account_login"))


def _asks_to_sign_in(response: HttpResponse) -> bool:
    address = response.get("Location") or response.get("HX-Redirect") or ""
    return address.partition("?")[0] == _sign_in()


def _keep(request: HttpRequest) -> None:
    fields = [(name, values) for name, values in request.POST.lists() if name not in NEVER_KEPT]
    if sum(len(value) for _name, values in fields for value in values) <= LONGEST:
        request.session[UNSENT] = {"path": request.path, "fields": fields, "files": bool(request.FILES)}


def _shown(request: HttpRequest) -> HttpResponse:
    unsent = request.session.pop(UNSENT)
    values = [value for _name, values in unsent["fields"] for value in values]
    said = [value for value in values if not value.isascii() or len(value) > SHORT]
    return render(request, "parties/unsent.html", {**unsent, "said": said})
