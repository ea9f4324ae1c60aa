"""Fields for times and days: text, read by `site_core.time_reading`, with a calendar of the browser's own beside it.

What is typed is never changed by a script. While it is typed, the server says in words how it is understood.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .time_reading import read_date, read_time
from .times import date_in_words, in_words, until_in_words

# What the browser sends along with a text: the moment that it showed for it.
SHOWN = "{}-shown"


class TypedTime(str):
    """What was typed, and the moment (in ISO 8601) that the editor was shown for it."""

    shown = ""


class TimeInput(forms.DateTimeInput):
    """A text field for a time, or a day, that says beside it how the text is understood."""

    kind = "time"

    def __init__(self, attrs: dict[str, Any] | None = None, format: str | None = None) -> None:
        super().__init__({"autocomplete": "off", "data-time-field-target": "text", **(attrs or {})}, format)

    class Media:
        js = ["js/admin-times.js"]

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            aware = value if timezone.is_aware(value) else timezone.make_aware(value, timezone.get_default_timezone())
            # Without the weekday, which would contradict the date as soon as that is changed.
            return in_words(aware).partition(" ")[2]
        return value or None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = data.get(name)
        if isinstance(typed, str):
            typed = TypedTime(typed)
            typed.shown = data.get(SHOWN.format(name), "")
        return typed

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        return format_html(
            '<span class="time-field" data-controller="time-field" data-time-field-kind-value="{}" '
            'data-time-field-url-value="{}" data-time-field-picker-value="{}">{}'
            '<span class="time-field__read" role="status" data-time-field-target="read"></span></span>',
            self.kind,
            reverse("read_time"),
            _("Choose in a calendar"),
            field,
        )


class DayInput(TimeInput):
    """A text field for a day."""

    kind = "date"

    def format_value(self, value: Any) -> str | None:
        return date_in_words(value) if isinstance(value, date) else value or None


class SwedishTimeField(forms.DateTimeField):
    """A moment, written in any usual Swedish way."""

    widget = TimeInput

    def to_python(self, value: Any) -> datetime | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        moment = read_time(value)
        shown = getattr(value, "shown", "")
        if shown and shown != moment.isoformat():
            message = _("This now means %(time)s, which it did not when it was written. Write the date.")
            raise ValidationError(message, "changed", {"time": in_words(moment)})
        return moment

    def prepare_value(self, value: Any) -> Any:
        # Kept with its zone, which Django takes away: an hour that comes twice is told apart by it.
        return value


class SwedishDateField(forms.DateField):
    """A day, written in any usual Swedish way."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        return read_date(value) if value.strip() else None


def refuse_passed(moment: datetime) -> None:
    """Refuse a moment that is over, in words that tell which it is."""
    if moment <= timezone.now():
        message = _("%(time)s has passed (%(ago)s). Choose a time to come.")
        words = in_words(moment)
        values = {"time": words[0].upper() + words[1:], "ago": until_in_words(moment)}
        raise ValidationError(message, "passed", values)
