"""When digests go out, and of what: each announcement stands in exactly one daily and one weekly digest."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from .models import Announcement, Mailing

DIGESTS = (Mailing.Kind.DAILY, Mailing.Kind.WEEKLY)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def last_due(kind: str, now: datetime) -> datetime:
    """Return the latest moment, no later than now, at which a digest of a kind should go out."""
    day = timezone.localtime(now).date()
    if kind == Mailing.Kind.WEEKLY:
        day -= timedelta(days=(day.weekday() - settings.DIGEST_WEEKDAY) % 7)
    step = timedelta(days=7 if kind == Mailing.Kind.WEEKLY else 1)
    while (moment := _moment(day)) > now:
        day -= step
    return moment


def next_due(kind: str, after: datetime) -> datetime:
    """Return the first moment after another at which a digest of a kind goes out."""
    day = timezone.localtime(last_due(kind, after)).date()
    return _moment(day + timedelta(days=7 if kind == Mailing.Kind.WEEKLY else 1))


def _moment(day: date) -> datetime:
    # Swedish time, whatever the offset is that day; compared in UTC, where no hour comes twice.
    zone = timezone.get_default_timezone()
    return datetime.combine(day, settings.DIGEST_TIME, tzinfo=zone).astimezone(UTC)


def open_digests() -> None:
    """Begin the digests whose time has come. One that was missed is made up for, together with what came later."""
    now = timezone.now()
    for kind in DIGESTS:
        ends_at = last_due(kind, now)
        starts_at = last_end(kind)
        if starts_at >= ends_at or _is_unsettled(ends_at):
            continue
        try:
            with transaction.atomic():
                Mailing.objects.create(kind=kind, starts_at=starts_at, ends_at=ends_at, opened_at=now)
        except IntegrityError:
            # Another process was quicker: the period has its digest.
            continue


def last_end(kind: str) -> datetime:
    """Return the end of the last digest's period: everything after it is for the next one."""
    last = Mailing.objects.filter(kind=kind).order_by("-ends_at").values_list("ends_at", flat=True).first()
    return last or BEGINNING


def _is_unsettled(ends_at: datetime) -> bool:
    """Tell whether something that belongs in a period has not been opened yet: the digest then waits for it."""
    return Announcement.objects.waiting().filter(due_at__lte=ends_at).exists()


def told_in(mailing: Mailing) -> QuerySet[Announcement]:
    """Return what became due in a digest's period and still holds."""
    return Announcement.objects.told().filter(due_at__gt=mailing.starts_at, due_at__lte=mailing.ends_at)
