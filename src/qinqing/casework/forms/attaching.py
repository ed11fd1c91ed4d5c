"""Which enterprise a matter belongs to that was brought without an account, and the code that says yes to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.parties import uscc
from qinqing.parties.models import Enterprise

from .speaking import VerbForm


class AttachForm(VerbForm):
    enterprise = forms.CharField(
        label=_("统一社会信用代码"), max_length=32, error_messages={"required": _("请填统一社会信用代码。")},
        help_text=_("先和企业核实：确实是它提的，由它的办事人接着办。"))
    code = forms.CharField(
        label=_("查询码"), max_length=20, error_messages={"required": _("请填提交人告诉您的查询码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("提交时只告诉过提交人。提交人把它告诉您，就是同意关联。"))

    def clean_enterprise(self) -> Enterprise:
        found = Enterprise.objects.filter(code=uscc.normalise(self.cleaned_data["enterprise"])).first()
        if found is None:
            raise forms.ValidationError(_("企业名录里没有这个代码，请核对。"))
        return found
