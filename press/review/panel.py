"""What waits for a person's review, first on the dashboard."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from .state import Review


class WaitsForYourReviewPanel(Component):
    """The texts that a person can review, the one that has waited longest first: each is opened, read and approved."""

    name = "waits_for_your_review"
    template_name = "press/admin/review/panel.html"
    order = 5

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {"reviews": waiting_for(parent_context["request"].user)}


def waiting_for(user: Any) -> list[Review]:
    """Return the reviews that somebody can act on, and may open."""
    states = TaskState.objects.reviewable_by(user).select_related("revision", "workflow_state").order_by("started_at")
    pages = [state.revision.content_object for state in states.prefetch_related("revision__content_object")]
    reviews = [Review.of(page, user) for page in pages if page and page.permissions_for_user(user).can_edit()]
    return [review for review in reviews if review and (review.may_approve or review.must_hand_over)]
