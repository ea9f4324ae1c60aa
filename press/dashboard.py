"""What a communicator needs to see first in the morning."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy

from site_core.models import Heartbeat
from site_core.scheduling import SCHEDULER, scheduler_is_late
from site_core.visibility import live_now

from .models import PressIndexPage, PressReleasePage

MOST = 5


class PressTodayPanel(Component):
    """A way to write a new release, what is scheduled, what is begun and what went out last."""

    name = "press_today"
    template_name = "press/admin/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        releases = PressReleasePage.objects.filter(pk__in=editable.values("pk")).select_related("withdrawal")
        return {
            "new_release_url": self._new_release_url(user),
            "scheduled": self._scheduled(releases),
            "drafts": self._drafts(releases),
            "scheduler_is_late": scheduler_is_late(),
            "scheduler_last_ran": Heartbeat.last(SCHEDULER),
            "published": live_now(releases).order_by("-first_published_at")[:MOST],
        }

    def _drafts(self, releases: QuerySet[PressReleasePage]) -> QuerySet[PressReleasePage]:
        begun = releases.filter(has_unpublished_changes=True).select_related("closing")
        return begun.order_by("-latest_revision_created_at")[:MOST]

    def _scheduled(self, releases: QuerySet[PressReleasePage]) -> list[Revision]:
        """Return the next revisions to go live of some releases; few wait at a time, however many there are."""
        content_type = ContentType.objects.get_for_model(PressReleasePage)
        waiting = Revision.page_revisions.filter(approved_go_live_at__isnull=False, content_type=content_type)
        by_release = {int(revision.object_id): revision for revision in waiting.order_by("approved_go_live_at")}
        editable = set(releases.filter(pk__in=by_release).values_list("pk", flat=True))
        return [revision for pk, revision in by_release.items() if pk in editable][:MOST]

    def _new_release_url(self, user: Any) -> str:
        press_room = PressIndexPage.objects.first()
        if press_room is None or not press_room.permissions_for_user(user).can_add_subpage():
            return ""
        return reverse("wagtailadmin_pages:add", args=["press", "pressreleasepage", press_room.pk])
