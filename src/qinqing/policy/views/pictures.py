"""一图解读: a policy's picture and posters, for everybody once it is published, before that for who keeps it (M3-013)."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response

from qinqing import base

from .. import drawing, picturing
from ..queries import documents
from ..queries import pictures as queries
from .keeping import kept

PAPERS = ("a4", "poster")


@dataclass(frozen=True)
class Shown:
    """The picture on a page: all it says, for those who do not see it, and the addresses of its files."""

    alt: str
    image: str
    papers: list[tuple[Any, str]]
    poster: str


def shown(request: HttpRequest, page: documents.Page) -> Shown | None:
    """On the public page."""
    return _shown(queries.public(page, **_about(request, page)), "policy_picture", "policy_paper")


def shown_before(request: HttpRequest, page: documents.Page) -> Shown | None:
    """On the desk, before publishing too."""
    return _shown(queries.preview(page, **_about(request, page)), "desk_policy_picture", "desk_policy_paper")


def _about(request: HttpRequest, page: documents.Page) -> dict[str, Any]:
    return {"address": request.build_absolute_uri(reverse("policy", args=[page.policy.number])), "demo": settings.DEMO_MODE}


def _shown(picture: picturing.Explainer | None, image: str, paper: str) -> Shown | None:
    if picture is None:
        return None
    there = reverse(paper, args=[picture.number])
    papers = {shape: f"{there}?format={shape}" for shape in PAPERS}
    return Shown(
        picturing.described(picture), reverse(image, args=[picture.number]),
        [(drawing.SHAPES[shape].label, address) for shape, address in papers.items()], papers["poster"])


# —— the files ——


def image(request: HttpRequest, number: str) -> HttpResponse:
    return _file(request, _public(request, number), "phone")


def paper(request: HttpRequest, number: str) -> HttpResponse:
    return _file(request, _public(request, number), _format(request))


@login_required
def image_before(request: HttpRequest, number: str) -> HttpResponse:
    return _file(request, _before(request, number), "phone")


@login_required
def paper_before(request: HttpRequest, number: str) -> HttpResponse:
    return _file(request, _before(request, number), _format(request))


def _public(request: HttpRequest, number: str) -> picturing.Explainer | None:
    """As a visitor sees it, whoever asks."""
    page = documents.page(base.PUBLIC, number, base.today())
    return queries.public(page, **_about(request, page)) if page else None


def _before(request: HttpRequest, number: str) -> picturing.Explainer | None:
    page = kept(request, number)
    return queries.preview(page, **_about(request, page))


def _format(request: HttpRequest) -> str:
    wanted = request.GET.get("format", PAPERS[0])
    if wanted not in PAPERS:
        raise Http404
    return wanted


def _file(request: HttpRequest, picture: picturing.Explainer | None, shape: str) -> HttpResponse:
    """Asked for again each time, sent only when it has changed."""
    if picture is None:
        raise Http404
    made = drawing.drawn(picture, shape)
    answer = HttpResponse(made.content, content_type=drawing.SHAPES[shape].content_type)
    name = f"{picture.number}-{shape}.{drawing.SHAPES[shape].kind}"
    answer.headers["ETag"], answer.headers["Cache-Control"] = f'"{made.digest}"', "no-cache"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer)
