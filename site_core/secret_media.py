"""Images and documents that only secret pages use: kept from those from whom the pages are."""

from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.models import Page, ReferenceIndex

from .secrecy import secret_ids

Items = TypeVar("Items", bound=QuerySet[Any, Any])


def secret_media_ids(user: Any, model: type[Model]) -> set[int]:
    """Return the numbers of the images or documents that nothing but secret pages uses, and that are not her own."""
    pages = {str(number) for number in secret_ids(user)}
    if not pages:
        return set()
    page_type = ContentType.objects.get_for_model(Page)
    uses = ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(model))
    in_secret = uses.filter(base_content_type=page_type, object_id__in=pages)
    held = set(in_secret.values_list("to_object_id", flat=True))
    elsewhere = uses.filter(to_object_id__in=held).exclude(base_content_type=page_type, object_id__in=pages)
    numbers = {int(number) for number in held - set(elsewhere.values_list("to_object_id", flat=True))}
    own = model._default_manager.filter(pk__in=numbers, uploaded_by_user=user.pk)
    return numbers - set(own.values_list("pk", flat=True))


def without_secret_media(user: Any, items: Items) -> Items:
    """Leave out the images or documents that are kept from somebody."""
    hidden = secret_media_ids(user, items.model)
    return items.exclude(pk__in=hidden) if hidden else items


def is_secret_media(user: Any, item: Model) -> bool:
    """Tell whether an image or document is kept from somebody."""
    return item.pk in secret_media_ids(user, type(item))
