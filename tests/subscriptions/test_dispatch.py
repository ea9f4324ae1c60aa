"""Doing what is due where there is no broker, or none that answers."""

import socket
import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from .post import SENT, sign_up

pytestmark = pytest.mark.django_db


def test_without_a_broker_one_round_does_it_all(client: Client) -> None:
    sign_up(client)
    call_command("run_due")
    assert [message.to for message in mail.outbox] == [["anna@example.se"]]


def test_while_the_broker_is_away_the_round_does_it_itself(use_broker: Callable[[str], None], client: Client) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        use_broker(f"redis://127.0.0.1:{closed.getsockname()[1]}/0")
    started = time.monotonic()
    assert SENT in sign_up(client).content.decode()
    call_command("run_due")
    assert [message.to for message in mail.outbox] == [["anna@example.se"]]
    assert time.monotonic() - started < 20
