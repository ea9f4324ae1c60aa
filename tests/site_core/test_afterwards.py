"""What fails after a publication shows the editor no error, stops nothing else, is in the log and is done again."""

import logging
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import signals as model_signals
from django.db.models.signals import post_save, pre_save
from django.dispatch import Signal
from django.test import Client
from wagtail import hooks
from wagtail import signals as wagtail_signals
from wagtail.models import PageLogEntry, PageViewRestriction

from pages.models import HomePage
from press.models import PressIndexPage, PressReleasePage, Withdrawal
from press.withdrawing import withdraw
from site_core import publishing, scheduling
from site_core.afterwards import AfterwardsSignal, guarded
from site_core.models import PublicChange, User
from subscriptions.models import Announcement
from tests.factories import PressReleasePageFactory, StandardPageFactory, add_user, publish
from tests.site_core.test_publishing import edit_form

OURS = ("site_core", "press", "pages", "subscriptions")
# Sent with `send_robust` outside any transaction: what is due sends letters, each of which is noted by itself.
BY_ITSELF = [scheduling.round_due]
# Asked for everything that is saved anywhere; what it then calls is guarded.
ASKS_FIRST = {"drop_frames_after_save"}
# Done with what it follows, or not at all: a draft that was to be closed must not be saved open.
MUST_HOLD = {"close_at_birth"}


def signals_of(*modules: ModuleType) -> dict[str, Signal]:
    return {
        f"{module.__name__}.{name}": signal
        for module in modules
        for name, signal in vars(module).items()
        if isinstance(signal, Signal)
    }


def receivers_of(signal: Signal) -> list[Any]:
    """Return the receivers of a signal that are ours."""
    found = [
        entry[1]() if type(entry[1]).__name__ in {"ReferenceType", "weakref"} else entry[1]
        for entry in signal.receivers
    ]
    return [receiver for receiver in found if getattr(receiver, "__module__", "").partition(".")[0] in OURS]


def test_nothing_of_ours_that_runs_afterwards_can_stop_what_it_follows() -> None:
    """Connect a new receiver to a signal of `site_core.afterwards.DONE`, or guard it."""
    unguarded = {
        f"{name}: {receiver.__qualname__}"
        for name, signal in signals_of(model_signals, wagtail_signals, publishing, scheduling).items()
        if "pre_" not in name and not isinstance(signal, AfterwardsSignal) and signal not in BY_ITSELF
        for receiver in receivers_of(signal)
        if not isinstance(receiver, guarded) and receiver.__qualname__ not in ASKS_FIRST | MUST_HOLD
    }
    for name in hooks._hooks:
        for hook, _order in hooks._hooks[name]:
            if name.startswith("after_") and hook.__module__.startswith(OURS) and not isinstance(hook, guarded):
                unguarded.add(f"{name}: {hook.__qualname__}")
    assert unguarded == set()


def fail(**kwargs: Any) -> None:
    raise RuntimeError("No disk")


