"""The pages, images and documents that the admin's own scripts may ask for, as the sidebar does."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy

from .secret_media import without_secret_media


class DiscreetPagesAPIViewSet(PagesAdminAPIViewSet):
    """Asks the one policy, which Wagtail's own does not, and lets nothing be done: no script of the admin's does.

    Wagtail's would publish and copy pages past what our hooks ask.
    """

    actions: ClassVar[dict[str, Any]] = {}

    def get_base_queryset(self) -> PageQuerySet:
        return page_permission_policy.explorable_instances(self.request.user)


class DiscreetImagesAPIViewSet(ImagesAdminAPIViewSet):
    """Leaves out what is kept from whoever asks."""

    def get_queryset(self) -> QuerySet[Any]:
        return without_secret_media(self.request.user, super().get_queryset())


class DiscreetDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """Leaves out what is kept from whoever asks."""

    def get_queryset(self) -> QuerySet[Any]:
        return without_secret_media(self.request.user, super().get_queryset())
