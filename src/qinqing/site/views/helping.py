"""Pages that explain: how to submit, limits and supervision as they are in force, privacy, accessibility (M1-035, M3-036)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qinqing.casework import queries as casework
from qinqing.casework import terms as casework_terms
from qinqing.casework.terms import Timer
from qinqing.clock import spans
from qinqing.clock.limits import Limit
from qinqing.consultation.terms import KIND, TEXT_LENGTH, TITLE_LENGTH, Track
from qinqing.documents import terms as documents
from qinqing.ui.terms import NavItem

TIMERS = (Timer.ACCEPT, Timer.SIGN, Timer.RESPONSE, Timer.SOLUTION, Timer.HELPER, Timer.DECISION, Timer.CLOSE)


def _limits() -> dict[str, Any]:
    """The limits of every track as they are in force now, and the numbers of the rules beside them."""
    return {
        "timers": [timer.label for timer in TIMERS], "tracks": [(track.label, _row(track)) for track in Track],
        "max_transfers": casework_terms.MAX_TRANSFERS, "max_extensions": casework_terms.MAX_EXTENSIONS,
        "attempts": casework_terms.CONTACT_ATTEMPTS, "means": casework_terms.CONTACT_MEANS,
        "small_cell": casework_terms.SMALL_CELL, "soon_days": spans.SOON_DAYS, "soon_percent": 100 // spans.SOON_SHARE,
    }


def _row(track: Track) -> list[tuple[Any, Any, str]]:
    """(timer, limit, basis) of one track."""
    limits = casework.limits_of(KIND.key, track)
    return [(timer.label, Limit.parse(limits[timer][0]).label, limits[timer][1]) for timer in TIMERS]


def _submitting() -> dict[str, Any]:
    limits = casework.limits_of(KIND.key, Track.STANDARD)
    return {
        "title_length": TITLE_LENGTH, "text_length": TEXT_LENGTH, "max_files": documents.MAX_FILES,
        "max_megabytes": documents.MAX_BYTES // documents.MEGABYTE,
        "limits": {timer.value: Limit.parse(limits[timer][0]).label for timer in TIMERS},
    }


class Page(NamedTuple):
    """A page of help: what it is called, how it looks, and the facts it is generated from."""

    label: Any
    template: str
    facts: Callable[[], dict[str, Any]] = dict


PAGES = {
    "submit": Page(_("怎么提诉求"), "site/help_submit.html", _submitting),
    "limits": Page(_("办理时限与督办规则"), "site/help_limits.html", _limits),
    "privacy": Page(_("隐私与匿名"), "site/help_privacy.html"),
    "accessibility": Page(_("无障碍声明"), "site/help_accessibility.html"),
}


def explained(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    shown = PAGES[page]
    return render(request, shown.template, {"title": shown.label, "others": entries(page), **shown.facts()})


def entries(here: str = "") -> list[NavItem]:
    """The way to every page of help."""
    return [NavItem(reverse("help", args=[page]), shown.label, current=page == here) for page, shown in PAGES.items()]
