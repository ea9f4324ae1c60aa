"""What watches over a log-in, and what is being written, on every page of the editor's rooms."""

from typing import Any

from django import template
from django.template.context import Context

from site_core.web.session_store import idle_limit, prolonging_step, session_of
from site_core.web.session_views import login_address, name_of

register = template.Library()

# How long before the end it is said, in seconds; for short limits a quarter of them.
LONGEST_WARNING = 5 * 60


@register.inclusion_tag("site_core/admin/session_dialogs.html")
def session_dialogs() -> dict[str, Any]:
    """Write the dialogues about the log-in, behind the page's own links: the first of them leads to the content."""
    return {"login_address": login_address()}


@register.inclusion_tag("site_core/admin/session_scripts.html", takes_context=True)
def session_scripts(context: Context) -> dict[str, Any]:
    """Write the scripts that open those dialogues and keep what is typed."""
    request = context["request"]
    idle, longest = session_of(request).seconds_left()
    return {
        "request": request,
        "user_name": name_of(request.user),
        "idle": idle,
        "longest": longest,
        "step": int(prolonging_step().total_seconds()),
        "warning": min(LONGEST_WARNING, int(idle_limit().total_seconds() / 4)),
    }
