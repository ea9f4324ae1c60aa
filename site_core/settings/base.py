"""What every environment shares. Values come from the environment; a Docker secret is read by `NAME_FILE`."""

from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE

from site_core.media.file_types import DOCUMENTS

from .environment import StrictEnv

BASE_DIR = Path(__file__).resolve().parents[2]

env = StrictEnv()
StrictEnv.read_env(BASE_DIR / ".env")

INSTALLED_APPS = [
    "pages",
    "subscriptions",
    "press",
    "site_core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # Wagtail's search on PostgreSQL asks for it; it is idle on SQLite.
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Probes answer before the host check and before any redirect to TLS.
    "site_core.web.probes.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "site_core.web.security_policy.SecurityPolicyMiddleware",
    "site_core.web.compression.TextGZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_core.web.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "site_core.web.sessions.LoginLimitsMiddleware",
    # It asks who is logged in, and guards the admin alone.
    "site_core.web.secrecy.SecrecyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_core.web.redirects.OpenRedirectMiddleware",
    "site_core.web.deletion.KeepUsedMiddleware",
]

ROOT_URLCONF = "site_core.urls"
WSGI_APPLICATION = "site_core.wsgi.application"

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
            "builtins": ["site_core.templatetags.site_tags"],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'site.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Readers do not wait for the writer, and a writer takes its lock at once instead of failing later.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
# A server may have gone away since the last request; a file has not.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = DATABASES["default"]["ENGINE"].endswith("postgresql")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    CACHES["default"]["BACKEND"] = "site_core.web.cache.ForgivingRedisCache"
    # In seconds: a server that is slower than this helps nobody.
    CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}

# What is counted against a limit lies in the same place.
LIMITS_URL = env("CACHE_URL", default="") if CACHES["default"]["BACKEND"].endswith("RedisCache") else "memory://"

