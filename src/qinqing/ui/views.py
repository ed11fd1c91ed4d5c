"""Reading preferences, the menu page, and the component gallery."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from qinqing import base

from . import samples

CHOICES = {"size": ("large", "standard"), "theme": ("dark", "light")}
GALLERY = {
    "parts": "ui/gallery_parts.html",
    "forms": "ui/gallery_forms.html",
    "matter": "ui/gallery_matter.html",
    "home": "ui/gallery_home.html",
    "desk": "ui/gallery_desk.html",
}
YEAR = 365 * 24 * 3600
SHOWN_AT = datetime(2020, 11, 23, 9, 30, tzinfo=base.TZ)


@csrf_exempt  # it writes nothing but the reader's own display cookies; so public pages need no token
@require_POST
def preference(request: HttpRequest) -> HttpResponse:
    """Remember size or theme in a cookie, and go back to where the reader was."""
    response = redirect(safe_next(request))
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(name, request.POST[name], max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


def safe_next(request: HttpRequest) -> str:
    """The local address in `next`, else the front page: never another host."""
    address = request.POST.get("next", "")
    local = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if local else "/"


def menu(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/menu.html")


def gallery(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the gallery. The clock is held, so that its pictures stay comparable."""
    if page not in GALLERY:
        raise Http404
    with base.clock_at(SHOWN_AT):
        return render(
            request,
            GALLERY[page],
            {
                "page": page,
                "samples": samples.CONTENTS,
                "form": samples.DifficultyForm(),
                "wrong": samples.DifficultyForm({}, auto_id="wrong_%s"),
                "nav": samples.CONTENTS["nav"],
                "desk_nav": samples.CONTENTS["desk_nav"] if page == "desk" else [],
                "footer_links": samples.CONTENTS["footer"],
            },
        )
