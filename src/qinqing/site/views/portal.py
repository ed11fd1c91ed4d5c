"""The portal's own pages: the front page and where one goes after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qinqing import base
from qinqing.base.actor import ADMINISTRATORS
from qinqing.casework import queries as casework
from qinqing.consultation import queries as consultation
from qinqing.policy.queries import library as policy
from qinqing.ui.terms import NavItem

from . import publishing

MECHANISMS = (
    (_("困难问题会商"), _("多渠道收集，交给单位限期办，企业点头才销号")),
    (_("跟踪服务"), _("银企对接、产销对接、人才用工，一对一跟到底")),
    (_("决策参与"), _("涉企政策出台前，先听企业怎么说")),
    (_("亲清交往"), _("承诺说到做到，拖欠账款逐笔清偿，清单划明边界")),
    (_("政企互评"), _("随机抽取企业给部门评分，每一次抽取都能重算")),
    (_("闭环考核"), _("按办理记录自动算分，每一分都能点开看依据")),
)


def home(request: HttpRequest) -> HttpResponse:
    year = publishing.shown_year()
    context = {
        "figures": publishing.report_of(year).course, "year": year, "mechanisms": MECHANISMS, "tasks": _tasks(request.actor),
        "waiting": casework.waiting_for(request.actor), "solved": consultation.recently_solved(),
        "afterwards": consultation.afterwards(), "policies": policy.standings(base.today())["in_force"],
    }
    return render(request, "site/home.html", context)


def _tasks(actor: base.Actor) -> list[NavItem]:
    return [
        NavItem(reverse("submit"), _("反映困难"), icon="message-plus", note=_("用地、用工、融资、用电，遇到难处就写")),
        NavItem(reverse("matters"), _("查进度"), icon="map-search", note=_("谁在办、下一步、到哪天，都看得到")),
        NavItem(reverse("figures"), _("看公开"), icon="eye-check", note=_("收了多少、办了多少、超期多少，口径写明")),
        NavItem(reverse("ledger"), _("核验凭证"), icon="shield-check", note=_("收件凭证可以自己验，不用相信我们")),
    ]


def after_login(request: HttpRequest) -> HttpResponse:
    """Staff go to their work, enterprises to their matters, administrators to what they keep."""
    if request.actor.enterprise_id:
        return redirect("/matters/")
    if request.actor.role in ADMINISTRATORS:
        return redirect("administration")
    return redirect("/desk/" if request.actor.is_staff else "/me/")
