"""Entries in Wagtail's log, in words."""

from typing import Any

from wagtail.log_actions import LogFormatter


def formatter(label: Any, message: Any) -> type[LogFormatter]:
    """Make the class that Wagtail wants for a kind of entry whose message tells what the entry holds."""

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return str(self.message) % log_entry.data

    Formatter.label, Formatter.message = label, message
    return Formatter
