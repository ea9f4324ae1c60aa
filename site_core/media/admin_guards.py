"""Views of Wagtail's that let an editor see images and documents of collections that are none of hers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.views import bulk_actions as on_documents
from wagtail.images.views import bulk_actions as on_images
from wagtail.images.views.chooser import viewset as image_chooser

from site_core.models import SiteImage

from .rights import may_use, seen_by

BULK_ACTIONS: list[type[BulkAction]] = [
    on_documents.AddTagsBulkAction,
    on_documents.AddToCollectionBulkAction,
    on_documents.DeleteBulkAction,
    on_images.AddTagsBulkAction,
    on_images.AddToCollectionBulkAction,
    on_images.DeleteBulkAction,
]


def choose_image_format(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """Let an image be placed in a text by those who may choose it: Wagtail asks so when it is chosen, and here not."""
    if not may_use(request.user, get_object_or_404(SiteImage, pk=image_id)):
        raise PermissionDenied
    return image_chooser.select_format_view(request, image_id)


def discreet(action: type[BulkAction]) -> type[BulkAction]:
    """Make of an action on many files one that names no file, chosen by its number, that one may not see."""

    class Discreet(action):
        def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
            objects, others = super().get_actionable_objects()
            seen = set(seen_by(self.request.user, self.model._default_manager.all()).values_list("pk", flat=True))
            refused = [item for item in others["items_with_no_access"] if item.pk in seen]
            return objects, {**others, "items_with_no_access": refused}

    return Discreet
