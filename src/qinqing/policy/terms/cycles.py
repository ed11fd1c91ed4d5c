"""The vocabulary of 免申即享: the steps of a cycle, what becomes of each enterprise in it, and who owes what by when (M3-031)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from qinqing.casework.kinds import Kind

NUMBER_LENGTH, NAME_LENGTH, REASON_LENGTH, ACCOUNT_LENGTH = 40, 60, 200, 34
NOTICE_DAYS = 5         # working days that a list is public at least
LEARN_FROM = 3          # past cycles of the same benefit before their median stands for a limit
ANSWER_LIMIT = "15wd"   # 本平台默认时限: to say yes or no in; who says neither is reminded before it ends
REMIND_BEFORE = 5       # working days
PAYMENT_LIMIT = "60wd"  # cash in principle within 60 working days (川办函〔2024〕17号)


class Step(TextChoices):
    """In fixed order; `OBJECTION` runs beside the notice and holds up only those it is about."""

    MATCH = "match", _("比对")
    CHECK = "check", _("部门核查")
    NOTICE = "notice", _("公示")
    OBJECTION = "objection", _("异议")
    CONFIRMATION = "confirmation", _("企业确认")
    FUNDING = "funding", _("资金到位")
    PAYMENT = "payment", _("拨付")
    ARRIVAL = "arrival", _("到账")
    RATING = "rating", _("评价")


class Owner(TextChoices):
    """Whose step it is."""

    UNIT = "unit", _("兑现单位")
    FUNDER = "funder", _("资金单位")
    ENTERPRISE = "enterprise", _("企业")
    TREASURY = "treasury", _("国库")


OWNERS = {
    Step.MATCH: Owner.UNIT, Step.CHECK: Owner.UNIT, Step.NOTICE: Owner.UNIT, Step.OBJECTION: Owner.UNIT,
    Step.CONFIRMATION: Owner.ENTERPRISE, Step.FUNDING: Owner.FUNDER, Step.PAYMENT: Owner.UNIT,
    Step.ARRIVAL: Owner.TREASURY, Step.RATING: Owner.ENTERPRISE,
}


class Leg(TextChoices):
    """A stretch of the road whose beginning and end are on record, so that past cycles can tell how long it takes."""

    CHECKING = "checking", _("部门核查")
    NOTIFYING = "notifying", _("公示和收尾")
    ORDERING = "ordering", _("企业确认、资金到位、签发拨付单")
    ARRIVING = "arriving", _("国库拨付到账")


_OWN = gettext_noop("本平台默认时限")
LEG_LIMITS = {Leg.CHECKING: "5wd", Leg.NOTIFYING: "7wd", Leg.ORDERING: "10wd", Leg.ARRIVING: "3wd"}


class State(TextChoices):
    """What has become of one enterprise in a cycle; whether an objection holds it up stands beside it."""

    MATCHED = "matched", _("待核查")
    CHECKED = "checked", _("核查通过")
    NOTICED = "noticed", _("公示中")
    CONFIRMING = "confirming", _("待企业确认")
    CONFIRMED = "confirmed", _("待拨付")
    ORDERED = "ordered", _("已开拨付单")
    PAID = "paid", _("已到账")
    RETURNED = "returned", _("退回，待更正账户")
    EXCLUDED = "excluded", _("未列入")
    DECLINED = "declined", _("企业放弃")
    LAPSED = "lapsed", _("逾期未确认")


LEFT = frozenset({State.EXCLUDED, State.DECLINED, State.LAPSED})
OWED = frozenset({State.CONFIRMED, State.ORDERED, State.RETURNED})  # the enterprise has said yes, the money is not there
TONES = {
    State.MATCHED: "mute", State.CHECKED: "info", State.NOTICED: "info", State.CONFIRMING: "wait", State.CONFIRMED: "info",
    State.ORDERED: "info", State.PAID: "ok", State.RETURNED: "warn", State.EXCLUDED: "mute", State.DECLINED: "mute",
    State.LAPSED: "mute",
}
ICONS = {
    State.MATCHED: "progress", State.CHECKED: "circle-check", State.NOTICED: "eye", State.CONFIRMING: "user-question",
    State.CONFIRMED: "cash", State.ORDERED: "send", State.PAID: "circle-check", State.RETURNED: "arrow-back-up",
    State.EXCLUDED: "ban", State.DECLINED: "arrow-back", State.LAPSED: "clock-off",
}


class Finding(TextChoices):
    """What a department found of one enterprise. Not found is no finding: it must be looked for by other means."""

    FITS = "fits", _("符合")
    FAILS = "fails", _("不符合")
    NOT_FOUND = "not_found", _("查无")


class Agreed(TextChoices):
    """How the enterprise came to say yes."""

    STANDING = "standing", _("长期同意")
    GIVEN = "given", _("本次同意")


class PaymentState(TextChoices):
    ORDERED = "ordered", _("已开拨付单")
    PAID = "paid", _("已到账")
    RETURNED = "returned", _("退回")


class ReliefKind(TextChoices):
    """What is not paid out but left to the enterprise."""

    TAX = "tax", _("减税")
    FEE = "fee", _("降费")
    RENT = "rent", _("房租减免")


_OBJECTION = gettext_noop("公示期内提出，5 个工作日内答复")
LIMITS = {
    "standard": {
        "accept": ("1wd", _OWN), "sign": ("1wd", _OWN), "response": ("3wd", _OWN), "solution": ("5wd", _OBJECTION),
        "helper": ("3wd", _OWN), "decision": ("1wd", _OWN), "close": ("3wd", _OWN),
    },
}
OBJECTION = Kind(key="benefit_objection", label=_("惠企资金异议"), url_name="benefits", limits=LIMITS)
LATE = Kind(key="benefit_late", label=_("惠企资金超期未付"), url_name="benefits", limits=LIMITS)

VERBS = {
    "cycle.opened": _("比对出一批"),
    "cycle.checked": _("部门核查"),
    "cycle.noticed": _("公示名单"),
    "cycle.asked": _("请企业确认"),
    "cycle.reminded": _("提醒企业确认"),
    "cycle.lapsed": _("逾期未确认的结束"),
    "cycle.funded": _("登记资金到位"),
    "cycle.found_late": _("发现超期未付"),
    "objection.raised": _("对惠企资金提出异议"),
    "objection.proposed": _("提出异议处理意见"),
    "objection.decided": _("决定异议"),
    "payee.kept": _("登记收款账户"),
    "entitlement.confirmed": _("企业确认收款"),
    "entitlement.declined": _("企业放弃"),
    "entitlement.rated": _("评价兑现"),
    "payment.ordered": _("开拨付单"),
    "payment.signed": _("签发拨付单"),
    "payment.settled": _("登记到账和退回"),
    "payment.reissued": _("退回后重新拨付"),
    "payment.clawed_back": _("追回资金"),
    "payment.recovered": _("登记追回到账"),
    "relief.imported": _("导入减免台账"),
}
