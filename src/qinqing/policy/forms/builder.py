"""What is typed beside a rule: an example, and why the rule is changed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import terms


class ExampleForm(forms.Form):
    title = forms.CharField(
        label=_("什么样的企业"), help_text=_("例如：小型茶业，招 2 人"), max_length=60,
        error_messages={"required": _("请写一句这是什么样的企业。")})
    facts = forms.CharField(
        label=_("它的数据"), help_text=_("一行一个：事实、空格、值。没写的就是不知道。例如：本年新招用高校毕业生 2人"),
        max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), required=False)
    expected = forms.ChoiceField(label=_("应当是"), choices=terms.Truth.choices, widget=forms.RadioSelect,
                                 error_messages={"required": _("请选这家企业应当是什么结果。")})
