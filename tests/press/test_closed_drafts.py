"""A draft that is closed to others: who may know of it, and what is noted."""

import pytest
from wagtail.permissions import page_permission_policy

from press.closing import close, may_see, open_again, visible_to
from press.models import ClosedDraft, PressIndexPage, PressReleasePage
from site_core.models import User
from tests.factories import PressReleasePageFactory, add_user

TITLE, LEAD, SLUG = "Hemlig nedläggning av sjukhuset", "Sjukhuset läggs ned den första mars.", "hemlig-nedlaggning"


@pytest.fixture
def author(db: None) -> User:
    return add_user("Redaktörer", username="forfattare", email="forfattare@example.se")


@pytest.fixture
def outsider(db: None) -> User:
    return add_user("Chefredaktörer", username="utanfor", email="utanfor@example.se")


@pytest.fixture
def closed(press_room: PressIndexPage, author: User) -> PressReleasePage:
    """A draft that is open to its author alone."""
    draft = PressReleasePageFactory(
        parent=press_room, title=TITLE, slug=SLUG, lead=LEAD, live=False, has_unpublished_changes=True, owner=author
    )
    draft.save_revision(user=author)
    close(draft, [], [], by=author)
    return PressReleasePage.objects.get(pk=draft.pk)


def test_a_closed_draft_is_there_for_those_inside_and_for_nobody_else(
    closed: PressReleasePage, author: User, outsider: User
) -> None:
    admin = add_user(username="admin", is_superuser=True)
    for user, inside in ((author, True), (outsider, False), (admin, False)):
        assert may_see(user, closed) is inside
        assert visible_to(user, PressReleasePage.objects.all()).exists() is inside
        assert page_permission_policy.explorable_instances(user).filter(pk=closed.pk).exists() is inside
        assert (
            page_permission_policy.instances_user_has_permission_for(user, "change").filter(pk=closed.pk).exists()
            is inside
        )
        assert closed.permissions_for_user(user).can_edit() is inside
        assert closed.permissions_for_user(user).can_view_revisions() is inside
    open_again(closed, by=author)
    assert may_see(outsider, closed)
    assert closed.permissions_for_user(outsider).can_publish()


def test_publication_ends_it(closed: PressReleasePage, outsider: User) -> None:
    closed.get_latest_revision().publish()
    assert may_see(outsider, closed)
    assert not ClosedDraft.objects.exists()
