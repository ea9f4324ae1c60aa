"""What several tests of the subscription begin with."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from site_core.celery import app
from subscriptions.models import Announcement, Delivery, Mailing
from tests.factories import add_subscriber


@pytest.fixture
def letter() -> Delivery:
    """A letter that was sent to Anna."""
    now = timezone.now()
    announcement = Announcement.objects.create(
        created_at=now, due_at=now, opened_at=now, is_new=True, title="Nytt avtal"
    )
    mailing = Mailing.objects.create(kind="immediate", announcement=announcement, opened_at=now, prepared_at=now)
    return Delivery.objects.create(
        mailing=mailing, subscriber=add_subscriber("anna@example.se"), due_at=now, state="sent", sent_at=now
    )


@pytest.fixture
def use_broker(settings: Any) -> Iterator[Callable[[str], None]]:
    """Hand work over to the broker at this address, until the test has ended."""
    former = app.conf.broker_url

    def connect(address: str) -> None:
        app.conf.broker_url = address
        # Forget the connection to the broker before this one.
        app._after_fork()

    def use(address: str) -> None:
        settings.BROKER_URL = address
        connect(address)

    yield use
    connect(former)
