"""Whether anybody may have a file: exactly while something public uses it.

Nothing is stored about it and nothing has to be moved: each request for a file asks Wagtail's reference index who uses
it, and the page tree whether that page is public now. See docs/adr/0005-files-are-public-through-use.md.

Of a file that is not public the same questions are asked as of a number that no file has, one by one, so that neither
the answer nor its time tells a stranger which numbers there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q
from django.http import HttpRequest
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import DraftStateMixin, Page, PageViewRestriction, ReferenceIndex

from site_core.usage import key_of
from site_core.visibility import live_now, open_to_all

from .rights import is_editor, may_see

# A page shows a contact, and the contact has a photo: that is as far as use reaches.
MOST_STEPS = 3
# Stands where there is nothing to ask for, so that the question is put all the same.
NOTHING = (0, "")


def uses_of(item: Model) -> Iterator[tuple[set[int], bool]]:
    """Yield, step by step, the numbers of the pages that use an image or document, and whether a site setting does.

    Use by way of a snippet counts; a draft of a snippet does not.
    """
    seen = {key_of(item)}
    frontier = set(seen)
    for _step in range(MOST_STEPS):
        users = _users_of(frontier) - seen
        seen |= users
        frontier, pages, in_settings = set(), set(), False
        for model, numbers in _by_model(users):
            if issubclass(model, Page):
                pages |= {int(number) for number in numbers}
            elif issubclass(model, AbstractSetting):
                in_settings = True
            elif issubclass(model, DraftStateMixin):
                live = live_now(model._default_manager.filter(pk__in=numbers))
                frontier |= {key_of(user) for user in live}
            else:
                frontier |= {key for key in users if key[0] == _content_type(model).pk}
        yield pages, in_settings


def pages_using(item: Model) -> set[int]:
    """Return the numbers of the pages that use an image or document."""
    return set().union(*(pages for pages, _in_settings in uses_of(item)))


def is_public(item: Model) -> bool:
    """Tell whether a live page without a view restriction, or a site setting, uses an image or document."""
    return any(in_settings or _is_any_open(pages) for pages, in_settings in uses_of(item))


def may_read(request: HttpRequest, item: Model) -> bool:
    """Tell whether a visitor to whom a file is not public may have it.

    An editor may who has a right to it, and so may whoever is let in to a restricted page that uses it.
    """
    numbers = pages_using(item)
    return _is_let_in(request, numbers) or may_see(request.user, item, numbers)


def may_read_original(request: HttpRequest, item: Model) -> bool:
    """Tell whether a visitor may have an image as it was uploaded when that is offered to nobody."""
    return is_editor(request.user) and may_see(request.user, item, pages_using(item))


def _is_any_open(numbers: set[int]) -> bool:
    return open_to_all(Page.objects.filter(pk__in=numbers or {0})).exists()


def _is_let_in(request: HttpRequest, numbers: set[int]) -> bool:
    """Tell whether a visitor meets every restriction of one of the live pages among these."""
    pages = list(live_now(Page.objects.filter(pk__in=numbers or {0})))
    above = {
        path
        for page in pages
        for path in (page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen))
    }
    restrictions = list(PageViewRestriction.objects.filter(page__path__in=above or {""}).select_related("page"))
    return any(
        all(_is_met(request, one) for one in restrictions if page.path.startswith(one.page.path)) for page in pages
    )


def _is_met(request: HttpRequest, restriction: PageViewRestriction) -> bool:
    by_password = restriction.restriction_type == PageViewRestriction.PASSWORD
    return (by_password or request.user.is_authenticated) and restriction.accept_request(request)


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


def _content_type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model, for_concrete_model=False)


def _users_of(keys: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    wanted = Q()
    for content_type, numbers in _grouped(keys or {NOTHING}).items():
        wanted |= Q(to_content_type=content_type, to_object_id__in=numbers)
    return set(ReferenceIndex.objects.filter(wanted).values_list("base_content_type", "object_id"))


def _grouped(keys: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    by_type = defaultdict(set)
    for content_type, number in keys:
        by_type[content_type].add(number)
    return by_type


def _by_model(keys: Iterable[tuple[int, str]]) -> Iterator[tuple[type[Model], set[str]]]:
    for content_type, numbers in _grouped(keys).items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            yield model, numbers
