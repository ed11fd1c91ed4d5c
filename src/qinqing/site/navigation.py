"""The navigation of desk and portal: what this actor may open, and nothing that is not there yet."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qinqing.base import PUBLIC, Actor
from qinqing.base.actor import ADMINISTRATORS
from qinqing.casework import access as casework
from qinqing.notices import access as notices
from qinqing.notices import queries as inbox
from qinqing.parties import access as parties
from qinqing.policy import access as policy
from qinqing.policy.access import cycles as benefits
from qinqing.ui.terms import NavGroup, NavItem
from qinqing.workdays import access as workdays
from qinqing.yearbook import access as yearbook


def desk(request: HttpRequest) -> list[NavGroup]:
    """The groups of the workbench's side; the first four entries are a phone's tabs."""
    actor = getattr(request, "actor", PUBLIC)
    if not actor.is_staff:
        return []
    groups = [NavGroup("", _work(actor, unread=inbox.unread_count(actor))), NavGroup(_("管理"), _management(actor))]
    here = _here(request.path, [entry.url for group in groups for entry in group.entries])
    return [NavGroup(group.title, [entry._replace(current=entry.url == here) for entry in group.entries])
            for group in groups if group.entries]


def _here(path: str, urls: list[str]) -> str:
    """The longest address that the page's own begins with, since /desk/ begins them all."""
    return max((url for url in urls if path.startswith(_path(url))), key=lambda url: len(_path(url)), default="")


def _path(url: str) -> str:
    return url.partition("?")[0]


def start(actor: Actor) -> str:
    """Where the work of this actor begins."""
    entries = [*_work(actor, unread=0), *_management(actor)]
    return next(entry.url for entry in entries if entry.url != reverse("inbox"))


_PORTAL = (("home", gettext_lazy("首页"), "home"), ("submit", gettext_lazy("反映困难"), "message-plus"),
           ("matters", gettext_lazy("我的诉求"), "map-search"), ("policies", gettext_lazy("政策"), "file-text"),
           ("benefits", gettext_lazy("惠企资金"), "gift"), ("figures", gettext_lazy("公开"), "eye-check"))
OF_ENTERPRISES = frozenset({"submit", "matters", "benefits"})
ONLY_OF_ENTERPRISES = frozenset({"benefits"})  # a visitor writes before signing in, but has nothing to read there


def portal(request: HttpRequest) -> list[NavItem]:
    """The public site's own; staff bring nothing of their own and follow nothing there."""
    actor = getattr(request, "actor", PUBLIC)
    left_out = OF_ENTERPRISES if actor.is_staff else frozenset() if actor.enterprise_id else ONLY_OF_ENTERPRISES
    names = [one for one in _PORTAL if one[0] not in left_out]
    return [_entry(request.path, reverse(name), label, icon) for name, label, icon in names]


def _entry(path: str, url: str, label: str, icon: str) -> NavItem:
    current = path == url if url == "/" else path.startswith(url)
    return NavItem(url, label, current=current, icon=icon)


def _work(actor: Actor, *, unread: int) -> list[NavItem]:
    entries = [NavItem(reverse("inbox"), _("通知"), icon="bell", count=unread or None)]
    if casework.may_register(actor):
        entries.insert(0, NavItem(reverse("register"), _("登记"), icon="phone-plus"))
    if casework.may_look_up(actor):
        entries.insert(1, NavItem(reverse("look_up"), _("查进度"), icon="search"))
    if casework.may_see_overview(actor):
        entries.insert(0, NavItem(f"{reverse('desk')}?tab=running", _("事项"), icon="inbox"))
        entries.insert(0, NavItem(reverse("overview"), _("总览"), icon="chart-line"))
    elif parties.may_read_business(actor):
        entries.insert(0, NavItem(reverse("desk"), _("工作台"), icon="inbox"))
    return entries


def _management(actor: Actor) -> list[NavItem]:
    entries = []
    if actor.role in ADMINISTRATORS or parties.may_register_enterprise(actor):
        label = _("操作日志") if parties.may_read_logs(actor) else _("单位与人员")
        entries.append(NavItem(reverse("administration"), label, icon="users"))
    if parties.may_read_business(actor):
        entries.append(NavItem(reverse("durations"), _("办理用时"), icon="clock-hour-4"))
    if casework.may_read_satisfaction(actor):
        entries.append(NavItem(reverse("satisfaction"), _("满意度"), icon="mood-smile"))
    if workdays.may_see(actor):
        entries.append(NavItem(reverse("calendar"), _("工作日历"), icon="calendar"))
    if policy.may_keep(actor):
        entries.append(NavItem(reverse("desk_policies"), _("政策"), icon="file-text"))
        entries.append(NavItem(reverse("facts_desk"), _("企业数据"), icon="database"))
    if benefits.may_look(actor):
        entries.append(NavItem(reverse("cycles"), _("免申即享"), icon="gift"))
    if yearbook.may_enter(actor):
        entries.append(NavItem(reverse("reported_enter"), _("外部统计"), icon="chart-bar"))
    if notices.may_see_outbox(actor):
        entries.append(NavItem(reverse("outbox"), _("发件箱"), icon="send"))
    return [*entries, NavItem(reverse("ledger"), _("存证账本"), icon="books")]

