"""What a colleague has read is what is published, and nothing else, by whatever road it is approved."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.admin.models import EditingSession
from wagtail.models import PageLogEntry

from press.models import PressIndexPage, PressReleasePage, Withdrawal
from press.models.review import newer_revision
from press.withdrawing import withdraw
from site_core.models import User
from tests.factories import PressReleasePageFactory, add_user
from tests.press.test_review import act, submit
from tests.site_core.test_publishing import edit_form

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
def cia(db: None) -> User:
    return add_user("Chefredaktörer", username="cia", first_name="Cia")


@pytest.fixture
def submitted(client: Client, press_room: PressIndexPage, anna: User) -> PressReleasePage:
    """A release that Anna has submitted for review."""
    release = PressReleasePageFactory(parent=press_room, title="Ett utkast", live=False, owner=anna)
    release.save_revision()
    return submit(client, release, anna)


def now(release: PressReleasePage) -> PressReleasePage:
    return PressReleasePage.objects.get(pk=release.pk)


def write(release: PressReleasePage, user: User, **fields: Any) -> None:
    """Write a newer revision, as an autosave that slipped through does: unfinished, and asking nobody."""
    draft = now(release).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user, clean=False)


def edit(client: Client, release: PressReleasePage, user: User, **data: Any) -> Any:
    """Send the editor's form."""
    client.force_login(user)
    draft = now(release).get_latest_revision_as_object()
    fields = {name: data.pop(name) for name in [*data] if hasattr(draft, name)}
    return client.post(f"/admin/pages/{release.pk}/edit/", edit_form(draft, **fields, **data), follow=True)


def approve_in_editor(client: Client, release: PressReleasePage, user: User, **fields: Any) -> Any:
    action = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return edit(client, release, user, **action, **fields)


def said(response: Any) -> str:
    """Return the messages of an answer."""
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("road", ["dashboard", "editor"])
def test_text_that_came_after_is_not_approved(
    client: Client, submitted: PressReleasePage, anna: User, bo: User, road: str
) -> None:
    write(submitted, anna, lead="Det här har ingen läst.")
    client.force_login(bo)
    if road == "dashboard":
        address = f"/admin/pages/workflow/action/{submitted.pk}/approve/{submitted.current_workflow_task_state.pk}/"
        response = client.post(address, follow=True)
    else:
        response = approve_in_editor(client, submitted, bo)
    assert "Anna har ändrat texten sedan den skickades" in response.content.decode()
    assert re.search(r"/revisions/compare/\d+\.\.\.\d+/", response.content.decode())
    assert not now(submitted).live
    assert now(submitted).workflow_in_progress


def test_text_written_into_the_same_revision_is_not_approved(
    client: Client, submitted: PressReleasePage, anna: User, bo: User
) -> None:
    draft = now(submitted).get_latest_revision_as_object()
    draft.lead = "Det här har ingen läst."
    draft.save_revision(user=anna, overwrite_revision=submitted.current_workflow_task_state.revision)
    act(client, submitted, "approve", bo)
    assert not now(submitted).live


def test_a_text_that_slips_in_behind_the_check_is_reviewed_anew(
    client: Client, submitted: PressReleasePage, anna: User, bo: User
) -> None:
    state = submitted.current_workflow_task_state
    write(submitted, anna, lead="Det här har ingen läst.")
    # The check is passed, as if the newer text came a moment after it.
    state.approve(user=bo)
    release = now(submitted)
    assert not release.live
    assert release.current_workflow_task_state.revision == release.latest_revision
    assert release.current_workflow_state.requested_by == anna


def test_the_sender_can_not_change_what_is_being_read_until_she_takes_it_back(
    client: Client, submitted: PressReleasePage, anna: User
) -> None:
    read = submitted.latest_revision_id
    response = edit(client, submitted, anna, lead="Ändrat.")
    assert now(submitted).latest_revision_id == read
    assert "Ändrat." in response.content.decode()
    edit(client, submitted, anna, **{"action-cancel-workflow": "1"})
    assert not now(submitted).workflow_in_progress
    edit(client, submitted, anna, lead="Ändrat.")
    assert now(submitted).get_latest_revision_as_object().lead == "Ändrat."


