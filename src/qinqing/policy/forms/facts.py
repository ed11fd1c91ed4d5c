"""What an enterprise says about its facts, and what a unit answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import terms

VALUE_HELP = _("写上单位，例如：30人、50万元、5.5%；是或否的写“是”“否”。")


class DeclareForm(forms.Form):
    name = forms.CharField(
        label=_("哪个数据"), max_length=60, widget=forms.TextInput(attrs={"list": "known-facts", "autocomplete": "off"}),
        error_messages={"required": _("请选一个数据。")})
    value = forms.CharField(label=_("是多少"), help_text=VALUE_HELP, max_length=60,
                            error_messages={"required": _("请写是多少。")})
    as_of = forms.DateField(label=_("哪一天的"), widget=forms.DateInput(attrs={"type": "date"}),
                            error_messages={"required": _("请写是哪一天的。"), "invalid": _("日期写成 2026-03-02 这样。")})


class DisputeForm(forms.Form):
    wanted = forms.CharField(label=_("应当是多少"), help_text=VALUE_HELP, max_length=terms.SHORT_LENGTH, required=False)
    text = forms.CharField(
        label=_("为什么不对"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写一句为什么不对。"),
                        "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")})


class DecideForm(forms.Form):
    value = forms.CharField(
        label=_("更正为"), help_text=_("核实后确实不对的填；原来的数据没有错就留空。"), max_length=60, required=False)
    as_of = forms.DateField(
        label=_("哪一天的"), help_text=_("留空就是今天。"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("日期写成 2026-03-02 这样。")})
