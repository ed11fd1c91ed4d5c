"""Asking a department about enterprises, and bringing back what it answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.base import Actor
from qinqing.parties.models import Unit

from .. import building
from ..models import PolicyItem

OPERATORS = [(key, label) for key, label in building.OPERATORS.items() if key != "ne"]


class AskForm(forms.Form):
    name = forms.CharField(
        label=_("哪个数据"), max_length=60, widget=forms.TextInput(attrs={"list": "known-facts", "autocomplete": "off"}),
        error_messages={"required": _("请选一个数据。")})
    operator = forms.ChoiceField(label=_("怎么比"), choices=OPERATORS, initial="ge")
    value = forms.CharField(
        label=_("和什么比"), max_length=200, help_text=_("写上单位，例如：12个月；是或否的写“是”“否”；几个用顿号分开。"),
        error_messages={"required": _("请写和什么比。")})
    unit = forms.ModelChoiceField(
        label=_("问哪个单位"), queryset=Unit.objects.none(), empty_label=_("请选择"),
        error_messages={"required": _("请选一个单位。")})
    item = forms.ModelChoiceField(
        label=_("为了哪一项政策"), queryset=PolicyItem.objects.none(), required=False, empty_label=_("不限"),
        help_text=_("选了就只问这一项还判断不了的企业。"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(valid_to=None).exclude(kind="section").order_by("path")
        self.fields["item"].queryset = PolicyItem.objects.visible_to(actor).current().order_by("code")


class AnswerForm(forms.Form):
    file = forms.FileField(
        label=_("填好的名单"), help_text=_("CSV 或 XLSX，列名不要改。"), error_messages={"required": _("请选文件。")})
    responsible = forms.CharField(label=_("由谁负责"), max_length=60, error_messages={"required": _("请写明由谁负责。")})
    as_of = forms.DateField(
        label=_("数据是哪一天的"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("请写是哪一天的。"), "invalid": _("日期写成 2026-03-02 这样。")})
    checked = forms.BooleanField(label=_("单位已经核对过，元和万元没有写错"), required=False)
