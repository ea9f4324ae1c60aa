"""Whether anybody may have a file: exactly while something public uses it.

Nothing is stored about it and nothing has to be moved: each request for a file asks Wagtail's reference index who uses
it, and the page tree whether that page is public now. See docs/adr/0005-files-are-public-through-use.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from site_core.visibility import live_now, open_to_all

# A page shows a contact, and the contact has a photo: that is as far as use reaches.
MOST_STEPS = 3


def pages_using(item: Model) -> tuple[set[int], bool]:
    """Return the numbers of the pages that use an image or document, and whether a site setting does.

    Use by way of a snippet counts; a draft of a snippet does not.
    """
    pages: set[int] = set()
    seen = {_key(item)}
    frontier = set(seen)
    for _step in range(MOST_STEPS):
        users = _users_of(frontier) - seen
        seen |= users
        frontier = set()
        for model, numbers in _by_model(users):
            if issubclass(model, Page):
                pages |= {int(number) for number in numbers}
            elif issubclass(model, AbstractSetting):
                return pages, True
            elif issubclass(model, DraftStateMixin):
                live = live_now(model._default_manager.filter(pk__in=numbers))
                frontier |= {_key(user) for user in live}
            else:
                frontier |= {key for key in users if key[0] == _content_type(model).pk}
        if not frontier:
            break
    return pages, False


def is_public(item: Model) -> bool:
    """Tell whether a live page without a view restriction, or a site setting, uses an image or document."""
    pages, in_settings = pages_using(item)
    return in_settings or bool(pages and open_to_all(Page.objects.filter(pk__in=pages)).exists())


def may_read(request: HttpRequest, item: Model) -> bool:
    """Tell whether a visitor to whom a file is not public may have it.

    Editors may, and so may whoever is let in to a restricted page that uses it.
    """
    if is_editor(request):
        return True
    numbers, _in_settings = pages_using(item)
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in live_now(Page.objects.filter(pk__in=numbers))
    )


def is_editor(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")


def repair_references() -> int:
    """Bring the reference index up to date with what is stored, and return how many objects needed it.

    The index is written after the object itself, so a process killed in between leaves it behind.
    """
    repaired = 0
    for model in ReferenceIndex.indexed_models:
        for item in model._default_manager.order_by("pk").iterator(chunk_size=200):
            repaired += _repair(item)
    return repaired + _remove_orphans()


def _repair(item: Model) -> bool:
    with transaction.atomic():
        before = set(ReferenceIndex.get_references_for_object(item).values_list("to_content_type", "to_object_id"))
        ReferenceIndex.create_or_update_for_object(item)
        after = set(ReferenceIndex.get_references_for_object(item).values_list("to_content_type", "to_object_id"))
    return before != after


def _remove_orphans() -> int:
    """Remove what the index says of objects that are gone."""
    removed = 0
    sources = set(ReferenceIndex.objects.values_list("base_content_type", "object_id"))
    for model, numbers in _by_model(sources):
        there = {str(pk) for pk in model._default_manager.values_list("pk", flat=True)}
        gone = numbers - there
        if gone:
            rows = ReferenceIndex.objects.filter(base_content_type=_content_type(model), object_id__in=gone)
            removed += rows.delete()[0]
    return removed


def _key(item: Model) -> tuple[int, str]:
    return _content_type(_base_model(type(item))).pk, str(item.pk)


def _base_model(model: type[Model]) -> type[Model]:
    return model._meta.get_parent_list()[-1] if model._meta.get_parent_list() else model


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)


def _users_of(keys: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    by_type = defaultdict(set)
    for content_type, number in keys:
        by_type[content_type].add(number)
    users: set[tuple[int, str]] = set()
    for content_type, numbers in by_type.items():
        rows = ReferenceIndex.objects.filter(to_content_type=content_type, to_object_id__in=numbers)
        users |= set(rows.values_list("base_content_type", "object_id"))
    return users


def _by_model(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[type[Model], set[str]]]:
    by_type = defaultdict(set)
    for content_type, number in keys:
        by_type[content_type].add(number)
    for content_type, numbers in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            yield model, numbers
