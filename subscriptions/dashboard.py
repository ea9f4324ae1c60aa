"""What is about to be mailed, on the communicator's first page."""

from typing import Any

from django.middleware.csrf import get_token
from wagtail.admin.ui.components import Component

from .models import Announcement
from .views import admin


class MailingsPanel(Component):
    """Mailings that can still be stopped; nothing where there are none."""

    name = "mailings"
    template_name = "subscriptions/admin/dashboard.html"
    # Above everything else: it does not wait.
    order = 5

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            "waiting": Announcement.objects.waiting(),
            "may_stop": request.user.has_perm(admin.STOP),
            # A component is rendered by itself, without what a request brings along.
            "csrf_token": get_token(request),
        }
