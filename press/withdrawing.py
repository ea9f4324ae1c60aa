"""Taking a release back, and telling readers of it."""

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Revision

from site_core.models import User
from site_core.publishing import record_withdrawal

from .models import PressReleasePage, Withdrawal


@transaction.atomic
def withdraw(
    release: PressReleasePage, kind: str, reason: str, *, by: User, replacement: PressReleasePage | None = None
) -> Withdrawal:
    """Withdraw a published release; raises IntegrityError if it has been withdrawn already."""
    withdrawal = Withdrawal.objects.create(release=release, kind=kind, reason=reason, replacement=replacement, by=by)
    stop_what_is_on_its_way(release, by)
    record_withdrawal(release, reason)
    log(release, "press.withdrawn", user=by, data={"kind": kind, "reason": reason})
    if withdrawal.takes_page_down:
        # Whether somebody may withdraw was asked before; some may who may not unpublish.
        UnpublishPageAction(release, user=by).execute(skip_permission_checks=True)
    return withdrawal


def stop_what_is_on_its_way(release: PressReleasePage, by: User | None) -> None:
    """End the review and the schedule of a release: what they would publish has just been taken back."""
    if state := release.current_workflow_state:
        state.cancel(user=by)
    Revision.page_revisions.for_instance(release).filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=None
    )


def needs_consent_to_republish(release: PressReleasePage) -> Withdrawal | None:
    """Return the withdrawal that publishing the release would end; None where nothing has to be asked.

    Asked anew from the database: every road to publication asks just before it publishes.
    """
    ended = Withdrawal.objects.ended_by_publishing().filter(release=release.pk)
    return ended.select_related("by", "replacement").first()
