"""The vocabulary of what is known of enterprises: what a department answers, what a rule says, who corrects (M3-030)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from qinqing.casework.kinds import Kind


class Compared(TextChoices):
    """What a department answers about one enterprise (部门比对)."""

    YES = "yes", _("符合")
    NO = "no", _("不符合")
    NOT_FOUND = "not_found", _("查无")


class Truth(TextChoices):
    """What a rule says of an enterprise; unknown is never no."""

    YES = "yes", _("符合")
    NO = "no", _("不符合")
    UNKNOWN = "unknown", _("缺数据")


CORRECTION_LIMITS = {
    "standard": {
        "accept": ("1wd", gettext_noop("本平台默认时限")), "sign": ("1wd", gettext_noop("本平台默认时限")),
        "response": ("3wd", gettext_noop("本平台默认时限")), "solution": ("7wd", gettext_noop("四川 12345 办理办法（2025）")),
        "helper": ("3wd", gettext_noop("本平台默认时限")), "decision": ("1wd", gettext_noop("本平台默认时限")),
        "close": ("3wd", gettext_noop("本平台默认时限")),
    },
}
CORRECTION = Kind(key="fact_correction", label=_("更正企业数据"), url_name="correction", limits=CORRECTION_LIMITS)
