"""Reading times as people in Sweden write them.

A time is understood or refused, never guessed: a text must follow one of the forms below from first to last, name a
day and a clock time that exist once, and mean one moment only. Whatever is refused is refused in words that say
what to write instead. Why this is no library: docs/adr/0012-times-are-read-by-a-grammar-of-our-own.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .times import MONTHS, STANDARD, SUMMER, WEEKDAYS, comes_twice, date_in_words, in_words, swedish_time, swedish_zone

# Nobody means a time that is longer than this, and no form writes one.
LONGEST_TEXT = 100
FIRST_YEAR, LAST_YEAR = 1900, 2199
# A day without a year that was in this year is next year's, unless that is so far off that it is more likely a mistake.
FARTHEST_WITHOUT_YEAR = timedelta(days=270)

_SHORT_DAYS = ("mån", "tis", "ons", "tors?", "fre", "lör", "sön")
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", None, "jun", "jul", "aug", "sept?", "okt", "nov", "dec")
_MONTH = "|".join(
    f"(?P<month{number}>{name}{rf'|{short}[.]?' if short else ''})(?![a-zåäö])"
    for number, (name, short) in enumerate(zip(MONTHS, _SHORT_MONTHS, strict=True), start=1)
)


def _weekday(group: str) -> str:
    days = "|".join(
        f"(?P<{group}{number}>{name}(?:en)?|{short}[.]?)(?![a-zåäö])"
        for number, (name, short) in enumerate(zip(WEEKDAYS, _SHORT_DAYS, strict=True))
    )
    return f"(?:{days})"


_DAY = r"(?:den )?(?P<day{0}>[0-9]{{1,2}})"
_DATES = {
    # 2026-11-26, 2026/11/26, 2026.11.26
    "year_first": r"(?P<year1>[0-9]{4})(?P<mark1>[-/.])(?P<number1>[0-9]{1,2})(?P=mark1)(?P<day1>[0-9]{1,2})",
    # 20261126
    "digits": r"(?P<year2>[0-9]{4})(?P<number2>[0-9]{2})(?P<day2>[0-9]{2})(?![0-9])",
    # 26/11/2026, 26.11.2026, 26-11-2026, 26/11 2026, 26/11-2026: the day always stands first here
    "day_first": _DAY.format(3)
    + r"(?P<mark3>[-/.]) ?(?P<number3>[0-9]{1,2})(?:(?P=mark3) ?|,? | ?- ?)(?P<year3>[0-9]{4})(?![0-9.:])",
    # 26/11
    "without_year": _DAY.format(4) + r"/(?P<number4>[0-9]{1,2})(?![0-9/])",
    # 26 november 2026, den 26:e nov
    "words": _DAY.format(5) + rf"(?::?[ae]|\.)? ?(?:{_MONTH})(?:,? ?(?P<year5>[0-9]{{4}})(?![0-9.:]))?",
    "today": r"(?P<today>i ?dag)",
    "tomorrow": r"(?P<tomorrow>i ?morgon|imorrn)",
    "after_tomorrow": r"(?P<after_tomorrow>i ?över ?morgon)",
    # på torsdag, nu på fredag
    "coming": rf"(?:(?:nu )?på )?{_weekday('coming')}",
}
_CLOCK = (
    r"(?:(?P<word>klockan|kl\.?) ?)?"
    r"(?:(?P<hour>[0-9]{1,2})(?:[.:](?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2})(?:[.,]0+)?)?)?|(?P<both>[0-9]{4}))"
    r"(?![0-9.:/-])"
    rf"(?:,? \(?(?P<half>{SUMMER}|{STANDARD}|vintertid)\)?| ?(?P<offset>z|utc|[+-][0-9]{{2}}:?[0-9]{{2}}))?"
)
# Between a day and its clock time: a space, a comma, a dash, or the T of ISO 8601.
_BETWEEN = r"(?:,? - |, ?| ?t ?(?=[0-9])| (?=k|[0-9])|(?=k))"
_BEFORE = rf"(?:(?:på )?{_weekday('before')},? )?"
_AFTER = rf"(?:,? \(?{_weekday('after')}\)?)?"
_FORMS = [
    re.compile(pattern)
    for dates in _DATES.values()
    for pattern in (
        rf"{_BEFORE}{dates}{_AFTER}(?:{_BETWEEN}{_CLOCK})?",
        # kl. 08.00 torsdag 26 november 2026
        rf"{_CLOCK}(?:,? ){_BEFORE}{dates}{_AFTER}",
    )
]
_CLOCK_ALONE = re.compile(_CLOCK)
_YEAR_IN_TWO_DIGITS = re.compile(r"(?:.* )?[0-9]{1,2}([-/.])[0-9]{1,2}(?:\1| ?- ?| )[0-9]{2}(?![0-9.:/]).*")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


@dataclass(frozen=True)
class _Reader:
    """What a form found in a text, and how the moment comes of it."""

    found: dict[str, str]
    now: datetime

    def moment(self) -> datetime:
        clock = self._clock()
        if not self._has_year and not self._is_relative:
            local = self._coming(clock)
        else:
            local = datetime.combine(self._day(), clock)
        self._check_weekday(local.date())
        return self._placed(local)

    def day(self) -> date:
        """Return the day alone; one without a year is this year's."""
        day = self._day() if self._has_year or self._is_relative else self._date(self.now.year)
        self._check_weekday(day)
        return day

    @property
    def has_clock(self) -> bool:
        return "hour" in self.found or "both" in self.found

    @property
    def _has_year(self) -> bool:
        return self._number("year") is not None

    @property
    def _is_relative(self) -> bool:
        return bool({"today", "tomorrow", "after_tomorrow"} & self.found.keys()) or self._weekday("coming") is not None

    def _number(self, name: str) -> int | None:
        return next(
            (int(self.found[f"{name}{place}"]) for place in range(1, 6) if f"{name}{place}" in self.found), None
        )

    def _weekday(self, group: str) -> int | None:
        return next((number for number in range(7) if f"{group}{number}" in self.found), None)

    def _clock(self) -> time:
        if "both" in self.found:
            if not self._has_year and "word" not in self.found:
                raise _refused_unread(self.now)
            hour, minute = int(self.found["both"][:2]), int(self.found["both"][2:])
        else:
            if "minute" not in self.found and "word" not in self.found:
                raise _refused_unread(self.now)
            hour, minute = int(self.found["hour"]), int(self.found.get("minute", 0))
        if (hour, minute) == (24, 0):
            raise ValidationError(
                _("24.00 can be taken for two days. Write 23.59, or 00.00 and the day that begins then."), "midnight"
            )
        if hour > 23 or minute > 59:
            message = _("There is no clock time %(clock)s. Write one from 00.00 to 23.59.")
            raise ValidationError(message, "clock", {"clock": f"{hour:02}.{minute:02}"})
        if int(self.found.get("second", 0)):
            raise ValidationError(_("Write the time in whole minutes, such as 08.00."), "seconds")
        return time(hour, minute)

    def _day(self) -> date:
        today = self.now.date()
        for name, days in (("today", 0), ("tomorrow", 1), ("after_tomorrow", 2)):
            if name in self.found:
                return today + timedelta(days=days)
        coming = self._weekday("coming")
        if coming is None:
            return self._date(self._number("year") or 0)
        ahead = (coming - today.weekday()) % 7
        if not ahead:
            message = _("Today is a %(weekday)s: write the date, so that it can’t be taken for another.")
            raise ValidationError(message, "weekday", {"weekday": WEEKDAYS[coming]})
        return today + timedelta(days=ahead)

    def _date(self, year: int) -> date:
        day = self._number("day") or 0
        month = self._number("number") or self._month()
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(_("The year %(year)s can’t be right."), "year", {"year": year})
        if not 1 <= month <= 12:
            message = _("There is no month %(month)s. Write the day before the month, such as 26/11/2026.")
            raise ValidationError(message, "month", {"month": month})
        try:
            return date(year, month, day)
        except ValueError as error:
            message = _("There is no %(date)s.")
            named = f"{day} {MONTHS[month - 1]}" + (f" {year}" if self._has_year else "")
            raise ValidationError(message, "date", {"date": named}) from error

    def _month(self) -> int:
        return next((number for number in range(1, 13) if f"month{number}" in self.found), 0)

    def _coming(self, clock: time) -> datetime:
        """Return the next time that a day without a year comes, if it is near enough to be what was meant."""
        today = self.now.replace(tzinfo=None)
        if self._number("day") == 29 and (self._number("number") or self._month()) == 2:
            raise ValidationError(_("Write the year too: that day does not come every year."), "year")
        this_year = datetime.combine(self._date(today.year), clock)
        if this_year > today:
            return this_year
        next_year = datetime.combine(self._date(today.year + 1), clock)
        if this_year.date() == today.date() or next_year - today > FARTHEST_WITHOUT_YEAR:
            message = _("%(date)s at %(clock)s has passed this year. Write the year too, if you mean another.")
            values = {"date": date_in_words(this_year), "clock": f"{clock:%H.%M}"}
            raise ValidationError(message, "year", values)
        return next_year

    def _check_weekday(self, day: date) -> None:
        for group in ("before", "after"):
            named = self._weekday(group)
            if named is not None and named != day.weekday():
                message = _("%(date)s is a %(weekday)s, not a %(named)s.")
                values = {
                    "date": date_in_words(day),
                    "weekday": WEEKDAYS[day.weekday()],
                    "named": WEEKDAYS[named],
                }
                raise ValidationError(message, "weekday", values)

    def _placed(self, naive: datetime) -> datetime:
        """Place a clock time in the country's time, or refuse one that the clocks skip or show twice."""
        if offset := self.found.get("offset"):
            zone = "+0000" if offset in {"z", "utc"} else offset.replace(":", "")
            try:
                return datetime.strptime(f"{naive:%Y-%m-%d %H:%M} {zone}", "%Y-%m-%d %H:%M %z").astimezone(UTC)
            except ValueError as error:
                raise _refused_unread(self.now) from error
        local = naive.replace(tzinfo=swedish_zone())
        values = {"clock": f"{local:%H.%M}", "date": date_in_words(local)}
        half = self.found.get("half")
        if comes_twice(local):
            if not half:
                message = _(
                    "%(clock)s comes twice on %(date)s, when the clocks are put back. Choose another time, or write "
                    "“sommartid” after it for the first and “normaltid” for the second."
                )
                raise ValidationError(message, "twice", values)
            return local.replace(fold=0 if half == SUMMER else 1).astimezone(UTC)
        if swedish_time(local.astimezone(UTC)).replace(tzinfo=None) != naive:
            message = _("There is no %(clock)s on %(date)s: the clocks are put forward then. Choose another time.")
            raise ValidationError(message, "skipped", values)
        if half and (half == SUMMER) != bool(local.dst()):
            message = _("%(date)s is not in “%(half)s”.")
            raise ValidationError(message, "half", {**values, "half": half})
        return local.astimezone(UTC)


