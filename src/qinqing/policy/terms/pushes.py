"""The vocabulary of pushes: what of a list is looked at, and for how long somebody counts as new (M3-014, M3-030)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

NEW_DAYS = 30
PURPOSE = _("只用于办理这一项，不得作他用")  # stands in every row that leaves: facts were given for matching
VERBS = {"push.handed_over": _("导出推送清单")}


class Part(TextChoices):
    """Of those who fit an item."""

    ALL = "", _("全部符合")
    NEW = "new", _("新符合")
    TOLD = "told", _("通知到")
    READ = "read", _("已读")
    TAKEN = "taken", _("已兑现")
