"""What the address of the worklist says, and the addresses that say something else."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing.base import Actor
from qinqing.base.actor import COUNTY_STAFF, UNIT_STAFF
from qinqing.parties import queries as parties
from qinqing.parties.models import Division, Unit

from .. import kinds
from ..forms import units
from ..queries import NOBODY, Filter
from ..terms import Channel

SIZES = (25, 50, 100)
LONGEST = 60
NAMES = {
    "topic": gettext_lazy("类别"), "county": gettext_lazy("县区"), "channel": gettext_lazy("来源"),
    "unit": gettext_lazy("承办单位"),
}


def wanted(query: QueryDict) -> Filter:
    exact = {name: said(query, name) for name in NAMES}
    return Filter(tab=said(query, "tab"), query=said(query, "q"), mine=query.get("mine") == "1", **exact)


def said(query: QueryDict, name: str) -> str:
    """What the address says, as far as a database can look for it."""
    return query.get(name, "").replace("\x00", "").strip()[:LONGEST]


def size(query: QueryDict) -> int:
    asked = query.get("size", "")
    return int(asked) if asked.isdecimal() and int(asked) in SIZES else SIZES[0]


def address(query: QueryDict, **changes: Any) -> str:
    """The worklist with these parameters instead; a filter begins at the first page, with nothing open."""
    said = {name: value for name, value in (_kept(query) | changes).items() if value}
    return f"{reverse('desk')}?{urlencode(said)}" if said else reverse("desk")


def _kept(query: QueryDict) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value and name not in ("after", "open")}


class Chip(NamedTuple):
    """A filter above the list: set, with what it is set to and how to drop it; or the way to its choices."""

    name: str
    label: str
    url: str
    value: str = ""


def chips(request: HttpRequest) -> list[Chip]:
    query = request.GET
    mine = [_mine(query)] if request.actor.role in UNIT_STAFF else []
    return mine + [_chip(name, query) for name in offered(request.actor)]


def offered(actor: Actor) -> list[str]:
    """The filters that narrow anything for this actor."""
    without = {"unit"} if actor.role in UNIT_STAFF else {"county"} if actor.role in COUNTY_STAFF else set()
    return [name for name in NAMES if name not in without]


def _mine(query: QueryDict) -> Chip:
    label = _("我承办的")
    if query.get("mine") == "1":
        return Chip("mine", label, address(query, mine=""), value=label)
    return Chip("mine", label, address(query, mine="1"))


def _chip(name: str, query: QueryDict) -> Chip:
    chosen = query.get(name, "")
    label = str(NAMES[name])
    if not chosen:
        return Chip(name, label, f"{reverse('desk_filter', args=[name])}?{urlencode(_kept(query))}")
    return Chip(name, label, address(query, **{name: ""}), value=_label(name, chosen))


NONE = {"unit": gettext_lazy("还没有交办"), "county": gettext_lazy("不分县区")}


def _label(name: str, chosen: str) -> str:
    if chosen == NOBODY and name in NONE:
        return str(NONE[name])
    if name == "county":
        return str(Division.objects.filter(code=chosen).first() or chosen)
    if name == "unit":
        return str(Unit.objects.filter(code=chosen).first() or chosen)
    return str(dict(_fixed(name)).get(chosen, chosen))


class Choice(NamedTuple):
    label: str
    url: str
    current: bool


def choices(request: HttpRequest, name: str) -> list[Choice]:
    """What a filter can be set to, each with its address; 404 for a filter that is not offered."""
    if name not in offered(request.actor):
        raise Http404
    now = request.GET.get(name, "")
    every = [("", _("不限")), *_values(name)]
    return [Choice(str(label), address(request.GET, **{name: value}), value == now) for value, label in every]


def _values(name: str) -> list[tuple[str, Any]]:
    if name == "county":
        named = parties.counties().order_by("code").values_list("code", "name")
        return [*named, (NOBODY, NONE[name])]
    if name == "unit":
        return [(NOBODY, NONE[name])] + [(unit.code, unit.name) for unit in units.holders().order_by("path")]
    return _fixed(name)


def _fixed(name: str) -> list[tuple[str, Any]]:
    if name == "channel":
        return list(Channel.choices)
    return list({key: label for kind in kinds.registered() for key, label in kind.topics.items()}.items())


