"""Moments in words, as every page, message and letter of the site writes them, and how long it is until then.

The words are the site's own and Swedish, whatever language a process speaks: `site_core.time_reading` reads back
what is written here, to the very same moment.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
# The hour that comes twice in the autumn is told apart by these: first as summer time, then as standard time.
SUMMER, STANDARD = "sommartid", "normaltid"
HOUR, DAY = 60, 24 * 60


def in_words(moment: datetime) -> str:
    """Write a moment in Swedish time, as in "torsdag 26 november 2026 kl. 08.00"."""
    local = swedish_time(moment)
    words = f"{WEEKDAYS[local.weekday()]} {date_in_words(local)} kl. {local:%H.%M}"
    return f"{words} {STANDARD if local.fold else SUMMER}" if comes_twice(local) else words


def date_in_words(day: date) -> str:
    """Write a day, or that of a moment in Swedish time, as in "26 november 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def until_in_words(moment: datetime) -> str:
    """Say how long it is until a moment, as in "om 1 dag och 21 timmar", or how long ago it was."""
    gap = moment - timezone.now()
    minutes = round(abs(gap) / timedelta(minutes=1))
    if not minutes:
        return _("in less than a minute") if gap > timedelta() else _("just now")
    length = _length(minutes)
    return _("in %(length)s") % {"length": length} if gap > timedelta() else _("%(length)s ago") % {"length": length}


def swedish_time(moment: datetime) -> datetime:
    """Return a moment as the clocks of the country show it."""
    return moment.astimezone(swedish_zone())


def swedish_zone() -> ZoneInfo:
    """Return the zone that every hour on the site is in, whatever zone is active."""
    zone = timezone.get_default_timezone()
    assert isinstance(zone, ZoneInfo)  # noqa: S101 -- Django makes it from TIME_ZONE
    return zone


def comes_twice(local: datetime) -> bool:
    """Tell whether the clocks show this hour twice, because they are put back."""
    earlier, later = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    return earlier is not None and later is not None and earlier > later


def _length(minutes: int) -> str:
    """Write a length of time in its two largest units; what is smaller matters to nobody."""
    if minutes < DAY:
        hours, rest = divmod(minutes, HOUR)
        parts = [_count_hours(hours), _count_minutes(rest)]
    else:
        days, hours = divmod(round(minutes / HOUR), 24)
        parts = [_count_days(days), _count_hours(hours)]
    return _(" and ").join(part for part in parts if part)


def _count_days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number} if number else ""


def _count_hours(number: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number} if number else ""


def _count_minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number} if number else ""
