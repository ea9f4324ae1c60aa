"""The mailbox that letters come back to."""

import io
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError

from subscriptions import dispatch, tasks
from subscriptions.dsn import read_mail
from subscriptions.models import Delivery, Subscriber
from subscriptions.tokens import leave_token
from tests.factories import add_subscriber

from .imap_server import PASSWORD, USER, Mailbox, serve
from .post import notification

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
QUESTION = b"Subject: En fr\xc3\xa5ga\r\n\r\nHej!\r\n"
SEEN = {r"\Seen"}


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """The mailbox, on a server that speaks IMAP, and the setting that names it."""
    mailbox = Mailbox()
    with serve(mailbox) as port:
        settings.BOUNCE_MAILBOX = {
            "HOST": "127.0.0.1",
            "PORT": port,
            "USER": USER,
            "PASSWORD": PASSWORD,
            "FOLDER": "INBOX",
            "TLS": False,
        }
        yield mailbox


def read_now() -> str:
    out = io.StringIO()
    call_command("read_bounces", "--mailbox", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("make_round", [dispatch.do_what_is_due, tasks.write_letters])
def test_what_comes_back_is_acted_upon_and_deleted_and_the_rest_is_left(
    letter: Delivery, mailbox: Mailbox, make_round: Any
) -> None:
    add_subscriber("bo@example.se")
    leaver = Subscriber.objects.get(address="bo@example.se")
    mailbox.add(QUESTION)
    mailbox.add(notification(letter))
    mailbox.add(f"Subject: avsluta {leave_token(leaver.pk)}\r\n\r\n".encode())
    mailbox.add(notification(letter, key="<not-ours@example.se>"))
    make_round()
    ends = dict(Subscriber.objects.values_list("address", "end_reason"))
    assert ends == {"anna@example.se": Subscriber.End.BOUNCED, "bo@example.se": Subscriber.End.ASKED}
    assert mailbox.left == [(b"Subject: En fr\xc3\xa5ga", SEEN), (b"From: MAILER-DAEMON@mx.example.se", SEEN)]


def test_it_is_read_every_five_minutes(letter: Delivery, mailbox: Mailbox) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        dispatch.do_what_is_due()
        mailbox.add(notification(letter))
        dispatch.do_what_is_due()
        assert Subscriber.objects.active().exists()
        clock.shift(timedelta(minutes=6))
        dispatch.do_what_is_due()
    assert not Subscriber.objects.active().exists()


def test_what_was_read_before_is_not_read_again(mailbox: Mailbox) -> None:
    mailbox.add(QUESTION)
    assert read_now() == "1 other\n"
    assert read_now() == ""


def test_a_message_that_cannot_be_read_is_left_and_holds_up_no_other(
    letter: Delivery, mailbox: Mailbox, monkeypatch: Any, caplog: Any
) -> None:
    mailbox.add(b"Subject: Anna <anna@example.se>\r\n\r\n")
    mailbox.add(notification(letter))
    monkeypatch.setattr("subscriptions.mailbox.read_mail", fails_for(b"Subject: Anna"))
    assert read_now() == "1 bounce\n1 unreadable\n"
    assert "RecursionError" in caplog.text
    assert "anna" not in caplog.text
    assert mailbox.left == [(b"Subject: Anna <anna@example.se>", SEEN)]


def test_nothing_is_marked_as_read_while_the_database_is_away(
    letter: Delivery, mailbox: Mailbox, monkeypatch: Any
) -> None:
    mailbox.add(notification(letter))
    with monkeypatch.context() as patched:
        patched.setattr("subscriptions.mailbox.read_mail", fails_for(b"From:", OperationalError))
        with pytest.raises(OperationalError):
            read_now()
    assert read_now() == "1 bounce\n"


def fails_for(beginning: bytes, error: type[Exception] = RecursionError) -> Any:
    def read(raw: bytes) -> str:
        if raw.startswith(beginning):
            raise error("anna@example.se")
        return read_mail(raw)

    return read


def test_a_server_that_is_away_or_refuses_costs_the_round_nothing(
    letter: Delivery, mailbox: Mailbox, settings: Any, caplog: Any
) -> None:
    mailbox.add(notification(letter))
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        wrong = [
            ({"PORT": unused.getsockname()[1]}, "refused"),
            ({"PASSWORD": "fel"}, "Authentication failed"),
            ({"FOLDER": "Finns inte"}, "read: No such mailbox"),
            ({"TLS": True}, "SSL"),
        ]
        with time_machine.travel(NOW, tick=False) as clock, caplog.at_level(logging.WARNING):
            for change, words in wrong:
                right = settings.BOUNCE_MAILBOX
                settings.BOUNCE_MAILBOX = {**right, **change}
                dispatch.do_what_is_due()
                with pytest.raises(CommandError, match=words):
                    read_now()
                settings.BOUNCE_MAILBOX = right
                clock.shift(timedelta(minutes=6))
    assert [record.levelname for record in caplog.records] == ["ERROR"] * 4
    assert PASSWORD not in caplog.text
    assert read_now() == "1 bounce\n"


def test_who_asks_for_it_without_a_mailbox_is_told_what_to_set() -> None:
    with pytest.raises(CommandError, match="BOUNCE_MAILBOX"):
        read_now()
