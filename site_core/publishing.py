"""What "changed for the public" means, and the one signal that the rest of the site listens to.

Wagtail's `page_published` is sent for scheduled pages that are not live, and again for each typo fix. Here it is
turned into `public_change`, sent once per first publication, major change and withdrawal, after the transaction.
"""

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Revision

from .choices import ChangeType
from .models import BasePage, PublicChange

# Sent with `page` (the live page) and `change` (its PublicChange), on commit.
public_change = Signal()


def record_publication(page: BasePage, revision: Revision | None) -> PublicChange | None:
    """Note what a publication means for readers; return the new change, or None if it means nothing to them.

    Safe to call again for the same revision: nothing is noted twice.
    """
    if not page.live:
        return None
    with transaction.atomic():
        # Two processes may publish the same page at once: the second waits here and then sees the first one's row.
        type(page).objects.select_for_update().get(pk=page.pk)
        change = _new_change(page, revision)
        if change:
            change.save()
            page.change_type = ChangeType.MINOR
            page.change_note = ""
        # The rows are the truth: a revision read before the last change brings an older date back.
        page.public_updated_at = PublicChange.objects.filter(page=page).latest("at").at
        # The hour it was scheduled for has done its work.
        page.go_live_at = None
        type(page).objects.filter(pk=page.pk).update(
            public_updated_at=page.public_updated_at,
            change_type=page.change_type,
            change_note=page.change_note,
            go_live_at=None,
        )
    if change:
        transaction.on_commit(lambda: public_change.send(sender=type(page), page=page, change=change))
    return change


def record_withdrawal(page: BasePage, reason: str) -> PublicChange:
    """Note that a published page has been taken back, and tell the rest of the site."""
    with transaction.atomic():
        change = PublicChange.objects.create(
            page=page, kind=PublicChange.Kind.WITHDRAWN, note=reason, at=timezone.now()
        )
        page.public_updated_at = change.at
        type(page).objects.filter(pk=page.pk).update(public_updated_at=change.at)
    transaction.on_commit(lambda: public_change.send(sender=type(page), page=page, change=change))
    return change


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
