"""One settings file. Every value a deployer may change is read here, typed, from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .database import database_from
from .keys import django_secret

PACKAGE = Path(__file__).resolve().parent.parent


def flag(name: str, *, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


# —— where the state lives, and in which mode it runs ——
QINQING_HOME = Path(os.environ.get("QINQING_HOME", "var")).resolve()
DEMO_MODE = flag("QINQING_DEMO")
PRODUCTION = flag("QINQING_PRODUCTION")
DEBUG = flag("QINQING_DEBUG")
FACE = os.environ.get("QINQING_FACE", "both")  # public, desk or both: what `qinqing web --face` serves
SECRET_KEY = django_secret(QINQING_HOME)
ALLOWED_HOSTS = words("QINQING_HOSTS", "127.0.0.1 localhost [::1] testserver")
CSRF_TRUSTED_ORIGINS = words("QINQING_ORIGINS")
EMBED_ANCESTORS = words("QINQING_EMBED_ANCESTORS")

INSTALLED_APPS = [
    "qinqing.site",
    "qinqing.demo",
    "qinqing.consultation",
    "qinqing.policy",
    "qinqing.casework",
    "qinqing.notices",
    "qinqing.documents",
    "qinqing.workdays",
    "qinqing.yearbook",
    "qinqing.parties",
    "qinqing.ledger",
    "qinqing.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",  # before all that may answer by itself
    "qinqing.site.middleware.HtmlGZipMiddleware",
    "qinqing.site.middleware.PrivateAnswerMiddleware",
    "qinqing.site.middleware.LanguageMiddleware",
    "qinqing.site.problems.ProblemMiddleware",  # around all that may refuse, in the language chosen above it
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qinqing.parties.middleware.ActorMiddleware",
    "qinqing.parties.unsent.UnsentMiddleware",
    "qinqing.site.middleware.FaceMiddleware",
    "qinqing.site.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "qinqing.site.urls"
WSGI_APPLICATION = "qinqing.site.wsgi.application"

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "qinqing.site.context.page",
        ],
        "builtins": ["qinqing.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
    },
}]

# —— data ——
DATABASES = {"default": database_from(os.environ.get("DATABASE_URL", ""), QINQING_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
MEDIA_ROOT = QINQING_HOME / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LEDGER_HASH = os.environ.get("QINQING_LEDGER_HASH", "sha256")  # or sm3; each entry names its own

# —— people ——
AUTH_USER_MODEL = "parties.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/after-login/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = int(os.environ.get("QINQING_IDLE_MINUTES", "30")) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION

# —— security ——
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [SELF], "base-uri": [NONE], "object-src": [NONE], "form-action": [SELF], "frame-ancestors": [NONE],
    "img-src": [SELF, "data:"],
}}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

# —— language and time ——
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lang"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# —— static files: hashed, compressed, and from no host but this ——
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("QINQING_STATIC", PACKAGE.parent.parent / "build" / "static"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "qinqing.ui.finders.NpmFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "qinqing.ui.storage.StaticStorage"},
}
NODE_MODULES = Path(os.environ.get("QINQING_NODE_MODULES", PACKAGE.parent.parent / "node_modules"))

# —— what is sent ——
EMAIL_BACKEND = "qinqing.notices.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = os.environ.get("QINQING_MAIL_FROM", "qinqing@localhost")
SMTP_URL = os.environ.get("QINQING_SMTP", "")
SMS_URL = os.environ.get("QINQING_SMS_URL", "")
SMS_TOKEN = os.environ.get("QINQING_SMS_TOKEN", "")

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # HSTS and TLS belong to the proxy in front

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("QINQING_LOG", "WARNING")},
}

from .accounts import *  # noqa: E402, F403 - the sign-in settings stand in a file of their own
