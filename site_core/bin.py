"""Putting a deleted draft aside, and taking it back.

The page itself is deleted as Wagtail deletes pages, so that nothing has to know that it is gone. What is put aside is
its stored form, its revisions and every row that goes with it. It comes back under a new number, and its log with it.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import models, transaction
from django.db.models import Model
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from .models import BasePage, DeletedDraft, Heartbeat
from .secrecy import secret_ids
from .usage import relations_to

logger = logging.getLogger(__name__)

SWEEP, SWEEP_EVERY = "deleted-drafts", timedelta(hours=24)
RESTORED = "site_core.draft_restored"


class NowhereToPut(Exception):
    """Raised when no page is left that a draft could lie below."""


def put_aside(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Keep a page that was never public, when an editor deletes it."""
    context = get_active_log_context()
    if not issubclass(sender, BasePage) or instance.first_published_at or not (context.user and context.user.pk):
        return
    pages = sender._default_manager.filter(pk=instance.pk)
    page = pages.get()
    revisions = Revision.page_revisions.for_instance(page).order_by("pk")
    DeletedDraft.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "content_type": ContentType.objects.get_for_model(page, for_concrete_model=False),
            "title": page.get_admin_display_title(),
            "ancestors": list(page.get_ancestors().values_list("pk", flat=True)),
            # Its parts are among the others, as rows.
            "content": {**page.serializable_data(), **{name: [] for name in _parts_of(page)}},
            "revisions": serializers.serialize("python", revisions),
            "others": [row for found in _going_too(pages) for row in serializers.serialize("python", found)],
            "owner_id": page.owner_id,
            "deleted_by_id": context.user.pk,
            "deleted_at": timezone.now(),
            "is_secret": page.pk in secret_ids(AnonymousUser()),
            "batch": context.uuid,
        },
    )


def _going_too(found: models.QuerySet[Any]) -> Iterator[models.QuerySet[Any]]:
    """Yield the rows that are deleted together with some things: their parts, and whatever belongs to those."""
    # What a page is about stands in its form.
    told = {relation.remote_field.through for relation in get_all_child_m2m_relations(found.model)}
    for relation in relations_to(found.model):
        part = relation.related_model
        if relation.on_delete is models.CASCADE and not issubclass(part, Page) and part not in told:
            parts = part._base_manager.filter(**{f"{relation.field.name}__in": found})
            if parts.exists():
                yield parts
                yield from _going_too(parts)


@transaction.atomic
def take_back(draft: DeletedDraft) -> BasePage:
    """Put a draft, and what was deleted together with it from below it, back where it was.

    Raises NowhereToPut where nothing is left that it could lie below, and DoesNotExist where somebody was quicker.
    """
    ancestors, draft = draft.ancestors, DeletedDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    draft.ancestors = ancestors
    page = _restore(draft)
    below = DeletedDraft.objects.filter(batch=draft.batch)
    for child in [other for other in below if other.ancestors[-1:] == [draft.page_id]]:
        child.ancestors = [*child.ancestors, page.pk]
        take_back(child)
    return page


def _restore(draft: DeletedDraft) -> BasePage:
    model: Any = draft.content_type.model_class()
    parent = place_for(draft)
    # Comments name the revision that they were written in, so those come first.
    for row in serializers.deserialize("python", draft.revisions, ignorenonexistent=True):
        revision: Any = row.object
        _mend_references(revision)
        revision.approved_go_live_at = None
        models.Model.save_base(revision, raw=True)
    page: BasePage = model.from_serializable_data(draft.content)
    page.pk = page.id = page.page_ptr_id = None
    page._state.adding = True
    page.numchild, page.live, page.has_unpublished_changes = 0, False, True
    page.slug = _free_slug(page.slug, parent)
    parent.add_child(instance=page)
    _follow_number(draft, page)
    log(page, RESTORED)
    draft.delete()
    return page


def place_for(draft: DeletedDraft) -> Page:
    """Return the nearest page that is left of those that a draft lay below, and that takes such pages."""
    model: Any = draft.content_type.model_class()
    for number in reversed(draft.ancestors):
        parent = Page.objects.filter(pk=number).first()
        if parent and model.can_create_at(parent.specific):
            return parent
    raise NowhereToPut(draft.title)


def _free_slug(slug: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def _follow_number(draft: DeletedDraft, page: BasePage) -> None:
    """Let everything that knew the page by its former number know it by the new one."""
    for revision in Revision.page_revisions.filter(object_id=str(draft.page_id)):
        revision.object_id = str(page.pk)
        revision.content = _renumbered(page, revision.content)
        models.Model.save_base(revision, raw=True)
    PageLogEntry.objects.filter(page=draft.page_id).update(page=page.pk, deleted=False)
    for row in serializers.deserialize("python", draft.others, ignorenonexistent=True):
        for field in row.object._meta.concrete_fields:
            related: Any = field.related_model
            if field.is_relation and issubclass(related, Page) and field.value_from_object(row.object) == draft.page_id:
                setattr(row.object, field.attname, page.pk)
        if _mend_references(row.object):
            row.save()
    ReferenceIndex.create_or_update_for_object(type(page).objects.get(pk=page.pk))


def _parts_of(page: Page) -> list[str]:
    return [relation.get_accessor_name() for relation in get_all_child_relations(page)]


def _renumbered(page: BasePage, content: dict[str, Any]) -> dict[str, Any]:
    """Return the stored form of a page under the number that it has now."""
    parts = {
        relation.get_accessor_name(): [
            {**part, relation.field.name: page.pk} for part in content.get(relation.get_accessor_name(), ())
        ]
        for relation in get_all_child_relations(page)
    }
    return {**content, **parts, "pk": page.pk}


def _mend_references(item: Model) -> bool:
    """Let go of what is gone since; tell whether the thing makes sense without it."""
    for field in item._meta.concrete_fields:
        number = field.value_from_object(item)
        related: Any = field.related_model
        if not field.is_relation or number is None or related._base_manager.filter(pk=number).exists():
            continue
        if not field.null:
            return False
        setattr(item, field.attname, None)
    return True


def empty_when_due(**kwargs: Any) -> None:
    """Once a day, erase the drafts whose time is over."""
    if Heartbeat.is_older_than(SWEEP, SWEEP_EVERY):
        Heartbeat.beat(SWEEP)
        erased, _rows = DeletedDraft.objects.over().delete()
        logger.info("Erased %d deleted drafts", erased)
