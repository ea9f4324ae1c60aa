"""A second person reads before a release goes out; who bypasses that says why."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageLogEntry, Task

from press.models import PressIndexPage, PressReleasePage
from site_core.models import User
from tests.factories import PressReleasePageFactory, add_user
from tests.site_core.test_publishing import edit_form

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
NAME = "Granskning av en kollega"


@pytest.fixture
def draft(press_room: PressIndexPage) -> PressReleasePage:
    release = PressReleasePageFactory(parent=press_room, title="Ett utkast", live=False)
    release.save_revision()
    return release


def submit(client: Client, release: PressReleasePage, user: User) -> PressReleasePage:
    client.force_login(user)
    client.post(f"/admin/pages/{release.pk}/edit/", edit_form(release, **{"action-submit": "1"}))
    return PressReleasePage.objects.get(pk=release.pk)


def act(client: Client, release: PressReleasePage, action: str, user: User, comment: str = "") -> Any:
    client.force_login(user)
    state = release.current_workflow_task_state
    address = f"/admin/pages/workflow/action/{release.pk}/{action}/{state.pk}/"
    return client.post(address, {"comment": comment})


def test_a_colleague_approves_and_the_release_goes_out(
    client: Client, draft: PressReleasePage, anna: User, bo: User
) -> None:
    release = submit(client, draft, anna)
    assert release.current_workflow_state.workflow.name == NAME
    act(client, release, "approve", bo)
    assert PressReleasePage.objects.get(pk=draft.pk).live


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_approves_her_own(client: Client, draft: PressReleasePage, anna: User, is_superuser: bool) -> None:
    User.objects.filter(pk=anna.pk).update(is_superuser=is_superuser)
    release = submit(client, draft, User.objects.get(pk=anna.pk))
    task = Task.objects.get(name=NAME).specific
    author = User.objects.get(pk=anna.pk)
    assert [action[0] for action in task.get_actions(release, author)] == []
    act(client, release, "approve", author)
    assert not PressReleasePage.objects.get(pk=draft.pk).live
    with pytest.raises(PermissionDenied, match="Du skickade själv"):
        task.on_action(release.current_workflow_task_state, author, "approve")
    assert not task.get_task_states_user_can_moderate(author).exists()


def test_mails_in_swedish_follow_the_review(
    client: Client, draft: PressReleasePage, anna: User, bo: User, django_capture_on_commit_callbacks: Any
) -> None:
    release = submit(client, draft, anna)
    [submitted] = mail.outbox
    assert submitted.to == ["bo@example.se"]
    mail.outbox.clear()
    act(client, release, "reject", bo, comment="Stämmer siffran?")
    [rejected] = mail.outbox
    assert rejected.to == ["anna@example.se"]
    assert "Stämmer siffran?" in rejected.body
    mail.outbox.clear()
    release = submit(client, PressReleasePage.objects.get(pk=draft.pk), anna)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(client, release, "approve", bo)
    approved, published = sorted(mail.outbox, key=lambda message: message.subject.startswith("Publicerat"))
    assert published.to == ["anna@example.se"]
    assert "Hej Anna," in published.body
    assert f"http://localhost{release.href}" in published.body
    for message in (submitted, rejected, approved, published):
        english = {"The", "the", "has", "been", "You", "Hello", "page", "here", "Edit", "preview"}
        assert not english & set(f"{message.subject} {message.body}".replace(":", " ").split()), message.body
        # One word for each thing, in the mail as on the buttons.
        assert not re.search("moder|avvis|lämna in|inlämn", f"{message.subject} {message.body}", re.IGNORECASE)


def test_one_who_has_left_gets_no_mail_about_what_she_wrote(
    draft: PressReleasePage, anna: User, bo: User, django_capture_on_commit_callbacks: Any
) -> None:
    """She would be told, at an address that may be somebody else's by now, what the house does."""
    PressReleasePage.objects.filter(pk=draft.pk).update(owner=anna)
    revision = PressReleasePage.objects.get(pk=draft.pk).save_revision(user=bo)
    User.objects.filter(pk=anna.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert [message.to for message in mail.outbox] == [["bo@example.se"]]


def test_mail_that_can_not_be_sent_stops_no_publication(
    client: Client,
    draft: PressReleasePage,
    anna: User,
    bo: User,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    release = submit(client, draft, anna)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    with django_capture_on_commit_callbacks(execute=True):
        act(client, release, "approve", bo)
    assert PressReleasePage.objects.get(pk=draft.pk).live


def test_a_chief_editor_who_publishes_unread_says_why(client: Client, draft: PressReleasePage) -> None:
    chief = add_user("Chefredaktörer", username="chef")
    client.force_login(chief)
    address = f"/admin/pages/{draft.pk}/edit/"
    response = client.post(address, edit_form(draft, lead="Ny ingress.", **{"action-publish": "1"}))
    asked = response["Location"]
    assert asked.startswith(f"/admin/press/{draft.pk}/utan-granskning/")
    assert not PressReleasePage.objects.get(pk=draft.pk).live
    assert PressReleasePage.objects.get(pk=draft.pk).get_latest_revision_as_object().lead == "Ny ingress."
    assert "Det här fältet är obligatoriskt" in client.post(asked, {"reason": " "}).content.decode()
    client.post(asked, {"reason": "Alla andra är på semester."})
    release = PressReleasePage.objects.get(pk=draft.pk)
    assert release.live
    assert release.lead == "Ny ingress."
    entry = PageLogEntry.objects.get(action="press.review_bypassed")
    assert entry.user == chief
    assert entry.message == "Publicerat utan granskning: Alla andra är på semester."


def test_a_new_release_published_at_once_asks_for_a_reason_and_is_kept(
    client: Client, press_room: PressIndexPage
) -> None:
    client.force_login(add_user("Chefredaktörer"))
    new = PressReleasePage(title="Alldeles ny", slug="alldeles-ny", lead="Så här är det.")
    form = edit_form(new, **{"action-publish": "1"})
    asked = client.post(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/", form)["Location"]
    release = PressReleasePage.objects.get(slug="alldeles-ny")
    assert not release.live
    client.post(asked, {"reason": "Bråttom."})
    assert PressReleasePage.objects.get(pk=release.pk).live


def test_scheduling_unread_asks_for_a_reason_too(client: Client, draft: PressReleasePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    form = edit_form(draft, go_live_at="2099-01-01 09:00", **{"action-publish": "1"})
    asked = client.post(f"/admin/pages/{draft.pk}/edit/", form)["Location"]
    assert PressReleasePage.objects.get(pk=draft.pk).scheduled_revision is None
    client.post(asked, {"reason": "Bråttom."})
    assert PressReleasePage.objects.get(pk=draft.pk).scheduled_revision is not None


def test_a_review_under_way_ends_when_it_is_bypassed(client: Client, draft: PressReleasePage, anna: User) -> None:
    release = submit(client, draft, anna)
    client.force_login(add_user("Chefredaktörer", username="chef"))
    client.post(f"/admin/press/{draft.pk}/utan-granskning/{release.latest_revision_id}/", {"reason": "Bråttom."})
    release = PressReleasePage.objects.get(pk=draft.pk)
    assert release.live
    assert release.current_workflow_state is None


def test_an_editor_can_not_bypass(client: Client, draft: PressReleasePage, anna: User) -> None:
    client.force_login(anna)
    address = f"/admin/press/{draft.pk}/utan-granskning/{draft.latest_revision_id}/"
    client.post(address, {"reason": "Jag vill."})
    assert not PressReleasePage.objects.get(pk=draft.pk).live


def test_releases_are_not_published_in_bulk(client: Client, draft: PressReleasePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    response = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/", follow=True)
    assert "Pressmeddelanden publiceras ett i taget" in response.content.decode()
    assert not PressReleasePage.objects.get(pk=draft.pk).live


def test_a_copy_is_a_draft(client: Client, release: PressReleasePage, press_room: PressIndexPage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    form = {"new_title": "Kopian", "new_slug": "kopian", "new_parent_page": press_room.pk}
    response = client.post(f"/admin/pages/{release.pk}/copy/", {**form, "publish_copies": "on"}, follow=True)
    assert "Kopiera det som utkast." in response.content.decode()
    assert not PressReleasePage.objects.filter(slug="kopian").exists()
    client.post(f"/admin/pages/{release.pk}/copy/", form)
    copy = PressReleasePage.objects.get(slug="kopian")
    assert not copy.live
    assert copy.listed_on is None


def test_a_copy_of_the_press_room_puts_nothing_out_either(
    client: Client, draft: PressReleasePage, press_room: PressIndexPage
) -> None:
    """With its subpages, drafts and all, it would make public what nobody has reviewed."""
    client.force_login(add_user("Chefredaktörer"))
    form = {"new_title": "Kopian", "new_slug": "kopian", "new_parent_page": press_room.get_parent().pk}
    address = f"/admin/pages/{press_room.pk}/copy/"
    response = client.post(address, {**form, "copy_subpages": "on", "publish_copies": "on"}, follow=True)
    assert "Kopiera det som utkast." in response.content.decode()
    assert PressReleasePage.objects.count() == 1


def test_what_was_approved_with_an_hour_goes_out_at_that_hour(
    client: Client, draft: PressReleasePage, anna: User, bo: User
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client.force_login(anna)
        form = edit_form(draft, go_live_at="2026-03-02 09:00", **{"action-submit": "1"})
        client.post(f"/admin/pages/{draft.pk}/edit/", form)
        act(client, PressReleasePage.objects.get(pk=draft.pk), "approve", bo)
        assert not PressReleasePage.objects.get(pk=draft.pk).live
        clock.shift(timedelta(hours=1))
        call_command("publish_scheduled")
        assert PressReleasePage.objects.get(pk=draft.pk).live
