"""The vocabulary of published figures (M0-004, M0-005)."""

from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1949, 2100
DIGITS, PLACES = 16, 2
CODE_LENGTH, NAME_LENGTH, UNIT_LENGTH, SOURCE_LENGTH, REASON_LENGTH = 40, 40, 10, 200, 200

VERBS = {
    "yearbook.measure_added": _("增加外部统计指标"),
    "yearbook.entered": _("录入外部统计数据"),
    "yearbook.corrected": _("更正外部统计数据"),
}