AUTH_USER_MODEL = "site_core.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "site_core/password_required.html"  # noqa: S105

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
# Our own strings first, then the Swedish that Wagtail lacks.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = "site_core.formats"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "static_root"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))()
STORAGES = {
    # What is uploaded is for the server's own group, whatever the umask of the process.
    "default": {
        "BACKEND": "site_core.media.storage.MediaStorage",
        "OPTIONS": {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# An S3-compatible store instead of the folder. Its libraries are in requirements/production.txt.
if MEDIA_S3_BUCKET := env("MEDIA_S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "site_core.media.s3.S3MediaStorage",
        "OPTIONS": {
            "bucket_name": MEDIA_S3_BUCKET,
            "endpoint_url": env.web_address("MEDIA_S3_ENDPOINT", default="https://s3.amazonaws.com"),
            "region_name": env("MEDIA_S3_REGION", default="eu-north-1"),
            "access_key": env("MEDIA_S3_ACCESS_KEY"),
            "secret_key": env("MEDIA_S3_SECRET_KEY"),
            "addressing_style": env("MEDIA_S3_ADDRESSING", default="path"),
            "signature_version": "s3v4",
            "file_overwrite": False,
        },
    }

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
EMAIL_TIMEOUT = 20
# A mail provider by name, as django-anymail knows it, instead of EMAIL_URL. Its library is in production.txt.
if EMAIL_PROVIDER := env("EMAIL_PROVIDER", default=""):
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
    INSTALLED_APPS.append("anymail")
    # Anymail's own settings for the provider, such as {"POSTMARK_SERVER_TOKEN": "…"}.
    ANYMAIL = {**env.json("EMAIL_PROVIDER_SETTINGS"), "WEBHOOK_SECRET": env("EMAIL_WEBHOOK_SECRET")}

# The subscription: who letters come from, where what can't be delivered goes, and where "unsubscribe" can be mailed.
SUBSCRIPTION_FROM_EMAIL = env("SUBSCRIPTION_FROM_EMAIL", default=DEFAULT_FROM_EMAIL)
BOUNCE_EMAIL = env("BOUNCE_EMAIL", default=SUBSCRIPTION_FROM_EMAIL)
# The mailbox behind that address, if the site is to read it itself.
BOUNCE_MAILBOX = env.mailbox("BOUNCE_MAILBOX")
# Addresses are told apart by hashes under this key; without one of its own it is SECRET_KEY (see each environment).
ADDRESS_KEY = env("ADDRESS_KEY", default="")
GRACE_MINUTES = env.int("GRACE_MINUTES", default=10)
# Digests go out at this Swedish time; weekly ones on this day, Monday being 0.
DIGEST_TIME = env.clock_time("DIGEST_TIME", default="07:00")
DIGEST_WEEKDAY = env.int("DIGEST_WEEKDAY", default=0)
# How many take letters at the same time, and for how long, in seconds, each has those it took for itself.
MAIL_SENDERS = env.int("MAIL_SENDERS", default=2)
MAIL_LEASE = env.int("MAIL_LEASE", default=300)
# Seconds before a letter that could not be sent is tried again; each wait is four times the last, at most a day.
MAIL_FIRST_WAIT = env.int("MAIL_FIRST_WAIT", default=60)
# Where background work is handed over; without one, `run_due` does it by itself.
BROKER_URL = env("BROKER_URL", default="")
CELERY_BROKER_URL = BROKER_URL or "memory://"
# A broker that is away must keep nobody waiting: the next round hands over again.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 0}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
# How many proxies stand in front and write X-Forwarded-For.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

SESSION_ENGINE = "site_core.web.session_store"
# A log-in ends when nobody has worked for so long, and, however hard one works, when it has lasted for so long.
SESSION_IDLE_MINUTES = env.whole_number("SESSION_IDLE_MINUTES", default=120, least=1, most=24 * 60)
SESSION_LONGEST_HOURS = env.whole_number("SESSION_LONGEST_HOURS", default=12, least=1, most=7 * 24)
SESSION_COOKIE_AGE = SESSION_LONGEST_HOURS * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "site_core.web.errors.csrf_failure"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail lifts it for the previews that its editor frames.
X_FRAME_OPTIONS = "DENY"

# Public pages hold nothing inline: they come from shared caches, which can't carry a fresh nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's date pickers and some of its forms set styles and run small scripts inline.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

# Wagtail brings its indexes up to date in these.
TASKS = {"default": {"BACKEND": "site_core.afterwards.SavepointBackend"}}
WAGTAIL_SITE_NAME = env("SITE_NAME", default="VästKom")
WAGTAILADMIN_BASE_URL = env.web_address("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILADMIN_USER_LOGIN_FORM = "site_core.web.login.LoginForm"
WAGTAIL_FINISH_WORKFLOW_ACTION = "press.reviewing.publish_reviewed"
# Each step of a review approves the same revision: one that is changed between two steps starts from the first.
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# Who reviews is a member of a group; an administrator who is not would get two mails about each text.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska")]
# Without a list the account page fails on hosts whose own zone is called "localtime".
WAGTAIL_USER_TIME_ZONES = ["Europe/Stockholm"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# Slugs keep to a-z: å, ä and ö are written out as a and o, which every mail client links.
WAGTAIL_ALLOW_UNICODE_SLUGS = False

WAGTAILIMAGES_IMAGE_MODEL = "site_core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_core.media.forms.SiteImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1000 * 1000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80 * 1000 * 1000
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 76
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILDOCS_DOCUMENT_MODEL = "site_core.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_core.media.forms.SiteDocumentForm"
WAGTAILDOCS_EXTENSIONS = sorted(DOCUMENTS)
# The site's own register instead of the machine's, which may know none of these.
WAGTAILDOCS_CONTENT_TYPES = {extension: kind.media_type for extension, kind in DOCUMENTS.items()}
DOCUMENT_MAX_UPLOAD_SIZE = 50 * 1000 * 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "swedish"},
}

FRAME_SECONDS = 10
FACET_SECONDS = 60
PRESS_RELEASES_PER_PAGE = 20
SEARCH_RESULTS_PER_PAGE = 20
