"""The vocabulary of difficulties: topics, tracks with their limits, drafts (M1-013)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from qinqing.base import Role
from qinqing.casework.kinds import Kind
from qinqing.casework.terms import Route


class Topic(TextChoices):
    """What a difficulty is about; the icon stands beside it on the form."""

    FINANCING = "financing", _("融资")
    LABOUR = "labour", _("用工")
    LAND = "land", _("用地")
    SALES = "sales", _("销售")
    LOGISTICS = "logistics", _("物流")
    UTILITIES = "utilities", _("水电气讯")
    APPROVAL = "approval", _("审批")
    INSPECTION = "inspection", _("涉企检查执法")
    POLICY = "policy", _("政策兑现")
    ARREARS = "arrears", _("拖欠账款")
    EPIDEMIC = "epidemic", _("疫情防控")
    OTHER = "other", _("其他")


TOPIC_ICONS = {
    Topic.FINANCING: "cash", Topic.LABOUR: "users", Topic.LAND: "map-2", Topic.SALES: "shopping-cart",
    Topic.LOGISTICS: "truck-delivery", Topic.UTILITIES: "bolt", Topic.APPROVAL: "file-check",
    Topic.INSPECTION: "clipboard-search", Topic.POLICY: "gift", Topic.ARREARS: "receipt-yuan",
    Topic.EPIDEMIC: "virus", Topic.OTHER: "dots",
}


class Scope(TextChoices):
    """Common difficulties touch many enterprises, individual ones a single one (M1-025)."""

    COMMON = "common", _("共性问题")
    INDIVIDUAL = "individual", _("个性问题")


class Track(TextChoices):
    """What is asked decides the limit (四川 12345 办理办法: 咨询 3, 求助 7, 投诉 15 working days)."""

    STANDARD = "standard", _("困难问题")
    INQUIRY = "inquiry", _("咨询")
    HELP = "help", _("求助、建议")
    COMPLAINT = "complaint", _("投诉举报")
    URGENT = "urgent", _("紧急")
    EXPRESS = "express", _("市长直通车")


class ReplyBy(TextChoices):
    PHONE = "phone", _("电话和短信")
    SMS = "sms", _("只发短信")
    ONLINE = "online", _("只在平台上")


_HOTLINE = gettext_noop("四川 12345 办理办法（2025）")  # kept with the clock, hence translated when it is shown
_OWN = gettext_noop("本平台默认时限")
LIMITS = {
    Track.STANDARD: {
        "accept": ("1wd", _OWN), "sign": ("1wd", _OWN), "response": ("5wd", _OWN), "solution": ("15wd", _OWN),
        "helper": ("5wd", _OWN), "decision": ("1wd", _OWN), "close": ("3wd", _OWN),
    },
    Track.INQUIRY: {"response": ("1wd", _OWN), "solution": ("3wd", _HOTLINE), "helper": ("1wd", _OWN)},
    Track.HELP: {"response": ("3wd", _OWN), "solution": ("7wd", _HOTLINE), "helper": ("3wd", _OWN)},
    Track.COMPLAINT: {"solution": ("15wd", _HOTLINE)},
    Track.URGENT: {
        "accept": ("4wh", _OWN), "sign": ("4wh", _OWN), "response": ("1wd", _OWN), "solution": ("7wd", _OWN),
        "helper": ("2wd", _OWN),
    },
    Track.EXPRESS: {"accept": ("4wh", _OWN), "response": ("2wd", _OWN), "solution": ("10wd", _OWN), "helper": ("3wd", _OWN)},
}

KIND = Kind(key="difficulty", label=_("困难问题"), url_name="difficulty", limits=LIMITS, topics=dict(Topic.choices))

# How it came in, as far as each kind of registrar can know; a city office may have had it from anywhere.
ROUTES = {
    Role.HOTLINE_OPERATOR: (Route.HOTLINE,), Role.CHAMBER: (Route.CHAMBER_IMPORT,), Role.EVALUATOR: (Route.EVALUATION_FINDING,),
    Role.LIAISON: (Route.DEPARTMENT_VISIT,), Role.HANDLER: (Route.DEPARTMENT_VISIT,), Role.UNIT_LEADER: (Route.DEPARTMENT_VISIT,),
    Role.COUNTY_OFFICE: (Route.DEPARTMENT_VISIT, Route.HOTLINE),
}
OFFICE_ROUTES = (
    Route.EXPRESS_PHONE, Route.EXPRESS_LETTER, Route.EXPRESS_MAIL, Route.MAILBOX, Route.HOTLINE, Route.DEPARTMENT_VISIT,
    Route.CHAMBER_IMPORT, Route.SUPERVISOR_FORM, Route.EVALUATION_FINDING,
)
OWN_ROUTES = (Route.PORTAL,)  # the enterprise itself
GUEST_ROUTES = (Route.EMBED,)
TRACKS = (Track.STANDARD, Track.INQUIRY, Track.HELP, Track.COMPLAINT, Track.URGENT)

BACKDATED_DAYS = 60  # how far back the day may lie on which a letter, a call or a visit came
TITLE_LENGTH = 60
TEXT_LENGTH = 5000
PUBLIC_LENGTH = 200
ANONYMOUS_DRAFT_DAYS = 7  # what somebody typed and never signed in for
VERBS = {
    "difficulty.submitted": _("提交困难问题"), "difficulty.sorted": _("调整分类"), "guest.revealed": _("查看留下的联系方式"),
    "difficulty.published": _("同意匿名公开"), "difficulty.unpublished": _("收回公开"),
}
