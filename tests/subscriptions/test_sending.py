"""Sending over real SMTP, to a server that sometimes does not do as it should."""

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from press.models import PressReleasePage
from subscriptions import rounds
from subscriptions.models import Delivery, Mailing, Subscriber, Suppression
from subscriptions.resending import resend
from subscriptions.sending import send_due
from tests.factories import add_subscriber, add_user, publish

pytestmark = pytest.mark.django_db


class Server:
    """Takes letters, unless a test has told it what to do with an address."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer == "drop":
            server.transport.abort()
        if answer == "hang":
            await asyncio.sleep(3)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Server]:
    taker = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(taker, hostname="127.0.0.1", port=port)
    controller.start()
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=1):
        yield taker
    controller.stop()


@pytest.fixture
def mailing(release: PressReleasePage, settings: Any) -> Mailing:
    """A mailing to Anna, Bo and Cia that is prepared and waits."""
    settings.GRACE_MINUTES = 0
    for name in ("anna", "bo", "cia"):
        add_subscriber(f"{name}@example.se")
    publish(release, change_type="major", change_note="Nya siffror.")
    rounds.write_letters()
    assert Delivery.objects.filter(state="waiting").count() == 3
    return Mailing.objects.get(kind=Mailing.Kind.IMMEDIATE)


def let_time_pass() -> None:
    Delivery.objects.filter(state="waiting").update(due_at=timezone.now() - timedelta(seconds=1))


def states() -> dict[str, str]:
    return {
        delivery.subscriber.address.partition("@")[0]: delivery.state
        for delivery in Delivery.objects.select_related("subscriber")
        if delivery.subscriber
    }


def test_everybody_gets_the_letter_over_one_connection(server: Server, mailing: Mailing) -> None:
    assert rounds.send_letters() == 3
    assert sorted(server.taken) == ["anna@example.se", "bo@example.se", "cia@example.se"]
    mailing.refresh_from_db()
    assert mailing.finished_at


@pytest.mark.parametrize("answer", ["451 4.7.1 later", "drop", "hang", "421 4.3.2 closing"])
def test_a_letter_that_fails_for_now_holds_up_no_other_and_is_tried_again(
    server: Server, mailing: Mailing, answer: str
) -> None:
    server.answers["anna@example.se"] = answer
    send_due()
    assert sorted(server.taken) == ["bo@example.se", "cia@example.se"]
    letter = Delivery.objects.get(subscriber__address="anna@example.se")
    assert letter.state == "waiting"
    assert letter.due_at > timezone.now() + timedelta(seconds=50)
    server.answers.clear()
    let_time_pass()
    assert send_due() == 1
    assert server.taken.count("anna@example.se") == 1


def test_waits_grow_until_the_letter_is_given_up(server: Server, mailing: Mailing) -> None:
    server.answers["anna@example.se"] = "451 4.2.2 mailbox full"
    waits = []
    for _attempt in range(8):
        send_due()
        letter = Delivery.objects.get(subscriber__address="anna@example.se")
        waits.append(letter.due_at - timezone.now())
        let_time_pass()
    assert all(later > earlier * 3 for earlier, later in pairwise(waits[:5]))
    assert waits[-2] <= timedelta(days=1)
    assert states() == {"anna": "failed", "bo": "sent", "cia": "sent"}
    assert letter.error == "451 4.2.2"
    assert Subscriber.objects.active().count() == 3
    assert Subscriber.objects.get(address="anna@example.se").soft_failures == 1


@pytest.mark.parametrize("answer", ["550 5.1.1 no such user", "550 unknown user", "553 5.1.3 bad"])
def test_an_address_that_does_not_exist_ends_the_subscription(server: Server, mailing: Mailing, answer: str) -> None:
    server.answers["anna@example.se"] = answer
    send_due()
    assert states() == {"anna": "failed", "bo": "sent", "cia": "sent"}
    anna = Subscriber.objects.get(address="anna@example.se")
    assert anna.end_reason == Subscriber.End.BOUNCED
    assert Suppression.objects.get().digest == anna.digest


@pytest.mark.parametrize("answer", ["554 5.7.1 relaying denied", "550 5.7.26 policy", "552 5.2.2 full"])
def test_a_server_that_refuses_for_its_own_reasons_ends_nobodys_subscription(
    server: Server, mailing: Mailing, answer: str
) -> None:
    server.answers |= {f"{name}@example.se": answer for name in ("anna", "bo", "cia")}
    send_due()
    assert set(states().values()) == {"failed"}
    assert Subscriber.objects.active().count() == 3
    assert not Suppression.objects.exists()


def test_editors_send_again_to_those_whom_it_did_not_reach(server: Server, mailing: Mailing) -> None:
    server.answers |= {"anna@example.se": "554 5.7.1 denied", "bo@example.se": "550 5.1.1 unknown"}
    send_due()
    letter = Delivery.objects.get(subscriber__address="anna@example.se")
    server.answers.clear()
    assert resend(mailing, by=add_user()) == 1
    rounds.send_letters()
    assert sorted(server.taken) == ["anna@example.se", "cia@example.se"]
    assert Delivery.objects.get(subscriber__address="anna@example.se").pk == letter.pk


def test_a_mail_server_that_is_away_costs_no_letter_an_attempt(mailing: Mailing, caplog: Any) -> None:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with (
        override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_TIMEOUT=1),
        caplog.at_level(logging.WARNING),
    ):
        started = time.monotonic()
        assert send_due() == 0
    assert time.monotonic() - started < 20
    assert "The mail server can't be reached" in caplog.text
    assert set(Delivery.objects.values_list("attempts", "state")) == {(0, "waiting")}


def test_what_a_dead_sender_had_taken_is_sent_when_its_time_is_up(server: Server, mailing: Mailing) -> None:
    now = timezone.now()
    Delivery.objects.update(due_at=now + timedelta(seconds=300), attempts=1)
    assert send_due() == 0
    Delivery.objects.update(due_at=now)
    assert send_due() == 3


def test_the_one_who_was_ended_while_a_letter_waited_gets_none(server: Server, mailing: Mailing) -> None:
    Subscriber.objects.filter(address="anna@example.se").update(address="", digest=None)
    send_due()
    assert sorted(server.taken) == ["bo@example.se", "cia@example.se"]
