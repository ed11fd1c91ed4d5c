"""What an enterprise can say about its own matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing.ui.fields import TextField

from ..terms import Satisfaction
from .speaking import FilesField

WORDS = forms.Textarea(attrs={"rows": 4, "maxlength": 5000})


class Versioned(forms.Form):
    """Every form says which version of the matter its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ConfirmForm(Versioned):
    """Two questions, nothing preselected; how satisfied may stay unanswered."""

    solved = forms.ChoiceField(
        label=_("解决了没有"), help_text=_("承办单位看得到这个回答。"), widget=forms.RadioSelect,
        choices=[("yes", _("解决了")), ("no", _("还没解决"))],
        error_messages={"required": _("请选“解决了”或“还没解决”。")})
    satisfaction = forms.TypedChoiceField(
        label=_("满不满意"), help_text=_("营商环境办看得到；承办单位只看得到五件以上的合计。不选不会当作满意。"),
        widget=forms.RadioSelect, choices=Satisfaction.choices, coerce=int, empty_value=None, required=False)
    text = TextField(label=_("想说的话"), help_text=_("没解决的，请写还差什么。"), widget=WORDS, required=False)
    new_facts = TextField(
        label=_("有没有新情况"), help_text=_("第二次认为没解决时，写了新情况就重新办理，没有就由营商环境办裁定。"),
        widget=WORDS, required=False)

    def clean(self) -> dict:
        values = super().clean()
        if values.get("solved") == "no" and not values.get("text", "").strip():
            self.add_error("text", _("请写下还有什么没解决。"))
        return values


class SupplementForm(Versioned):
    text = TextField(label=_("补充情况"), widget=WORDS, error_messages={"required": _("请写下要补充的情况。")})
    files = FilesField()


class RemindForm(Versioned):
    text = TextField(label=_("想提醒什么"), help_text=_("可以不写。每天能提醒一次。"), widget=WORDS, required=False)


class AppealForm(Versioned):
    text = TextField(
        label=_("为什么请市里过问"), help_text=_("承办单位看不到这段话。"), widget=WORDS,
        error_messages={"required": _("请写一句为什么要请市里过问。")})


class WithdrawForm(Versioned):
    reason = TextField(
        label=_("为什么撤回"), help_text=_("撤回后原文和经过都还在。"), widget=WORDS,
        error_messages={"required": _("请写一句撤回的原因。")})
