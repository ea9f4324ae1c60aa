"""Drafts that are closed to all but some in the house: who sees them, how they are closed, and what is noted."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, PageSubscription

from site_core.models import User

from .models import ClosedDraft, PressReleasePage

CLOSED, OPENED = "press.draft_closed", "press.draft_opened"
SEEN, ENTERED = "press.closed_draft_seen", "press.closed_draft_entered"
# One line for each person and hour says who looked; a line for each click would hide it.
BETWEEN_LINES = timedelta(hours=1)


class ClosedDrafts:
    """The rule of secrecy: a closed draft is hidden from those outside, and who of those inside looked is noted."""

    def hidden_from(self, user: Any) -> set[int]:
        return set(ClosedDraft.objects.outside_of(user).values_list("release", flat=True))

    def looked_at(self, user: Any, numbers: set[int]) -> None:
        for closed in ClosedDraft.objects.standing().filter(release__in=numbers).select_related("release"):
            lines = PageLogEntry.objects.filter(page=closed.release_id, action=SEEN, user=user.pk)
            if not lines.filter(timestamp__gt=timezone.now() - BETWEEN_LINES).exists():
                log(closed.release, SEEN, user=user)


@transaction.atomic
def close(release: PressReleasePage, users: Iterable[User], groups: Iterable[Group], *, by: Any) -> ClosedDraft:
    """Close a draft to all but its author, some people and groups; whoever closes it is always among them."""
    closed, _is_new = ClosedDraft.objects.get_or_create(release=release, defaults={"closed_by_id": by.pk})
    closed.users.set({*(user.pk for user in users), by.pk} - {release.owner_id})
    closed.groups.set(groups)
    log(release, CLOSED, user=by, data={"who": closed.names})
    shut_out(closed)
    return closed


def shut_out(closed: ClosedDraft) -> None:
    """Take from those outside what they still had of the draft: a lock, mail about comments, a link to show it by."""
    release, inside = closed.release, closed.people().values("pk")
    PageSubscription.objects.filter(page=release.pk).exclude(user__in=inside).delete()
    PressReleasePage.objects.filter(pk=release.pk, locked_by__isnull=False).exclude(locked_by__in=inside).update(
        locked=False, locked_by=None, locked_at=None
    )
    for link in release.embargo_links.filter(revoked_at=None).exclude(created_by__in=inside):
        link.revoke()


@transaction.atomic
def open_again(release: PressReleasePage, *, by: Any) -> bool:
    """Open a closed draft to every editor again; False if it was open."""
    number, _rows = ClosedDraft.objects.filter(release=release.pk).delete()
    if number:
        log(release, OPENED, user=by)
    return bool(number)


@transaction.atomic
def enter(closed: ClosedDraft, reason: str, *, by: User) -> None:
    """Let an administrator in to a draft that is closed to her, which those inside can read in its log."""
    closed.users.add(by)
    log(closed.release, ENTERED, user=by, data={"reason": reason})


def review_groups(release: PressReleasePage) -> list[Group]:
    """Return the groups whose members review a release."""
    workflow = release.get_workflow()
    tasks = workflow.tasks.specific() if workflow else []
    return list(dict.fromkeys(group for task in tasks if hasattr(task, "groups") for group in task.groups.all()))


def nobody_can_review(closed: ClosedDraft) -> bool:
    """Tell whether none of those inside, the author apart, belongs to the groups that review the draft."""
    groups = review_groups(closed.release)
    return bool(groups) and not closed.people().exclude(pk=closed.release.owner_id).filter(groups__in=groups).exists()


def forget_titles(page_id: int) -> None:
    """Take a closed draft's name from the log once it is deleted: those who may read of what is gone were outside."""
    lines = PageLogEntry.objects.filter(page_id=page_id)
    lines.update(label=_("A deleted closed draft"))
    # What Wagtail itself tells of a change of name or a copy holds titles too.
    lines.filter(action__startswith="wagtail.").update(data={})
