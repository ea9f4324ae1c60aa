"""From a public change to what is told of it: written with the change, held for the grace period, then opened."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from site_core.models import BasePage, PublicChange, User

from .models import Announcement, Delivery, Mailing

logger = logging.getLogger(__name__)

# A page that is added with an older date, from an archive say, is no news.
NEWS_FOR = timedelta(days=1)


def grace_ends(published_at: datetime | None = None) -> datetime:
    """Return until when a mailing about something published then, or now, can be stopped."""
    return (published_at or timezone.now()) + timedelta(minutes=settings.GRACE_MINUTES)


def announce(page: BasePage, change: PublicChange) -> Announcement | None:
    """Write down that subscribers are to be told of a change; None where there is nothing to tell them.

    Runs in the transaction that publishes the page. Safe to call again for the same change.
    """
    if change.kind == PublicChange.Kind.WITHDRAWN:
        stop_all(page, Announcement.Stop.WITHDRAWN)
        return None
    is_news = change.at > timezone.now() - NEWS_FOR
    if not is_news or not page.is_announced(change) or not page.is_public():
        return None
    announcement, is_new = Announcement.objects.get_or_create(
        change=change,
        defaults={
            "page": page,
            "created_at": timezone.now(),
            "due_at": grace_ends(),
            "is_new": change.kind == PublicChange.Kind.FIRST,
            "title": page.title,
            "note": change.note,
        },
    )
    if is_new:
        _take_over_untold(announcement, page.pk)
    return announcement


def _take_over_untold(announcement: Announcement, page_id: int) -> None:
    """Let one letter tell of a page that was changed again before anybody was told of it."""
    others = Announcement.objects.untold(page_id).exclude(pk=announcement.pk)
    # The latest first, so that the notes come in the order in which they were written.
    for earlier in others.select_for_update(of=("self",)).reverse():
        announcement.take_over(earlier)
        _stop(earlier, Announcement.Stop.REPLACED)
    announcement.save()


@transaction.atomic
def stop(announcement_id: int, by: User) -> bool:
    """Stop a mailing while the grace period lasts; tell whether that was in time."""
    announcement = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement_id)
    if not announcement.can_be_stopped:
        return False
    _stop(announcement, Announcement.Stop.EDITOR, by)
    if announcement.page:
        log(announcement.page, "subscriptions.mailing_stopped", user=by, data={"title": announcement.title})
    return True


def stop_all(page: BasePage, reason: str) -> None:
    """Stop everything about a page that has not been sent, also what is on its way."""
    for announcement in Announcement.objects.select_for_update(of=("self",)).filter(page_id=page.pk, stopped_at=None):
        _stop(announcement, reason)


def reopen(page: BasePage) -> None:
    """Start the grace period anew for what was not public when its time came, and now is."""
    missed = Announcement.objects.filter(page_id=page.pk, stop_reason=Announcement.Stop.NOT_PUBLIC)
    if missed.exists() and page.is_public():
        missed.update(stopped_at=None, stop_reason="", due_at=grace_ends())


def open_due() -> int:
    """Open every announcement whose grace period is over; return how many could not be."""
    failures = 0
    due = Announcement.objects.waiting().filter(due_at__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _open(pk)
        except Exception:
            failures += 1
            logger.exception("An announcement could not be opened: %d", pk)
    return failures


def _open(pk: int) -> None:
    """Copy what is told from the page as it stands now, and begin the mailing to those who want it at once."""
    waiting = Announcement.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    announcement = waiting.filter(pk=pk, due_at__lte=timezone.now()).first()
    if announcement is None:
        return
    if not announcement.page or not announcement.still_holds():
        _stop(announcement, Announcement.Stop.NOT_PUBLIC)
        return
    take_facts(announcement, announcement.page.specific)
    announcement.opened_at = timezone.now()
    announcement.save()
    Mailing.objects.create(kind=Mailing.Kind.IMMEDIATE, announcement=announcement, opened_at=announcement.opened_at)


def take_facts(announcement: Announcement, page: BasePage) -> None:
    """Copy from a page what a letter tells of it."""
    announcement.title = page.title
    announcement.summary = page.summary
    announcement.address = f"{page.site_root_url}{page.href}"
    announcement.subjects = page.subject_keys()


def _stop(announcement: Announcement, reason: str, by: User | None = None) -> None:
    announcement.stopped_at, announcement.stop_reason, announcement.stopped_by = timezone.now(), reason, by
    announcement.save(update_fields=["stopped_at", "stop_reason", "stopped_by"])
    letters = Delivery.objects.filter(mailing__announcement=announcement, state=Delivery.State.WAITING)
    letters.update(state=Delivery.State.CANCELLED)
