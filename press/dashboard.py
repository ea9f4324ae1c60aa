"""What a communicator needs to see first in the morning."""

from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Revision
from wagtail.permission_policies.pages import PagePermissionPolicy

from .models import PressIndexPage, PressReleasePage

MOST = 5


class PressTodayPanel(Component):
    """A way to write a new release, what is scheduled, what is begun and what went out last."""

    name = "press_today"
    template_name = "press/admin/dashboard.html"
    order = 10

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        editable = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
        releases = PressReleasePage.objects.filter(pk__in=editable.values("pk"))
        scheduled = Revision.page_revisions.filter(
            approved_go_live_at__isnull=False, object_id__in=[str(pk) for pk in releases.values_list("pk", flat=True)]
        ).order_by("approved_go_live_at")[:MOST]
        return {
            "new_release_url": self._new_release_url(user),
            "scheduled": scheduled,
            "drafts": releases.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")[:MOST],
            "published": releases.live().order_by("-first_published_at")[:MOST],
        }

    def _new_release_url(self, user: Any) -> str:
        press_room = PressIndexPage.objects.first()
        if press_room is None or not press_room.permissions_for_user(user).can_add_subpage():
            return ""
        return reverse("wagtailadmin_pages:add", args=["press", "pressreleasepage", press_room.pk])
