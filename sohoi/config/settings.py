"""All settings, read from the environment; `sohoi check` reports a wrong value with a hint."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("SOHOI_VAR", BASE_DIR / "var"))

# The only place that names a room: delete a room's folder and its line, and the rest still stands.
ROOMS = [
    "sohoi.programmes.addresses",
    "sohoi.programmes.exemplars",
    "sohoi.programmes.homes",
]


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _database(url: str) -> dict:
    """postgresql://user:password@host:port/name, or ?host=/folder for a Unix socket."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


DEBUG = _flag("SOHOI_DEBUG")
INSECURE_KEY = "khoa-chi-dung-de-trinh-dien-va-thu-nghiem-tren-may-nay-" + "0" * 20
SECRET_KEY = os.environ.get("SOHOI_SECRET_KEY") or INSECURE_KEY
ALLOWED_HOSTS = os.environ.get("SOHOI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("SOHOI_ORIGINS", "").split(",") if o]
# HTTPS is the rule; it is switched off only for a server that listens on this machine alone.
HTTPS = _flag("SOHOI_HTTPS")

INSTALLED_APPS = [
    *ROOMS,
    "sohoi.config",
    "sohoi.reports",
    "sohoi.figures",
    "sohoi.records",
    "sohoi.accounts",
    "sohoi.org",
    "sohoi.audit",
    "sohoi.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sohoi.ui.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Inside of what serves files, which are compressed already. A page may be compressed although
    # its length then hints at what it holds (BREACH): a stranger's site cannot make a browser ask
    # in somebody's name (cookies are SameSite=Lax), the one secret that a page repeats, the form's
    # token, is masked anew each time, and Django adds a random length.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sohoi.accounts.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sohoi.accounts.middleware.workplace",
    "sohoi.accounts.middleware.Refusals",
    "sohoi.accounts.unsent.unsent_forms",
]

ROOT_URLCONF = "sohoi.config.urls"
WSGI_APPLICATION = "sohoi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sohoi.accounts.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "sohoi.ui.renderers.FormRenderer"

DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///sohoi"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["sohoi.accounts.backend.Backend"]
PASSWORD_HASHERS = ["sohoi.accounts.hashers.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:tasks"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "sohoi.accounts.adapter.ClosedDoor"
ACCOUNT_FORMS = {
    "login": "sohoi.accounts.forms.SignInForm",
    "change_password": "sohoi.accounts.forms.PasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = False
# Behind the reverse proxy the address of the person is the one the proxy saw.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "sohoi" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# All that is served is made ready when the product is set up: `sohoi.ui.assets`.
STATICFILES_FINDERS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sohoi.ui.storage.Storage"},
}
MEDIA_ROOT = VAR_DIR / "media"

SESSION_ENGINE = "sohoi.accounts.sessions"
CSRF_FAILURE_VIEW = "sohoi.accounts.unsent.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
