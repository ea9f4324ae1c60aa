"""Who is mailed about what, when, and never twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from wagtail.models import PageViewRestriction

from press.models import Municipality, PressIndexPage, PressReleasePage, Topic, Withdrawal
from press.withdrawing import withdraw
from site_core.scheduling import run_schedule
from subscriptions import rounds
from subscriptions.announcing import stop
from subscriptions.digests import last_due, next_due, open_digests
from subscriptions.forecast import forecast
from subscriptions.models import Announcement, Delivery, Frequency, Mailing, Subscriber
from subscriptions.subscribing import Wish, change
from tests.factories import PressReleasePageFactory, add_subscriber, add_user, publish

from .post import do_what_is_due, letters_to, text_of

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")
# A Tuesday, before noon.
START = datetime(2026, 3, 10, 10, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def new_release(press_room: PressIndexPage, title: str = "Nytt avtal", subjects: tuple = (), **fields: Any) -> Any:
    """Publish a release about some topics and municipalities."""
    release = PressReleasePageFactory(parent=press_room, title=title, live=False)
    release.topics.set([subject for subject in subjects if isinstance(subject, Topic)])
    release.municipalities.set([subject for subject in subjects if isinstance(subject, Municipality)])
    return publish(release, **fields)


def mailed() -> list[tuple[str, str]]:
    return sorted((message.to[0], str(message.subject)) for message in mail.outbox)


def wait(clock: Any, **time: float) -> None:
    clock.shift(timedelta(**time))
    do_what_is_due()


def test_each_frequency_gets_its_own_letter_at_its_own_time(clock: Any, press_room: PressIndexPage) -> None:
    for frequency in Frequency.values:
        add_subscriber(f"{frequency}@example.se", frequency=frequency)
    do_what_is_due()
    new_release(press_room)
    wait(clock, minutes=9)
    assert mailed() == []
    wait(clock, minutes=2)
    assert mailed() == [("immediate@example.se", "Nytt avtal")]
    clock.move_to(START.replace(day=11, hour=6, minute=59))
    do_what_is_due()
    assert len(mailed()) == 1
    wait(clock, minutes=1)
    assert mailed()[0] == ("daily@example.se", "Nytt avtal")
    clock.move_to(START.replace(day=16, hour=7))
    do_what_is_due()
    assert [address for address, _subject in mailed()] == [
        "daily@example.se",
        "immediate@example.se",
        "weekly@example.se",
    ]
    clock.move_to(START.replace(day=30))
    do_what_is_due()
    assert len(mailed()) == 3


@pytest.mark.parametrize("frequency", Frequency.values)
def test_one_letter_however_many_choices_overlap_and_none_for_others(
    clock: Any, press_room: PressIndexPage, frequency: str
) -> None:
    care, digital = (
        Topic.objects.create(name="Vård", slug="vard"),
        Topic.objects.create(name="Digitalt", slug="digitalt"),
    )
    boras, hjo = Municipality.objects.get(slug="boras"), Municipality.objects.get(slug="hjo")
    add_subscriber("alla@example.se", frequency=frequency)
    add_subscriber("bada@example.se", f"amne:{care.pk}", f"kommun:{boras.pk}", frequency=frequency)
    add_subscriber("amne@example.se", f"amne:{care.pk}", frequency=frequency)
    add_subscriber("kommun@example.se", f"kommun:{boras.pk}", frequency=frequency)
    add_subscriber("annat@example.se", f"amne:{digital.pk}", f"kommun:{hjo.pk}", frequency=frequency)
    do_what_is_due()
    new_release(press_room, subjects=(care, boras))
    wait(clock, days=8)
    assert [address for address, _subject in mailed()] == [
        "alla@example.se",
        "amne@example.se",
        "bada@example.se",
        "kommun@example.se",
    ]


def test_nothing_is_written_for_a_minor_change_or_a_page_that_is_not_public(
    clock: Any, press_room: PressIndexPage
) -> None:
    PageViewRestriction.objects.create(page=press_room, restriction_type="login")
    new_release(press_room, "Hemligt")
    PageViewRestriction.objects.all().delete()
    new_release(press_room, "Senare", go_live_at=START + timedelta(days=2))
    new_release(press_room, "Ur arkivet", at=START - timedelta(days=400))
    assert not Announcement.objects.exists()
    release = new_release(press_room)
    assert Announcement.objects.count() == 1
    publish(release, title="Nytt avtal, rättat")
    publish(release, title="Nytt avtal, rättat igen")
    assert Announcement.objects.count() == 1


def test_a_page_that_is_no_press_release_is_not_mailed(clock: Any, press_room: PressIndexPage) -> None:
    publish(press_room, title="Pressrum")
    assert not Announcement.objects.exists()


def test_a_scheduled_release_is_told_of_when_it_has_gone_out(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    new_release(press_room, "Senare", go_live_at=START + timedelta(hours=2))
    wait(clock, hours=1)
    assert mailed() == []
    clock.shift(timedelta(hours=1))
    run_schedule()
    wait(clock, minutes=11)
    assert mailed() == [("anna@example.se", "Senare")]


def test_a_major_change_is_told_with_its_note_if_the_editor_says_so(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    release = new_release(press_room)
    wait(clock, minutes=11)
    release = publish(release, change_type="major", change_note="Nya siffror.")
    wait(clock, minutes=11)
    publish(release, change_type="major", change_note="Ännu nyare.", tell_subscribers=False)
    wait(clock, minutes=11)
    assert mailed() == [("anna@example.se", "Nytt avtal"), ("anna@example.se", "Ändrat: Nytt avtal")]
    assert "Nya siffror." in text_of(letters_to("anna@example.se")[1])
    assert PressReleasePage.objects.get().tell_subscribers


def test_a_release_that_is_changed_before_anybody_was_told_is_told_of_once(
    clock: Any, press_room: PressIndexPage
) -> None:
    add_subscriber()
    add_subscriber("bo@example.se", frequency=Frequency.DAILY)
    do_what_is_due()
    release = new_release(press_room)
    clock.shift(timedelta(minutes=5))
    publish(release, title="Nytt avtal klart", change_type="major", change_note="Nya siffror.")
    wait(clock, minutes=6)
    assert mailed() == []
    wait(clock, minutes=6)
    wait(clock, days=2)
    assert mailed() == [("anna@example.se", "Nytt avtal klart"), ("bo@example.se", "Nytt avtal klart")]
    assert "Nya siffror." not in text_of(letters_to("anna@example.se")[0])


def test_changes_that_follow_closely_are_told_together_as_foretold(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    release = new_release(press_room)
    wait(clock, minutes=11)
    for note in ("Nya siffror.", "Ny kontakt."):
        clock.shift(timedelta(minutes=3))
        release.change_type, release.change_note = "major", note
        foretold = forecast(release)
        release = publish(release)
    wait(clock, minutes=11)
    assert [subject for _address, subject in mailed()] == ["Nytt avtal", "Ändrat: Nytt avtal"]
    text = text_of(letters_to("anna@example.se")[1])
    assert "Nya siffror.\nNy kontakt." in text
    assert foretold
    assert "Nya siffror.\nNy kontakt." in foretold.letter.text


def test_a_change_that_brings_a_release_back_is_one_letter_with_what_was_not_told(
    clock: Any, press_room: PressIndexPage
) -> None:
    add_subscriber()
    release = new_release(press_room)
    release.unpublish()
    wait(clock, minutes=11)
    publish(PressReleasePage.objects.get(), change_type="major", change_note="Nya siffror.")
    wait(clock, minutes=11)
    assert mailed() == [("anna@example.se", "Nytt avtal")]


def test_what_an_editor_has_stopped_stays_untold_by_a_later_change(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    release = new_release(press_room)
    stop(Announcement.objects.get().pk, by=add_user("Redaktörer"))
    publish(release, change_type="major", change_note="Nya siffror.")
    wait(clock, minutes=11)
    assert mailed() == [("anna@example.se", "Ändrat: Nytt avtal")]


def test_what_is_told_is_what_the_page_says_when_the_grace_period_is_over(
    clock: Any, press_room: PressIndexPage
) -> None:
    add_subscriber()
    release = new_release(press_room, "Nyt avtal")
    publish(release, title="Nytt avtal")
    wait(clock, minutes=11)
    assert mailed() == [("anna@example.se", "Nytt avtal")]


def test_an_editor_stops_the_mailing_in_time_and_no_digest_tells_of_it(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber("bo@example.se", frequency=Frequency.DAILY)
    add_subscriber()
    new_release(press_room)
    editor = add_user("Redaktörer")
    assert stop(Announcement.objects.get().pk, by=editor)
    assert not stop(Announcement.objects.get().pk, by=editor)
    wait(clock, days=2)
    assert mailed() == []


def test_it_is_too_late_to_stop_what_has_begun(clock: Any, press_room: PressIndexPage) -> None:
    new_release(press_room)
    wait(clock, minutes=11)
    assert not stop(Announcement.objects.get().pk, by=add_user("Redaktörer"))


@pytest.mark.parametrize("minutes", [5, 11])
def test_a_withdrawal_stops_all_that_has_not_been_sent(clock: Any, press_room: PressIndexPage, minutes: int) -> None:
    add_subscriber()
    add_subscriber("bo@example.se", frequency=Frequency.DAILY)
    release = new_release(press_room)
    clock.shift(timedelta(minutes=minutes))
    rounds.write_letters()
    assert Delivery.objects.count() == (minutes > 10)
    withdraw(release, Withdrawal.Kind.MISTAKE, "Fel.", by=add_user("Chefredaktörer"))
    wait(clock, days=2)
    assert mailed() == []
    assert Announcement.objects.get().stop_reason == Announcement.Stop.WITHDRAWN


def test_editors_see_at_once_that_a_withdrawn_release_goes_to_nobody(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    release = new_release(press_room)
    clock.shift(timedelta(minutes=11))
    rounds.write_letters()
    withdraw(release, Withdrawal.Kind.MISTAKE, "Fel.", by=add_user("Chefredaktörer"))
    assert Delivery.objects.get().state == Delivery.State.CANCELLED


def test_what_is_back_for_some_only_is_not_announced_as_coming(clock: Any, press_room: PressIndexPage) -> None:
    release = new_release(press_room)
    release.unpublish()
    wait(clock, minutes=11)
    PageViewRestriction.objects.create(page=release, restriction_type=PageViewRestriction.LOGIN)
    publish(PressReleasePage.objects.get())
    assert not Announcement.objects.waiting().exists()


def test_what_was_taken_down_is_told_of_when_it_is_back(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    release = new_release(press_room)
    release.unpublish()
    wait(clock, minutes=11)
    assert mailed() == []
    publish(PressReleasePage.objects.get())
    wait(clock, minutes=5)
    assert mailed() == []
    wait(clock, minutes=6)
    assert mailed() == [("anna@example.se", "Nytt avtal")]


def test_who_came_after_the_publication_is_not_told_of_it(clock: Any, press_room: PressIndexPage) -> None:
    new_release(press_room)
    clock.shift(timedelta(minutes=2))
    for frequency in Frequency.values:
        add_subscriber(f"{frequency}@example.se", frequency=frequency, confirmed_at=datetime.now(UTC))
    wait(clock, days=8)
    assert mailed() == []


def test_who_has_left_or_rests_gets_nothing(clock: Any, press_room: PressIndexPage) -> None:
    for frequency in Frequency.values:
        add_subscriber(f"1{frequency}@example.se", frequency=frequency, ended_at=START)
        add_subscriber(f"2{frequency}@example.se", frequency=frequency, paused_at=START)
    new_release(press_room)
    wait(clock, days=8)
    assert mailed() == []


def test_a_digest_tells_everything_once_in_order_and_a_page_that_was_changed_once(
    clock: Any, press_room: PressIndexPage
) -> None:
    add_subscriber(frequency=Frequency.DAILY)
    do_what_is_due()
    first = new_release(press_room, "Första")
    clock.shift(timedelta(minutes=1))
    new_release(press_room, "Andra")
    wait(clock, minutes=11)
    publish(first, title="Första, rättad", change_type="major", change_note="Nya siffror.")
    wait(clock, days=1)
    (letter,) = letters_to("anna@example.se")
    assert letter["Subject"] == "Första, rättad och 1 till"
    text = text_of(letter)
    assert text.count("Första, rättad") == text.count("Första") == text.count("Andra") == 1
    assert text.index("Första") < text.index("Andra")
    assert "Ändrat" not in text
    assert "Nya siffror." not in text
    wait(clock, days=2)
    assert len(mail.outbox) == 1


def test_a_digest_tells_what_every_change_to_a_page_was_about(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber(frequency=Frequency.DAILY)
    release = new_release(press_room)
    wait(clock, days=1)
    for note in ("Nya siffror.", "Ny kontakt."):
        release = publish(release, change_type="major", change_note=note)
        wait(clock, minutes=11)
    wait(clock, days=1)
    (_first, letter) = letters_to("anna@example.se")
    text = text_of(letter)
    assert text.count("Ändrat pressmeddelande: Nytt avtal") == 1
    assert "Nya siffror.\nNy kontakt." in text


def test_digests_that_were_missed_are_made_up_for_in_one(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber(frequency=Frequency.DAILY)
    do_what_is_due()
    new_release(press_room, "Första")
    clock.shift(timedelta(days=1))
    new_release(press_room, "Andra")
    wait(clock, days=4)
    (letter,) = letters_to("anna@example.se")
    assert "Första" in text_of(letter)
    assert "Andra" in text_of(letter)


def test_a_digest_waits_for_what_belongs_in_it(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber(frequency=Frequency.DAILY)
    do_what_is_due()
    clock.move_to(START.replace(day=11, hour=6, minute=45))
    new_release(press_room)
    clock.move_to(START.replace(day=11, hour=7, minute=30))
    # Another process has the announcement in its hands: it is due, and not yet opened.
    open_digests()
    assert Mailing.objects.filter(kind="daily", ends_at__gt=START).count() == 0
    do_what_is_due()
    assert mailed() == [("anna@example.se", "Nytt avtal")]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2026, 3, 28, 12, tzinfo=STOCKHOLM), 23), (datetime(2026, 10, 24, 12, tzinfo=STOCKHOLM), 25)],
)
def test_when_the_clock_changes_digests_still_come_at_seven_once_a_day(
    press_room: PressIndexPage, day: datetime, hours: int, settings: Any
) -> None:
    add_subscriber(frequency=Frequency.DAILY, confirmed_at=datetime(2020, 1, 1, tzinfo=UTC))
    with time_machine.travel(day, tick=False) as clock:
        do_what_is_due()
        new_release(press_room)
        sent: list[datetime] = []
        for _quarter in range(4 * 48):
            clock.shift(timedelta(minutes=15))
            do_what_is_due()
            sent += [datetime.now(STOCKHOLM)] * (len(mail.outbox) - len(sent))
        assert [(moment.hour, moment.minute) for moment in sent] == [(7, 0)]
        ends = list(Mailing.objects.filter(kind="daily").order_by("ends_at").values_list("ends_at", flat=True))
        assert next(later - earlier for earlier, later in pairwise(filter(None, ends))) == timedelta(hours=hours)


@pytest.mark.parametrize("at", ["02:30", "00:00", "23:59"])
def test_no_time_of_day_skips_or_doubles_a_digest(settings: Any, at: str) -> None:
    settings.DIGEST_TIME = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007
    for day in (datetime(2026, 3, 26, tzinfo=STOCKHOLM), datetime(2026, 10, 22, tzinfo=STOCKHOLM)):
        moments = {last_due("daily", day + timedelta(minutes=minute)) for minute in range(6 * 24 * 60)}
        assert len(moments) == 7 if at != "00:00" else 6
        days = sorted(moment.astimezone(STOCKHOLM).date() for moment in moments)
        assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
        assert all(next_due("daily", moment) > moment for moment in moments)


@pytest.mark.parametrize("before", Frequency.values)
@pytest.mark.parametrize("after", Frequency.values)
@pytest.mark.parametrize("minutes", [1, 11, 60 * 30])
def test_a_change_of_frequency_loses_nothing_and_doubles_nothing(
    clock: Any, press_room: PressIndexPage, before: str, after: str, minutes: int
) -> None:
    subscriber = add_subscriber(frequency=before)
    do_what_is_due()
    new_release(press_room)
    wait(clock, minutes=minutes)
    change(subscriber, Wish(after, everything=True))
    wait(clock, minutes=1)
    for _day in range(16):
        wait(clock, hours=12)
    assert mailed() == [("anna@example.se", "Nytt avtal")]
    subscriber.refresh_from_db()
    assert subscriber.carried_over == []


def test_who_changes_back_and_forth_is_told_once(clock: Any, press_room: PressIndexPage) -> None:
    subscriber = add_subscriber(frequency=Frequency.WEEKLY)
    do_what_is_due()
    new_release(press_room)
    wait(clock, minutes=11)
    for frequency in ("daily", "immediate", "weekly", "daily", "weekly", "immediate"):
        subscriber = change(subscriber, Wish(frequency, everything=True))
        wait(clock, hours=1)
    wait(clock, days=14)
    assert mailed() == [("anna@example.se", "Nytt avtal")]


def test_two_that_prepare_and_send_at_once_send_one_letter(clock: Any, press_room: PressIndexPage) -> None:
    add_subscriber()
    new_release(press_room)
    clock.shift(timedelta(minutes=11))
    rounds.write_letters()
    rounds.write_letters()
    assert Delivery.objects.count() == 1
    rounds.send_letters()
    rounds.send_letters()
    assert len(mail.outbox) == 1
    assert Mailing.objects.get(kind="immediate").finished_at
    assert Subscriber.objects.count() == 1


@pytest.mark.parametrize("frequency", Frequency.values)
@pytest.mark.parametrize("what", ["restricted", "unpublished", "deleted"])
def test_what_is_no_longer_public_is_told_to_nobody_whatever_waits(
    clock: Any, press_room: PressIndexPage, frequency: str, what: str
) -> None:
    add_subscriber(frequency=frequency)
    do_what_is_due()
    release = new_release(press_room)
    clock.shift(timedelta(minutes=11))
    rounds.write_letters()
    if what == "restricted":
        PageViewRestriction.objects.create(page=release, restriction_type="login")
    elif what == "unpublished":
        release.unpublish()
    else:
        release.delete()
    wait(clock, days=8)
    assert mailed() == []
