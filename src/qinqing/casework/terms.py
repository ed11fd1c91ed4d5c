"""The vocabulary of a matter: states, outcomes, channels, clocks, and the words people read (M1-005, M1-036)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from qinqing.base import TZ


class State(TextChoices):
    """Few states; supervision, pause, delay and satisfaction are facts beside the state."""

    SUBMITTED = "submitted", _("待受理")
    ACCEPTED = "accepted", _("待交办")
    DISPATCHED = "dispatched", _("待签收")
    HANDLING = "handling", _("办理中")
    REPLIED = "replied", _("待确认")
    CONFIRMED = "confirmed", _("待销号")
    CLOSED = "closed", _("已销号")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并件")


ENDED = frozenset({State.CLOSED, State.WITHDRAWN, State.MERGED})
AT_OFFICE = frozenset({State.SUBMITTED, State.ACCEPTED})
AT_UNIT = frozenset({State.DISPATCHED, State.HANDLING})


class Outcome(TextChoices):
    """How a matter ended. 解释说明 is never counted as solved."""

    SOLVED = "solved", _("解决")
    PARTLY = "partly", _("部分解决")
    EXPLAINED = "explained", _("解释说明")
    NOT_YET = "not_yet", _("暂不具备条件")
    REFERRED = "referred", _("转法定途径")
    WITHDRAWN = "withdrawn", _("撤回")
    MERGED = "merged", _("并件")


REPLY_OUTCOMES = (Outcome.SOLVED, Outcome.PARTLY, Outcome.EXPLAINED, Outcome.NOT_YET, Outcome.REFERRED)


class Channel(TextChoices):
    """The five channels by which difficulties are collected (statistics)."""

    DEPARTMENT = "department", _("行业部门")
    ONLINE = "online", _("网络平台")
    CHAMBER = "chamber", _("商（协）会")
    SUPERVISOR = "supervisor", _("营商环境监督员")
    THIRD_PARTY = "third_party", _("第三方评估")


class Route(TextChoices):
    """How it really came in; each route counts as one channel."""

    PORTAL = "portal", _("平台填写")
    EMBED = "embed", _("门户网站嵌入页")
    API = "api", _("系统接口")
    MAILBOX = "mailbox", _("书记市长信箱")
    HOTLINE = "hotline", _("12345 热线")
    DEPARTMENT_VISIT = "department_visit", _("部门走访")
    EXPRESS_PHONE = "express_phone", _("市长直通车·电话")
    EXPRESS_LETTER = "express_letter", _("市长直通车·书面")
    EXPRESS_MAIL = "express_mail", _("市长直通车·邮箱")
    CHAMBER_IMPORT = "chamber_import", _("商会报送")
    SUPERVISOR_FORM = "supervisor_form", _("监督员反映")
    EVALUATION_FINDING = "evaluation_finding", _("评估发现")


# The city office registers the express, so it counts as a department; a deployer may say otherwise.
CHANNEL_OF_ROUTE = {
    Route.PORTAL: Channel.ONLINE, Route.EMBED: Channel.ONLINE, Route.API: Channel.ONLINE,
    Route.MAILBOX: Channel.ONLINE, Route.HOTLINE: Channel.ONLINE,
    Route.DEPARTMENT_VISIT: Channel.DEPARTMENT, Route.EXPRESS_PHONE: Channel.DEPARTMENT,
    Route.EXPRESS_LETTER: Channel.DEPARTMENT, Route.EXPRESS_MAIL: Channel.DEPARTMENT,
    Route.CHAMBER_IMPORT: Channel.CHAMBER, Route.SUPERVISOR_FORM: Channel.SUPERVISOR,
    Route.EVALUATION_FINDING: Channel.THIRD_PARTY,
}
EXPRESS = frozenset({Route.EXPRESS_PHONE, Route.EXPRESS_LETTER, Route.EXPRESS_MAIL})


class Anonymity(TextChoices):
    OPEN = "open", _("公开给承办单位")
    FROM_HANDLER = "from_handler", _("不让承办人知道")
    FROM_UNIT = "from_unit", _("不让承办单位知道")


class Part(TextChoices):
    LEAD = "lead", _("主办")
    HELPER = "helper", _("协办")


class Timer(TextChoices):
    """The clocks of a matter; each has a limit of its own."""

    ACCEPT = "accept", _("受理交办")
    SIGN = "sign", _("签收")
    RESPONSE = "response", _("首次答复")
    SOLUTION = "solution", _("办结")
    HELPER = "helper", _("协办意见")
    DECISION = "decision", _("裁定")
    PROMISE = "promise", _("承诺兑现")
    REVIEW = "review", _("条件复核")
    CLOSE = "close", _("核查销号")


PAUSABLE = frozenset({Timer.RESPONSE, Timer.SOLUTION, Timer.ACCEPT, Timer.SIGN, Timer.HELPER})  # a day that was promised stays
OF_A_UNIT = frozenset({Timer.SIGN, Timer.HELPER})  # each unit that has a part has its own


class Level(IntegerChoices):
    """Who must look now: an unsolved matter goes up one level."""

    UNIT = 0, _("承办单位")
    OFFICE = 1, _("营商环境办")
    LEADER = 2, _("市领导")


class Speech(TextChoices):
    """What a statement about a matter is."""

    ORIGINAL = "original", _("原文")
    SUPPLEMENT = "supplement", _("补充")
    QUESTION = "question", _("请企业补充")
    PROGRESS = "progress", _("办理进展")
    REPLY = "reply", _("答复")
    EVIDENCE = "evidence", _("办结依据")
    CONFIRMATION = "confirmation", _("企业确认")
    OBJECTION = "objection", _("派单异议")
    DECISION = "decision", _("裁定")
    EXTENSION = "extension", _("延期")
    TRANSFER = "transfer", _("转办")
    CONTACT = "contact", _("联系记录")
    REMINDER = "reminder", _("提醒")
    APPEAL = "appeal", _("请市里过问")
    SUPERVISION = "supervision", _("督办")
    CLOSING = "closing", _("销号说明")
    NOTE = "note", _("内部备注")


class Audience(TextChoices):
    EVERYBODY = "everybody", _("企业和办理各方")
    STAFF = "staff", _("办理各方")
    OFFICE = "office", _("营商环境办")


class Means(TextChoices):
    PHONE = "phone", _("电话")
    MESSAGE = "message", _("短信")
    MAIL = "mail", _("邮件")
    VISIT = "visit", _("上门")
    LETTER = "letter", _("信函")


class Ground(TextChoices):
    """Why a matter counts as confirmed; the last two are counted apart."""

    ENTERPRISE = "enterprise", _("企业确认")
    UNREACHED = "unreached", _("三次联系不上，有记录")
    REASONABLE = "reasonable", _("合理诉求已办到位")


class Satisfaction(IntegerChoices):
    """The five official grades (GB/T 39735)."""

    VERY_GOOD = 5, _("非常满意")
    GOOD = 4, _("满意")
    FAIR = 3, _("基本满意")
    BAD = 2, _("不满意")
    VERY_BAD = 1, _("非常不满意")


@dataclass(frozen=True)
class Status:
    """What a person sees of a state: an adjective, its tone and icon, and whose turn it is."""

    label: str
    tone: str
    icon: str
    turn: str


STATUS = {
    State.SUBMITTED: Status(_("待受理"), "mute", "inbox", _("营商环境办")),
    State.ACCEPTED: Status(_("已受理"), "info", "circle-check", _("营商环境办")),
    State.DISPATCHED: Status(_("待签收"), "info", "send", _("承办单位")),
    State.HANDLING: Status(_("办理中"), "info", "progress", _("承办单位")),
    State.REPLIED: Status(_("待确认"), "wait", "user-question", _("企业")),
    State.CONFIRMED: Status(_("已办结"), "ok", "circle-check", _("营商环境办")),
    State.CLOSED: Status(_("已销号"), "ok", "rosette-discount-check", ""),
    State.WITHDRAWN: Status(_("已撤回"), "mute", "arrow-back", ""),
    State.MERGED: Status(_("已并件"), "mute", "git-merge", ""),
}
PAUSED = Status(_("待企业补充"), "wait", "message-question", _("企业"))
PROMISED = Status(_("等承诺兑现"), "info", "calendar-due", _("承办单位"))
SHELVED = Status(_("暂挂，到期复核"), "mute", "calendar-pause", _("承办单位"))
DISPUTED = Status(_("待裁定"), "warn", "scale", _("营商环境办"))
OBJECTED = Status(_("派单异议"), "warn", "arrow-back-up", _("营商环境办"))
EXTENSION_ASKED = Status(_("待批延期"), "warn", "calendar-plus", _("营商环境办"))
APPEALED = Status(_("请市里过问"), "warn", "flag", _("营商环境办"))
REJECTED = Status(_("企业说没解决"), "warn", "user-x", _("营商环境办"))
SUPERVISED = Status(_("督办中"), "bad", "flag-exclamation", _("牵头领导"))

ASKED_AT = ("objected_at", "disputed_at", "extension_asked_at", "appealed_at", "rejected_at")  # the office has to answer

END_OF_TIME = datetime(9999, 12, 31, tzinfo=TZ)  # where a list puts what is due on no day

MAX_TRANSFERS = 2       # from the third on, the office must decide with the leader: ping-pong
MAX_EXTENSIONS = 1      # 四川 12345 办理办法: one extension, its reason told to the enterprise
CONTACT_ATTEMPTS = 3    # on different working days, by two means at least
CONTACT_MEANS = 2
QUIET_DAYS = 3          # working days without a word, after which the enterprise may ask the city to look
DAYS_TO_ANSWER = 5      # working days the enterprise has before anybody judges in its place
SMALL_CELL = 5          # totals of fewer answers are not shown
FIRM_CASES = 5          # a suggestion that rests on fewer is never called firm

VERBS = {
    "matter.opened": _("收到"),
    "matter.accepted": _("受理"),
    "matter.dispatched": _("交办"),
    "matter.signed": _("签收"),
    "matter.assigned": _("定承办人"),
    "matter.objected": _("提出派单异议"),
    "matter.objection_decided": _("裁定派单异议"),
    "matter.recalled": _("收回另办"),
    "matter.returned": _("请企业补充"),
    "matter.supplemented": _("补充情况"),
    "matter.extension_requested": _("申请延期"),
    "matter.extension_decided": _("决定延期"),
    "matter.transferred": _("转办"),
    "matter.progressed": _("办理进展"),
    "matter.helper_answered": _("协办意见"),
    "matter.replied": _("答复"),
    "matter.evidence_filed": _("提交办结依据"),
    "matter.fulfilled": _("兑现承诺"),
    "matter.confirmed": _("企业确认"),
    "matter.rejected": _("企业认为没解决"),
    "matter.disputed": _("再次认为没解决"),
    "matter.rework_ordered": _("裁定重办"),
    "matter.contacted": _("联系企业"),
    "matter.proposed_reasonable": _("提议合理诉求已办到位"),
    "matter.judged_reasonable": _("认定合理诉求已办到位"),
    "matter.judged_unreached": _("认定联系不上"),
    "matter.closed": _("销号"),
    "matter.reopened": _("重新办理"),
    "matter.withdrawn": _("撤回"),
    "matter.merged": _("并件"),
    "matter.separated": _("分开单办"),
    "matter.reminded": _("提醒办理"),
    "matter.appealed": _("请市里过问"),
    "matter.seen_to": _("过问答复"),
    "matter.supervised": _("督办"),
    "matter.supervision_lifted": _("解除督办"),
    "matter.noted": _("内部备注"),
    "matter.attached": _("关联企业"),
    "matter.looked_up": _("查进度"),
    "matter.redated": _("重算期限"),
    "matters.redated": _("按新日历重算期限"),
    "limit.set": _("设定办理时限"),
}
