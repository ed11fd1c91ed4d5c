"""Forms for accounts, posts and mandates, and for one's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qinqing import base

from .. import terms, uscc
from ..models import Account, Enterprise
from .signing import MobileField
from .units import OnDay, StandingUnits, UnitChoice


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = MobileField(required=False, help_text=_("用来收验证码和提醒，不对外显示。"))
    email = forms.EmailField(label=_("电子邮箱"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    notify_by = forms.ChoiceField(label=_("提醒方式"), choices=terms.NotifyBy.choices, widget=forms.RadioSelect)

    def clean(self):
        """A way of being told needs somewhere to be told at."""
        cleaned = super().clean()
        way = cleaned.get("notify_by")
        if way == terms.NotifyBy.SMS and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("选了短信提醒，请填写手机号。"))
        if way == terms.NotifyBy.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("选了邮件提醒，请填写电子邮箱。"))
        return cleaned


def profile_of(account: Account) -> dict[str, str]:
    """What stands in the form before anything is typed."""
    return {name: getattr(account, name) for name in ("name", "phone", "email", "notify_by")}


class AccountForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    username = forms.RegexField(
        r"^[A-Za-z0-9_.-]+$",
        label=_("用户名"),
        max_length=60,
        error_messages={"invalid": _("用户名只用字母、数字、“-”、“_”和“.”。")},
    )
    phone = MobileField(required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)


class AppointForm(StandingUnits, OnDay):
    username = forms.CharField(label=_("用户名"), max_length=60)
    role = forms.ChoiceField(
        label=_("角色"), choices=[choice for choice in base.Role.choices if choice[0] != base.Role.ENTERPRISE]
    )
    part = forms.ChoiceField(
        label=_("A、B 角"), choices=terms.Part.choices, initial=terms.Part.A, widget=forms.RadioSelect,
        help_text=_("A 角主办，B 角在 A 角不在时接替。"),
    )  # fmt: skip
    title = forms.CharField(label=_("岗位名称"), max_length=60, required=False)
    field_order = ("username", "role", "part", "title", "on")

    def clean_username(self) -> Account:
        return _account(self.cleaned_data["username"])


def _account(username: str) -> Account:
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise forms.ValidationError(_("没有用户名“%(name)s”。"), params={"name": username})
    return account


class PostForm(AppointForm):
    """The same, from a person's page: the unit is asked for instead of the person."""

    unit = UnitChoice(label=_("单位"), empty_label=_("请选择"))
    username = None
    field_order = ("unit", "role", "part", "title", "on")


class LockForm(forms.Form):
    reason = forms.CharField(label=_("停用原因"), max_length=120)


class EraseForm(forms.Form):
    """Cannot be taken back, so the user name is typed once more."""

    username = forms.CharField(label=_("再输一次这个人的用户名"), max_length=60)

    def __init__(self, *args, account: Account, **options) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_username(self) -> str:
        if self.cleaned_data["username"].strip().lower() != self.account.username:
            raise forms.ValidationError(_("与这个人的用户名不一致，没有删除。"))
        return self.account.username


class MandateForm(OnDay):
    code = forms.CharField(label=_("统一社会信用代码"), max_length=30)
    username = forms.CharField(label=_("经办人的用户名"), max_length=60)
    kind = forms.ChoiceField(label=_("身份"), choices=terms.MandateKind.choices, initial=terms.MandateKind.AUTHORISED)
    field_order = ("code", "username", "kind", "on")

    def clean_code(self) -> Enterprise:
        finding = uscc.check(self.cleaned_data["code"])
        if not finding.valid:
            raise forms.ValidationError(str(finding.errors[0]))
        enterprise = Enterprise.objects.filter(code=finding.normalised).first()
        if enterprise is None:
            raise forms.ValidationError(_("没有登记这家企业，请先登记。"))
        return enterprise

    def clean_username(self) -> Account:
        return _account(self.cleaned_data["username"])
