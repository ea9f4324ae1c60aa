"""A draft that is closed to others: who may know of it, and what is noted."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import Client
from django.utils import timezone
from wagtail.admin.views.pages import edit
from wagtail.models import Page, PageLogEntry, PageSubscription
from wagtail.permissions import page_permission_policy

from press.closing import SEEN, close, open_again
from press.models import ClosedDraft, EmbargoLink, PressIndexPage, PressReleasePage
from site_core.models import User
from site_core.secrecy import those_who_may_know, without_secrets
from tests.factories import ImageFactory, PressReleasePageFactory, add_document, add_user, blocks, publish
from tests.site_core.test_publishing import edit_form

TITLE, LEAD, SLUG = "Hemlig nedläggning av sjukhuset", "Sjukhuset läggs ned den första mars.", "hemlig-nedlaggning"


def may_see(user: User, release: PressReleasePage) -> bool:
    return bool(those_who_may_know([user], release))


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
        assert without_secrets(user, PressReleasePage.objects.all()).exists() is inside
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


def test_publication_ends_it_and_scheduling_does_not(closed: PressReleasePage, outsider: User) -> None:
    morning = timezone.now() + timedelta(days=1)
    publish(closed, go_live_at=morning)
    assert not may_see(outsider, PressReleasePage.objects.get())
    with time_machine.travel(morning + timedelta(minutes=1), tick=False):
        call_command("run_due")
    assert may_see(outsider, PressReleasePage.objects.get())
    assert not ClosedDraft.objects.exists()


def test_an_editor_closes_a_draft_names_a_colleague_and_opens_it_again(
    client: Client, press_room: PressIndexPage, author: User, outsider: User
) -> None:
    colleague = add_user("Redaktörer", username="kollega", first_name="Karin", last_name="Berg")
    draft = PressReleasePageFactory(parent=press_room, title=TITLE, live=False, owner=author)
    link = EmbargoLink.objects.create(
        release=draft, recipient="Tidningen", expires_at=timezone.now() + timedelta(days=1), created_by=outsider
    )
    PageSubscription.objects.create(page=draft, user=outsider, comment_notifications=True)
    PressReleasePage.objects.filter(pk=draft.pk).update(locked=True, locked_by=outsider)
    client.force_login(author)
    editor = client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert f'href="/admin/press/{draft.pk}/stang/"' in editor
    assert "Stäng för andra" in editor
    answer = client.post(f"/admin/press/{draft.pk}/stang/", {"users": [colleague.pk]}, follow=True)
    assert "Bara de här ser det: forfattare, Karin Berg." in answer.content.decode()
    assert may_see(colleague, draft)
    assert not may_see(outsider, draft)
    # What she had of it is taken from her.
    link.refresh_from_db()
    assert not link.is_valid
    assert not PageSubscription.objects.filter(user=outsider).exists()
    assert not PressReleasePage.objects.get(pk=draft.pk).locked
    client.force_login(colleague)
    # She lets the author out, and herself, in vain: neither can be locked out.
    client.post(f"/admin/press/{draft.pk}/stang/", {})
    assert may_see(colleague, draft)
    assert may_see(author, draft)
    client.post(f"/admin/press/{draft.pk}/oppna/")
    assert may_see(outsider, draft)


def test_a_group_is_let_in(client: Client, closed: PressReleasePage, author: User, outsider: User) -> None:
    client.force_login(author)
    group = Group.objects.get(name="Chefredaktörer")
    client.post(f"/admin/press/{closed.pk}/stang/", {"groups": [group.pk]})
    assert may_see(outsider, closed)
    client.force_login(outsider)
    client.post(f"/admin/press/{closed.pk}/stang/", {})
    assert may_see(outsider, closed), "whoever leaves the group out stays in by name"


def test_a_release_can_be_closed_before_its_first_word(
    client: Client, press_room: PressIndexPage, author: User, outsider: User
) -> None:
    client.force_login(author)
    new = f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/"
    assert f"{new}?stangt=1" in client.get("/admin/").content.decode()
    assert re.search(r'name="close_draft"[^>]*checked', client.get(f"{new}?stangt=1").content.decode())
    assert not re.search(r'name="close_draft"[^>]*checked', client.get(new).content.decode())
    form = edit_form(PressReleasePage(title=TITLE, slug=SLUG, lead=LEAD), close_draft="on")
    client.post(new, form)
    draft = PressReleasePage.objects.get(slug=SLUG)
    assert may_see(author, draft)
    assert not may_see(outsider, draft)
    # The box that was left unticked in another tab opens nothing.
    client.post(f"/admin/pages/{draft.pk}/edit/", edit_form(draft))
    assert not may_see(outsider, draft)


def test_a_draft_that_was_open_is_closed_by_the_box(
    client: Client, press_room: PressIndexPage, author: User, outsider: User
) -> None:
    draft = PressReleasePageFactory(parent=press_room, title=TITLE, live=False, owner=author)
    client.force_login(author)
    client.post(f"/admin/pages/{draft.pk}/edit/", edit_form(draft, close_draft="on"))
    assert not may_see(outsider, draft)


def test_what_has_been_published_has_no_box_and_cannot_be_closed(
    client: Client, release: PressReleasePage, author: User, outsider: User
) -> None:
    client.force_login(outsider)
    assert "close_draft" not in client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    release.unpublish()
    answer = client.post(f"/admin/press/{release.pk}/stang/", {}, follow=True)
    assert "har varit publicerat" in answer.content.decode()
    assert not ClosedDraft.objects.exists()


def test_a_copy_is_closed_from_its_birth(
    client: Client, closed: PressReleasePage, author: User, outsider: User
) -> None:
    colleague = add_user("Redaktörer", username="kollega")
    close(closed, [colleague], [], by=author)
    client.force_login(colleague)
    values = {"new_title": "En kopia", "new_slug": "en-kopia", "new_parent_page": closed.get_parent().pk}
    open_meanwhile: list[bool] = []

    def look(instance: PressReleasePage, **kwargs: Any) -> None:
        open_meanwhile.append(may_see(outsider, instance))

    post_save.connect(look, PressReleasePage)
    client.post(f"/admin/pages/{closed.pk}/copy/", values)
    post_save.disconnect(look, PressReleasePage)
    assert open_meanwhile
    assert not any(open_meanwhile)
    copy = PressReleasePage.objects.get(slug="en-kopia")
    assert not may_see(outsider, copy)
    assert may_see(author, copy)
    assert may_see(colleague, copy)
    # What is written next is open.
    other = PressReleasePageFactory(parent=closed.get_parent(), live=False)
    assert may_see(outsider, other)


def test_who_looked_is_noted_once_an_hour(client: Client, closed: PressReleasePage, author: User) -> None:
    client.force_login(author)
    for address in (f"/admin/pages/{closed.pk}/edit/", f"/admin/pages/{closed.pk}/view_draft/"):
        assert client.get(address).status_code == 200
    looks = PageLogEntry.objects.filter(page=closed.pk, action=SEEN)
    assert looks.count() == 1
    looks.update(timestamp=timezone.now() - timedelta(hours=2))
    client.get(f"/admin/pages/{closed.pk}/history/")
    assert looks.count() == 2
    assert "Tittade på det stängda utkastet" in client.get(f"/admin/press/{closed.pk}/stang/").content.decode()


def test_an_administrator_lets_herself_in_and_it_is_noted(
    client: Client, closed: PressReleasePage, author: User
) -> None:
    admin = add_user(username="admin", is_superuser=True)
    client.force_login(admin)
    assert client.get(f"/admin/pages/{closed.pk}/edit/").status_code == 404
    page = client.get("/admin/press/stangda/").content.decode()
    assert "forfattare" in page
    assert TITLE not in page
    enter = f"/admin/press/stangda/{closed.closing.pk}/slapp-in/"
    assert enter in page
    assert TITLE not in client.post(enter, {"reason": ""}).content.decode()
    assert client.post(enter, {"reason": "Författaren har slutat"}, follow=True).status_code == 200
    assert client.get(f"/admin/pages/{closed.pk}/edit/").status_code == 200
    client.force_login(author)
    assert "Författaren har slutat" in client.get(f"/admin/press/{closed.pk}/stang/").content.decode()
    assert client.get("/admin/press/stangda/").status_code == 302
    assert client.get(enter).status_code == 302


def test_review_asks_and_tells_only_those_inside(
    client: Client, closed: PressReleasePage, author: User, outsider: User, mailoutbox: list[Any]
) -> None:
    add_user(username="admin", is_superuser=True, email="admin@example.se")
    inside = add_user("Chefredaktörer", username="inne", email="inne@example.se")
    client.force_login(author)
    html = client.get(f"/admin/press/{closed.pk}/stang/").content.decode()
    assert "kan granska det" in html
    client.post(f"/admin/press/{closed.pk}/stang/", {"users": [inside.pk]})
    assert "kan granska det" not in client.get(f"/admin/press/{closed.pk}/stang/").content.decode()
    closed.get_workflow().start(closed, author)
    assert {address for mail in mailoutbox for address in mail.to} == {"inne@example.se"}


def test_a_deleted_closed_draft_leaves_no_title_in_the_log(
    client: Client, closed: PressReleasePage, author: User
) -> None:
    client.force_login(author)
    client.post(f"/admin/pages/{closed.pk}/delete/")
    assert not PressReleasePage.objects.filter(pk=closed.pk).exists()
    elsewhere = Client()
    elsewhere.force_login(add_user(username="admin", is_superuser=True))
    history = elsewhere.get("/admin/reports/site-history/").content.decode()
    assert TITLE not in history
    assert "raderat stängt utkast" in history


def test_mail_about_comments_keeps_to_those_inside(
    closed: PressReleasePage, author: User, outsider: User, mailoutbox: list[Any]
) -> None:
    context = {"page": closed, "editor": author, "new_comments": [], "resolved_comments": [], "deleted_comments": []}
    edit.send_notification([author, outsider], "updated_comments", {**context, "replied_comments": []})
    assert [mail.to for mail in mailoutbox] == [[author.email]]


def test_the_number_of_pages_tells_nothing_of_it(client: Client, closed: PressReleasePage, outsider: User) -> None:
    client.force_login(outsider)
    shown = re.search(r"(\d+) Sidor", re.sub(r"\s+", " ", client.get("/admin/").content.decode()))
    assert shown
    assert int(shown[1]) == Page.objects.filter(depth__gt=1).count() - 1


def test_its_files_are_served_to_those_inside_until_an_open_page_uses_them(
    client: Client, closed: PressReleasePage, author: User, outsider: User
) -> None:
    document, image = add_document(), ImageFactory()
    rendition = image.get_rendition("original")
    closed.image, closed.attachments = (
        image,
        blocks(closed, ("document", {"document": document.pk}), field="attachments"),
    )
    closed.save()
    addresses = document.url, rendition.url, f"/media/{image.file.name}"
    for user, status in ((author, 200), (outsider, 404)):
        client.force_login(user)
        assert {client.get(address).status_code for address in addresses} == {status}
    other = PressReleasePageFactory(parent=closed.get_parent(), live=False)
    other.attachments = closed.attachments
    other.save()
    assert client.get(document.url).status_code == 200
    assert client.get(rendition.url).status_code == 404
    open_again(closed, by=author)
    assert client.get(rendition.url).status_code == 200


def test_somebody_without_rights_to_pages_chooses_among_live_ones(client: Client, closed: PressReleasePage) -> None:
    group = Group.objects.create(name="Menyer")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(add_user("Menyer", username="meny"))
    room = closed.get_parent()
    assert room.title in client.get("/admin/choose-page/search/?q=press").content.decode()
    assert TITLE not in client.get(f"/admin/choose-page/{room.pk}/").content.decode()
    assert client.get(f"/admin/choose-page/{closed.pk}/").status_code == 404
