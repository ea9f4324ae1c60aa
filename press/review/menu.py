"""The buttons at the foot of the editor while a text is under review."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem, SubmitForModerationMenuItem

from press.models.review import APPROVE, HAND_OVER, REJECT

from .state import Review


class ApproveItem(ActionMenuItem):
    """Approves what was read, and nothing that has been typed since: it sends a form of its own."""

    name = "action-approve"
    icon_name = "success"
    template_name = "press/admin/review/approve_button.html"

    def __init__(self, label: str) -> None:
        super().__init__(order=-10)
        self.label = label


class SubmitItem(SubmitForModerationMenuItem):
    """Wagtail's own, in the words that the handbook has for it."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        sent_back = page and page.current_workflow_state
        context["label"] = _("Submit for review again") if sent_back else _("Submit for review")
        return context


def arrange(items: list[ActionMenuItem], page: Any, user: Any) -> None:
    """Say in the menu what a review means for this person, the main thing first."""
    _replace(items, SubmitForModerationMenuItem, lambda item: SubmitItem(order=item.order))
    review = Review.of(page, user) if page and page.pk else None
    if review is None or review.is_sent_back:
        return
    owns = review.is_sender or page.owner_id == user.pk
    items[:] = [
        item for item in items if item.name != APPROVE and (owns or not isinstance(item, CancelWorkflowMenuItem))
    ]
    if review.may_approve:
        items.insert(0, ApproveItem(review.approve_label))
    for item in [item for item in items if item.name in (HAND_OVER, REJECT)]:
        items.remove(item)
        items.insert(0 if item.name == HAND_OVER else 1, item)


def _replace(items: list[ActionMenuItem], kind: type, make: Callable[[Any], ActionMenuItem]) -> None:
    items[:] = [make(item) if type(item) is kind else item for item in items]
