"""What will happen, and whom it reaches, when a page is published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from site_core.choices import ChangeType
from site_core.models import BasePage, PublicChange
from site_core.subjects import load_subjects

from .announcing import grace_ends, take_facts
from .composing import Letter, compose_news
from .digests import next_due
from .models import Announcement, Choice, Frequency, Mailing, Subscriber


@dataclass(frozen=True)
class Reach:
    """How many get a letter at one frequency, and when it goes."""

    label: Any
    number: int
    goes_at: datetime


@dataclass(frozen=True)
class Forecast:
    """What publishing a draft now would lead to."""

    letter: Letter
    reach: list[Reach]
    by_subject: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(reach.number for reach in self.reach)


def forecast(page: BasePage, goes_live_at: datetime | None = None) -> Forecast | None:
    """Tell what publishing a draft, now or at the hour that is set, leads to; None if subscribers are not told."""
    change = _next_change(page)
    if change is None or not page.is_announced(change):
        return None
    announcement = Announcement(is_new=change.kind == PublicChange.Kind.FIRST, note=change.note)
    for earlier in Announcement.objects.untold(page.pk).reverse():
        announcement.take_over(earlier)
    announcement.due_at = grace_ends(goes_live_at)
    return forecast_of(announcement, page)


def forecast_of(announcement: Announcement, page: BasePage) -> Forecast:
    """Tell what an announcement that waits leads to, with the page as it is now."""
    take_facts(announcement, page)
    readers = Subscriber.objects.active().following(announcement.subjects)
    numbers = dict(readers.values_list("frequency").annotate(Count("pk")))
    moments = {
        Frequency.IMMEDIATE: announcement.due_at,
        Frequency.DAILY: next_due(Mailing.Kind.DAILY, announcement.due_at),
        Frequency.WEEKLY: next_due(Mailing.Kind.WEEKLY, announcement.due_at),
    }
    reach = [Reach(kind.label, numbers.get(kind.value, 0), moments[kind]) for kind in Frequency]
    return Forecast(compose_news(announcement), reach, _by_subject(announcement.subjects))


def _next_change(page: BasePage) -> PublicChange | None:
    """Return the change, unsaved, that publishing a draft would be to its readers; None for a minor one."""
    is_new = not PublicChange.objects.filter(page_id=page.pk, kind=PublicChange.Kind.FIRST).exists()
    if is_new:
        return PublicChange(kind=PublicChange.Kind.FIRST, at=timezone.now())
    if page.change_type != ChangeType.MAJOR:
        return None
    return PublicChange(kind=PublicChange.Kind.MAJOR, note=page.change_note, at=timezone.now())


def _by_subject(keys: list[str]) -> list[tuple[str, int]]:
    followers = Choice.objects.filter(subject__in=keys, subscriber__in=Subscriber.objects.active())
    numbers = dict(followers.values_list("subject").annotate(Count("subscriber")))
    return [
        (subject.name, numbers.get(subject.key, 0))
        for _kind, subjects in load_subjects()
        for subject in subjects
        if subject.key in keys
    ]
