"""Whoever may write a release may stop or move its publication; nothing unread gets out by that."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import GroupPagePermission, PageLogEntry

from pages.models import HomePage
from press.models import PressIndexPage, PressReleasePage
from press.rescheduling import NotScheduledError, move, stop
from site_core.models import User
from tests.factories import PressReleasePageFactory, StandardPageFactory, add_user

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HOUR = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
READ, UNREAD = "Det som en kollega har läst.", "Det som ingen har läst."


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def writer(db: None) -> User:
    return add_user("Redaktörer", username="skribent", email="skribent@example.se")


@pytest.fixture
def waiting(clock: Any, press_room: PressIndexPage, writer: User) -> PressReleasePage:
    """An approved release that waits for eight o'clock, with a later draft beside it that nobody has read."""
    release = PressReleasePageFactory(
        parent=press_room, title="Nytt avtal", lead=READ, live=False, owner=writer, go_live_at=HOUR
    )
    release.save_revision(user=writer).publish()
    release.lead = UNREAD
    release.save_revision(user=writer)
    return PressReleasePage.objects.get(pk=release.pk)


@pytest.fixture
def colleague(client: Client, waiting: PressReleasePage) -> User:
    user = add_user("Redaktörer", username="kollega", first_name="Karin", last_name="Ek", email="karin@example.se")
    client.force_login(user)
    return user


def address(release: PressReleasePage, what: str) -> str:
    return f"/admin/press/{release.pk}/{what}/"


def fresh(release: PressReleasePage) -> PressReleasePage:
    return PressReleasePage.objects.get(pk=release.pk)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_a_communicator_moves_what_a_colleague_scheduled(
    clock: Any, client: Client, waiting: PressReleasePage, colleague: User, django_capture_on_commit_callbacks: Any
) -> None:
    shown = client.get(address(waiting, "flytta")).content.decode()
    assert "”Nytt avtal” publiceras torsdag 26 november 2026 kl. 08.00, om 21 timmar." in shown
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(waiting, "flytta"), {"go_live_at": "26/11 kl 7"}, follow=True)
    assert "publiceras torsdag 26 november 2026 kl. 07.00, om 20 timmar." in said(response)[0]
    clock.move_to(HOUR - timedelta(hours=1, seconds=1))
    call_command("publish_scheduled")
    assert not fresh(waiting).live
    clock.shift(timedelta(seconds=1))
    call_command("publish_scheduled")
    out = fresh(waiting)
    assert (out.live, out.lead) == (True, READ)
    entry = PageLogEntry.objects.get(page=waiting.pk, action="press.schedule_moved")
    assert entry.user == colleague
    assert entry.message.endswith("från torsdag 26 november 2026 kl. 08.00 till torsdag 26 november 2026 kl. 07.00")
    assert mail.outbox[0].to == ["skribent@example.se"]
    assert mail.outbox[0].subject == "Publiceringen flyttad: Nytt avtal"
    assert "Karin Ek har flyttat publiceringen" in mail.outbox[0].body


def test_a_communicator_stops_it_after_being_asked(
    clock: Any, client: Client, waiting: PressReleasePage, colleague: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Stoppa publiceringen" in client.get(address(waiting, "stoppa")).content.decode()
    assert fresh(waiting).scheduled_revision
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(waiting, "stoppa"), follow=True)
    assert "publiceras inte torsdag 26 november 2026 kl. 08.00: det är ett utkast igen." in said(response)[0]
    assert response.context["page_locked"] is False
    clock.move_to(HOUR + timedelta(hours=1))
    call_command("publish_scheduled")
    assert not fresh(waiting).live
    assert PageLogEntry.objects.get(page=waiting.pk, action="press.schedule_stopped").user == colleague
    assert [letter.subject for letter in mail.outbox] == ["Publiceringen stoppad: Nytt avtal"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("24 november 2026 kl. 08.00", "har passerat"),
        ("26 november 2026", "Skriv klockslaget också"),
        ("fredag 26 november 2026 kl. 09.00", "är en torsdag, inte en fredag"),
        ("2026-11-26 08:00", "Det är redan då det publiceras."),
        ("", "obligatoriskt"),
    ],
)
def test_a_new_hour_that_will_not_do_is_refused_and_stays_as_typed(
    client: Client, waiting: PressReleasePage, colleague: User, typed: str, told: str
) -> None:
    html = client.post(address(waiting, "flytta"), {"go_live_at": typed}).content.decode()
    assert told in html
    assert f'value="{typed}"' in html or not typed
    assert fresh(waiting).scheduled_revision.approved_go_live_at == HOUR