def ask_the_impossible(**kwargs: Any) -> None:
    """Fail as a receiver does whose question the database refuses: PostgreSQL then takes no other one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")


@pytest.fixture
def beside() -> Iterator[Callable[..., Callable[[], None]]]:
    """Connects receivers before ours, and returns what takes them away again."""
    connected: list[tuple[Signal, Any, Any]] = []

    def connect(receiver: Any, *to: Signal, sender: Any = None) -> Callable[[], None]:
        for signal in to:
            signal.connect(receiver, sender=sender, weak=False)
            # A signal sends in the order in which its receivers were connected.
            signal.receivers.insert(0, signal.receivers.pop())
            signal.sender_receivers_cache.clear()
            connected.append((signal, receiver, sender))
        return disconnect

    def disconnect() -> None:
        while connected:
            signal, receiver, sender = connected.pop()
            signal.disconnect(receiver, sender=sender)

    yield connect
    disconnect()


@pytest.fixture
def chief(client: Client, db: None) -> User:
    chief = add_user("Chefredaktörer", username="chef", email="chef@example.se")
    client.force_login(chief)
    return chief


@pytest.fixture
def draft(press_room: PressIndexPage, chief: User) -> PressReleasePage:
    release = PressReleasePageFactory(parent=press_room, title="Klockan åtta", live=False, owner=chief)
    release.save_revision(user=chief)
    return release


def publish_by_form(client: Client, release: PressReleasePage, **fields: str) -> int:
    """Publish as an editor does, with her reason where she is asked for one; return the status of the answer."""
    address = f"/admin/pages/{release.pk}/edit/"
    response = client.post(address, edit_form(release, **fields, **{"action-publish": "1"}))
    if "utan-granskning" in response.get("Location", ""):
        response = client.post(response["Location"], {"reason": "Brådskande."})
    return response.status_code


def errors(caplog: pytest.LogCaptureFixture) -> str:
    return " ".join(record.getMessage() for record in caplog.records if record.levelno == logging.ERROR)


@pytest.mark.parametrize("failure", [fail, ask_the_impossible])
def test_whatever_fails_beside_them_a_release_goes_out_and_the_others_do_their_part(
    client: Client,
    draft: PressReleasePage,
    beside: Callable[..., Any],
    failure: Any,
    mailoutbox: list[Any],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    beside(
        failure,
        *(each for each in signals_of(wagtail_signals, publishing).values() if isinstance(each, AfterwardsSignal)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_by_form(client, draft) == 302
    release = PressReleasePage.objects.get(pk=draft.pk)
    assert release.live
    assert release.listed_on
    assert PublicChange.objects.get().page_id == release.pk
    assert Announcement.objects.get().page_id == release.pk
    assert [message.to for message in mailoutbox] == [["chef@example.se"]]
    assert failure.__qualname__ in errors(caplog)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/admin/pages/{release.pk}/unpublish/").status_code == 302
    assert PressReleasePage.objects.get(pk=draft.pk).listed_on is None


@pytest.mark.parametrize("failure", [fail, ask_the_impossible])
def test_any_other_page_goes_out_too(
    client: Client, home: HomePage, chief: User, beside: Callable[..., Any], failure: Any
) -> None:
    page = StandardPageFactory(parent=home, live=False)
    page.save_revision()
    beside(failure, wagtail_signals.page_published, wagtail_signals.published)
    assert publish_by_form(client, page, lead="", seo_title="", search_description="") == 302
    page.refresh_from_db()
    assert page.live
    assert page.public_updated_at


@pytest.mark.parametrize("failure", [fail, ask_the_impossible])
def test_a_scheduled_release_goes_out_at_its_hour_though_something_fails(
    draft: PressReleasePage, beside: Callable[..., Any], failure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    revision = draft.latest_revision
    revision.approved_go_live_at = draft.latest_revision_created_at
    revision.save()
    beside(failure, wagtail_signals.page_published, publishing.change_noted)
    call_command("publish_scheduled")
    assert PressReleasePage.objects.get(pk=draft.pk).live
    assert failure.__qualname__ in errors(caplog)


def test_the_list_is_put_right_after_everything_of_ours_failed(
    client: Client, draft: PressReleasePage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ours = [each for each in receivers_of(post_save) if isinstance(each, guarded)]
    assert len(ours) > 2
    with monkeypatch.context() as patch:
        for each in ours:
            patch.setattr(each, "follow_up", ask_the_impossible)
        assert publish_by_form(client, draft) == 302
    assert PressReleasePage.objects.get(pk=draft.pk).live
    assert "relist_release" in errors(caplog)
    assert not PressReleasePage.objects.listed().exists()
    scheduling.run_round()
    assert PressReleasePage.objects.listed().get().pk == draft.pk


def test_a_publication_that_could_not_be_noted_is_noted_in_the_next_round(
    client: Client, draft: PressReleasePage, beside: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    mend = beside(ask_the_impossible, pre_save, sender=PublicChange)
    assert publish_by_form(client, draft) == 302
    scheduling.run_round()
    assert PressReleasePage.objects.get(pk=draft.pk).live
    assert not PublicChange.objects.exists()
    mend()
    scheduling.run_round()
    scheduling.run_round()
    release = PressReleasePage.objects.get(pk=draft.pk)
    assert release.public_updated_at == release.first_published_at == PublicChange.objects.get().at
    assert Announcement.objects.count() == 1


def test_subscribers_are_told_in_the_next_round_if_it_failed_at_first_and_the_history_says_so(
    client: Client, draft: PressReleasePage, beside: Callable[..., Any]
) -> None:
    mend = beside(ask_the_impossible, pre_save, sender=Announcement)
    assert publish_by_form(client, draft) == 302
    scheduling.run_round()
    assert PublicChange.objects.get().page_id == draft.pk
    assert "görs om av sig självt" in client.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    mend()
    for _round in range(2):
        scheduling.run_round()
    assert Announcement.objects.get().page_id == draft.pk
    assert PageLogEntry.objects.filter(action=publishing.TOLD_AFTER_ALL).count() == 1


def test_what_the_editor_said_about_telling_subscribers_still_holds_when_it_is_done_again(
    client: Client, draft: PressReleasePage, beside: Callable[..., Any]
) -> None:
    publish(draft)
    mend = beside(fail, publishing.change_noted)
    change: dict[str, Any] = {"change_type": "major", "change_note": "Nytt belopp."}
    publish(PressReleasePage.objects.get(), **change, tell_subscribers=False, lead="Nytt.")
    mend()
    scheduling.run_round()
    assert PublicChange.objects.count() == 2
    assert Announcement.objects.count() == 1


def test_nobody_is_told_afterwards_of_what_was_not_public_when_it_was_published(
    draft: PressReleasePage, press_room: PressIndexPage
) -> None:
    restriction = PageViewRestriction.objects.create(page=press_room, restriction_type="login")
    publish(draft)
    restriction.delete()
    scheduling.run_round()
    assert not Announcement.objects.exists()


def test_a_withdrawal_that_did_not_end_with_the_new_publication_ends_in_the_next_round(
    client: Client, draft: PressReleasePage, chief: User, beside: Callable[..., Any]
) -> None:
    release = publish(draft)
    withdraw(release, "mistake", "Fel siffra.", by=chief)
    mend = beside(fail, model_signals.pre_delete, sender=Withdrawal)
    publish(PressReleasePage.objects.get())
    assert Withdrawal.objects.exists()
    mend()
    scheduling.run_round()
    assert not Withdrawal.objects.exists()
    assert PressReleasePage.objects.listed().exists()


def test_a_search_index_that_fails_stops_no_publication(
    client: Client, draft: PressReleasePage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(PressReleasePage, "search_stems", lambda page: ask_the_impossible())
    monkeypatch.setattr("wagtail.models.ReferenceIndex.create_or_update_for_object", lambda page: ask_the_impossible())
    assert publish_by_form(client, draft) == 302
    assert PressReleasePage.objects.get(pk=draft.pk).live
    assert "insert_or_update_object_task" in errors(caplog)
