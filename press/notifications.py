"""Mail to the editors of a release."""

import logging

from django.conf import settings
from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.admin.mail import send_mail
from wagtail.models import WorkflowState

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
        try:
            send_mail(" ".join(subject.split()), text, [person.email], connection=get_connection(timeout=PATIENCE))
        except OSError:
            # Whoever waits for the next publication should not wait for a mail server that does not answer.
            logger.exception("Mail about a publication could not be sent")
            return


def _editors_of(release: PressReleasePage) -> list[User]:
    revision = release.live_revision
    submitted = WorkflowState.objects.for_instance(release).order_by("-created_at").first()
    numbers = {release.owner_id, revision and revision.user_id, submitted and submitted.requested_by_id}
    return list(User.objects.filter(pk__in=numbers - {None}, is_active=True).exclude(email=""))
