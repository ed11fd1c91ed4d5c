"""What every page knows: the city, the mode, who looks at it, and how they want to read."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.notices import queries as notices
from qinqing.parties import queries as parties
from qinqing.ui.terms import NavGroup, NavItem

from . import navigation
from .views import helping


def page(request: HttpRequest) -> dict:
    actor = getattr(request, "actor", base.PUBLIC)
    return {
        "actor": actor,
        "actor_unit": actor.place,
        "city": SimpleLazyObject(parties.city),
        "nav": SimpleLazyObject(lambda: navigation.portal(request)),
        "footer_links": SimpleLazyObject(_footer),
        "desk_start": SimpleLazyObject(lambda: navigation.start(actor)),
        "desk_nav": SimpleLazyObject(lambda: navigation.desk(request)),
        "unread_notices": SimpleLazyObject(lambda: notices.unread_count(actor)),
        "demo_mode": settings.DEMO_MODE,
        "demo_today": base.today() if settings.DEMO_MODE else None,
    }


def _footer() -> list[NavGroup]:
    """What is explained, and what is public: nothing that is not there."""
    public = [NavItem("/figures/", _("数据和口径")), NavItem("/benefits/notices/", _("免申即享公示")),
              NavItem("/ledger/", _("核验凭证"))]
    return [NavGroup(_("帮助"), helping.entries()), NavGroup(_("公开"), public)]
