"""Django settings of signing in; the site's settings import them all.

``INSTALLED_APPS += ACCOUNT_APPS``; ``MIDDLEWARE``: Django's sessions, locale, csrf, authentication and
messages, then ``ACCOUNT_MIDDLEWARE``, then the access middleware, which needs to know who asks.
"""

ACCOUNT_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "commonweal.foundation.accounts",
]

ACCOUNT_MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "commonweal.foundation.accounts.middleware.KeepSession",
]

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["commonweal.foundation.accounts.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Sessions: the cookie ends with the browser, the row after twelve hours; `sessions.py` is stricter.
SESSION_ENGINE = "commonweal.foundation.accounts.session_store"
SESSION_COOKIE_NAME = "commonweal_session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SAVE_EVERY_REQUEST = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commonweal.foundation.accounts.web.views_session.csrf_failure"

# allauth: passkeys and nothing else. Its URLs are not mounted; we use its store and its adapter.
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_ADAPTER = "commonweal.foundation.accounts.adapter.PasskeyAdapter"
