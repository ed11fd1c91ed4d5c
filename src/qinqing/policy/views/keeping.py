"""A policy for those who keep it."""

from django.http import Http404, HttpRequest

from qinqing import base

from .. import access
from ..queries import documents


def kept(request: HttpRequest, number: str) -> documents.Page:
    """The policy of one's own unit, or any for a city office."""
    page = documents.page(request.actor, number, base.today())
    if page is None or not access.may_edit(request.actor, page.policy.issuer_id):
        raise Http404
    return page
