"""Sending what waits: letters are taken a few at a time, each is sent and noted before the next.

Two that send at once never take the same letter. One that is killed leaves the letter it was sending to be sent again,
with the same Message-ID, and those it had taken to be sent when its lease has run out.
"""

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from smtplib import SMTP, SMTPException
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .failures import Failure, read_failure, record_failure
from .mime import AddressedLetter, Links
from .models import Delivery, Mailing
from .stencils import Stencils
from .tokens import LEAVE, MANAGE, address_of, leave_mailto, make_token
from .transmission import transmit

logger = logging.getLogger(__name__)

TAKEN = 100
# So many quarters of a second.
PATIENCE = 20
# With waits of 1, 4, 16 and 64 minutes, 4 hours and then a day each, the last attempt is made after some three days.
MOST_ATTEMPTS = 8
LONGEST_WAIT = timedelta(days=1)
NOTE_SENT = f"UPDATE {Delivery._meta.db_table} SET state = %s, sent_at = %s, error = '' WHERE id = %s"  # noqa: S608
COLUMNS = (
    "pk",
    "attempts",
    "mailing_id",
    "contents",
    "request_id",
    "subscriber_id",
    "subscriber__address",
    "subscriber__generation",
    "request__address",
)


class ServerAway(Exception):
    """The mail server can't be reached: there is no use in trying the next letter."""


def send_due(seconds: float = 50) -> int:
    """Send what waits, for at most about so many seconds; return how many letters were sent."""
    sent, started = 0, monotonic()
    connection = get_connection()
    stencils = Stencils()
    with closing(connection):
        while monotonic() - started < seconds and (taken := _take_patiently()):
            try:
                sent += _send_taken(connection, stencils, taken)
            except ServerAway as away:
                logger.warning("The mail server can't be reached: %s", away)
                break
    return sent


def _take_patiently() -> list[Any]:
    """Take the next letters; while some are still being written, wait a little for them."""
    for _time in range(PATIENCE):
        if taken := _take():
            return taken
        if not Mailing.objects.filter(prepared_at=None).exists():
            return []
        sleep(0.25)
    return []


@transaction.atomic
def _take() -> list[Any]:
    """Take the next letters for ourselves, for as long as a lease is."""
    now = timezone.now()
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(state=Delivery.State.WAITING)
    numbers = list(waiting.filter(due_at__lte=now).order_by("due_at", "pk").values_list("pk", flat=True)[:TAKEN])
    if not numbers:
        return []
    lease = timedelta(seconds=settings.MAIL_LEASE)
    taken = Delivery.objects.filter(pk__in=numbers)
    taken.update(due_at=now + lease, attempts=F("attempts") + 1)
    return list(taken.order_by("pk").values_list(*COLUMNS, named=True))


def _send_taken(connection: Any, stencils: Stencils, taken: list[Any]) -> int:
    sent = 0
    # Half the lease: what is not begun by then is given back, so that nobody else takes a letter that is being sent.
    stop_at = monotonic() + settings.MAIL_LEASE / 2
    letters: Iterator[Any] = iter(taken)
    for letter in letters:
        if monotonic() > stop_at:
            _give_back([letter, *letters])
            break
        try:
            connection.open()
        except (OSError, SMTPException) as error:
            _give_back([letter, *letters])
            raise ServerAway(type(error).__name__) from None
        sent += _send(connection, stencils, letter)
    return sent


def _send(connection: Any, stencils: Stencils, letter: Any) -> bool:
    try:
        message = _address(stencils, letter)
    except Exception:
        logger.exception("A letter could not be written: delivery %d", letter.pk)
        _note_failure(letter, Failure("unwritten"))
        return False
    if message is None:
        Delivery.objects.filter(pk=letter.pk).update(state=Delivery.State.CANCELLED)
        return False
    try:
        _hand_over(connection, message)
    except Exception as error:
        failure = read_failure(error)
        # The server's words hold the address: only its code is told.
        logger.warning("A letter was not sent: delivery %d, %s", letter.pk, failure.code)
        _note_failure(letter, failure)
        # After an error the connection may be in any state.
        _drop(connection)
        return False
    _note_sent(letter.pk)
    return True


def _address(stencils: Stencils, letter: Any) -> AddressedLetter | None:
    """Write a letter; None where there is nobody to send it to, or nothing to tell, any more."""
    if letter.request_id:
        stencil = stencils.answer(letter.request_id)
        return AddressedLetter(stencil, letter.request__address, letter.pk) if stencil else None
    stencil = stencils.bulk(letter.mailing_id, tuple(letter.contents))
    if stencil is None or not letter.subscriber__address:
        return None
    leave = make_token(LEAVE, letter.subscriber_id)
    manage = make_token(MANAGE, letter.subscriber_id, letter.subscriber__generation)
    links = Links(address_of("manage", manage), address_of("leave", leave), leave_mailto(leave))
    return AddressedLetter(stencil, letter.subscriber__address, letter.pk, links)


def _hand_over(connection: Any, letter: AddressedLetter) -> None:
    """Send a letter: over SMTP as it is, which is half the work of a message of Django's; else by the mail backend."""
    smtp = getattr(connection, "connection", None)
    if isinstance(smtp, SMTP):
        transmit(smtp, settings.BOUNCE_EMAIL, letter.address, letter.as_bytes())
    else:
        connection.send_messages([letter.as_message()])


def _note_sent(delivery_id: int) -> None:
    """Note that a letter was sent, whatever else has become of its row meanwhile. Once for each letter: plain SQL."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(NOTE_SENT, [Delivery.State.SENT, timezone.now(), delivery_id])


def _note_failure(letter: Any, failure: Failure) -> None:
    is_final = failure.is_permanent or letter.attempts >= MOST_ATTEMPTS
    state = Delivery.State.FAILED if is_final else Delivery.State.WAITING
    with transaction.atomic():
        Delivery.objects.filter(pk=letter.pk).update(
            state=state, error=failure.code, due_at=_next_attempt(letter.attempts)
        )
        if is_final:
            record_failure(letter.subscriber__address or letter.request__address, failure)


def _next_attempt(attempts: int) -> datetime:
    wait = timedelta(seconds=settings.MAIL_FIRST_WAIT * 4 ** (attempts - 1))
    return timezone.now() + min(wait, LONGEST_WAIT)


def _give_back(letters: list[Any]) -> None:
    """Let others have what was taken and not tried; it counts as no attempt."""
    given = Delivery.objects.filter(pk__in=[letter.pk for letter in letters], state=Delivery.State.WAITING)
    given.update(due_at=timezone.now(), attempts=F("attempts") - 1)


def _drop(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, SMTPException):
        connection.connection = None
