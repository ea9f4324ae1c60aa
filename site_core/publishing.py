"""What "changed for the public" means, and the one signal that the rest of the site listens to.

Wagtail's `page_published` is sent for scheduled pages that are not live, and again for each typo fix. Here it is
turned into two signals, each sent once per first publication, major change and withdrawal: `change_noted` within the
transaction, for what must be written together with it, and `public_change` after it. Neither can stop a publication:
what fails is logged, and what should have been written is noted in the page's history and done again (`follow_ups.py`).
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from .afterwards import AfterwardsSignal
from .choices import ChangeType
from .models import BasePage, PublicChange
from .visibility import is_over

# Both are sent with `page` (the live page) and `change` (its PublicChange).
change_noted = AfterwardsSignal()
public_change = AfterwardsSignal()

NOT_TOLD, TOLD_AFTER_ALL = "site_core.change_not_told", "site_core.change_told_after_all"


def record_publication(page: BasePage, revision: Revision | None) -> PublicChange | None:
    """Note what a publication means for readers; return the new change, or None if it means nothing to them.

    Safe to call again for the same revision: nothing is noted twice.
    """
    if not page.live or is_over(page):
        return None
    with transaction.atomic():
        # Two processes may publish the same page at once: the second waits here and then sees the first one's row.
        type(page).objects.select_for_update().get(pk=page.pk)
        change = _new_change(page, revision)
        if change:
            change.save()
            _tell(page, change)
            page.forget_change()
        # The rows are the truth: a revision read before the last change brings an older date back.
        page.public_updated_at = PublicChange.objects.filter(page=page).latest("at").at
        # The hour it was scheduled for has done its work.
        page.go_live_at = None
        type(page).objects.filter(pk=page.pk).update(
            public_updated_at=page.public_updated_at,
            go_live_at=None,
            **{name: getattr(page, name) for name in page.change_fields},
        )
    return change


def record_withdrawal(page: BasePage, reason: str) -> PublicChange:
    """Note that a published page has been taken back, and tell the rest of the site."""
    with transaction.atomic():
        change = PublicChange.objects.create(
            page=page, kind=PublicChange.Kind.WITHDRAWN, note=reason, at=timezone.now()
        )
        page.public_updated_at = change.at
        type(page).objects.filter(pk=page.pk).update(public_updated_at=change.at)
        _tell(page, change)
    return change


def record_replacement(page: BasePage, note: str, *, tell_subscribers: bool) -> PublicChange:
    """Note that a file that a public page shows has been replaced by one that says something else."""
    with transaction.atomic():
        change = PublicChange.objects.create(page=page, kind=PublicChange.Kind.MAJOR, note=note, at=timezone.now())
        page.public_updated_at = change.at
        type(page).objects.filter(pk=page.pk).update(public_updated_at=change.at)
        # What the editor answered about this change, not about the next one of the page's text.
        page.tell_subscribers = tell_subscribers
        _tell(page, change)
    return change


def _tell(page: BasePage, change: PublicChange) -> None:
    if not note_change(page, change):
        log(page, NOT_TOLD, data={"change": change.pk})
    transaction.on_commit(lambda: public_change.send(sender=type(page), page=page, change=change), robust=True)


def note_change(page: BasePage, change: PublicChange) -> bool:
    """Have everything written that goes with a change, as often as it takes; tell whether all of it was."""
    answers = change_noted.send(sender=type(page), page=page, change=change)
    return not any(isinstance(answer, Exception) for _receiver, answer in answers)


def _new_change(page: BasePage, revision: Revision | None) -> PublicChange | None:
    changes = PublicChange.objects.filter(page=page)
    if not changes.filter(kind=PublicChange.Kind.FIRST).exists():
        at = page.first_published_at or timezone.now()
        return PublicChange(page=page, revision=revision, kind=PublicChange.Kind.FIRST, at=at)
    if page.change_type == ChangeType.MAJOR and not changes.filter(revision=revision).exists():
        return PublicChange(
            page=page, revision=revision, kind=PublicChange.Kind.MAJOR, note=page.change_note, at=timezone.now()
        )
    return None
