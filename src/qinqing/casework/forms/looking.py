"""What a caller says to hear how far a matter is."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LookUpForm(forms.Form):
    number = forms.CharField(
        label=_("编号"), help_text=_("写编号，例如 GY-2026-1112-0032"), max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": _("请写编号。")})
    caller = forms.CharField(
        label=_("电话或统一社会信用代码"), max_length=24,
        help_text=_("企业登记的或提交时留的电话，或企业的统一社会信用代码，由来电人说出。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}), error_messages={"required": _("请写来电人说的电话或信用代码。")})
