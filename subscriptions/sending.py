"""Sending what waits: letters are taken a few at a time, each is sent and noted before the next one's text is sent.

Two that send at once never take the same letter. One that is killed leaves the letter it was sending to be sent again,
with the same Message-ID, and those it had taken to be sent when its lease has run out.
"""

import logging
from contextlib import closing
from datetime import datetime, timedelta
from smtplib import SMTPException
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .failures import Failure, read_failure, record_failure
from .mime import AddressedLetter, Links
from .models import Delivery, Mailing
from .stencils import Stencils
from .tokens import LEAVE, MANAGE, address_of, leave_mailto, make_token
from .transmission import Courier

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
    stencils = Stencils()
    with closing(Courier()) as courier:
        while monotonic() - started < seconds and (taken := _take_patiently()):
            try:
                sent += _send_taken(courier, stencils, taken)
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


def _send_taken(courier: Courier, stencils: Stencils, taken: list[Any]) -> int:
    sent = 0
    # Half the lease: what is not begun by then is given back, so that nobody else takes a letter that is being sent.
    stop_at = monotonic() + settings.MAIL_LEASE / 2
    written = [(row, letter) for row in taken if (letter := _write(stencils, row))]
    for place, (row, letter) in enumerate(written):
        if monotonic() > stop_at:
            _give_back([row for row, _letter in written[place:]])
            break
        try:
            courier.open(letter)
        except (OSError, SMTPException) as error:
            _give_back([row for row, _letter in written[place:]])
            raise ServerAway(type(error).__name__) from None
        if _send(courier, row, letter):
            if place + 1 < len(written):
                courier.begin(written[place + 1][1])
            _note_sent(row.pk)
            sent += 1
    return sent


def _write(stencils: Stencils, row: Any) -> AddressedLetter | None:
    """Write a letter; None where it can't be written or there is nobody to send it to, or nothing to tell, any more."""
    try:
        letter = _address(stencils, row)
    except Exception:
        logger.exception("A letter could not be written: delivery %d", row.pk)
        _note_failure(row, Failure("unwritten"))
        return None
    if letter is None:
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.CANCELLED)
    return letter


def _address(stencils: Stencils, row: Any) -> AddressedLetter | None:
    if row.request_id:
        stencil = stencils.answer(row.request_id)
        return AddressedLetter(stencil, row.request__address, row.pk) if stencil else None
    stencil = stencils.bulk(row.mailing_id, tuple(row.contents))
    if stencil is None or not row.subscriber__address:
        return None
    leave = make_token(LEAVE, row.subscriber_id)
    manage = make_token(MANAGE, row.subscriber_id, row.subscriber__generation)
    links = Links(address_of("manage", manage), address_of("leave", leave), leave_mailto(leave))
    return AddressedLetter(stencil, row.subscriber__address, row.pk, links)


def _send(courier: Courier, row: Any, letter: AddressedLetter) -> bool:
    try:
        courier.hand_over(letter)
    except Exception as error:
        failure = read_failure(error)
        # The server's words hold the address: only its code is told.
        logger.warning("A letter was not sent: delivery %d, %s", row.pk, failure.code)
        _note_failure(row, failure)
        courier.close()
        return False
    return True


def _note_sent(delivery_id: int) -> None:
    """Note that a letter was sent, whatever else has become of its row meanwhile. Once for each letter: plain SQL."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(NOTE_SENT, [Delivery.State.SENT, timezone.now(), delivery_id])


def _note_failure(row: Any, failure: Failure) -> None:
    is_final = failure.is_permanent or row.attempts >= MOST_ATTEMPTS
    state = Delivery.State.FAILED if is_final else Delivery.State.WAITING
    with transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(state=state, error=failure.code, due_at=_next_attempt(row.attempts))
        if is_final:
            record_failure(row.subscriber__address or row.request__address, failure)


def _next_attempt(attempts: int) -> datetime:
    wait = timedelta(seconds=settings.MAIL_FIRST_WAIT * 4 ** (attempts - 1))
    return timezone.now() + min(wait, LONGEST_WAIT)


def _give_back(rows: list[Any]) -> None:
    """Let others have what was taken and not tried; it counts as no attempt."""
    given = Delivery.objects.filter(pk__in=[row.pk for row in rows], state=Delivery.State.WAITING)
    given.update(due_at=timezone.now(), attempts=F("attempts") - 1)
