"""Views of Wagtail's that let an editor see images and documents of collections that are none of hers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.views import bulk_actions as on_documents
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.images.views import bulk_actions as on_images
from wagtail.images.views.chooser import viewset as image_chooser

from site_core.models import SiteImage

MAY_SEE = ["choose", "add", "change", "delete"]
BULK_ACTIONS: list[type[BulkAction]] = [
    on_documents.AddTagsBulkAction,
    on_documents.AddToCollectionBulkAction,
    on_documents.DeleteBulkAction,
    on_images.AddTagsBulkAction,
    on_images.AddToCollectionBulkAction,
    on_images.DeleteBulkAction,
]


@require_admin_access
def select_format(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """Let an image be placed in a text by those who may choose it: Wagtail asks so when it is chosen, and here not."""
    image = get_object_or_404(SiteImage, pk=image_id)
    if not image_policy.user_has_any_permission_for_instance(request.user, MAY_SEE, image):
        raise PermissionDenied
    return image_chooser.select_format_view(request, image_id)


def discreet(action: type[BulkAction]) -> type[BulkAction]:
    """Make of an action on many files one that names no file, chosen by its number, that one may not see."""

    class Discreet(action):
        def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
            objects, others = super().get_actionable_objects()
            may_see = self.permission_policy.user_has_any_permission_for_instance
            refused = [item for item in others["items_with_no_access"] if may_see(self.request.user, MAY_SEE, item)]
            return objects, {**others, "items_with_no_access": refused}

    return Discreet
