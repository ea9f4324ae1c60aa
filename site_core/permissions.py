"""Wagtail's page permissions, with what is secret taken out."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import ModelLogEntry, Page, PagePermissionTester, PageQuerySet
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from .secrecy import secret_ids, title_for_viewer, without_secrets
from .secret_media import is_secret_media, secret_media_ids, without_secret_media


class SecretivePagePermissionPolicy(PagePermissionPolicy):
    """Answers as Wagtail's own does, as if a page that is kept from somebody did not exist for her."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> PageQuerySet:
        return without_secrets(user, super().instances_user_has_any_permission_for(user, actions))

    def explorable_instances(self, user: Any) -> PageQuerySet:
        return without_secrets(user, super().explorable_instances(user))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Page) -> bool:
        if instance.pk in secret_ids(user):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))


class DiscreetMediaPolicy(CollectionOwnershipPermissionPolicy):
    """The rights to images or documents, as if those that only secret pages use did not exist."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        return without_secret_media(user, super().instances_user_has_any_permission_for(user, actions))

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Model) -> bool:
        if is_secret_media(user, instance):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))


class DiscreetLogEntryManager(ModelLogEntryManager):
    """The log of what is no page, without what tells of images and documents that only secret pages use."""

    def viewable_by_user(self, user: Any) -> QuerySet[Any]:
        entries = super().viewable_by_user(user)
        for policy in (image_policy, document_policy):
            if hidden := secret_media_ids(user, policy.model):
                content_type = ContentType.objects.get_for_model(policy.model, for_concrete_model=False)
                entries = entries.exclude(content_type=content_type, object_id__in=map(str, hidden))
        return entries


class NoPermissions(PagePermissionTester):
    """What somebody may do with a page of which she must know nothing: not one of the things that are asked for."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.permissions: set[str] = set()

    def __getattribute__(self, name: str) -> Any:
        return _never if name.startswith("can_") else super().__getattribute__(name)


def _never(*args: Any, **kwargs: Any) -> bool:
    return False


def keep_secrets() -> None:
    """Let all of Wagtail ask the policies above, and name pages only to those who may know of them.

    Wagtail has no setting for either. Its views hold the policies themselves, and the manager of the log: so these stay
    the same objects, and are of our classes. And the views name pages that they have fetched as plain `Page`, which no
    class of ours is above. What else is changed from outside is in `comment_mail` (docs/adr/0015-closed-drafts.md).
    """
    page_permission_policy.__class__ = SecretivePagePermissionPolicy
    ModelLogEntry.objects.__class__ = DiscreetLogEntryManager
    image_policy.__class__ = document_policy.__class__ = DiscreetMediaPolicy
    for name in ("__str__", "get_admin_display_title"):
        setattr(Page, name, _discreet(getattr(Page, name)))


def _discreet(tell_title: Callable[[Page], str]) -> Callable[[Page], str]:
    @wraps(tell_title)
    def told(page: Page) -> str:
        return title_for_viewer(page, tell_title(page))

    return told
