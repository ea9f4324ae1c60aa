"""The release as it will be published: what an embargo link shows, and when it goes out."""

from datetime import datetime

from wagtail.models import Revision

from .models import PressReleasePage


def coming_revision(release: PressReleasePage) -> Revision | None:
    """Return the revision that will go out, or the newest draft where none has been scheduled."""
    return release.scheduled_revision or release.latest_revision


def coming_release(release: PressReleasePage) -> PressReleasePage:
    """Return the release as it will be published."""
    revision = coming_revision(release)
    return revision.as_object() if revision else release


def embargo_time(release: PressReleasePage) -> datetime | None:
    """Return when a release goes out by itself; None while no hour is set."""
    scheduled = release.scheduled_revision
    return scheduled.approved_go_live_at if scheduled else None
