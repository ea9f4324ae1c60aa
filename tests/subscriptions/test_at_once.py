"""Two processes at once on the same rows, as where the site runs in several containers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from press.models import PressIndexPage
from subscriptions import sending
from subscriptions.announcing import open_due, stop
from subscriptions.models import Announcement, Delivery, Mailing
from tests.at_once import meanwhile, needs_row_locks
from tests.factories import PressReleasePageFactory, add_subscriber, add_user, publish

pytestmark = [needs_row_locks, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_mailing_that_is_being_opened_is_not_said_to_be_stopped(put_back: None, press_room: PressIndexPage) -> None:
    """The editor would read that nobody gets a letter, and everybody would get one."""
    publish(PressReleasePageFactory(parent=press_room, live=False))
    Announcement.objects.update(due_at=timezone.now())
    announcement, editor = Announcement.objects.get(), add_user()
    assert not meanwhile(open_due, lambda: stop(announcement.pk, by=editor), second_waits=True)
    announcement.refresh_from_db()
    assert announcement.opened_at
    assert not announcement.stopped_at


def test_two_senders_take_different_letters_and_neither_waits(put_back: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same reader would get two letters, or a second sender would be of no use."""
    monkeypatch.setattr(sending, "TAKEN", 2)
    now = timezone.now()
    mailing = Mailing.objects.create(kind="daily", starts_at=now, ends_at=now, opened_at=now, prepared_at=now)
    for name in ("anna", "bo", "cia"):
        reader = add_subscriber(f"{name}@example.se")
        Delivery.objects.create(mailing=mailing, subscriber=reader, due_at=now - timedelta(minutes=1))
    mine: list[int] = []
    theirs = meanwhile(lambda: mine.extend(row.pk for row in sending._take()), sending._take, second_waits=False)
    assert (len(mine), len(theirs)) == (2, 1)
    assert theirs[0].pk not in mine