def read_time(text: str, now: datetime | None = None) -> datetime:
    """Return the moment that a text means; raises ValidationError in words where it is not one moment for sure."""
    now = swedish_time(now or timezone.now())
    reader, plain = _find(text, now)
    if reader is None:
        if _CLOCK_ALONE.fullmatch(plain):
            message = _("Write the day too, such as “%(example)s”.")
            raise ValidationError(message, "day", {"example": _example(now)})
        raise _refused_unread(now, plain)
    if not reader.has_clock:
        day = reader.day()
        message = _("Write the clock time too, such as “%(example)s”.")
        example = f"{date_in_words(day)} kl. 08.00"
        raise ValidationError(message, "clock_missing", {"example": example})
    return reader.moment()


def read_date(text: str, now: datetime | None = None) -> date:
    """Return the day that a text means; raises ValidationError in words where it is not one day for sure."""
    now = swedish_time(now or timezone.now())
    reader, plain = _find(text, now)
    if reader is None:
        if _YEAR_IN_TWO_DIGITS.fullmatch(plain):
            raise _refused_unread(now, plain)
        message = _("This date can’t be understood. Write it as in “%(example)s”.")
        raise ValidationError(message, "unread", {"example": date_in_words(now)})
    if reader.has_clock:
        raise ValidationError(_("Write the day alone, without a clock time."), "clock")
    return reader.day()


def _find(text: str, now: datetime) -> tuple[_Reader | None, str]:
    if len(text) > LONGEST_TEXT:
        return None, ""
    plain = _plain(text)
    matches = (form.fullmatch(plain) for form in _FORMS)
    found = next((match for match in matches if match), None)
    if found is None:
        return None, plain
    return _Reader({name: part for name, part in found.groupdict().items() if part is not None}, now), plain


def _plain(text: str) -> str:
    """Undo what keyboards, word processors and mail programs put in: odd spaces and dashes, signs that don't show."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    return " ".join(shown.translate(_DASHES).lower().split()).rstrip(".,").strip()


def _example(now: datetime) -> str:
    tomorrow = (now + timedelta(days=1)).replace(hour=8, minute=0)
    return in_words(tomorrow).partition(" ")[2]


def _refused_unread(now: datetime, plain: str = "") -> ValidationError:
    if _YEAR_IN_TWO_DIGITS.fullmatch(plain):
        message = _("Write the year with four digits, such as “%(example)s”.")
        return ValidationError(message, "year", {"example": _example(now)})
    message = _("This time can’t be understood. Write it as in “%(example)s”.")
    return ValidationError(message, "unread", {"example": _example(now)})
