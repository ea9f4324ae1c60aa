"""Who may delete a page."""

from typing import Any

from django.db.models import Q
from wagtail.models import PageLogEntry, PagePermissionTester, Revision, WorkflowState

SCHEDULED = "wagtail.publish.schedule"


class KeepingPermissionTester(PagePermissionTester):
    """What has been public is archived; a draft is deleted by who alone wrote it, before anybody was asked to read it.

    An administrator may delete anything. Who may publish may also delete a draft of somebody else's, while it is
    neither scheduled nor being reviewed. What lies below a page counts as well.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        if self.user.is_superuser:
            return super().can_delete(ignore_bulk=ignore_bulk)
        # A row of a list asks for each page: what the page itself can tell comes first.
        if self.page.first_published_at or self.page.live:
            return False
        if self.page.owner_id != self.user.pk and not self._publishes:
            return False
        if not super().can_delete(ignore_bulk=ignore_bulk):
            return False
        pages = [self.page] if self.page.is_leaf() else self.page.get_descendants(inclusive=True)
        return all(self._lets_go_of(page) for page in pages)

    @property
    def _publishes(self) -> bool:
        return "publish" in self.permissions

    def _lets_go_of(self, page: Any) -> bool:
        if page.first_published_at or page.live:
            return False
        if self._publishes:
            return not page.approved_schedule and not page.workflow_in_progress
        return page.owner_id == self.user.pk and not (
            Revision.page_revisions.for_instance(page)
            .filter(Q(user__isnull=False) & ~Q(user=self.user.pk) | Q(approved_go_live_at__isnull=False))
            .exists()
            or WorkflowState.objects.for_instance(page).exists()
            or PageLogEntry.objects.filter(page=page.pk, action=SCHEDULED).exists()
        )
