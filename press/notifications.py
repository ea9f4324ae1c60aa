"""Mail to the editors of a release."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.models import Revision, WorkflowState

from site_core.models import User

from .models import PressReleasePage

logger = logging.getLogger(__name__)

# In seconds. The scheduler publishes one release after the other, and this is in between.
PATIENCE = 5


def tell_editors_of_publication(release: PressReleasePage) -> None:
    """Mail those who wrote or submitted a release that it is public now. What mail can't do stops no publication."""
    subject = _("Published: %(title)s") % {"title": release.title}
    for person in _editors_of(release):
        context = {"person": person, "release": release, "base_url": settings.WAGTAILADMIN_BASE_URL}
        text = render_to_string("emails/release_published.txt", context)
        # Whoever waits for the next publication should not wait for a mail server that does not answer.
        if not _send(subject, text, person.email):
            return


def tell_of_new_hour(
    release: PressReleasePage, revision: Revision, *, before: datetime, after: datetime | None, by: User
) -> None:
    """Mail those who wrote, submitted or approved a scheduled release that somebody else has moved or stopped it."""
    title = release.get_admin_display_title()
    subject = _("Publication moved: %(title)s") if after else _("Publication stopped: %(title)s")
    context = {
        "release": release,
        "title": title,
        "before": before,
        "after": after,
        "by": by.get_full_name() or by.get_username(),
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }
    review = WorkflowState.objects.for_instance(release).order_by("-created_at").first()
    numbers = {release.owner_id, revision.user_id}
    if review:
        numbers |= {review.requested_by_id, *review.task_states.values_list("finished_by", flat=True)}
    for person in User.objects.filter(pk__in=numbers - {None, by.pk}, is_active=True).exclude(email=""):
        text = render_to_string("emails/schedule_changed.txt", {**context, "person": person})
        if not _send(subject % {"title": title}, text, person.email):
            return


def _send(subject: str, text: str, address: str) -> bool:
    """Send a letter; False if the server can't be reached, which nobody who waits for something else should notice."""
    try:
        send_mail(" ".join(subject.split()), text, [address], connection=get_connection(timeout=PATIENCE))
    except OSError:
        logger.exception("Mail to an editor could not be sent")
        return False
    return True


def _editors_of(release: PressReleasePage) -> list[User]:
    revision = release.live_revision
    submitted = WorkflowState.objects.for_instance(release).order_by("-created_at").first()
    numbers = {release.owner_id, revision and revision.user_id, submitted and submitted.requested_by_id}
    return list(User.objects.filter(pk__in=numbers - {None}, is_active=True).exclude(email=""))
