"""Reading settings from the environment, strictly: what is malformed is named and never guessed at."""

from datetime import time
from typing import Any
from urllib.parse import unquote, urlsplit

import environ

FALSE_WORDS = ("false", "off", "n", "no", "0", "")


class StrictEnv(environ.FileAwareEnv):
    """Takes no word for on or off that it does not know, and names the setting in every error."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_value(var, *args, **kwargs)
        except (TypeError, ValueError) as error:
            raise environ.ImproperlyConfigured(f"{var} is malformed: {error}") from error

    @classmethod
    def parse_value(cls, value: Any, cast: Any) -> Any:
        if cast is bool and str(value).lower() not in (*cls.BOOLEAN_TRUE_STRINGS, *FALSE_WORDS):
            raise ValueError(f"{value!r} is neither on nor off")
        return super().parse_value(value, cast)

    def database(self, var: str, default: str) -> dict[str, Any]:
        """Read the address of a PostgreSQL server or an SQLite file."""
        try:
            config = self.db(var, default=default)
        except (KeyError, TypeError, ValueError) as error:
            raise environ.ImproperlyConfigured(f"{var} is malformed") from error
        if not str(config.get("ENGINE", "")).endswith((".postgresql", ".sqlite3")):
            raise environ.ImproperlyConfigured(f"{var} must begin with postgres:// or sqlite://")
        return config

    def web_address(self, var: str, default: str) -> str:
        """Read an http or https address without a path."""
        value = str(self(var, default=default)).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            raise environ.ImproperlyConfigured(f"{var} must be a whole address, such as https://www.example.se")
        return value

    def mailbox(self, var: str) -> dict[str, Any] | None:
        """Read the address of a mailbox on an IMAP server, with who may read it; None where it is not set."""
        value = str(self(var, default=""))
        if not value:
            return None
        example = "imaps://user:password@mail.example.se/INBOX"
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            # Its own words would hold the password.
            raise environ.ImproperlyConfigured(f"{var} is malformed: it must be such as {example}") from None
        if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username or not parts.password:
            raise environ.ImproperlyConfigured(f"{var} must be such as {example}")
        has_tls = parts.scheme == "imaps"
        return {
            "HOST": parts.hostname,
            "PORT": port or (993 if has_tls else 143),
            "USER": unquote(parts.username),
            "PASSWORD": unquote(parts.password),
            "FOLDER": unquote(parts.path.strip("/")) or "INBOX",
            "TLS": has_tls,
        }

    def whole_number(self, var: str, default: int, least: int, most: int) -> int:
        """Read a whole number that must lie between two others, which it may equal."""
        value = int(self.int(var, default=default))
        if not least <= value <= most:
            raise environ.ImproperlyConfigured(f"{var} must be a whole number from {least} to {most}")
        return value

    def clock_time(self, var: str, default: str) -> time:
        """Read a time of day such as 07:00."""
        value = self(var, default=default)
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise environ.ImproperlyConfigured(f"{var} must be a time of day, such as 07:00") from error
