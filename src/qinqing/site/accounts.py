"""Sign-in by django-allauth under our own templates. What is not configured here has no button and no page."""

import os


def _on(name: str) -> bool:
    return os.environ.get(name, "0").lower() in {"1", "true", "yes", "on"}


ACCOUNT_ADAPTER = "qinqing.parties.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "qinqing.parties.forms.SignInForm",
    "request_login_code": "qinqing.parties.forms.RequestCodeForm",
    "confirm_login_code": "qinqing.parties.forms.ConfirmCodeForm",
    "change_password": "qinqing.parties.forms.ChangePasswordForm",
    "set_password": "qinqing.parties.forms.SetPasswordForm",
    "reauthenticate": "qinqing.parties.forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: offices and administrators make accounts
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # for as long as SESSION_COOKIE_AGE without a request
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # ours shows what else one may act as
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # an office sits behind one address
    "login_failed": "20/m/ip,5/15m/key",  # the lock-out: five failures, then a quarter of an hour
    "request_login_code": "20/m/ip,3/5m/key",
    "guest_submission": "20/h/ip",
    "guest_lookup": "10/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("QINQING_PROXIES", "0"))

# —— a code by text message, where messages can be sent; the demo shows them as a phone ——
SMS_SIGN_IN = bool(os.environ.get("QINQING_SMS_URL")) or _on("QINQING_DEMO")
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}

# —— second factors and passkeys ——
TOTP = _on("QINQING_TOTP")
PASSKEYS = _on("QINQING_PASSKEYS")
MFA_SUPPORTED_TYPES = [
    *(["totp"] if TOTP else []),
    *(["webauthn"] if PASSKEYS else []),
    *(["recovery_codes"] if TOTP or PASSKEYS else []),
]
MFA_PASSKEY_LOGIN_ENABLED = PASSKEYS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _on("QINQING_DEMO")  # on localhost without TLS
MFA_FORMS = {"add_webauthn": "qinqing.parties.forms.AddPasskeyForm"}
MFA_TOTP_ISSUER = "Qinqing"

# —— the city's unified identity, by OpenID Connect ——
OIDC_URL = os.environ.get("QINQING_OIDC_URL", "")
OIDC_NAME = os.environ.get("QINQING_OIDC_NAME", "")  # what the button says
OIDC_CLAIM = os.environ.get("QINQING_OIDC_CLAIM", "phone_number")  # compared with the account's phone, or its user name
SOCIALACCOUNT_ADAPTER = "qinqing.parties.adapter.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # the policy form-action 'self' would stop a form that leads elsewhere
_CITY = {
    "provider_id": "city",
    "name": OIDC_NAME or "OpenID Connect",
    "client_id": os.environ.get("QINQING_OIDC_CLIENT", ""),
    "secret": os.environ.get("QINQING_OIDC_SECRET", ""),
    "settings": {"server_url": OIDC_URL},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_CITY] if OIDC_URL else []}}
