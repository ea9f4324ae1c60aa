"""The links in letters: looking changes nothing, buttons do what they say, and no link does another's work."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.apps import apps
from django.core import serializers
from django.test import Client
from lxml import html as lxml_html

from press.models import PressReleasePage
from subscriptions import rounds
from subscriptions.failures import suppress
from subscriptions.leaving import end_subscription
from subscriptions.models import Consent, Delivery, Frequency, Request, Subscriber, Suppression
from subscriptions.subscribing import Wish, change
from subscriptions.tokens import confirm_token, leave_token, make_token, manage_token
from tests.factories import add_subscriber, publish

from .post import confirm, do_what_is_due, html_of, letters_to, link_in, sign_up, stamp, text_of

pytestmark = pytest.mark.django_db
ONE_CLICK = "List-Unsubscribe=One-Click"


def everything_stored() -> str:
    models = [
        model
        for name in ("subscriptions", "wagtailcore", "sessions")
        for model in apps.get_app_config(name).get_models()
    ]
    return serializers.serialize("json", [row for model in models for row in model._default_manager.order_by("pk")])


@pytest.fixture
def newsletter(release: PressReleasePage, settings: Any) -> Any:
    """A letter about a release, to Anna."""
    settings.GRACE_MINUTES = 0
    add_subscriber("anna@example.se")
    publish(release, change_type="major", change_note="Nya siffror.")
    do_what_is_due()
    return letters_to("anna@example.se")[-1]


def paths_in(letter: Any) -> list[str]:
    links = lxml_html.fromstring(html_of(letter)).xpath("//a/@href")
    header = letter["List-Unsubscribe"] or ""
    links += [part.strip("<> ") for part in header.split(",") if part.strip().startswith("<http")]
    links += [word for word in text_of(letter).split() if word.startswith("http")]
    assert links
    return [urlsplit(link).path for link in links]


def test_looking_at_every_link_of_every_letter_twice_changes_nothing(client: Client, newsletter: Any) -> None:
    sign_up(client, "bo@example.se")
    form_link = f"/prenumeration/hantera/{manage_token(Subscriber.objects.get())}/"
    client.post(form_link, {"gor": "adress", "address": "anna2@example.se"})
    client.post(
        "/prenumeration/hantera/", {"address": "anna@example.se", "stamp": stamp(client, "/prenumeration/hantera/")}
    )
    do_what_is_due()
    letters = [
        newsletter,
        *letters_to("bo@example.se"),
        *letters_to("anna2@example.se"),
        letters_to("anna@example.se")[-1],
    ]
    paths = {path for letter in letters for path in paths_in(letter)}
    assert {path.split("/")[2] for path in paths if path.startswith("/prenumeration/")} == {
        "bekrafta",
        "hantera",
        "avsluta",
    }
    paths |= {f"{form_link}uppgifter.json", f"{form_link}radera/"}
    before = everything_stored()
    for path in paths:
        for method in (client.get, client.head, client.get, client.head):
            response = method(path)
            assert response.status_code == 200, path
            assert not response.cookies
    assert everything_stored() == before


def test_pages_behind_tokens_are_told_to_nobody_and_kept_nowhere(client: Client, newsletter: Any) -> None:
    for path in paths_in(newsletter):
        if path.startswith("/prenumeration/"):
            response = client.get(path)
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex"
            assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        (
            '--grans\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--grans--\r\n',
            "multipart/form-data; boundary=grans",
        ),
    ],
)
def test_one_click_ends_the_subscription_by_a_bare_post(newsletter: Any, body: str, content_type: str) -> None:
    assert newsletter["List-Unsubscribe-Post"] == ONE_CLICK
    address = urlsplit(newsletter["List-Unsubscribe"].split(",")[0].strip("<> ")).path
    client = Client(enforce_csrf_checks=True)
    for _time in range(2):
        response = client.post(address, body, content_type=content_type)
        assert response.status_code == 200
        assert not response.cookies
    subscriber = Subscriber.objects.get()
    assert subscriber.end_reason == Subscriber.End.ONE_CLICK
    assert Consent.objects.filter(act="ended").count() == 1


def test_the_button_ends_the_subscription_and_the_next_look_says_so(client: Client, newsletter: Any) -> None:
    link = link_in(newsletter, "avsluta")
    assert "Avsluta prenumerationen?" in client.get(link).content.decode()
    assert "Prenumerationen är avslutad" in client.post(link).content.decode()
    assert "Prenumerationen är avslutad" in client.get(link).content.decode()
    assert Subscriber.objects.get().end_reason == Subscriber.End.ASKED


def test_a_link_to_leave_by_works_for_years_and_after_the_address_is_gone(client: Client) -> None:
    subscriber = add_subscriber()
    link = f"/prenumeration/avsluta/{leave_token(subscriber.pk)}/"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3650)):
        assert client.post(link, ONE_CLICK, content_type="application/x-www-form-urlencoded").status_code == 200
    subscriber.refresh_from_db()
    assert subscriber.ended_at
    subscriber.forget()
    assert client.post(link).status_code == 200
    assert "Prenumerationen är avslutad" in client.get(link).content.decode()


def test_what_is_on_its_way_does_not_come_after_the_subscription_has_ended(
    client: Client, release: PressReleasePage, settings: Any
) -> None:
    settings.GRACE_MINUTES = 0
    subscriber = add_subscriber()
    publish(release, change_type="major", change_note="Nya siffror.")
    rounds.write_letters()
    client.post(f"/prenumeration/avsluta/{leave_token(subscriber.pk)}/")
    do_what_is_due()
    assert letters_to("anna@example.se") == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    "token", ["1.x.y", "%00", "1", "åäö", "../../admin", "1.1xVaVP.3WQXGTQWE9DRP1Vu0JuGRW0blwV5xv"]
)
@pytest.mark.parametrize("name", ["bekrafta", "hantera", "avsluta"])
def test_a_made_up_link_leads_to_help_and_to_nothing_else(client: Client, name: str, token: str) -> None:
    add_subscriber()
    for method in (client.get, client.post):
        assert method(f"/prenumeration/{name}/{token}/").status_code in {404, 410}
    assert Subscriber.objects.active().exists()


def test_a_token_serves_one_purpose(client: Client) -> None:
    subscriber = add_subscriber()
    sign_up(client, "bo@example.se")
    request = Request.objects.get()
    tokens = {
        "bekrafta": confirm_token(request),
        "hantera": manage_token(subscriber),
        "avsluta": leave_token(subscriber.pk),
    }
    for name in tokens:
        for other, token in tokens.items():
            status = client.post(f"/prenumeration/{name}/{token}/").status_code
            assert (status == 200) == (name == other), (name, other)


def test_a_suppressed_address_can_not_be_confirmed_by_an_older_link(client: Client) -> None:
    sign_up(client)
    do_what_is_due()
    suppress("anna@example.se", Suppression.Reason.COMPLAINED)
    client.post(link_in(letters_to("anna@example.se")[0], "bekrafta"))
    assert not Subscriber.objects.exists()


def test_a_link_to_confirm_by_is_valid_for_a_week(client: Client) -> None:
    sign_up(client)
    do_what_is_due()
    link = link_in(letters_to("anna@example.se")[0], "bekrafta")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8)):
        response = client.post(link)
    assert response.status_code == 410
    assert 'href="/prenumeration/"' in response.content.decode()
    assert not Subscriber.objects.exists()


def test_the_subscription_is_changed_without_a_password(client: Client) -> None:
    subscriber = add_subscriber()
    link = f"/prenumeration/hantera/{manage_token(subscriber)}/"
    html = client.get(link).content.decode()
    assert 'value="allt" id="id_scope" required checked' in html
    html = client.post(link, {"gor": "spara", "scope": "valt", "frequency": "daily"}).content.decode()
    assert "Kryssa för minst ett ämne" in html
    html = client.post(link, {"gor": "spara", "scope": "allt", "frequency": "daily"}).content.decode()
    assert "Dina val är sparade." in html
    subscriber.refresh_from_db()
    assert subscriber.frequency == Frequency.DAILY
    assert Consent.objects.get().act == "changed"


def test_a_new_address_takes_over_when_its_owner_has_confirmed_it(client: Client) -> None:
    subscriber = add_subscriber("anna@example.se")
    old_link = f"/prenumeration/hantera/{manage_token(subscriber)}/"
    html = client.post(old_link, {"gor": "adress", "address": "anna"}).content.decode()
    assert "Skriv en e-postadress" in html
    assert 'value="anna"' in html
    client.post(old_link, {"gor": "adress", "address": "anna@ny.example.se"})
    do_what_is_due()
    subscriber.refresh_from_db()
    assert subscriber.address == "anna@example.se"
    client.post(link_in(letters_to("anna@ny.example.se")[0], "bekrafta"))
    subscriber.refresh_from_db()
    assert subscriber.address == "anna@ny.example.se"
    assert client.get(old_link).status_code == 410


def test_an_address_that_subscribes_already_is_joined_with_the_new_one(client: Client) -> None:
    subscriber, other = add_subscriber("anna@example.se"), add_subscriber("anna@ny.example.se")
    client.post(confirm_new_address(client, subscriber, other.address))
    assert Subscriber.objects.active().get().pk == subscriber.pk
    assert Subscriber.objects.with_address("anna@ny.example.se").get().pk == subscriber.pk


def confirm_new_address(client: Client, subscriber: Subscriber, address: str) -> str:
    client.post(f"/prenumeration/hantera/{manage_token(subscriber)}/", {"gor": "adress", "address": address})
    do_what_is_due()
    return link_in(letters_to(address)[0], "bekrafta")


def test_one_that_was_paused_for_its_old_address_is_taken_up_at_the_new_one(client: Client) -> None:
    subscriber = add_subscriber("anna@example.se", paused_at=datetime.now(UTC), soft_failures=3)
    link = confirm_new_address(client, subscriber, "anna@ny.example.se")
    assert "Från och med nu kommer dina mejl till den här adressen" in client.post(link).content.decode()
    subscriber.refresh_from_db()
    assert subscriber.is_active
    assert subscriber.soft_failures == 0


def test_a_new_address_begins_nothing_anew_for_one_that_has_ended(client: Client) -> None:
    subscriber = add_subscriber("anna@example.se")
    link = confirm_new_address(client, subscriber, "anna@ny.example.se")
    end_subscription(subscriber, Subscriber.End.ASKED)
    assert "Prenumerationen är avslutad" in client.post(link).content.decode()
    subscriber.refresh_from_db()
    assert subscriber.ended_at
    assert subscriber.address == "anna@example.se"


def test_one_that_ends_while_its_choices_are_being_saved_stays_ended() -> None:
    subscriber = add_subscriber("anna@example.se")
    end_subscription(subscriber, Subscriber.End.ASKED)
    assert change(subscriber, Wish(Frequency.DAILY, everything=True)).ended_at
    assert not Consent.objects.filter(act=Consent.Act.CHANGED).exists()


def test_a_link_to_manage_by_is_mailed_to_the_owner_and_is_valid_for_a_month(client: Client) -> None:
    add_subscriber("anna@example.se")
    client.post(
        "/prenumeration/hantera/", {"address": "Anna@example.se", "stamp": stamp(client, "/prenumeration/hantera/")}
    )
    do_what_is_due()
    link = link_in(letters_to("Anna@example.se")[0], "hantera")
    assert "Din prenumeration" in client.get(link).content.decode()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        response = client.get(link)
    assert response.status_code == 410
    assert 'href="/prenumeration/hantera/"' in response.content.decode()


def test_one_that_was_paused_is_taken_up_again_by_saving(client: Client) -> None:
    subscriber = add_subscriber(paused_at=datetime.now(UTC))
    link = f"/prenumeration/hantera/{manage_token(subscriber)}/"
    assert "Prenumerationen vilar" in client.get(link).content.decode()
    client.post(link, {"gor": "spara", "scope": "allt", "frequency": "daily"})
    assert Subscriber.objects.active().exists()


def test_a_used_up_number_of_a_row_that_is_gone_leads_somewhere(client: Client) -> None:
    token = make_token("confirm", 4711)
    assert client.get(f"/prenumeration/bekrafta/{token}/").status_code == 410
    assert client.post(f"/prenumeration/avsluta/{leave_token(4711)}/").status_code == 200
    sign_up(client)
    confirm(client)
    assert Subscriber.objects.exists()
