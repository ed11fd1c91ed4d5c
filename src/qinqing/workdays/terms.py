"""The vocabulary of the calendar of working days."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qinqing.clock import calendar

SHIFTS = calendar.SHIFTS  # the working hours where a city's profile names no others
PACKAGE = "package"       # the version of a calendar built without any import
COLUMNS = ("date", "kind", "name")
NAME_LENGTH = 20
SOURCE_LENGTH = 200

VERBS = {"calendar.imported": _("导入工作日历")}


class Kind(TextChoices):
    """How a published day differs from an ordinary week; the name is that of the holiday."""

    HOLIDAY = "holiday", _("放假")
    WORKDAY = "workday", _("调休上班")
