"""Django's settings. The only place that reads the environment, and only the names in docs/operating.md."""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from core import http_api, openid
from core import logging as core_logging
from core.environment import Environment, with_password
from core.local import broker, catcher, database, places
from core.mailers import mailbox, mailer
from core.openid import origin

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

ENVIRONMENT: str = env.str("RECKONER_ENV", "local")
if ENVIRONMENT not in ("local", "production"):
    raise ImproperlyConfigured("RECKONER_ENV is 'local' (the default) or 'production'.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG: bool = env.bool("DEBUG", False)


def required(name: str, embedded: str, hint: str) -> str:
    """The value of a variable; local installations may use the embedded part instead."""
    value: str = env.str(name, "")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return embedded


PORT: int = env.int("PORT", 8000)
SITE_URL: str = required(
    "SITE_URL",
    f"http://127.0.0.1:{PORT}",
    "Give the address that people open, such as https://reckoner.example.org.",
).rstrip("/")
SECRET_KEY: str = required(
    "SECRET_KEY",
    "" if PRODUCTION else places.secret_key(),
    "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
)
# Keys that were replaced: what they signed is still good, and nothing new is signed with them.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS",
    [] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", urlsplit(SITE_URL).hostname or ""],
)
if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("DEBUG is on. Production shows nobody its insides: unset DEBUG.")
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure-") or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is too weak: give 50 random characters or more.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that people open, without a wildcard.")
try:
    # The proxies that may say for whom they ask; nobody else's word is taken.
    TRUSTED_PROXIES = [ip_network(one.strip()) for one in env.str("TRUSTED_PROXIES", "").split(",") if one.strip()]
except ValueError as error:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES names addresses or networks, such as 10.0.0.0/24: {error}") from error

EMBEDDED_DATABASE = not env.str("DATABASE_URL", "")
EMBEDDED_BROKER = not env.str("REDIS_URL", "")
EMBEDDED_MAIL = not env.str("MAIL_URL", "")

EMBEDDED_URLS = database.urls() if EMBEDDED_DATABASE and not PRODUCTION else None
DATABASE_URL = required(
    "DATABASE_URL",
    EMBEDDED_URLS.application if EMBEDDED_URLS else "",
    "Give the application's role, such as postgres://role:password@host/name.",
)
DATABASE_URL = with_password(DATABASE_URL, env.str("DATABASE_PASSWORD", ""))
DATABASE_OWNER_URL = with_password(env.str("DATABASE_OWNER_URL", ""), env.str("DATABASE_OWNER_PASSWORD", "")) or (
    EMBEDDED_URLS.owner if EMBEDDED_URLS else DATABASE_URL
)


# What the server itself ends: a statement of the application after so long, and a transaction in which nothing happens.
# What the owner does may last; but its migrations wait for a table only so long: everybody else waits behind them.
STATEMENT_SECONDS: float = env.float("STATEMENT_SECONDS", 60.0)
IDLE_SECONDS: float = env.float("IDLE_SECONDS", 60.0)
LOCK_SECONDS: float = env.float("LOCK_SECONDS", 0.0)


# Whether a pooler in transaction mode stands between: sessions then take no options and hold no cursors.
DATABASE_POOLER: bool = env.bool("DATABASE_POOLER", False)


def session(**seconds: float) -> dict[str, str]:
    """The options of a session: PostgreSQL's names with their limits."""
    return {"options": " ".join(f"-c {name}={round(1000 * value)}ms" for name, value in seconds.items())}


def database_settings(url: str) -> dict[str, object]:
    return {
        **dj_database_url.parse(url, engine="django.db.backends.postgresql", conn_health_checks=True),
        "TIME_ZONE": "UTC",
        "ATOMIC_REQUESTS": False,
    }


DATABASES = {
    "default": {
        **database_settings(DATABASE_URL),
        "DISABLE_SERVER_SIDE_CURSORS": DATABASE_POOLER,
        "OPTIONS": {
            "connect_timeout": 5,
            **(
                {}
                if DATABASE_POOLER
                else session(statement_timeout=STATEMENT_SECONDS, idle_in_transaction_session_timeout=IDLE_SECONDS)
            ),
            # It waits ever longer between attempts: left to it, a database that is back would stay unused for a while.
            "pool": {"min_size": 0, "max_size": env.int("DATABASE_POOL_SIZE", 8), "timeout": 5, "reconnect_timeout": 5},
        },
    },
    # The role that owns the tables: migrations and the few commands that may change facts.
    "owner": {
        **database_settings(DATABASE_OWNER_URL),
        "OPTIONS": {
            "connect_timeout": 5,
            **session(statement_timeout=0, lock_timeout=LOCK_SECONDS),
        },
        "TEST": {"MIRROR": "default"},
    },
}

