"""Who acts in this request, and a session that ends when nobody acts any more."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from qinqing import base

from . import queries

ACTING_AS = "acting_as"
SEEN_AT = "seen_at"
TOUCH_EVERY_SECONDS = 60


class ActorMiddleware:
    """`request.actor`, found when first asked for; the idle clock is written at most once a minute."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))
        if request.session.session_key:
            _touch(request)
        return self.get_response(request)


def _actor(request: HttpRequest) -> base.Actor:
    if not request.user.is_authenticated:
        return base.PUBLIC
    return queries.actor_for(request.user, request.session.get(ACTING_AS))


def _touch(request: HttpRequest) -> None:
    now = int(base.machine_now().timestamp())
    if now - request.session.get(SEEN_AT, 0) >= TOUCH_EVERY_SECONDS and "_auth_user_id" in request.session:
        request.session[SEEN_AT] = now
