"""One settings file. What differs between machines comes from the environment; everything is safe by default.

Production reads BORDERWATCH_SECRET_KEY, BORDERWATCH_ALLOWED_HOSTS and DATABASE_URL and refuses to start half configured.
`./run` and `./test` set BORDERWATCH_DEVELOPMENT=1, which makes a secret in the data folder and allows plain HTTP on this machine.
"""

import os
import secrets
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name):
    """True where the environment variable `name` says yes (1, true, yes, on)."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def installed_for(name, package):
    """Refuse the setting `name` where the package that it needs is not installed."""
    if find_spec(package) is None:
        raise ImproperlyConfigured(f"{name} needs what requirements-scale.txt lists, see docs/operations.md, Past one machine.")


CONFIGURED = bool(os.environ.get("BORDERWATCH_SECRET_KEY") or os.environ.get("BORDERWATCH_ALLOWED_HOSTS"))
"""Whether somebody began to configure production; half of it is refused below."""
DATA_DIR = Path(os.environ.get("BORDERWATCH_DATA_DIR") or BASE_DIR / "var" / "demo").resolve()

# Commands typed by hand act on the site of ./run, as ./run does, where nothing else is configured.
DEVELOPMENT = flag("BORDERWATCH_DEVELOPMENT") or (not CONFIGURED and (DATA_DIR / "secret-key").exists())
"""Dangerous on a public machine: a secret in a file, no HTTPS, any host name."""

DEBUG = False


def development_secret():
    """The secret of a development site: made once, kept in the data folder, readable by its owner alone."""
    path = DATA_DIR / "secret-key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


if CONFIGURED:
    missing = [name for name in ("BORDERWATCH_SECRET_KEY", "BORDERWATCH_ALLOWED_HOSTS", "DATABASE_URL") if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(f"Production is half configured: set {', '.join(missing)} too, see docs/operations.md.")
    SECRET_KEY = os.environ["BORDERWATCH_SECRET_KEY"]
    ALLOWED_HOSTS = [host.strip() for host in os.environ["BORDERWATCH_ALLOWED_HOSTS"].split(",") if host.strip()]
elif DEVELOPMENT:
    SECRET_KEY = development_secret()
    ALLOWED_HOSTS = ["*"]
else:
    raise ImproperlyConfigured(
        "Set BORDERWATCH_SECRET_KEY, BORDERWATCH_ALLOWED_HOSTS and DATABASE_URL (docs/operations.md), or start with ./run."
    )

INSTALLED_APPS = [
    "borderwatch",
    "sources",
    "incidents",
    "borderwatch.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "simple_history",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
]

MIDDLEWARE = [
    "borderwatch.operating.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "borderwatch.middleware.OnePolicyMiddleware",
    "borderwatch.middleware.PublicHeadersMiddleware",
    "borderwatch.middleware.DeskSessionMiddleware",
    "borderwatch.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "borderwatch.middleware.DeskAuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "borderwatch.middleware.DeskMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "borderwatch.urls"
WSGI_APPLICATION = "borderwatch.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database. SQLite settings are the ones that lost no write in trials with several writers (docs/operations.md).

if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config(conn_max_age=600, conn_health_checks=True)}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "borderwatch.sqlite3", "CONN_MAX_AGE": 600}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Pages of 8 KB, of new databases: most documents fit several to a page, and few rows spill over into others.
        "init_command": "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Replicas of a PostgreSQL primary for readers' pages; without any, no router and no middleware stand in the way.
REPLICAS = []
"""Aliases of the databases that readers may be answered from."""
REPLICA_MAX_LAG = int(os.environ.get("BORDERWATCH_REPLICA_MAX_LAG") or 5)
"""Seconds: how far an answer may be behind the primary."""
for number, url in enumerate(os.environ.get("DATABASE_REPLICA_URL", "").split(), start=1):
    REPLICAS.append(f"replica_{number}")
    replica = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    # A machine that is gone is given up soon, and a URL that names a primary by mistake is not written to.
    soon = {"connect_timeout": 2, "tcp_user_timeout": 3000, "keepalives_idle": 2, "keepalives_interval": 1, "keepalives_count": 3}
    soon["options"] = "-c default_transaction_read_only=on"
    DATABASES[REPLICAS[-1]] = replica | {"OPTIONS": soon | replica.get("OPTIONS", {}), "TEST": {"MIRROR": "default"}}
if REPLICAS:
    if {database["ENGINE"] for database in DATABASES.values()} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured("DATABASE_REPLICA_URL: replicas are PostgreSQL's, of a primary that DATABASE_URL names.")
    if not 1 <= REPLICA_MAX_LAG <= 30:
        raise ImproperlyConfigured("BORDERWATCH_REPLICA_MAX_LAG: from 1 to 30 seconds; what is withdrawn must be gone within a minute.")
    MIDDLEWARE.append("borderwatch.operating.reading.ReplicaMiddleware")
    DATABASE_ROUTERS = ["borderwatch.operating.reading.ReplicaRouter"]

# "answers" keeps whole answers as bytes, at most a megabyte each: few of them where every process has its own.
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL_CACHE, "LOCATION": "default", "OPTIONS": {"MAX_ENTRIES": 5000}},
    "answers": {"BACKEND": LOCAL_CACHE, "LOCATION": "answers", "OPTIONS": {"MAX_ENTRIES": 100}},
    "records": {"BACKEND": LOCAL_CACHE, "LOCATION": "records", "OPTIONS": {"MAX_ENTRIES": 1000}},
    "rows": {"BACKEND": LOCAL_CACHE, "LOCATION": "rows", "OPTIONS": {"MAX_ENTRIES": 5000}},
}
if os.environ.get("REDIS_URL"):
    installed_for("REDIS_URL", "redis")
    shared = {"BACKEND": "borderwatch.operating.shared_cache.SharedCache", "LOCATION": os.environ["REDIS_URL"]}
    CACHES = {name: shared | {"KEY_PREFIX": name} for name in CACHES}

# Language and time

LANGUAGE_CODE = "en"
# Django knows no Dari; written from right to left.
LANG_INFO["prs"] = {"bidi": True, "code": "prs", "name": "Dari", "name_local": "دری"}
LANGUAGES_BIDI = ["prs"]
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("tg", _("Tajik")), ("prs", _("Dari"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "borderwatch.formats"
TIME_ZONE = "UTC"
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "borderwatch.public.leaflet.LeafletFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = False
if DEVELOPMENT:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if os.environ.get("BORDERWATCH_MEDIA_BUCKET"):
    installed_for("BORDERWATCH_MEDIA_BUCKET", "storages")
    # Where the bucket is and its keys: boto3's own AWS_… variables. Readers never see it: the site passes on what is public.
    in_a_bucket = {"bucket_name": os.environ["BORDERWATCH_MEDIA_BUCKET"], "file_overwrite": False, "max_memory_size": 1 << 20}
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": in_a_bucket}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

# Signing in

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
SECOND_FACTOR = flag("BORDERWATCH_SECOND_FACTOR") if "BORDERWATCH_SECOND_FACTOR" in os.environ else not DEVELOPMENT
"""Whether those who may publish must give a code from an app beside their password."""
OTP_TOTP_ISSUER = "BorderWatch"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_CLIENT_IP_CALLABLE = "borderwatch.clients.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True

# What browsers are told

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
if flag("BORDERWATCH_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
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

# The API

API_RATE = os.environ.get("BORDERWATCH_API_RATE") or "600/min"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": int(os.environ.get("BORDERWATCH_PROXIES") or 0),
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "borderwatch.api.problems.problem_response",
    "DEFAULT_THROTTLE_CLASSES": ["borderwatch.api.throttling.ApiThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": None if API_RATE == "off" else API_RATE},
}
SPECTACULAR_SETTINGS = {
    "TITLE": "BorderWatch API",
    "VERSION": "1",
    "DESCRIPTION": "Armed incidents along the Tajikistan-Afghanistan border: every number opens to its claims.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "PREPROCESSING_HOOKS": ["borderwatch.api.schema.only_the_api"],
}

# BorderWatch

SITE_URL = os.environ.get("BORDERWATCH_SITE_URL", "").rstrip("/")
"""Where readers find the site, for absolute addresses; empty: the host that was asked."""
CONTACT_EMAIL = os.environ.get("BORDERWATCH_CONTACT_EMAIL", "")
TWO_PERSONS = flag("BORDERWATCH_TWO_PERSONS")
"""Whether who wrote the last change to a record is kept from publishing it."""
SIMPLE_HISTORY_REVERT_DISABLED = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LONGEST_WAIT = float(os.environ.get("BORDERWATCH_LONGEST_WAIT") or 5)
"""Seconds for which a reader's request may wait for its turn; after that it is refused with 503 and Retry-After (operating/waiting.py)."""

LOG_FORMAT = os.environ.get("BORDERWATCH_LOG_FORMAT") or ("plain" if DEVELOPMENT else "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "borderwatch.operating.logs.JsonFormatter"},
        "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"refusals": {"()": "borderwatch.operating.logs.RefusalsCounted"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("BORDERWATCH_LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
