"""Taking a release back, and telling readers of it."""

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from site_core.models import User
from site_core.publishing import record_withdrawal

from .models import PressReleasePage, Withdrawal


@transaction.atomic
def withdraw(
    release: PressReleasePage, kind: str, reason: str, *, by: User, replacement: PressReleasePage | None = None
) -> Withdrawal:
    """Withdraw a published release; raises IntegrityError if it has been withdrawn already."""
    withdrawal = Withdrawal.objects.create(release=release, kind=kind, reason=reason, replacement=replacement, by=by)
    record_withdrawal(release, reason)
    log(release, "press.withdrawn", user=by, data={"kind": kind, "reason": reason})
    if withdrawal.takes_page_down:
        # Whether somebody may withdraw was asked before; some may who may not unpublish.
        UnpublishPageAction(release, user=by).execute(skip_permission_checks=True)
    return withdrawal
