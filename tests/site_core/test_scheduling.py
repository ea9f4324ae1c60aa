"""Pages go out at the hour that was set: once, alone or several at a time, and also when the scheduler was down."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision
from wagtail.signals import page_published

from press.models import PressIndexPage, PressReleasePage
from press.rescheduling import move
from site_core import scheduling
from site_core.models import Heartbeat, Menu, PublicChange
from site_core.publishing import public_change
from site_core.scheduling import scheduler_is_late
from tests.factories import PressReleasePageFactory, add_user, publish
from tests.site_core.test_navigation import add_menu

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


def schedule(press_room: PressIndexPage, at: datetime, **fields: Any) -> PressReleasePage:
    return publish(PressReleasePageFactory(parent=press_room, live=False), go_live_at=at, **fields)


def is_live(page: PressReleasePage) -> bool:
    return PressReleasePage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("command", ["publish_scheduled", "run_due"])
def test_a_release_goes_out_at_its_minute_and_not_before(press_room: PressIndexPage, command: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = schedule(press_room, NOW + timedelta(hours=1))
        clock.shift(timedelta(minutes=59, seconds=59))
        call_command(command)
        assert not is_live(release)
        clock.shift(timedelta(seconds=1))
        call_command(command)
        assert is_live(release)


def test_a_scheduler_that_was_down_makes_good_what_it_missed(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = schedule(press_room, NOW + timedelta(hours=1))
        clock.shift(timedelta(days=2))
        call_command("publish_scheduled")
        assert is_live(release)
        assert PressReleasePage.objects.get(pk=release.pk).first_published_at == NOW + timedelta(days=2)


def test_what_expired_while_the_scheduler_was_down_does_not_go_out(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = schedule(press_room, NOW + timedelta(hours=1), expire_at=NOW + timedelta(hours=2))
        clock.shift(timedelta(hours=3))
        call_command("publish_scheduled")
        assert not is_live(release)
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_a_page_goes_down_when_it_expires(press_room: PressIndexPage, client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = publish(PressReleasePageFactory(parent=press_room, live=False), expire_at=NOW + timedelta(hours=1))
        assert client.get(release.url).status_code == 200
        clock.shift(timedelta(hours=1))
        call_command("publish_scheduled")
        assert client.get(release.url).status_code == 404
        assert PressReleasePage.objects.get(pk=release.pk).listed_on is None


def test_a_scheduled_menu_goes_out_too(db: None) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        menu = add_menu("main", {"url": "/nu/", "label": "Nu"})
        menu.go_live_at = NOW + timedelta(hours=1)
        menu.save_revision().publish()
        clock.shift(timedelta(hours=1))
        call_command("publish_scheduled")
        assert Menu.objects.get(pk=menu.pk).go_live_at is None or Menu.objects.get(pk=menu.pk).live


def test_one_that_fails_holds_up_no_other_and_is_tried_again(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        broken = schedule(press_room, NOW + timedelta(minutes=1), title="Trasig")
        other = schedule(press_room, NOW + timedelta(minutes=2))
        clock.shift(timedelta(minutes=5))

        def fail(instance: PressReleasePage, **kwargs: Any) -> None:
            if instance.title == "Trasig":
                raise RuntimeError("No disk")

        pre_save.connect(fail, PressReleasePage)
        try:
            with pytest.raises(CommandError):
                call_command("publish_scheduled")
        finally:
            pre_save.disconnect(fail, PressReleasePage)
        assert (is_live(broken), is_live(other)) == (False, True)
        call_command("publish_scheduled")
        assert is_live(broken)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_schedulers_at_once_publish_once(put_back: None, press_room: PressIndexPage) -> None:
    releases = [schedule(press_room, timezone.now() + timedelta(hours=1)) for _number in range(4)]
    told = []

    def note(page: PressReleasePage, **kwargs: Any) -> None:
        told.append(page.pk)

    public_change.connect(note)
    try:
        with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False), ThreadPoolExecutor(2) as threads:
            list(threads.map(_in_a_thread(lambda: call_command("publish_scheduled")), range(2)))
    finally:
        public_change.disconnect(note)
    assert sorted(told) == sorted(release.pk for release in releases)
    assert PublicChange.objects.count() == len(releases)
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == len(releases)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_later_end_set_while_the_round_runs_wins(
    put_back: None, press_room: PressIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = publish(PressReleasePageFactory(parent=press_room, live=False), expire_at=timezone.now())
    find = scheduling._expired

    def find_and_be_overtaken() -> Any:
        found = find()
        # The round is about to take the release down when an editor, elsewhere, gives it more time.
        more = partial(publish, release, expire_at=timezone.now() + timedelta(days=1))
        with ThreadPoolExecutor(1) as threads:
            threads.submit(_in_a_thread(more), 0).result()
        assert [pk for _model, pk in found] == [release.pk]
        return found

    monkeypatch.setattr(scheduling, "_expired", find_and_be_overtaken)
    call_command("publish_scheduled")
    assert is_live(release)
    assert not PressReleasePage.objects.get(pk=release.pk).expired


def test_a_later_hour_set_while_the_round_runs_wins(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        first = schedule(press_room, NOW + timedelta(minutes=1))
        second = schedule(press_room, NOW + timedelta(minutes=2))
        clock.shift(timedelta(minutes=5))
        editor = add_user(username="ed")

        def move_the_other(instance: PressReleasePage, **kwargs: Any) -> None:
            if instance.pk == first.pk:
                move(second, NOW + timedelta(days=1), by=editor)

        page_published.connect(move_the_other)
        try:
            call_command("publish_scheduled")
        finally:
            page_published.disconnect(move_the_other)
        assert (is_live(first), is_live(second)) == (True, False)


def test_a_new_version_that_waits_survives_the_end_of_the_one_before(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = publish(PressReleasePageFactory(parent=press_room, live=False), expire_at=NOW + timedelta(hours=1))
        publish(release, lead="Den nya versionen.", go_live_at=NOW + timedelta(hours=2), expire_at=None)
        clock.shift(timedelta(hours=1))
        call_command("publish_scheduled")
        assert not is_live(release)
        clock.shift(timedelta(hours=1))
        call_command("publish_scheduled")
        assert PressReleasePage.objects.get(pk=release.pk).lead == "Den nya versionen."
        assert is_live(release)


def test_nobody_is_told_of_a_publication_that_is_over_at_once(press_room: PressIndexPage) -> None:
    with time_machine.travel(NOW, tick=False):
        publish(PressReleasePageFactory(parent=press_room, live=False), expire_at=NOW - timedelta(hours=1))
        assert not PublicChange.objects.exists()


def _in_a_thread(act: Callable[[], Any]) -> Callable[[int], None]:
    def run(_number: int) -> None:
        try:
            act()
        finally:
            connection.close()

    return run


def test_the_hour_is_forgotten_once_it_has_done_its_work(press_room: PressIndexPage, client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = schedule(press_room, NOW + timedelta(hours=1))
        clock.shift(timedelta(hours=2))
        call_command("publish_scheduled")
        assert PressReleasePage.objects.get(pk=release.pk).go_live_at is None
        client.force_login(add_user(is_superuser=True))
        form = client.get(f"/admin/pages/{release.pk}/edit/").context["form"]
        assert form.initial["go_live_at"] is None


def test_an_hour_of_expiry_that_has_passed_does_not_stand_in_the_way(
    press_room: PressIndexPage, client: Client
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        release = publish(PressReleasePageFactory(parent=press_room, live=False), expire_at=NOW + timedelta(hours=1))
        clock.shift(timedelta(hours=2))
        call_command("publish_scheduled")
        client.force_login(add_user(is_superuser=True))
        form = client.get(f"/admin/pages/{release.pk}/edit/").context["form"]
        assert form.initial["expire_at"] is None


def go_live_field() -> Any:
    form_class = PressReleasePage.get_edit_handler().get_form_class()
    return form_class(instance=PressReleasePage()).fields["go_live_at"]


def test_hours_are_entered_as_swedish_time_on_both_sides_of_the_clock_change(db: None) -> None:
    for entered, meant in {
        "2027-03-27 09:00": datetime(2027, 3, 27, 8, 0, tzinfo=UTC),
        "2027-03-28 09:00": datetime(2027, 3, 28, 7, 0, tzinfo=UTC),
        "2027-10-30 09:00": datetime(2027, 10, 30, 7, 0, tzinfo=UTC),
        "2027-10-31 09:00": datetime(2027, 10, 31, 8, 0, tzinfo=UTC),
    }.items():
        assert go_live_field().clean(entered) == meant


@pytest.mark.parametrize(("entered", "said"), [("2027-03-28 02:30", "blir aldrig"), ("2027-10-31 02:30", "två gånger")])
def test_an_hour_that_does_not_exist_or_exists_twice_is_refused_in_words(db: None, entered: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        go_live_field().clean(entered)


def test_a_scheduler_that_stands_still_is_late(db: None) -> None:
    assert scheduler_is_late()
    with time_machine.travel(NOW, tick=False) as clock:
        call_command("publish_scheduled")
        assert Heartbeat.last("scheduler") == NOW
        clock.shift(timedelta(minutes=3))
        assert not scheduler_is_late()
        clock.shift(timedelta(seconds=1))
        assert scheduler_is_late()


def test_the_daily_round_repairs_references_once_a_day(db: None) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        call_command("run_due")
        clock.shift(timedelta(hours=23))
        call_command("run_due")
        assert Heartbeat.last("repair-references") == NOW
        clock.shift(timedelta(hours=2))
        call_command("run_due")
        assert Heartbeat.last("repair-references") == NOW + timedelta(hours=25)
