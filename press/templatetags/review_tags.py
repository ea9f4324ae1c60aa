"""What the editor's own templates show of a review."""

from typing import Any

from django import template

from press.review.notice import notice_for

register = template.Library()


@register.inclusion_tag("press/admin/review/notice.html", takes_context=True)
def review_notice(context: dict[str, Any]) -> dict[str, Any]:
    """Show, above the text, that it is under review, what is new in it and what can be done."""
    request, page = context["request"], context["page"]
    return {**notice_for(request, page), "request": request, "page": page, "csrf_token": context.get("csrf_token")}
