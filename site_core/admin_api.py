"""The pages that the admin's own scripts ask for, as in the sidebar."""

from typing import Any, ClassVar

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy


class DiscreetPagesAPIViewSet(PagesAdminAPIViewSet):
    """Asks the one policy, which Wagtail's own does not, and lets nothing be done: no script of the admin's does.

    Wagtail's would publish and copy pages past what our hooks ask.
    """

    actions: ClassVar[dict[str, Any]] = {}

    def get_base_queryset(self) -> PageQuerySet:
        return page_permission_policy.explorable_instances(self.request.user)
