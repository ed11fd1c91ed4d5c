"""What every answer of the site has in common: which face it shows, who may keep a copy, and what a refusal looks like."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from qinqing import base

from .problems import API

# Staff addresses are not there on a public server; a server for staff leaves the public interfaces to the other.
HIDDEN = {"public": ("/desk/",), "desk": ("/embed/", "/open311/", "/public/"), "both": ()}


class HtmlGZipMiddleware(GZipMiddleware):
    """Compresses pages only: an API's ETag must stay strong (docs/decisions/0008)."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response


class LanguageMiddleware:
    """Chinese first, whatever the browser prefers; English for who chose it, and for programs that ask for it."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "en" if language == "en" else "zh-CN")
        patch_vary_headers(response, ["Cookie", *(["Accept-Language"] if request.path.startswith(API) else [])])
        return response


def _language(request: HttpRequest) -> str:
    if request.path.startswith(API):
        return translation.get_language_from_request(request)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class FaceMiddleware:
    """A server started with `--face` answers 404 for what belongs to the other face."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(HIDDEN[settings.FACE]):
            raise Http404
        return self.get_response(request)


class PrivateAnswerMiddleware:
    """What was made for a session is not kept by browsers or proxies, unless its view says otherwise."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """A refusal that no form caught becomes a page with its sentence: 403, 409 or 422."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, base.Denied | base.Stale | base.Refused):
            return None
        status, heading = _said(error)
        return render(request, "site/refusal.html", {"heading": heading, "sentence": str(error)}, status=status)


def _said(error: Exception) -> tuple[int, str]:
    match error:
        case base.Denied():
            return 403, _("您不能办这件事")
        case base.Stale():
            return 409, _("有人先改了")
        case _:
            return 422, _("没有办成")
