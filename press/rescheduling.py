"""Stopping and moving what is scheduled, without letting anything else of it change.

What goes out is the revision that was approved. Only its hour is touched here: a later draft stays as unread as it was.
"""

from datetime import UTC, datetime

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from site_core.models import User
from site_core.times import in_words

from .models import PressReleasePage
from .notifications import tell_of_new_hour


class NotScheduledError(Exception):
    """The release waits for no hour any more: it has been published or stopped in the meantime."""


def stop(release: PressReleasePage, *, by: User) -> datetime:
    """Let a scheduled release wait for nothing, as the draft that it is; return the hour that it was scheduled for."""
    with transaction.atomic():
        revision = _waiting(release)
        hour = revision.approved_go_live_at
        assert hour is not None  # noqa: S101 -- asked for
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log(release, "press.schedule_stopped", user=by, revision=revision, data={"time": in_words(hour)})
        transaction.on_commit(lambda: tell_of_new_hour(release, revision, before=hour, after=None, by=by))
    return hour


def move(release: PressReleasePage, to: datetime, *, by: User) -> None:
    """Let what was approved go out at another hour."""
    with transaction.atomic():
        revision = _waiting(release)
        before = revision.approved_go_live_at
        assert before is not None  # noqa: S101 -- asked for
        # Wagtail asks both when it publishes.
        content = {**revision.content, "go_live_at": to.astimezone(UTC).isoformat()}
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=to, content=content)
        if not release.live:
            PressReleasePage.objects.filter(pk=release.pk).update(go_live_at=to)
        data = {"before": in_words(before), "after": in_words(to)}
        log(release, "press.schedule_moved", user=by, revision=revision, data=data)
        transaction.on_commit(lambda: tell_of_new_hour(release, revision, before=before, after=to, by=by))


def _waiting(release: PressReleasePage) -> Revision:
    """Return the approved revision, which no scheduler can publish until the transaction ends."""
    waiting = Revision.page_revisions.for_instance(release).filter(approved_go_live_at__isnull=False)
    revision = waiting.select_for_update().first()
    if revision is None:
        raise NotScheduledError
    return revision
