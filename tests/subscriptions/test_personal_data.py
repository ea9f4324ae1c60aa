"""What is kept about people, for how long, and that nothing else is."""

import json
import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import serializers
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, override_settings
from django.utils import timezone

from press.models import PressReleasePage
from subscriptions import retention, rounds
from subscriptions.failures import Outcome, act_on_report, suppress
from subscriptions.leaving import end_subscription, erase
from subscriptions.models import Consent, Delivery, Mailing, Request, Subscriber, Suppression, Wording
from subscriptions.subscribing import Wish, change
from subscriptions.tokens import manage_token
from tests.factories import add_subscriber, publish

from .post import confirm, do_what_is_due, letters_to, sign_up

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def stored() -> str:
    """Return every row of the subscription as text."""
    models = (Subscriber, Consent, Request, Delivery, Mailing, Suppression, Wording)
    return serializers.serialize("json", [row for model in models for row in model.objects.all()], ensure_ascii=False)


def test_a_sign_up_that_nobody_confirms_is_erased_after_a_week(client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        sign_up(client)
        do_what_is_due()
        clock.shift(timedelta(days=6))
        do_what_is_due()
        assert "anna@example.se" in stored()
        clock.shift(timedelta(days=2))
        do_what_is_due()
    assert "anna" not in stored()
    assert not Delivery.objects.exists()


def test_an_address_is_erased_28_days_after_the_end_and_what_is_left_names_nobody(
    client: Client, release: PressReleasePage, settings: Any
) -> None:
    settings.GRACE_MINUTES = 0
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        sign_up(client)
        confirm(client)
        clock.shift(timedelta(minutes=1))
        publish(release, change_type="major", change_note="Nya siffror.")
        do_what_is_due()
        end_subscription(Subscriber.objects.get(), "asked")
        clock.shift(timedelta(days=27))
        do_what_is_due()
        assert "anna@example.se" in stored()
        clock.shift(timedelta(days=2))
        do_what_is_due()
    assert "anna" not in stored()
    subscriber = Subscriber.objects.get()
    assert subscriber.digest is None
    assert subscriber.deliveries.filter(state="sent").count() == 1
    assert [consent.act for consent in subscriber.consents.all()] == ["confirmed", "ended"]


def test_the_text_of_a_letter_is_kept_for_30_days(release: PressReleasePage, settings: Any) -> None:
    settings.GRACE_MINUTES = 0
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        publish(release, change_type="major", change_note="Nya siffror.")
        do_what_is_due()
        mailing = Mailing.objects.get(kind="immediate")
        clock.shift(timedelta(days=29))
        do_what_is_due()
        mailing.refresh_from_db()
        assert "Nytt avtal" in mailing.text
        clock.shift(timedelta(days=2))
        do_what_is_due()
        mailing.refresh_from_db()
    assert (mailing.text, mailing.html) == ("", "")


def test_a_failure_is_not_counted_anew_by_a_report_that_comes_again_within_90_days() -> None:
    subscriber = add_subscriber("anna@example.se")
    with time_machine.travel(NOW, tick=False) as clock:
        for days, is_new in ((0, True), (60, False), (31, True)):
            clock.shift(timedelta(days=days))
            retention.clean()
            assert act_on_report("report-1", subscriber.address, Outcome.PASSING) == is_new


def test_retention_runs_once_a_day(caplog: Any) -> None:
    with caplog.at_level(logging.INFO), time_machine.travel(NOW, tick=False) as clock:
        for _hour in range(72):
            rounds.write_letters()
            clock.shift(timedelta(hours=1))
    assert caplog.text.count("Retention:") == 3


def test_somebody_downloads_all_that_is_kept(client: Client) -> None:
    sign_up(client)
    confirm(client)
    subscriber = change(Subscriber.objects.get(), Wish("daily", everything=True))
    response = client.get(f"/prenumeration/hantera/{manage_token(subscriber)}/uppgifter.json")
    assert response["Content-Disposition"] == 'attachment; filename="mina-uppgifter.json"'
    data = json.loads(response.content)
    assert data["e-postadress"] == "anna@example.se"
    assert data["hur_ofta"] == "En gång om dagen, samlat i ett mejl"
    assert [consent["vad"] for consent in data["samtycken"]] == ["bekräftat", "ändrat"]
    assert "personuppgiftsansvarig" in data["samtycken"][0]["text"]


def test_what_an_erased_subscriber_had_chosen_is_gone_too() -> None:
    subscriber = add_subscriber("anna@example.se", "amne:1")
    erase(subscriber)
    assert not subscriber.choices.exists()


def test_somebody_is_erased_at_once_and_stays_suppressed_if_they_were(client: Client) -> None:
    sign_up(client)
    confirm(client)
    sign_up(client)
    suppress("anna@example.se", Suppression.Reason.COMPLAINED)
    subscriber = Subscriber.objects.get()
    link = f"/prenumeration/hantera/{manage_token(subscriber)}/radera/"
    assert "Det går inte att ångra" in client.get(link).content.decode()
    assert "Dina uppgifter är raderade" in client.post(link).content.decode()
    assert "anna" not in stored()
    assert client.post(link).status_code == 410
    before = len(letters_to("anna@example.se"))
    sign_up(client)
    do_what_is_due()
    assert len(letters_to("anna@example.se")) == before


def test_consents_are_added_and_never_changed(client: Client) -> None:
    sign_up(client)
    confirm(client)
    consent = Consent.objects.get()
    consent.page = "/annan/"
    with pytest.raises(TypeError):
        consent.save()
    with pytest.raises(TypeError):
        consent.delete()


def test_each_wording_is_kept_once(client: Client) -> None:
    sign_up(client, "anna@example.se")
    sign_up(client, "bo@example.se")
    assert Wording.objects.count() == 1


@override_settings(EMAIL_BACKEND="tests.subscriptions.test_personal_data.RefusingBackend", GRACE_MINUTES=0)
def test_no_address_and_no_token_reaches_the_log(client: Client, release: PressReleasePage, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        sign_up(client)
        add_subscriber("bo@example.se")
        publish(release, change_type="major", change_note="Nya siffror.")
        do_what_is_due()
        client.get("/prenumeration/hantera/fel/")
        suppress("bo@example.se", Suppression.Reason.BOUNCED)
        with time_machine.travel(timezone.now() + timedelta(days=60)):
            retention.clean()
    records = [record for record in caplog.records if record.name != "django.db.backends"]
    lines = [record.getMessage() + (record.exc_text or "") for record in records]
    assert any("A letter was not sent" in line for line in lines)
    assert [line for line in lines if "@example.se" in line or "anna" in line] == []
    assert Delivery.objects.exclude(error__contains="example.se").count() == Delivery.objects.count()


class RefusingBackend(BaseEmailBackend):
    """A mail server whose words hold the address."""

    def send_messages(self, messages: Any) -> int:
        address = messages[0].to[0]
        raise SMTPRecipientsRefused({address: (451, f"4.2.2 <{address}>: mailbox full".encode())})
