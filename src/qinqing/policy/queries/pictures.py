"""What a policy's picture is made of, from the record as it stands today (M3-013)."""

from qinqing import base
from qinqing.base import say
from qinqing.eligibility.catalogue import Fact
from qinqing.parties import industry
from qinqing.parties import queries as parties
from qinqing.parties.models import Division
from qinqing.ui import dates

from .. import picturing, terms
from . import elsewhere
from .documents import Page

SHOWN = frozenset({terms.Standing.IN_FORCE, terms.Standing.UPCOMING})


def public(page: Page, address: str, *, demo: bool) -> picturing.Explainer | None:
    """None where there is nothing that everybody may read and somebody can still get."""
    return preview(page, address, demo=demo) if page.standing in SHOWN and not page.policy.withheld_ground else None


def preview(page: Page, address: str, *, demo: bool) -> picturing.Explainer | None:
    """As it would be today, before publishing too; None without a benefit that still holds. `address` is the policy's page."""
    picture = picturing.explainer(
        page.policy, page.items, city=_city(), naming=_naming, address=address, day=base.today(),
        simulated=demo or page.policy.simulated)
    return picture if picture.benefits else None


def _city() -> picturing.City:
    city, offered = parties.city(), elsewhere.offered()
    name = (city.name_en if dates.english() else "") or city.name
    return picturing.City(
        platform=str(say("%(city)s政企沟通平台", city=name)).strip(), hotline=city.hotline, applications=offered.applications,
        matching=offered.matching, elsewhere=str(offered.platform) if offered.address else "")


def _naming(fact: Fact, code: str) -> str:
    """A place or an industry by its name alone: whoever stands before a poster has no use for codes."""
    if fact.name == "region":
        return Division.objects.filter(code__in=[code, code.ljust(6, "0")]).values_list("name", flat=True).first() or code
    found = industry.find(code)
    return found.name if found else code
