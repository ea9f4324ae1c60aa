"""Sending over real SMTP, to a server that sometimes does not do as it should."""

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.test import override_settings
from django.utils import timezone

from press.models import PressReleasePage
from subscriptions import rounds
from subscriptions.composing import Letter
from subscriptions.mime import AddressedLetter, Stencil
from subscriptions.models import Delivery, Mailing, Subscriber, Suppression
from subscriptions.resending import resend
from subscriptions.sending import send_due
from subscriptions.transmission import Courier
from tests.factories import add_subscriber, add_user, publish

pytestmark = pytest.mark.django_db


class Server:
    """Takes letters, unless a test has told it what to do with an address."""

    def __init__(self, takes_several: bool) -> None:
        self.takes_several = takes_several
        self.connections = 0
        self.taken: list[str] = []
        self.texts: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.answer_to_sender = self.answer_to_text = "250 OK"
        self.is_hasty = False

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, host: str, answers: list[str]) -> list[str]:
        self.connections += 1
        session.host_name = host
        return [*answers[:-1], *(["250-PIPELINING"] if self.takes_several else []), answers[-1]]

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_to_sender.startswith("250"):
            envelope.mail_from = address
        return self.answer_to_sender

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer == "drop":
            server.transport.abort()
        if answer == "hang":
            await asyncio.sleep(3)
        if answer == "slow":
            await asyncio.sleep(0.7)
            answer = "250 OK"
        if answer.startswith("250") or self.is_hasty:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer_to_text.startswith("250"):
            self.taken += envelope.rcpt_tos
            self.texts.append(envelope.content)
        return self.answer_to_text


@pytest.fixture(params=["one command at a time", "several commands at once"])
def server(request: Any) -> Iterator[Server]:
    taker = Server(takes_several=request.param.startswith("several"))
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
    assert server.connections == 1
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


@pytest.mark.parametrize("asked", ["answer_to_sender", "answer_to_text"])
def test_a_server_that_refuses_the_sender_or_the_text_ends_nobodys_subscription(
    server: Server, mailing: Mailing, asked: str
) -> None:
    setattr(server, asked, "550 rejected")
    send_due()
    assert set(Delivery.objects.values_list("state", "error")) == {("failed", "550")}
    assert Subscriber.objects.active().count() == 3
    assert not Suppression.objects.exists()


def test_a_server_that_refuses_somebody_and_waits_for_the_text_all_the_same_is_left_at_once(
    server: Server, mailing: Mailing, settings: Any
) -> None:
    settings.EMAIL_TIMEOUT = 60
    server.is_hasty = True
    server.answers["anna@example.se"] = "550 5.1.1 no such user"
    started = time.monotonic()
    assert send_due() == 2
    assert time.monotonic() - started < 30
    assert sorted(server.taken) == ["bo@example.se", "cia@example.se"]


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


def test_what_a_dead_sender_had_taken_is_sent_when_its_time_is_up(
    server: Server, mailing: Mailing, monkeypatch: Any
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Courier, "hand_over", killed)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    assert send_due() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert send_due() == 3


def killed(courier: Courier, letter: AddressedLetter) -> None:
    raise KeyboardInterrupt


def test_a_slow_sender_gives_back_what_it_may_not_be_done_with_in_time(
    server: Server, mailing: Mailing, settings: Any
) -> None:
    settings.MAIL_LEASE = 1
    server.answers["anna@example.se"] = "slow"
    assert send_due(seconds=0.1) == 1
    waiting = Delivery.objects.filter(state="waiting", due_at__lte=timezone.now(), attempts=0)
    assert set(waiting.values_list("subscriber__address", flat=True)) == {"bo@example.se", "cia@example.se"}


def test_the_one_who_was_ended_while_a_letter_waited_gets_none(server: Server, mailing: Mailing) -> None:
    Subscriber.objects.filter(address="anna@example.se").update(address="", digest=None)
    send_due()
    assert sorted(server.taken) == ["bo@example.se", "cia@example.se"]


def addressed(address: str, text: str = "Hej!", number: int = 1) -> AddressedLetter:
    return AddressedLetter(Stencil(Letter("Nyheter", text, "<p>Hej!</p>"), {}), address, number)


def test_a_line_that_is_a_full_stop_does_not_end_a_letter(server: Server) -> None:
    text = "Början.\n.\n..\n.och\nslutet."
    with closing(Courier()) as courier:
        letter = addressed("anna@example.se", text)
        courier.open(letter)
        courier.hand_over(letter)
    plain = next(part for part in message_from_bytes(server.texts[0]).walk() if part.get_content_type() == "text/plain")
    assert bytes(plain.get_payload(decode=True)).decode().splitlines() == text.splitlines()


def test_what_was_asked_for_one_is_never_said_of_another(server: Server) -> None:
    anna, bo = addressed("anna@example.se"), addressed("bo@example.se")
    with closing(Courier()) as courier:
        for letter in (anna, bo):
            courier.open(letter)
            courier.hand_over(letter)
            courier.begin(anna)
    assert server.taken == ["anna@example.se", "bo@example.se"]
    assert [message_from_bytes(text)["To"] for text in server.texts] == server.taken


def test_two_letters_to_the_same_mailbox_both_arrive(server: Server) -> None:
    letters = [addressed("anna@example.se", number=number) for number in (1, 2)]
    with closing(Courier()) as courier:
        for letter in letters:
            courier.open(letter)
            courier.hand_over(letter)
            courier.begin(letters[1])
    assert len({message_from_bytes(text)["Message-ID"] for text in server.texts}) == 2
    assert server.connections == 1


@pytest.mark.parametrize("address", ["a@example.se\r\nRCPT TO:<b@example.se>", "a@example.se> <b@example.se"])
def test_no_address_breaks_out_of_a_command(address: str) -> None:
    with pytest.raises(ValueError, match="break out"):
        addressed(address)
