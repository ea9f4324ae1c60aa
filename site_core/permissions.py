"""Wagtail's page permissions, with what is secret taken out."""

from collections.abc import Collection
from typing import Any

from wagtail.models import Page, PagePermissionTester, PageQuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import page_permission_policy

from .secrecy import secret_ids, without_secrets


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
    """Let the one policy that all of Wagtail asks be ours.

    Wagtail has no setting for it, and its views hold the object itself: so the object stays, and is of our class.
    """
    page_permission_policy.__class__ = SecretivePagePermissionPolicy
