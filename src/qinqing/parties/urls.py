"""Addresses of sign-in, at the root; of one's own page; and of the administration under /desk/admin/.

django-allauth's own addresses are listed here one by one, so that there is none that has no page of ours.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as identity
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import path

from .views import enterprises, own, people, signing, units

_with_factors = signing.only_if(lambda: bool(settings.MFA_SUPPORTED_TYPES))
_with_totp = signing.only_if(lambda: settings.TOTP)
_with_passkeys = signing.only_if(lambda: settings.PASSKEYS)
_with_identity = signing.only_if(lambda: bool(settings.OIDC_URL))

urlpatterns = [
    path("login/", signing.sign_in, name="account_login"),
    path("login/code/", signing.request_code, name="account_request_login_code"),
    path("login/code/confirm/", signing.confirm_code, name="account_confirm_login_code"),
    path("login/demo/<slug:key>/", signing.demo_sign_in, name="demo_sign_in"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("acting-as/", signing.acting_as, name="acting_as"),
    path("me/", own.me, name="me"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    # —— the city's unified identity ——
    path("oidc/<slug:provider_id>/login/", _with_identity(signing.identity_sign_in), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", _with_identity(signing.identity_callback), name="openid_connect_callback"),
    path("oidc/cancelled/", _with_identity(identity.login_cancelled), name="socialaccount_login_cancelled"),
    path("oidc/error/", _with_identity(identity.login_error), name="socialaccount_login_error"),
    # —— second factors and passkeys ——
    path("2fa/", _with_factors(factors.index), name="mfa_index"),
    path("2fa/authenticate/", _with_factors(factors.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", _with_factors(factors.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", _with_totp(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _with_totp(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", _with_factors(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", _with_factors(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/passkeys/", _with_passkeys(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", _with_passkeys(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", _with_passkeys(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/passkeys/reauthenticate/", _with_passkeys(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/<int:pk>/remove/", _with_passkeys(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/edit/", _with_passkeys(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    # —— administration ——
    path("desk/admin/", own.administration, name="administration"),
    path("desk/admin/log/", own.log, name="log"),
    path("desk/admin/reveals/", own.reveals, name="reveals"),
    path("desk/admin/units/", units.unit_list, name="units"),
    path("desk/admin/units/new/", units.unit_create, name="unit_create"),
    path("desk/admin/units/<int:pk>/", units.unit_detail, name="unit"),
    path("desk/admin/units/<int:pk>/rename/", units.unit_rename, name="unit_rename"),
    path("desk/admin/units/<int:pk>/move/", units.unit_move, name="unit_move"),
    path("desk/admin/units/<int:pk>/merge/", units.unit_merge, name="unit_merge"),
    path("desk/admin/units/<int:pk>/phone/", units.unit_phone, name="unit_phone"),
    path("desk/admin/units/<int:pk>/appoint/", units.unit_appoint, name="unit_appoint"),
    path("desk/admin/posts/<int:pk>/end/", units.post_end, name="post_end"),
    path("desk/admin/people/", people.person_list, name="people"),
    path("desk/admin/people/new/", people.person_create, name="person_create"),
    path("desk/admin/people/<int:pk>/", people.person_detail, name="person"),
    path("desk/admin/people/<int:pk>/change/", people.person_change, name="person_change"),
    path("desk/admin/people/<int:pk>/appoint/", people.person_appoint, name="person_appoint"),
    path("desk/admin/people/<int:pk>/lock/", people.person_lock, name="person_lock"),
    path("desk/admin/people/<int:pk>/unlock/", people.person_unlock, name="person_unlock"),
    path("desk/admin/people/<int:pk>/password/", people.person_password, name="person_password"),
    path("desk/admin/people/<int:pk>/erase/", people.person_erase, name="person_erase"),
    path("desk/admin/enterprises/", enterprises.enterprise_list, name="enterprises"),
    path("desk/admin/enterprises/new/", enterprises.enterprise_register, name="enterprise_register"),
    path("desk/admin/enterprises/<int:pk>/", enterprises.enterprise_detail, name="enterprise"),
    path("desk/admin/enterprises/<int:pk>/rename/", enterprises.enterprise_rename, name="enterprise_rename"),
    path("desk/admin/enterprises/<int:pk>/move/", enterprises.enterprise_move, name="enterprise_move"),
    path("desk/admin/mandates/", people.mandate_list, name="mandates"),
    path("desk/admin/mandates/new/", people.mandate_grant, name="mandate_grant"),
    path("desk/admin/mandates/<int:pk>/end/", people.mandate_end, name="mandate_end"),
]