def test_it_is_not_moved_beyond_its_end(
    clock: Any, client: Client, press_room: PressIndexPage, colleague: User, writer: User
) -> None:
    release = PressReleasePageFactory(
        parent=press_room, live=False, go_live_at=HOUR, expire_at=HOUR + timedelta(days=1)
    )
    release.save_revision(user=writer).publish()
    html = client.post(address(release, "flytta"), {"go_live_at": "27/11 kl 8"}).content.decode()
    assert "Sidan tas bort fredag 27 november 2026 kl. 08.00. Välj en tid före det." in html


def test_what_went_out_in_the_meantime_is_neither_stopped_nor_moved(
    clock: Any, client: Client, waiting: PressReleasePage, colleague: User
) -> None:
    clock.move_to(HOUR)
    client.force_login(colleague)
    call_command("publish_scheduled")
    for what, data in (("stoppa", {}), ("flytta", {"go_live_at": "i morgon kl 8"})):
        assert "det är publicerat" in said(client.post(address(waiting, what), data, follow=True))[0]
    assert fresh(waiting).live
    for act in (lambda: stop(waiting, by=colleague), lambda: move(waiting, HOUR + timedelta(days=1), by=colleague)):
        with pytest.raises(NotScheduledError):
            act()


def test_the_ways_to_stop_and_move_are_where_an_editor_looks(
    client: Client, waiting: PressReleasePage, colleague: User
) -> None:
    told = said(client.get(f"/admin/pages/{waiting.pk}/edit/"))
    assert any("”Nytt avtal” publiceras torsdag 26 november 2026 kl. 08.00, om 21 timmar." in text for text in told)
    for place in ("/admin/", f"/admin/pages/{waiting.pk}/edit/", f"/admin/pages/{waiting.get_parent().pk}/"):
        html = client.get(place).content.decode()
        assert all(address(waiting, what) in html for what in ("stoppa", "flytta")), place
    assert "torsdag 26 november 2026 kl. 08.00, om 21 timmar" in client.get("/admin/").content.decode()


def test_there_is_no_other_way_that_tells_nobody(
    clock: Any, client: Client, waiting: PressReleasePage, writer: User
) -> None:
    client.force_login(add_user("Chefredaktörer", username="chef"))
    number = fresh(waiting).scheduled_revision.pk
    client.post(f"/admin/pages/{waiting.pk}/revisions/{number}/unschedule/")
    assert fresh(waiting).scheduled_revision


@pytest.mark.parametrize("what", ["stoppa", "flytta"])
@pytest.mark.parametrize(
    ("role", "may"),
    [("", False), ("nobody", False), ("elsewhere", False), ("Redaktörer", True), ("Chefredaktörer", True)],
)
def test_who_may_stop_and_move(
    client: Client, home: HomePage, waiting: PressReleasePage, what: str, role: str, may: bool
) -> None:
    if role:
        user = add_user(role if may else "", username="en")
        if role == "elsewhere":
            user = editor_elsewhere(home)
        client.force_login(user)
    response = client.post(address(waiting, what), {"go_live_at": "i morgon kl 9"})
    moved = fresh(waiting).scheduled_revision is None or fresh(waiting).scheduled_revision.approved_go_live_at != HOUR
    assert moved is may
    # Who works elsewhere learns nothing of the draft.
    assert response.status_code == (404 if role == "elsewhere" else 302)
    if not role:
        assert response["Location"].startswith("/admin/login/")


def editor_elsewhere(home: HomePage) -> User:
    """Return somebody who may edit one section and nothing of the press room."""
    user = add_user("Redaktörer", username="sektion")
    group = user.groups.get()
    section = StandardPageFactory(parent=home, title="Sektion")
    GroupPagePermission.objects.filter(group=group).delete()
    for permission in ("add", "change"):
        GroupPagePermission.objects.create(group=group, page=section, permission_type=permission)
    return user
