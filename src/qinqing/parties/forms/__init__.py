"""What people type: to sign in, of themselves, and into the pages of the administrators."""

from .enterprises import MoveEnterpriseForm, RegisterForm, RenameEnterpriseForm
from .people import AccountForm, AppointForm, EraseForm, LockForm, MandateForm, PostForm, ProfileForm, profile_of
from .signing import (
    AddPasskeyForm,
    ChangePasswordForm,
    ConfirmCodeForm,
    MobileField,
    ReauthenticateForm,
    RequestCodeForm,
    SetPasswordForm,
    SignInForm,
)
from .units import MergeForm, MoveForm, PhoneForm, RenameForm, UnitForm

__all__ = [
    "AccountForm", "AddPasskeyForm", "AppointForm", "ChangePasswordForm", "ConfirmCodeForm", "EraseForm", "LockForm",
    "MandateForm", "MergeForm", "MobileField", "MoveEnterpriseForm", "MoveForm", "PhoneForm", "PostForm", "ProfileForm",
    "ReauthenticateForm", "RegisterForm", "RenameEnterpriseForm", "RenameForm", "RequestCodeForm", "SetPasswordForm",
    "SignInForm", "UnitForm", "profile_of",
]  # fmt: skip
