"""Django settings, from the environment where an installation decides (DESIGN §7)."""

import hashlib
import os
from pathlib import Path
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF

from commonweal.foundation.access.keys import key
from commonweal.foundation.accounts.settings import *  # noqa: F403
from commonweal.foundation.accounts.settings import ACCOUNT_APPS, ACCOUNT_MIDDLEWARE
from commonweal.foundation.database.opening import doors_from_environment
from commonweal.kernel.clock import keep_days_of

PACKAGE = Path(__file__).resolve().parent.parent
DEMO = os.environ.get("COMMONWEAL_DEMO") == "1"
DEBUG = False

_doors = doors_from_environment()
SECRET_KEY = (
    hashlib.sha256(b"django" + key("django")).hexdigest()
    if _doors
    else "no database is open, nothing is signed"
)
ALLOWED_HOSTS = os.environ.get("COMMONWEAL_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("COMMONWEAL_ORIGINS", "").split(",") if o]
BASE_URL = os.environ.get("COMMONWEAL_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")

_own_apps = [
    "commonweal.foundation.access",
    "commonweal.foundation.audit",
    "commonweal.foundation.links",
    "commonweal.foundation.messages",
    "commonweal.foundation.intake",
    "commonweal.foundation.ui",
    "commonweal.partners",
    "commonweal.voice",
    "commonweal.governance",
    "commonweal.people",
    "commonweal.directory",
    "commonweal.screening",
    "commonweal.referrals",
    "commonweal.care",
    "commonweal.measures",
    "commonweal.site",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    *ACCOUNT_APPS,
    *_own_apps,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *ACCOUNT_MIDDLEWARE,
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commonweal.foundation.access.web.AccessMiddleware",
]

ROOT_URLCONF = "commonweal.site.urls"
WSGI_APPLICATION = "commonweal.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "commonweal.foundation.ui.context.page",
            ],
        },
    }
]

_pool = {"min_size": 1, "max_size": int(os.environ.get("COMMONWEAL_POOL", "8")), "timeout": 5}
# A prepared statement keeps its plan, whatever PostgreSQL thinks it would gain by planning it for the values
# at hand: under the policies of row-level security planning costs more than answering.
_planned_once = "-c plan_cache_mode=force_generic_plan"
DATABASES: dict[str, dict[str, object]] = {
    "default": {**_doors.django(), "OPTIONS": {"pool": _pool, "options": _planned_once}}
    if _doors
    else {"ENGINE": "django.db.backends.postgresql", "NAME": "unopened"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "commonweal_language"
# Words of ours that a library translates too: signing in is said in one voice.
LOCALE_PATHS = [Path(__file__).parents[1] / "foundation" / "accounts" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("COMMONWEAL_ZONE", "America/New_York")
keep_days_of(ZoneInfo(TIME_ZONE))
COUNTRY, SUBDIVISION = "US", os.environ.get("COMMONWEAL_STATE", "")
COLLABORATIVE = os.environ.get("COMMONWEAL_NAME", "Alder County Health Table" if DEMO else "Our health table")
DIRECTORY_ASKING = os.environ.get("COMMONWEAL_ASKING", "")
VOICE_ANSWER_DAYS = int(os.environ.get("COMMONWEAL_ANSWER_DAYS", "21"))  # where the bylaws say none
HELP_PHONE = os.environ.get("COMMONWEAL_HELP_PHONE", "555-0100" if DEMO else "")

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the packages themselves
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "commonweal.foundation.ui.static.VersionedStaticStorage"},
}

EMAIL_HOST = os.environ.get("SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SMTP_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("COMMONWEAL_MAIL_FROM", "Commonweal <no-reply@localhost>")
SMS_ADAPTER = os.environ.get("COMMONWEAL_SMS_ADAPTER", "commonweal.foundation.messages.sms.to_file")
if DEMO:  # invented people get no mail: the demo keeps it in its home and shows it at /demo/mail/
    from commonweal.foundation.database.home import home

    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(home() / "mail")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SILENCED_SYSTEM_CHECKS = ["auth.E003", "auth.W004"]

PROCRASTINATE_IMPORT_PATHS: list[str] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "commonweal.foundation.links.logs.LinkHidingFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
