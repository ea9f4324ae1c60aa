"""A site on the reader's own machine: SQLite, plain HTTP, mail written to files. Never for the public."""

import secrets

from .base import *  # noqa: F403
from .base import ADDRESS_KEY, BASE_DIR, STORAGES, env

VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)


def _local_secret() -> str:
    """Keep one random key per checkout, so that sessions outlive a restart and no two machines share it."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


# Off unless asked for, so that `make serve` shows the error pages that a visitor sees.
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default=_local_secret())
ADDRESS_KEY = ADDRESS_KEY or SECRET_KEY
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

# Static files come straight from the source folders: nothing to collect.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

if "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
