"""The pages, images and documents that the admin's own scripts may ask for, as the sidebar does."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import PageQuerySet
from wagtail.permissions import page_permission_policy

from .media.admin_guards import MAY_SEE
from .secret_media import without_secret_media


class DiscreetPagesAPIViewSet(PagesAdminAPIViewSet):
    """Asks the one policy, which Wagtail's own does not, and lets nothing be done: no script of the admin's does.

    Wagtail's would publish and copy pages past what our hooks ask.
    """

    actions: ClassVar[dict[str, Any]] = {}

    def get_base_queryset(self) -> PageQuerySet:
        return page_permission_policy.explorable_instances(self.request.user)


class DiscreetImagesAPIViewSet(ImagesAdminAPIViewSet):
    """Tells of the images that one may choose or change and that are not kept from her; Wagtail's own tells of all."""

    def get_queryset(self) -> QuerySet[Any]:
        return _seen_by(self.request.user, image_policy, super().get_queryset())


class DiscreetDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The same for documents."""

    def get_queryset(self) -> QuerySet[Any]:
        return _seen_by(self.request.user, document_policy, super().get_queryset())


def _seen_by(user: Any, policy: Any, items: QuerySet[Any]) -> QuerySet[Any]:
    mine = policy.instances_user_has_any_permission_for(user, MAY_SEE)
    return without_secret_media(user, items.filter(pk__in=mine.values("pk")))
