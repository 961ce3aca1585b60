"""Django's settings. What an operator may set is an environment variable, listed in docs/reference/settings.md."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from dichterbij.bootstrap import database
from dichterbij.data import ROOT, read_yaml


def _home() -> Path:
    """Where this installation keeps what it makes: embedded database, secret key, collected files, demo mail."""
    return Path(os.environ.get("DICHTERBIJ_HOME") or Path.cwd() / "var").resolve()


def _secret_key(home: Path) -> str:
    given = os.environ.get("DICHTERBIJ_SECRET_KEY")
    if given:
        return given
    kept = home / "secret-key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        draft.rename(kept)
    return kept.read_text(encoding="ascii")


HOME = _home()
DEMO = os.environ.get("DICHTERBIJ_DEMO") == "1"
DEBUG = False
SECRET_KEY = _secret_key(HOME)
# Codes of people in applications hang on it: one that changes lets everybody count anew.
PERSON_KEY = os.environ.get("DICHTERBIJ_PERSON_KEY") or SECRET_KEY
ALLOWED_HOSTS = os.environ.get("DICHTERBIJ_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "dichterbij.domains.journal",
    "dichterbij.domains.post",
    "dichterbij.domains.accounts",
    "dichterbij.domains.regions",
    "dichterbij.domains.skills",
    "dichterbij.domains.budget",
    "dichterbij.domains.people",
    "dichterbij.domains.openings",
    "dichterbij.domains.support",
    "dichterbij.domains.outreach",
    "dichterbij.domains.routes",
    "dichterbij.domains.schemes",
    "dichterbij.domains.matching",
    "dichterbij.domains.referral",
    "dichterbij.domains.network",
    "dichterbij.web.site",
    "dichterbij.web.content",
    "dichterbij.web.desks",
    "dichterbij.web.near",
    "dichterbij.web.doors",
    "dichterbij.web.routes",
    "dichterbij.web.schemes",
    "dichterbij.web.money",
    "dichterbij.web.support",
    "dichterbij.web.regions",
    "dichterbij.web.advice",
    "dichterbij.web.placing",
    "dichterbij.web.campaign",
    "dichterbij.web.login",
    "dichterbij.web.mine",
    "dichterbij.web.handover",
    "dichterbij.web.referral",
    "dichterbij.web.manage",
    "dichterbij.web.national",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "dichterbij.web.site.middleware.NotShared",
    "dichterbij.web.login.middleware.Doorkeeper",
    "dichterbij.web.campaign.middleware.CampaignSteps",
    "dichterbij.web.site.middleware.MethodRefused",
    "dichterbij.web.site.middleware.DatabaseUnavailable",
]
ROOT_URLCONF = "dichterbij.bootstrap.urls"
WSGI_APPLICATION = "dichterbij.bootstrap.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "dichterbij.web.site.context.site",
            ],
        },
    }
]

DATABASES = {"default": database.parse_url(database.url(HOME))}
DATABASES["default"]["OPTIONS"] |= {
    "pool": {
        "min_size": 1,
        "max_size": 8,
        "timeout": 3,  # how long a visitor waits for a connection before being told
        "reconnect_timeout": 5,  # after that the next visitor's request tries afresh: back within seconds
    }
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a connection that died with its server is not handed out
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "nl"
LANGUAGES = [(language["code"], language["name"]) for language in read_yaml(ROOT / "content" / "languages.yaml")]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend" if DEMO else "dichterbij.gateways.mail.Backend"
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("DICHTERBIJ_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("DICHTERBIJ_SMTP_PORT", "25"))
EMAIL_TIMEOUT = 3  # to connect
PAGE_WAITS_FOR_MAIL_S = 1.5  # what did not leave by then goes on without the page
DEFAULT_FROM_EMAIL = os.environ.get("DICHTERBIJ_MAIL_FROM", "dichterbij@localhost")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = os.environ.get("DICHTERBIJ_HTTPS") == "1"
SECURE_SSL_REDIRECT = HTTPS
# Https ends at a proxy in front of us; without its word every page would be sent to https for ever.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# With https a browser takes these only from this very host, over https, for the whole site.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
CSRF_FAILURE_VIEW = "dichterbij.web.site.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
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
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"quiet": {"()": "dichterbij.web.site.quiet_log.Quiet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["quiet"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
