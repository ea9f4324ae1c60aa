"""Handing work over to a real broker."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from site_core.celery import app
from subscriptions import tasks
from tests.services import find_valkey

from .post import sign_up


@pytest.fixture
def broker(use_broker: Callable[[str], None]) -> None:
    """A broker with an empty queue of our own."""
    use_broker(f"{find_valkey().rpartition('/')[0]}/14")
    with app.connection_for_write() as connection:
        connection.default_channel.client.flushdb()


def waiting_tasks() -> int:
    with app.connection_for_read() as connection:
        return int(connection.default_channel.client.llen("celery"))


@pytest.mark.django_db
def test_a_round_is_handed_over_and_calls_for_its_senders(broker: None, settings: Any, client: Client) -> None:
    settings.MAIL_SENDERS = 3
    sign_up(client)
    call_command("run_due")
    assert waiting_tasks() == 1
    assert mail.outbox == []
    tasks.write_letters()
    assert waiting_tasks() == 1 + 3
    tasks.send_letters()
    assert [message.to for message in mail.outbox] == [["anna@example.se"]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_form_is_answered_at_once(broker: None, client: Client, put_back: None) -> None:
    sign_up(client)
    assert waiting_tasks() == 1
