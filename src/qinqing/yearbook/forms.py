"""Entering a published figure, and a further measure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Measure
from .terms import (
    CODE_LENGTH,
    DIGITS,
    FIRST_YEAR,
    LAST_YEAR,
    NAME_LENGTH,
    PLACES,
    REASON_LENGTH,
    SOURCE_LENGTH,
    UNIT_LENGTH,
)


class ValueForm(forms.Form):
    measure = forms.ModelChoiceField(
        Measure.objects.all(), label=_("指标"), empty_label=_("请选择"), error_messages={"required": _("请选择指标。")})
    year = forms.IntegerField(
        label=_("年份"), min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages={"required": _("请填年份。")})
    value = forms.DecimalField(
        label=_("数值"), max_digits=DIGITS, decimal_places=PLACES,
        error_messages={"required": _("请填数值。"), "invalid": _("请填数字，最多两位小数。")})
    source = forms.CharField(
        label=_("来源"), max_length=SOURCE_LENGTH, help_text=_("谁在哪份公报、哪篇报道里公布的"),
        error_messages={"required": _("请写明来源。")})
    published_on = forms.DateField(label=_("发布日期"), required=False, error_messages={"invalid": _("请填写存在的日期。")},
                                   widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("更正原因"), max_length=REASON_LENGTH, required=False,
                             help_text=_("这一年已经录入过时才填；原来的数值保留，大家看得到"))


class MeasureForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=NAME_LENGTH, error_messages={"required": _("请填名称。")})
    unit = forms.CharField(label=_("单位"), max_length=UNIT_LENGTH, help_text=_("例如：亿元、%、位"),
                           error_messages={"required": _("请填单位。")})
    code = forms.SlugField(label=_("代码"), max_length=CODE_LENGTH, help_text=_("小写字母、数字、短横线，以后不改"),
                           error_messages={"required": _("请填代码。"), "invalid": _("只能用字母、数字、短横线和下划线。")})
    line = forms.DecimalField(label=_("标志线"), max_digits=DIGITS, decimal_places=PLACES, required=False,
                              help_text=_("首次达到这条线的年份会标出来"))
