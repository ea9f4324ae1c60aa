"""Which files an editor may see and use: by her rights to the collection they lie in, or to a page that uses them."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from site_core.secret_media import is_secret_media, without_secret_media

from .drafts import pages_holding
from .references import Files

Items = TypeVar("Items", bound=QuerySet[Any, Any])

# As Wagtail's own, which can't be had while the models are loaded.
OWNER = "uploaded_by_user"
IMAGES = CollectionOwnershipPermissionPolicy(get_image_model_string(), "wagtailimages.Image", OWNER)
DOCUMENTS = CollectionOwnershipPermissionPolicy(get_document_model_string(), "wagtaildocs.Document", OWNER)
SEE = ["choose", "change", "delete"]


def is_editor(user: Any) -> bool:
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def may_use(user: Any, item: Any) -> bool:
    """Tell whether an editor may put a file on a page: she may choose it from its collection, or it is hers."""
    if item.uploaded_by_user_id == user.pk:
        return True
    may_choose = _policy(type(item)).user_has_permission_for_instance(user, "choose", item)
    return may_choose and not is_secret_media(user, item)


def may_see(user: Any, item: Any, used_by: set[int]) -> bool:
    """Tell whether an editor may look at a file that is not public.

    Who may not choose or change it may still edit a page that uses it, as it stands or in its draft.
    """
    if not is_editor(user):
        return False
    if item.uploaded_by_user_id == user.pk or _policy(type(item)).user_has_any_permission_for_instance(user, SEE, item):
        return True
    pages = Page.objects.filter(pk__in=used_by).specific()
    return any(_may_edit(user, page) for page in pages) or any(
        _may_edit(user, page) for page in pages_holding(Files.of(item))
    )


def seen_by(user: Any, items: Items) -> Items:
    """Keep the images or documents that an editor may choose, change or delete, or has uploaded, and no secret ones."""
    mine = _policy(items.model).instances_user_has_any_permission_for(user, SEE)
    return without_secret_media(user, items.filter(Q(pk__in=mine.values("pk")) | Q(uploaded_by_user=user.pk)))


def _may_edit(user: Any, page: Page) -> bool:
    return page.permissions_for_user(user).can_edit()


def _policy(model: type[Model]) -> Any:
    return IMAGES if issubclass(model, get_image_model()) else DOCUMENTS
