"""Signing up, confirming, changing and leaving, by plain forms."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from wagtail.models import Site

from press.models import Municipality
from subscriptions.addresses import address_hash
from subscriptions.models import Consent, Delivery, Frequency, Request, Subscriber, SubscriptionSettings, Suppression
from tests.factories import add_subscriber, add_topic

from .post import EVERYTHING, SENT, confirm, do_what_is_due, letters_to, link_in, sign_up, stamp, text_of

pytestmark = pytest.mark.django_db
ERROR = "Något behöver rättas"


def test_somebody_subscribes_and_confirms(client: Client) -> None:
    topic = add_topic()
    place = Municipality.objects.get(slug="boras")
    chosen = [f"amne:{topic.pk}", f"kommun:{place.pk}"]
    response = sign_up(client, scope="valt", subjects=chosen, frequency="weekly")
    assert SENT in response.content.decode()
    assert not Subscriber.objects.exists()
    response = confirm(client)
    assert "Tack, nu är det klart" in response.content.decode()
    subscriber = Subscriber.objects.get()
    assert subscriber.address == "anna@example.se"
    assert subscriber.frequency == Frequency.WEEKLY
    assert subscriber.subjects == sorted(chosen)
    consent = Consent.objects.get()
    assert consent.act == "confirmed"
    assert consent.wording
    assert "personuppgiftsansvarig" in consent.wording.text
    assert (consent.frequency, consent.subjects, consent.page) == ("weekly", sorted(chosen), "/prenumeration/")


def test_pressing_twice_is_pressing_once(client: Client) -> None:
    sign_up(client)
    confirm(client)
    link = link_in(letters_to("anna@example.se")[0], "bekrafta")
    assert "Tack, nu är det klart" in client.post(link).content.decode()
    assert Subscriber.objects.count() == Consent.objects.count() == 1


def test_an_old_link_to_confirm_begins_nothing_that_was_ended_since(client: Client) -> None:
    sign_up(client)
    confirm(client)
    link = link_in(letters_to("anna@example.se")[0], "bekrafta")
    subscriber = Subscriber.objects.get()
    subscriber.end("asked", datetime.now(UTC))
    subscriber.save()
    assert "Prenumerationen är avslutad" in client.post(link).content.decode()
    assert not Subscriber.objects.active().exists()


def test_the_one_who_has_left_can_come_back(client: Client) -> None:
    add_subscriber("anna@example.se", ended_at=datetime.now(UTC), end_reason="asked")
    sign_up(client)
    confirm(client)
    assert Subscriber.objects.active().get().end_reason == ""


def test_signing_up_again_changes_the_choices(client: Client) -> None:
    add_subscriber("anna@example.se", frequency=Frequency.WEEKLY)
    sign_up(client, scope="allt", frequency="daily")
    do_what_is_due()
    assert "Du prenumererar redan" in text_of(letters_to("anna@example.se")[0])
    confirm(client)
    assert Subscriber.objects.get().frequency == Frequency.DAILY


def test_a_link_chooses_a_topic_in_advance_and_nothing_else_is_chosen(client: Client) -> None:
    topic = add_topic()
    html = client.get("/prenumeration/?amne=vard&kommun=finns-inte").content.decode()
    assert f'value="amne:{topic.pk}" checked' in html
    assert html.count(" checked") == 2  # the topic, and "only what I choose"
    assert " checked" not in client.get("/prenumeration/").content.decode()


def test_the_short_form_on_the_home_page_leads_to_the_whole_one(client: Client) -> None:
    html = client.post("/prenumeration/", {"address": "anna@example.se"}).content.decode()
    assert 'value="anna@example.se"' in html
    assert ERROR not in html
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"address": ""}, "Skriv din e-postadress."),
        ({"address": "anna"}, "Skriv en e-postadress"),
        ({"address": "anna@"}, "Skriv en e-postadress"),
        ({"address": "anna@example.se\r\nBcc: bo@example.se"}, "Skriv en e-postadress"),
        ({"address": "anna@example.se\x00"}, "Null-tecken"),
        ({"address": "a" * 10_000 + "@example.se"}, "Skriv en e-postadress"),
        ({"address": "åsa@example.se"}, "före @"),
        ({"address": "anna@xn--.se"}, "Skriv en e-postadress"),
        ({"scope": ""}, "Välj vad du vill få veta."),
        ({"scope": "valt"}, "Kryssa för minst ett ämne"),
        ({"frequency": ""}, "Välj hur ofta"),
        ({"frequency": "varje sekund"}, "Välj ett giltigt alternativ"),
        ({"subjects": "amne:999999"}, "amne:999999 finns inte"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(client: Client, values: dict[str, str], message: str) -> None:
    form = {"address": "anna@example.se", **EVERYTHING, "stamp": stamp(client), **values}
    html = client.post("/prenumeration/", form).content.decode()
    assert ERROR in html
    assert message in html
    assert "<title>Fel: " in html
    typed = values.get("address", "anna@example.se")
    if typed.isprintable():
        assert f'value="{typed}"' in html
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("typed", "mailed"),
    [
        (" Anna.Ek@EXAMPLE.se ", "Anna.Ek@example.se"),
        ("anna+press@example.se", "anna+press@example.se"),
        ("anna@åmål.se", "anna@xn--ml-xiab.se"),
        ("o'hara@example.se", "o'hara@example.se"),
    ],
)
def test_unusual_addresses_are_mailed_as_they_should_be(client: Client, typed: str, mailed: str) -> None:
    sign_up(client, typed)
    do_what_is_due()
    assert [message.to for message in mail.outbox] == [[mailed]]


def test_case_makes_no_second_subscriber(client: Client) -> None:
    add_subscriber("anna@example.se", frequency=Frequency.WEEKLY)
    sign_up(client, "ANNA@Example.SE")
    confirm(client, "ANNA@example.se")
    assert Subscriber.objects.get().frequency == Frequency.IMMEDIATE


@pytest.mark.parametrize("known", ["nobody", "subscriber", "former", "suppressed"])
def test_the_answer_is_the_same_whoever_subscribes(client: Client, known: str) -> None:
    expected = sign_up(client, "bo@example.se").content
    if known == "subscriber":
        add_subscriber("anna@example.se")
    elif known == "former":
        add_subscriber("anna@example.se", ended_at=datetime.now(UTC))
    elif known == "suppressed":
        Suppression.objects.create(digest=address_hash("anna@example.se"), reason="bounced", at=datetime.now(UTC))
    response = sign_up(client)
    assert response.status_code == 200
    assert response.content == expected.replace(b"bo@example.se", b"anna@example.se")
    do_what_is_due()
    assert len(letters_to("anna@example.se")) == (0 if known == "suppressed" else 1)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_link_to_a_subscription_is_mailed_and_the_page_tells_nothing(client: Client, is_known: bool) -> None:
    if is_known:
        add_subscriber("anna@example.se")
    form = {"address": "anna@example.se", "stamp": stamp(client, "/prenumeration/hantera/")}
    response = client.post("/prenumeration/hantera/", form)
    assert SENT in response.content.decode()
    do_what_is_due()
    (letter,) = letters_to("anna@example.se")
    assert ("/prenumeration/hantera/" in text_of(letter)) == is_known
    assert ("Det finns ingen prenumeration" in text_of(letter)) != is_known


def test_a_program_that_fills_in_every_field_gets_the_same_answer_and_nothing_else(client: Client) -> None:
    response = sign_up(client, **EVERYTHING, website="https://example.se")
    assert SENT in response.content.decode()
    do_what_is_due()
    assert not Request.objects.exists()
    assert mail.outbox == []


def test_a_form_that_comes_at_once_is_asked_for_again_and_then_taken(client: Client) -> None:
    form = {"address": "anna@example.se", **EVERYTHING, "stamp": stamp(client, seconds=1)}
    html = client.post("/prenumeration/", form).content.decode()
    assert "Det gick fort." in html
    assert form["stamp"] in html
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=5)):
        assert SENT in client.post("/prenumeration/", form).content.decode()


@pytest.mark.parametrize(("made", "message"), [("old", "varit öppet länge"), ("false", "Något saknades")])
def test_a_stamp_that_is_old_or_false_is_replaced(client: Client, made: str, message: str) -> None:
    sent = stamp(client, seconds=2 * 24 * 60 * 60) if made == "old" else "allt:nu:påhittat"
    html = client.post("/prenumeration/", {"address": "anna@example.se", **EVERYTHING, "stamp": sent}).content.decode()
    assert message in html
    assert f'value="{sent}"' not in html
    assert 'value="anna@example.se"' in html


def test_who_read_another_text_about_personal_data_is_shown_the_new_one(client: Client) -> None:
    old = stamp(client)
    SubscriptionSettings.objects.create(site=Site.objects.get(), privacy_text="En ny text.")
    html = client.post("/prenumeration/", {"address": "anna@example.se", **EVERYTHING, "stamp": old}).content.decode()
    assert "Texten om personuppgifter har ändrats" in html
    assert "En ny text." in html
    assert not Request.objects.exists()


def test_a_mailbox_gets_three_such_letters_a_day_whatever_stands_after_the_plus(client: Client) -> None:
    for address in ("anna@example.se", "anna+1@example.se", "ANNA@example.se", "anna+2@example.se"):
        assert SENT in sign_up(client, address).content.decode()
    do_what_is_due()
    assert len(mail.outbox) == 3
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        sign_up(client)
        do_what_is_due()
    assert len(mail.outbox) == 4


def test_a_client_that_sends_too_many_forms_is_told_so_and_loses_nothing(client: Client) -> None:
    form = {"address": "anna@example.se", **EVERYTHING, "stamp": stamp(client)}
    answers = [client.post("/prenumeration/", {**form, "address": f"a{n}@example.se"}).status_code for n in range(60)]
    assert set(answers) == {200}
    response = client.post("/prenumeration/", form)
    assert response.status_code == 429
    assert "För många formulär" in response.content.decode()
    assert 'value="anna@example.se"' in response.content.decode()
    other = client.post("/prenumeration/", form, REMOTE_ADDR="198.51.100.7")
    assert SENT in other.content.decode()


def test_a_client_can_not_give_itself_another_address(client: Client, settings: Any) -> None:
    """What it writes into the header itself would let it send as many forms as it likes, or use up a neighbour's."""
    settings.PROXY_COUNT = 1
    form = {"address": "anna@example.se", **EVERYTHING, "stamp": stamp(client)}

    def send(number: int, through: str) -> int:
        headers = {"x-forwarded-for": f"203.0.113.{number}, {through}"}
        address = f"a{number}@example.se"
        return client.post("/prenumeration/", {**form, "address": address}, headers=headers).status_code

    assert {send(number, "198.51.100.7") for number in range(60)} == {200}
    assert send(61, "198.51.100.7") == 429
    assert send(62, "198.51.100.8") == 200


def test_one_who_can_have_no_letter_blocks_nobody_else(client: Client) -> None:
    sign_up(client, "anna@example.se")
    Request.objects.update(frequency="unheard")
    sign_up(client, "bo@example.se")
    do_what_is_due()
    assert [message.to for message in mail.outbox] == [["bo@example.se"]]
    assert Delivery.objects.filter(state="waiting").count() == 1
