"""django-allauth's forms in our words."""

from allauth.account import forms as allauth
from allauth.mfa import app_settings as mfa
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .. import rules

PASSWORD_HINT = _("至少 10 位，不用常见密码，不与姓名、用户名相近。")


class MobileField(forms.CharField):
    """A mobile number of the mainland, typed with or without +86, spaces and hyphens."""

    widget = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    default_validators = (RegexValidator(rf"^{rules.MOBILE.pattern}$", _("请填写 11 位手机号。")),)

    def __init__(self, **options) -> None:
        super().__init__(**{"label": _("手机号"), **options})

    def to_python(self, value):
        return rules.normalised_phone(super().to_python(value))


def _word(form: forms.Form, name: str, label: str, *, hint: str = "", **attributes: str) -> None:
    """Give a field our label, and drop the placeholder that would stand in for one."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class SignInForm(allauth.LoginForm):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        _word(self, "login", _("用户名或手机号"), autocomplete="username")
        _word(self, "password", _("密码"))

    def clean_login(self) -> str:
        """One person has one key in the lock-out, however the phone was typed."""
        typed = super().clean_login()
        phone = rules.normalised_phone(typed)
        return phone if rules.MOBILE.fullmatch(phone) else typed


class RequestCodeForm(allauth.RequestLoginCodeForm):
    """Only the phone: e-mail is not a way to sign in."""


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        _word(self, "code", _("验证码"), inputmode="numeric")


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        _word(self, "oldpassword", _("现在的密码"))
        _word(self, "password1", _("新密码"), hint=PASSWORD_HINT)
        _word(self, "password2", _("再输一次新密码"))


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        _word(self, "password1", _("新密码"), hint=PASSWORD_HINT)
        _word(self, "password2", _("再输一次新密码"))


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        _word(self, "password", _("密码"))


class AddPasskeyForm(AddWebAuthnForm):
    """django-allauth's, in our words. It decides once, when it is imported, whether a passkey may stand alone; this one asks."""

    passwordless = forms.BooleanField(label=_("以后只用它登录，不输密码"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("给它起个名称")
        if not mfa.PASSKEY_LOGIN_ENABLED:
            del self.fields["passwordless"]
