"""The public site. Everything secret or local comes from the environment; nothing falls back to a guess."""

import sys

import environ

# One line that names the setting, not a traceback, is what an administrator needs at three in the morning.
try:
    from .base import *  # noqa: F403
    from .base import ADDRESS_KEY, env

    SECRET_KEY = env("SECRET_KEY")
    # Former keys: links in letters that were signed with them still work.
    SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    env("DATABASE_URL")
    env("BASE_URL")
    # The proxy in front speaks TLS and says so in X-Forwarded-Proto; off is for a first look on one's own machine.
    TLS = env.bool("TLS", default=True)
except environ.ImproperlyConfigured as error:
    sys.exit(f"The site can't start: {error}")

DEBUG = False
ADDRESS_KEY = ADDRESS_KEY or SECRET_KEY

if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    sys.exit("The site can't start: ALLOWED_HOSTS must list the site's own host names, and '*' is not one")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = TLS
SESSION_COOKIE_SECURE = TLS
CSRF_COOKIE_SECURE = TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "{levelname}{name}{message}",
            "style": "{",
            "timestamp": True,
            "rename_fields": {"levelname": "level", "name": "logger"},
        }
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        # A wrong Host header is the sender's fault and comes by the thousand.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # One line for each index update, and one for each HEAD request, tell nobody anything.
        "django_tasks": {"level": "WARNING"},
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
