"""Wagtail's panels on the dashboard, without pages that are kept from whoever looks at it."""

from typing import Any

from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .secrecy import secret_ids, without_secrets


class DiscreetRecentEditsPanel(RecentEditsPanel):
    """What she edited last, while it is open to her."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        hidden = secret_ids(parent_context["request"].user)
        context["last_edits"] = [(at, page) for at, page in context["last_edits"] if page.pk not in hidden]
        return context


class DiscreetLockedPagesPanel(LockedPagesPanel):
    """What she has locked, while it is open to her."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        context["locked_pages"] = without_secrets(parent_context["request"].user, context["locked_pages"])
        return context


class DiscreetOwnSubmissionsPanel(UserObjectsInWorkflowModerationPanel):
    """What she wrote or submitted and somebody reviews, while it is open to her."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        hidden = secret_ids(parent_context["request"].user)
        context["workflow_states"] = [
            state for state in context["workflow_states"] if state.content_object.pk not in hidden
        ]
        return context


class DiscreetReviewsPanel(WorkflowObjectsToModeratePanel):
    """What waits for her review, if it is open to her."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        hidden = secret_ids(parent_context["request"].user)
        context["states"] = [state for state in context["states"] if state["obj"].pk not in hidden]
        return context


class DiscreetPagesSummaryItem(PagesSummaryItem):
    """How many pages there are for her: a number that goes up tells of a new one."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        root = page_permission_policy.explorable_root_instance(self.request.user)
        if root and (hidden := secret_ids(self.request.user)):
            context["total_pages"] -= Page.objects.descendant_of(root).filter(pk__in=hidden).count()
        return context


DISCREET: dict[type[Component], type[Component]] = {
    panel.__base__: panel
    for panel in (
        DiscreetRecentEditsPanel,
        DiscreetLockedPagesPanel,
        DiscreetOwnSubmissionsPanel,
        DiscreetReviewsPanel,
    )
}


def make_discreet(panels: list[Component]) -> None:
    """Put our own panels where Wagtail's are."""
    panels[:] = [DISCREET[type(panel)]() if type(panel) in DISCREET else panel for panel in panels]
