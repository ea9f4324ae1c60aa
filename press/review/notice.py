"""What stands at the top of the editor while a text is under review, or has come back from it."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from .state import Review


def notice_for(request: HttpRequest, page: Page) -> dict[str, Any]:
    """Return what the notice of a page tells; nothing where there is none to show."""
    review = Review.of(page, request.user)
    if review is None:
        return {}
    return {"review": review, "differences": differences(request, review) if review.may_approve else []}


def differences(request: HttpRequest, review: Review) -> list[Any]:
    """Compare what waits for review with what was read before or is live; nothing where neither is."""
    before = review.read_before
    if before is None:
        return []
    panel = type(review.page).get_edit_handler().get_bound_panel(instance=review.page, request=request, form=None)
    pair = before.as_object(), review.task_state.revision.as_object()
    compared = [comparison(*pair) for comparison in panel.get_comparison()]
    return [difference for difference in compared if difference.has_changed()]
