"""Numbers for the communicator: who subscribes to what, and what was mailed to how many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from site_core.subjects import load_subjects

from .models import Choice, Delivery, Frequency, Mailing, Subscriber

RECENTLY = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """How many follow something, at each frequency."""

    name: str
    numbers: list[int]

    @property
    def total(self) -> int:
        return sum(self.numbers)


def subscriber_rows() -> list[Row]:
    """Return a row for all, one for those who chose everything and one for each subject that somebody follows."""
    active = Subscriber.objects.active()
    chosen = Choice.objects.filter(subscriber__in=active).values("subject", "subscriber__frequency")
    numbers = {
        (row["subject"], row["subscriber__frequency"]): row["number"] for row in chosen.annotate(number=Count("pk"))
    }
    rows = [
        _row(_("All subscribers"), dict(active.values_list("frequency").annotate(Count("pk")))),
        _row(
            _("Everything we publish"),
            dict(active.filter(everything=True).values_list("frequency").annotate(Count("pk"))),
        ),
    ]
    for _kind, subjects in load_subjects():
        for subject in subjects:
            row = _row(subject.name, {kind: numbers.get((subject.key, kind), 0) for kind in Frequency.values})
            rows += [row] if row.total else []
    return rows


def _row(name: str, numbers: dict[str, int]) -> Row:
    return Row(name, [numbers.get(kind, 0) for kind in Frequency.values])


def movements() -> dict[str, int]:
    """Count who has come, gone and been paused of late."""
    since = timezone.now() - RECENTLY
    subscribers = Subscriber.objects.all()
    return {
        "came": subscribers.filter(confirmed_at__gte=since).count(),
        "left": subscribers.filter(ended_at__gte=since).count(),
        "paused": subscribers.filter(ended_at=None, paused_at__isnull=False).count(),
    }


def mailings_with_letters() -> QuerySet[Mailing]:
    """Return the mailings that anybody got, the latest first; digests with nothing to tell are left out."""
    letters = Delivery.objects.filter(mailing__isnull=False).values("mailing")
    told = Mailing.objects.filter(Q(announcement__isnull=False) | Q(pk__in=letters))
    return told.select_related("announcement")


def count_letters(mailings: Iterable[Mailing]) -> dict[int, dict[str, int]]:
    """Count the letters of mailings by their state."""
    states = Delivery.objects.filter(mailing__in=list(mailings)).values_list("mailing", "state")
    counted: dict[int, dict[str, int]] = {}
    for mailing, state, number in states.annotate(Count("pk")):
        counted.setdefault(mailing, {})[state] = number
    return counted


def count_failures(mailing: Mailing) -> list[tuple[str, int]]:
    """Return why letters of a mailing failed, or wait to be tried again, the commonest reason first."""
    failed: Any = Delivery.objects.filter(mailing=mailing).exclude(error="").values_list("error")
    return list(failed.annotate(number=Count("pk")).order_by("-number", "error"))
