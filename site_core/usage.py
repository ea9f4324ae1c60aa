"""Where a thing is used, and whether readers would miss it.

Wagtail's reference index knows what is stored of pages, settings and snippets, with their inline children; what is
scheduled or being reviewed lies in revisions, which are read here as well. Nothing in here knows a model by name: a
new snippet or page type is covered by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, Revision, TaskState, WorkflowState

from .visibility import open_to_all

# A thing is told by its base model's content type and its number, as the reference index tells it.
Key = tuple[int, str]


class State(models.TextChoices):
    """How something that uses a thing stands towards readers."""

    LIVE = "live", _("published")
    SCHEDULED = "scheduled", _("scheduled")
    REVIEWED = "reviewed", _("being reviewed")
    SITE = "site", _("shown on every page")
    ITSELF = "itself", _("published: unpublish it first")
    NEEDED = "needed", _("can't do without it")
    USED = "used", _("used on published pages")
    DRAFT = "draft", _("draft, or not public")


@dataclass(frozen=True)
class Use:
    """One thing that uses another."""

    by: Model
    state: State

    @property
    def is_binding(self) -> bool:
        """Whether what is used must stay."""
        return self.state != State.DRAFT

    @property
    def shown(self) -> Model:
        """What an editor knows it as: a withdrawal, which has no page of its own, as the release it is about."""
        return getattr(self.by, "shown_as", self.by)


def key_of(item: Model) -> Key:
    base = (item._meta.get_parent_list() or [type(item)])[-1]
    return ContentType.objects.get_for_model(base, for_concrete_model=False).pk, str(item.pk)


@dataclass
class Usage:
    """Finds uses. Holds on to what is scheduled and reviewed, so that many things can be asked about in a row."""

    _asked: set[Key] = field(default_factory=set)

    def of(self, items: Iterable[Model]) -> list[Use]:
        """Return what uses any of some things, each once: what is binding first, then by name.

        The things themselves are among them only where readers see one by itself, as they see a published menu.
        """
        if not (wanted := list(items)):
            return []
        keys = {key_of(item) for item in wanted}
        found = {key_of(use.by): use for use in self._stored(wanted) if key_of(use.by) not in keys}
        for item, state, references in self._pending:
            earlier = found.get(key_of(item))
            if references & keys and key_of(item) not in keys and not (earlier and earlier.is_binding):
                found[key_of(item)] = Use(item, state)
        uses = [Use(item, State.ITSELF) for item in wanted if _is_shown_by_itself(item)]
        return uses + sorted(found.values(), key=lambda use: (not use.is_binding, str(use.by).casefold()))

    def binding(self, items: Iterable[Model]) -> list[Use]:
        """Return what readers, or another thing, would miss some things in."""
        return [use for use in self.of(items) if use.is_binding]

    def behind(self, use: Use) -> list[Use]:
        """Return the pages and settings that a use comes from, where it is by way of a snippet."""
        if use.state != State.USED:
            return [use]
        return [found for other in self.binding([use.by]) for found in self.behind(other)]

    def _stored(self, items: list[Model]) -> Iterator[Use]:
        """Yield the uses in what is stored: of a page that is public its published form, of another its draft."""
        references = ReferenceIndex.get_references_to_in_bulk(items).order_by()
        for key in set(references.values_list("base_content_type", "object_id")):
            if user := _find(key):
                yield Use(user, self._state(user))
        for item in items:
            for user in _needing(item):
                yield Use(user, State.NEEDED)

    def _state(self, user: Model) -> State:
        if isinstance(user, Page):
            return State.LIVE if user.live else State.DRAFT
        if isinstance(user, AbstractSetting):
            return State.SITE
        if isinstance(user, DraftStateMixin):
            return State.SITE if user.live else State.DRAFT
        key = key_of(user)
        if key in self._asked:
            # Two that use each other keep each other for no reader.
            return State.DRAFT
        self._asked.add(key)
        try:
            return State.USED if self.binding([user]) else State.DRAFT
        finally:
            self._asked.discard(key)

    @cached_property
    def _pending(self) -> list[tuple[Model, State, set[Key]]]:
        """What is scheduled or being reviewed, with all that it refers to. Few wait at a time."""
        reviews = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
        )
        waiting = Q(approved_go_live_at__isnull=False) | Q(pk__in=reviews.values("revision"))
        pending = []
        for revision in Revision.objects.filter(waiting):
            if revision.content_object is None:
                continue
            item: Any = revision.as_object()
            state = State.SCHEDULED if revision.approved_go_live_at else State.REVIEWED
            pending.append((item, state, _references(item)))
        return pending


@dataclass
class Reliance:
    """What readers, and whoever has read a page before its publication, rely on a file for."""

    uses: list[Use]
    # The live pages that show the file itself, not by way of a press contact or the like.
    showing: list[Any]

    @classmethod
    def on(cls, item: Model) -> "Reliance | None":
        """Return what relies on an image or document; None where nothing does."""
        usage = Usage()
        direct = usage.binding([item])
        uses = [found for use in direct for found in usage.behind(use)]
        showing = [use.by for use in direct if use.state == State.LIVE]
        return cls(uses, [page.specific for page in showing if isinstance(page, Page)]) if uses else None

    def barred(self, user: Any) -> list[Use]:
        """Return the uses that somebody may not publish, and so may not change in this way."""
        return [use for use in self.uses if not _may_publish(user, use.by)]


def _may_publish(user: Any, item: Any) -> bool:
    if isinstance(item, Page):
        return item.permissions_for_user(user).can_publish()
    return user.has_perm(f"{item._meta.app_label}.change_{item._meta.model_name}")


def _is_shown_by_itself(item: Model) -> bool:
    return isinstance(item, DraftStateMixin) and not isinstance(item, Page) and item.live


def relations_to(model: type[Model]) -> list[Any]:
    """Return the foreign keys that lead to a kind of thing, also those without a way back (`related_name="+"`)."""
    fields: list[Any] = model._meta.get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, models.ManyToOneRel)]


def may_be_named(page: Page, user: Any) -> bool:
    """Tell whether an editor may read a page's title: she may edit it, or anybody may read it."""
    return page.permissions_for_user(user).can_edit() or open_to_all(Page.objects.filter(pk=page.pk)).exists()


def _needing(item: Model) -> Iterator[Model]:
    """Yield what the database would not let go of an item, whether or not the index has seen it."""
    for relation in relations_to(type(item)):
        if relation.on_delete in (models.PROTECT, models.RESTRICT):
            users = relation.related_model._default_manager.filter(**{relation.field.name: item})
            yield from users


def _references(item: Model) -> set[Key]:
    # What Wagtail's index would record; it offers no way to ask that does not also record it.
    found = ReferenceIndex._extract_references_from_object(item)
    return {(content_type, str(number)) for content_type, number, _model_path, _content_path in found}


def _find(key: Key) -> Model | None:
    model = ContentType.objects.get_for_id(key[0]).model_class()
    found = model._default_manager.filter(pk=key[1]).first() if model else None
    return found.specific_deferred if isinstance(found, Page) else found