def test_autosave_of_an_open_editor_is_refused_in_words(
    client: Client, submitted: PressReleasePage, anna: User
) -> None:
    client.force_login(anna)
    answer = client.post(
        f"/admin/pages/{submitted.pk}/edit/",
        edit_form(submitted, lead="Jag skriver vidare."),
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert "låst" in answer.json()["error_message"]


def test_what_the_reviewer_mends_is_approved_by_the_sender(
    client: Client, submitted: PressReleasePage, anna: User, bo: User, cia: User
) -> None:
    edit(client, submitted, bo, lead="Bo har rättat.")
    approve_in_editor(client, submitted, bo)
    act(client, submitted, "approve", bo)
    assert not now(submitted).live
    html = client.get(f"/admin/pages/{submitted.pk}/edit/").content.decode()
    assert "Skicka mina ändringar på granskning" in html
    assert "Godkänn" not in html
    # Nobody else writes in it meanwhile.
    edit(client, submitted, cia, lead="Cia skriver över.")
    assert now(submitted).get_latest_revision_as_object().lead == "Bo har rättat."
    edit(client, submitted, bo, **{"action-workflow-action": "true", "workflow-action-name": "hand-over"})
    release = now(submitted)
    assert release.current_workflow_state.requested_by == bo
    act(client, release, "approve", bo)
    assert not now(submitted).live
    act(client, release, "approve", anna)
    assert now(submitted).lead == "Bo har rättat."
    assert now(submitted).live


def test_changes_typed_beside_the_approval_are_kept_and_not_published(
    client: Client, submitted: PressReleasePage, bo: User
) -> None:
    response = approve_in_editor(client, submitted, bo, lead="Bo skrev om ingressen.")
    assert "ändrat texten" in said(response)
    assert not now(submitted).live
    assert now(submitted).get_latest_revision_as_object().lead == "Bo skrev om ingressen."


def test_an_untouched_text_is_approved_in_the_editor(client: Client, submitted: PressReleasePage, bo: User) -> None:
    client.force_login(bo)
    client.post(f"/admin/pages/workflow/action/{submitted.pk}/approve/{submitted.current_workflow_task_state.pk}/")
    release = now(submitted)
    assert release.live
    assert PageLogEntry.objects.get(page=release, action="wagtail.workflow.approve").user == bo
    assert release.live_revision == submitted.latest_revision


def test_a_text_that_lacks_something_is_refused_in_words(
    client: Client, press_room: PressIndexPage, anna: User, bo: User
) -> None:
    release = PressReleasePageFactory(parent=press_room, title="Ett utkast", live=False)
    release.lead = ""
    release.save_revision(user=anna, clean=False)
    release.get_workflow().start(now(release), anna)
    response = act(client, now(release), "approve", bo)
    assert response.status_code == 302
    html = client.get(response["Location"]).content.decode()
    assert "Texten kan inte publiceras som den är." in html
    assert "Ingress: " in html
    assert not now(release).live


def test_two_who_approve_at_once_are_told(client: Client, submitted: PressReleasePage, bo: User, cia: User) -> None:
    address = f"/admin/pages/workflow/action/{submitted.pk}/approve/{submitted.current_workflow_task_state.pk}/"
    for user in (bo, cia):
        client.force_login(user)
        response = client.post(address, follow=True)
    assert "väntar inte på granskning" in said(response)
    assert PageLogEntry.objects.filter(page=submitted, action="wagtail.publish").count() == 1


def test_a_review_named_by_hand_is_of_its_own_page(
    client: Client, submitted: PressReleasePage, press_room: PressIndexPage, anna: User, bo: User
) -> None:
    other = PressReleasePageFactory(parent=press_room, live=False)
    other.save_revision()
    other = submit(client, other, anna)
    client.force_login(bo)
    number = other.current_workflow_task_state.pk
    assert client.post(f"/admin/pages/workflow/action/{submitted.pk}/approve/{number}/").status_code == 404
    assert not now(other).live


def test_sending_back_needs_a_comment_that_the_writer_then_sees(
    client: Client, submitted: PressReleasePage, anna: User, bo: User
) -> None:
    response = act(client, submitted, "reject", bo)
    assert "Skriv vad som behöver ändras" in client.get(response["Location"]).content.decode()
    assert now(submitted).workflow_in_progress
    by_hand = {"action-workflow-action": "1", "workflow-action-name": "reject", "workflow-action-extra-data": "{}"}
    assert "Skriv vad som behöver ändras" in said(edit(client, submitted, bo, **by_hand))
    act(client, submitted, "reject", bo, comment="Stämmer siffran?")
    client.force_login(anna)
    html = client.get(f"/admin/pages/{submitted.pk}/edit/").content.decode()
    assert "Stämmer siffran?" in html
    assert "Skicka på granskning igen" in html


def test_a_text_handed_over_again_is_approved_by_another_than_who_did_it(
    client: Client, submitted: PressReleasePage, anna: User, bo: User, cia: User
) -> None:
    act(client, submitted, "reject", bo, comment="Stämmer siffran?")
    edit(client, submitted, cia, lead="Cia har rättat.", **{"action-submit": "1"})
    release = now(submitted)
    assert release.current_workflow_state.requested_by == cia
    act(client, release, "approve", cia)
    assert not now(submitted).live
    act(client, release, "approve", anna)
    assert now(submitted).live


def test_what_the_browser_adds_to_an_approval_is_not_believed(
    client: Client, submitted: PressReleasePage, bo: User
) -> None:
    extra = {"workflow-action-extra-data": json.dumps({"update": False, "comment": ""})}
    approve_in_editor(client, submitted, bo, **extra)
    release = now(submitted)
    assert release.live or release.workflow_in_progress


def test_while_one_reads_another_can_not_write(
    client: Client, submitted: PressReleasePage, bo: User, cia: User
) -> None:
    read = submitted.latest_revision_id
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for user in (bo, cia):
            client.force_login(user)
            html = client.get(f"/admin/pages/{submitted.pk}/edit/").content.decode()
        assert "Bo har texten öppen för granskning just nu." in html
        edit(client, submitted, cia, lead="Cia skriver.")
        assert now(submitted).latest_revision_id == read
        # Bo has gone home, and his browser with him.
        clock.shift(timedelta(minutes=3))
        EditingSession.objects.filter(user=cia).update(last_seen_at=datetime.now(UTC))
        edit(client, submitted, cia, lead="Cia skriver.")
    assert now(submitted).get_latest_revision_as_object().lead == "Cia skriver."


def test_the_button_and_the_message_say_what_happens(
    client: Client, submitted: PressReleasePage, anna: User, bo: User
) -> None:
    client.force_login(bo)
    html = client.get(f"/admin/pages/{submitted.pk}/edit/").content.decode()
    assert "Väntar på din granskning" in html
    assert html.count("Godkänn och publicera nu") == 2
    response = client.post(
        f"/admin/pages/workflow/action/{submitted.pk}/approve/{submitted.current_workflow_task_state.pk}/", follow=True
    )
    assert "”Ett utkast” är godkänt och publicerat." in said(response)


def test_a_text_with_an_hour_says_when_it_goes_out(
    client: Client, press_room: PressIndexPage, anna: User, bo: User
) -> None:
    with time_machine.travel(NOW, tick=False):
        release = PressReleasePageFactory(parent=press_room, title="Ett utkast", live=False)
        release.save_revision()
        client.force_login(anna)
        form = edit_form(release, go_live_at="2026-03-03 08:00", **{"action-submit": "1"})
        client.post(f"/admin/pages/{release.pk}/edit/", form)
        client.force_login(bo)
        html = client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
        assert "Godkänn: publiceras tisdag 3 mars 2026 kl. 08.00" in html
        number = now(release).current_workflow_task_state.pk
        response = client.post(f"/admin/pages/workflow/action/{release.pk}/approve/{number}/", follow=True)
    assert "”Ett utkast” är godkänt och publiceras tisdag 3 mars 2026 kl. 08.00, om 1 dag." in said(response)
    assert not now(release).live


def test_the_reviewer_sees_what_is_new_since_it_was_published(
    client: Client, release: PressReleasePage, anna: User, bo: User
) -> None:
    edit(client, release, anna, lead="Avtalet gäller i fyra år.", **{"action-submit": "1"})
    client.force_login(bo)
    html = client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    assert "Vad som är nytt sedan det publicerades" in html
    assert '<span class="addition">Avtalet gäller i fyra år.</span>' in html


def test_what_waits_for_review_stands_first_on_the_dashboard(
    client: Client, submitted: PressReleasePage, anna: User, bo: User
) -> None:
    client.force_login(bo)
    html = client.get("/admin/").content.decode()
    assert html.index("Väntar på din granskning") < html.index("Ett utkast</a>") < html.index("Väntar på sin tid")
    assert "data-workflow-action-url" not in html
    client.force_login(anna)
    assert "Väntar på din granskning" not in client.get("/admin/").content.decode()


def test_a_newer_text_is_told_apart_from_the_one_that_was_submitted(submitted: PressReleasePage, bo: User) -> None:
    state = submitted.current_workflow_task_state
    assert newer_revision(state) is None
    write(submitted, bo, lead="Nytt.")
    newer = newer_revision(state)
    assert newer is not None
    assert newer.user == bo


def test_what_was_withdrawn_is_approved_only_by_who_says_so(
    client: Client, release: PressReleasePage, anna: User, bo: User, cia: User
) -> None:
    withdraw(release, Withdrawal.Kind.MISTAKE, "Fel belopp.", by=cia)
    edit(client, release, anna, lead="Nu med rätt belopp.", **{"action-submit": "1"})
    client.force_login(bo)
    html = client.get(f"/admin/pages/{release.pk}/edit/").content.decode()
    assert "Ja, publicera det återkallade igen" in html
    act(client, now(release), "approve", bo)
    assert not now(release).live
    number = now(release).current_workflow_task_state.pk
    client.post(f"/admin/pages/workflow/action/{release.pk}/approve/{number}/", {"republish": "1"})
    assert now(release).live
    assert now(release).lead == "Nu med rätt belopp."