MAILERS = {
    "default": mailer(
        required("MAIL_URL", "" if PRODUCTION else catcher.url(), "Such as smtp+tls://user:password@host:587.")
    )
}
MAIL_FROM: str = env.str("MAIL_FROM", f"Reckoner <reckoner@{urlsplit(SITE_URL).hostname}>")
MAIL_REPLY_TO: str = env.str("MAIL_REPLY_TO", "")
# Where mail comes back to: the mailbox of MAIL_FROM.
RETURNS = mailbox(env.str("RETURNS_URL", ""))
DEFAULT_FROM_EMAIL = MAIL_FROM

INSTALLED_APPS = [
    "core.apps.CoreConfig",
    "forecasts",
    "core.apps.DeskConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "core.addresses.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.health.HealthMiddleware",
    "core.moments.OneMoment",
    "core.private.NoStoreMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.proxied.ProxyLogInMiddleware",
    "forecasts.pages.doors.sessions.SessionLifeMiddleware",
    "forecasts.pages.doors.middleware.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forecasts.pages.doors.required.FactorMiddleware",
    "core.sent_twice.SentTwiceMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
]

ROOT_URLCONF = "core.urls"
WSGI_APPLICATION = "core.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "forecasts.pages.shell.shell",
            ],
        },
    },
]

AUTH_USER_MODEL = "forecasts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "board"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "forecasts.rules.passwords.NamesNoPlace",
        "OPTIONS": {"words": ["reckoner", "forecast", *(urlsplit(SITE_URL).hostname or "").split(".")]},
    },
    {"NAME": "forecasts.rules.passwords.TokensEnd"},
    {"NAME": "forecasts.pages.doors.listening.PasswordNoted"},
]
# Of django-allauth the factors, the identity provider and the list of sessions; the limits on guessing are ours.
ACCOUNT_ADAPTER = "forecasts.pages.doors.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "forecasts.pages.doors.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Who must have a second factor: nobody, whoever may resolve, or all.
REQUIRE_FACTOR: str = env.str("REQUIRE_FACTOR", "")
if REQUIRE_FACTOR not in ("", "resolvers", "all"):
    raise ImproperlyConfigured("REQUIRE_FACTOR is 'resolvers' or 'all', or left out.")

SOCIALACCOUNT_ADAPTER = "forecasts.pages.doors.provider.ProviderAdapter"
OIDC_PROVIDER = "provider"
OIDC_SIGN_UP: bool = env.bool("OIDC_SIGN_UP", False)
OIDC_GROUPS_CLAIM: str = env.str("OIDC_GROUPS_CLAIM", "groups")
OIDC_ROLES = openid.roles(env.str("OIDC_ROLES", ""))
OIDC_ISSUER: str = env.str("OIDC_ISSUER", "").rstrip("/")
SOCIALACCOUNT_PROVIDERS = openid.providers(
    OIDC_PROVIDER,
    OIDC_ISSUER,
    client=env.str("OIDC_CLIENT_ID", ""),
    secret=env.str("OIDC_CLIENT_SECRET", ""),
    name=env.str("OIDC_NAME", "single sign-on"),
    scopes=env.str("OIDC_SCOPES", "openid profile email").split(),
)
# A proxy that has logged people in says who they are in this header; only those of TRUSTED_PROXIES are believed.
PROXY_LOGIN_HEADER: str = env.str("PROXY_LOGIN_HEADER", "")
if PROXY_LOGIN_HEADER and not TRUSTED_PROXIES:
    raise ImproperlyConfigured("PROXY_LOGIN_HEADER needs TRUSTED_PROXIES: from others it would be a way in for all.")
# How many times as much of what costs much one may ask for as docs/api.md says.
LIMIT_FACTOR: float = env.float("LIMIT_FACTOR", 1.0)
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

