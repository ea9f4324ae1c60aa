"""Letters that come back, complaints and what a mail provider reports."""

import hashlib
import hmac
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import Header
from typing import Any

import pytest
import time_machine
from anymail.signals import tracking
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subscriptions.addresses import address_hash
from subscriptions.dsn import read_mail
from subscriptions.failures import Failure, record_failure
from subscriptions.models import Delivery, FailureReport, Subscriber, Suppression
from subscriptions.tokens import leave_token
from subscriptions.webhooks import act_on_event
from tests.factories import add_subscriber

from .post import notification

pytestmark = pytest.mark.django_db
KEY = "only-for-tests"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("copied", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_comes_back_for_good_ends_the_subscription(letter: Delivery, copied: str) -> None:
    assert read_mail(notification(letter, copied=copied)) == "bounce"
    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("failed", "5.1.1")
    assert Subscriber.objects.get().end_reason == Subscriber.End.BOUNCED
    assert Suppression.objects.get().digest == address_hash("anna@example.se")
    assert read_mail(notification(letter, copied=copied)) == "bounce"
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"key": "<1.3WQXGTQWE9DRP1Vu0JuGRW0blwV5xv-AOigPg11my-0@127.0.0.1>"}, "unknown"),
        ({"recipient": "bo@example.se"}, "unknown"),
        ({"key": "<not-ours@example.se>"}, "unknown"),
        ({"action": "delayed", "status": "4.4.1"}, "other"),
    ],
)
def test_a_report_that_anybody_could_have_written_ends_nothing(
    letter: Delivery, change: dict[str, str], word: str
) -> None:
    add_subscriber("bo@example.se")
    assert read_mail(notification(letter, **change)) == word
    assert Subscriber.objects.active().count() == 2


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: Hej\r\n\r\nHej!", b"Content-Type: multipart/report\r\n\r\n--x"]
)
def test_other_mail_is_left_alone(letter: Delivery, raw: bytes) -> None:
    assert read_mail(raw) == "other"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"Message-ID: <", b"Message-ID: <[><"),
        (b"Status: 5.1.1", b"Status: 5.1.1\xff\0"),
        (b"Status: 5.1.1", b"Status: \0"),
        (b"rfc822; anna@", b"rfc822; \xff\0@"),
        (b"Subject: Undelivered", b"Subject: avsluta =?nonsense?q?=ff?="),
        (b"multipart/report;", b"multipart/report; charset=\xff; x*=utf-8''%ff;"),
    ],
)
def test_a_report_that_is_badly_written_fails_nothing(letter: Delivery, right: bytes, wrong: bytes) -> None:
    raw = notification(letter)
    assert right in raw
    assert read_mail(raw.replace(right, wrong)) in {"bounce", "unknown", "other"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(edits=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 20), st.binary(max_size=5)), max_size=6))
def test_whatever_comes_is_read(letter: Delivery, edits: list[tuple[int, int, bytes]]) -> None:
    raw = notification(letter)
    for start, length, put in edits:
        raw = raw[:start] + put + raw[start + length :]
    assert read_mail(raw) in {"bounce", "unknown", "other"}


def test_passing_failures_over_weeks_pause_a_subscription(letter: Delivery) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for day in range(3):
            read_mail(notification(letter, status=f"5.2.{day}"))
        assert Subscriber.objects.active().exists()
        clock.shift(timedelta(days=15))
        read_mail(notification(letter, status="5.2.9"))
    assert not Subscriber.objects.active().exists()
    assert Subscriber.objects.get().paused_at
    assert not Suppression.objects.exists()


def test_failures_that_are_far_apart_pause_nothing() -> None:
    add_subscriber()
    with time_machine.travel(NOW, tick=False) as clock:
        for _time in range(5):
            record_failure("anna@example.se", Failure("451 4.2.2"))
            clock.shift(timedelta(days=50))
    assert Subscriber.objects.active().exists()


def test_a_subscription_can_be_ended_by_mail(letter: Delivery) -> None:
    token = leave_token(Subscriber.objects.get().pk)
    assert read_mail(f"Subject: avsluta {token}\r\n\r\n".encode()) == "left"
    assert Subscriber.objects.get().end_reason == Subscriber.End.ASKED
    assert read_mail(b"Subject: avsluta 1.a.b\r\n\r\n") == "other"


def test_a_mailed_wish_to_leave_is_understood_however_its_subject_is_written(letter: Delivery) -> None:
    token = leave_token(Subscriber.objects.get().pk)
    subject = Header(f"Re: AVSLUTA {token}", "utf-8", header_name="Subject").encode()
    assert token not in subject
    assert read_mail(f"Subject: {subject}\r\n\r\n".encode()) == "left"


def test_a_mail_server_hands_over_what_comes_back(letter: Delivery, monkeypatch: Any) -> None:
    class Piped:
        buffer = io.BytesIO(notification(letter))

    monkeypatch.setattr("sys.stdin", Piped)
    out = io.StringIO()
    call_command("read_bounces", stdout=out)
    assert out.getvalue().strip() == "bounce"
    assert not Subscriber.objects.active().exists()


@pytest.fixture
def provider(settings: Any) -> Iterator[None]:
    """A mail provider's webhook, as it is when EMAIL_PROVIDER names one."""
    settings.ROOT_URLCONF = "tests.subscriptions.webhook_urls"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}
    tracking.connect(act_on_event, dispatch_uid="tests.act_on_event")
    yield
    tracking.disconnect(dispatch_uid="tests.act_on_event")


def report(client: Client, event: str, *, number: str = "a1", key: str = KEY, **data: Any) -> int:
    """Send what Mailgun sends, with its signature."""
    moment, token = str(int(datetime.now(UTC).timestamp())), f"token-{number}"
    signature = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    body = {
        "signature": {"timestamp": moment, "token": token, "signature": signature},
        "event-data": {"event": event, "id": number, "recipient": "Anna@example.se", "timestamp": 1.0, **data},
    }
    return client.post("/anymail/mailgun/tracking/", json.dumps(body), content_type="application/json").status_code


@pytest.mark.parametrize(
    ("event", "data", "end"),
    [
        ("failed", {"severity": "permanent", "reason": "bounce", "delivery-status": {"code": 550}}, "bounced"),
        ("complained", {}, "complained"),
        ("unsubscribed", {}, "asked"),
    ],
)
@pytest.mark.usefixtures("provider")
def test_a_provider_reports_a_bounce_or_a_complaint(client: Client, event: str, data: dict, end: str) -> None:
    add_subscriber("anna@example.se")
    assert report(client, event, **data) == 200
    assert Subscriber.objects.get().end_reason == end
    assert Suppression.objects.exists() == (end != "asked")


@pytest.mark.usefixtures("provider")
def test_the_same_report_again_changes_nothing(client: Client) -> None:
    subscriber = add_subscriber("anna@example.se")
    for _time in range(3):
        assert report(client, "failed", severity="temporary", reason="generic") == 200
        assert report(client, "failed", severity="permanent", reason="generic", number="b2") == 200
    subscriber.refresh_from_db()
    assert subscriber.soft_failures == FailureReport.objects.count() == 1


@pytest.mark.usefixtures("provider")
def test_a_report_with_a_false_signature_is_refused(client: Client) -> None:
    add_subscriber("anna@example.se")
    assert report(client, "complained", key="somebody else's") == 400
    assert Subscriber.objects.active().exists()
