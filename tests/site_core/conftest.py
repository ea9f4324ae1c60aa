"""Somebody whose rights end at one section and its files."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from pages.models import HomePage
from site_core.models import User
from tests.factories import StandardPageFactory, add_user


@pytest.fixture
def own_collection(db: None) -> Collection:
    return Collection.get_first_root_node().add_child(name="Sektionens filer")


@pytest.fixture
def section(home: HomePage) -> Any:
    return StandardPageFactory(parent=home, title="Sektionen", slug="sektionen")


@pytest.fixture
def section_editor(section: Page, own_collection: Collection) -> User:
    """Somebody who edits and publishes one section with its own collection, and sees no further."""
    group = Group.objects.create(name="Sektionens redaktörer")
    named = {permission.codename: permission for permission in Permission.objects.all()}
    group.permissions.add(*(named[name] for name in ("access_admin", "change_presscontact", "add_presscontact")))
    group.permissions.add(named["change_organisationsettings"])
    for name in ("change_page", "publish_page", "add_page"):
        GroupPagePermission.objects.create(group=group, page=section, permission=named[name])
    for name in ("add_image", "choose_image", "add_document", "choose_document"):
        GroupCollectionPermission.objects.create(group=group, collection=own_collection, permission=named[name])
    user = add_user(username="sektionen")
    user.groups.add(group)
    return user