LANGUAGE_CODE = "en-gb"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", "" if PRODUCTION else str(places.var() / "files")) or BASE_DIR / "files")
STORAGES = {
    "default": {
        "BACKEND": "forecasts.rules.whole_files.WholeFiles",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # Browsers hold a form to this wherever it is redirected to.
    "form-action": [CSP.SELF, *([origin(OIDC_ISSUER)] if OIDC_ISSUER else [])],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    # Browsers take these from this very host alone, and only encrypted.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_AGE: int = env.int("SESSION_IDLE_MINUTES", 720) * 60
SESSION_DAYS: float = env.float("SESSION_DAYS", 14)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION and HTTPS else 0
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

REST_FRAMEWORK = http_api.REST_FRAMEWORK
KNOX_TOKEN_MODEL = "forecasts.Token"  # noqa: S105 -- a model
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token", "TOKEN_MODEL": KNOX_TOKEN_MODEL}
SPECTACULAR_SETTINGS = http_api.SPECTACULAR_SETTINGS

CELERY_BROKER_URL = with_password(
    required("REDIS_URL", "" if PRODUCTION else broker.url(), "Such as redis://redis:6379/0."),
    env.str("REDIS_PASSWORD", ""),
)
CACHES = {
    "default": {
        "BACKEND": "core.caching.SharedCache",
        "LOCATION": broker.plain(CELERY_BROKER_URL),
        "KEY_PREFIX": env.str("CACHE_PREFIX", "reckoner"),
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_EXPIRES = None
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TASK_ROUTES = {
    f"forecasts.operations.tasks.{task}": {"queue": "scores"}
    for task in ("settle", "keep_bands", "verify", "recount", "read_statements", "read_returns")
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A task that hangs is killed with its process, and the next tick does the work. Only a backfill takes minutes.
CELERY_TASK_TIME_LIMIT: float = env.float("TASK_SECONDS", 3600.0)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 5, "retry_on_timeout": True}
TICK_SECONDS: float = env.float("TICK_SECONDS", 5.0)
CELERY_BEAT_SCHEDULER = "core.scheduling.OneOfAKind"
CELERY_BEAT_SCHEDULE = {
    "plan-prompts": {"task": "forecasts.operations.tasks.plan_prompts", "schedule": TICK_SECONDS},
    "send-messages": {"task": "forecasts.operations.tasks.send_messages", "schedule": TICK_SECONDS},
    "settle": {"task": "forecasts.operations.tasks.settle", "schedule": TICK_SECONDS},
    "read-statements": {"task": "forecasts.operations.tasks.read_statements", "schedule": TICK_SECONDS},
    # Costly, and in the queue of what settles: never so often that settling waits behind it.
    "keep-bands": {"task": "forecasts.operations.tasks.keep_bands", "schedule": max(TICK_SECONDS, 60)},
    "recount": {"task": "forecasts.operations.tasks.recount", "schedule": max(TICK_SECONDS, 60)},
    "read-returns": {"task": "forecasts.operations.tasks.read_returns", "schedule": max(TICK_SECONDS, 300)},
    "verify": {"task": "forecasts.operations.tasks.verify", "schedule": crontab(hour="3", minute="30")},
    "tidy": {"task": "forecasts.operations.tasks.tidy", "schedule": crontab(hour="4", minute="10")},
}
CELERY_TIMEZONE = "UTC"

# How mail is handed over. The chaos suite shortens them.
MESSAGE_SECONDS: float = env.float("MESSAGE_SECONDS", 30.0)
LEASE_SECONDS: float = env.float("LEASE_SECONDS", 120.0)
RETRY_SECONDS: float = env.float("RETRY_SECONDS", 60.0)
# Of the database: whether a promoted standby has all that was committed. Then mail goes on after a failover.
FAILOVERS_LOSE_NOTHING: bool = env.bool("FAILOVERS_LOSE_NOTHING", False)

# Where files of feeds may be dropped, each in its feed's folder and named by its version: ucdp_ged/25.1.csv.gz.
DROP_FOLDER: Path | None = Path(env.str("DROP_FOLDER")) if env.str("DROP_FOLDER", "") else None

# Where files of feeds may be fetched, and what the services ask for: nothing unless an address is given.
FETCHED: dict[str, tuple[str, dict[str, str]]] = {
    feed: (
        env.str(f"FETCH_{feed.upper()}_URL").rstrip("/"),
        {name: env.str(f"FETCH_{feed.upper()}_{name.upper()}", "") for name in secrets},
    )
    for feed, secrets in {"ucdp_ged": ("token",), "acled": ("user", "password"), "idmc_idu": ("client_id",)}.items()
    if env.str(f"FETCH_{feed.upper()}_URL", "")
}

# Who sends it reads /metrics and the details of /healthz.
METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")

# What backups are encrypted with, and read again; none where it is not given.
BACKUP_KEY: str = env.str("BACKUP_KEY", "")
if BACKUP_KEY and len(BACKUP_KEY) < 20:
    raise ImproperlyConfigured("BACKUP_KEY is too weak: give 20 random characters or more.")

# A language model in place of the rules that find statements: none unless address and model are given.
EXTRACTOR_URL: str = env.str("EXTRACTOR_URL", "")
EXTRACTOR_MODEL: str = env.str("EXTRACTOR_MODEL", "")
EXTRACTOR_KEY: str = env.str("EXTRACTOR_KEY", "")
EXTRACTOR_SECONDS: float = env.float("EXTRACTOR_SECONDS", 60.0)
EXTRACTOR_PIECE: int = env.int("EXTRACTOR_PIECE", 12_000)
EXTRACTOR_TOKENS: int = env.int("EXTRACTOR_TOKENS", 0)
EXTRACTOR_FORMAT: str = env.str("EXTRACTOR_FORMAT", "schema")
EXTRACTOR_INPUT_PRICE: float | None = env.float("EXTRACTOR_INPUT_PRICE", None)
EXTRACTOR_OUTPUT_PRICE: float | None = env.float("EXTRACTOR_OUTPUT_PRICE", None)

LOGGING = core_logging.settings(production=PRODUCTION)
core_logging.configure(production=PRODUCTION)
