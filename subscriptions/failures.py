"""What became of letters that did not arrive: which failures end a subscription, pause it or are tried again."""

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.db import transaction
from django.utils import timezone

from .addresses import address_hash
from .leaving import end_subscription
from .models import Delivery, FailureReport, Subscriber, Suppression

# RFC 3463, section 3.2: the addressee does not exist, has moved, or can't be written to.
BAD_ADDRESS = re.compile(r"5\.1\.(1|2|3|6|10)\b")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# RFC 5321, section 4.2.3: codes that speak of the mailbox, for servers that give no enhanced code.
BAD_MAILBOX = {550, 551, 553}
# So many failures over so long a time, and never as long a time without one, pause a subscription.
SOFT_FAILURES, SOFT_TIME, SOFT_MEMORY = 3, timedelta(days=14), timedelta(days=45)


@dataclass(frozen=True)
class Failure:
    """How a letter failed. `code` is for the report and holds no address.

    `is_permanent`: trying again is of no use. `is_bad_address`: because nobody is there.
    """

    code: str
    is_permanent: bool = False
    is_bad_address: bool = False


def read_failure(error: Exception) -> Failure:
    """Read what a mail server, or a connection to it, failed with."""
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        number, words = next(iter(error.recipients.values()))
        return read_reply(number, words, is_about_mailbox=True)
    if isinstance(error, SMTPResponseException):
        return read_reply(error.smtp_code, error.smtp_error, is_about_mailbox=False)
    return Failure(type(error).__name__[:60])


def read_reply(number: int, words: bytes | str, is_about_mailbox: bool) -> Failure:
    """Read a server's reply: a three-digit code and words that may begin with an enhanced code (RFC 2034).

    Without an enhanced code, 550 speaks of the mailbox only in answer to RCPT: to the sender or the text, it means that
    the server wants none of our letters.
    """
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    enhanced = ENHANCED.search(text)
    code = f"{number} {enhanced.group()}" if enhanced else str(number)
    is_permanent = 500 <= number < 600
    is_bad = bool(BAD_ADDRESS.search(code)) if enhanced else is_about_mailbox and number in BAD_MAILBOX
    return Failure(code, is_permanent, is_permanent and is_bad)


@transaction.atomic
def suppress(address: str, reason: str) -> None:
    """Never mail an address again, and end its subscription."""
    digest = address_hash(address)
    Suppression.objects.get_or_create(digest=digest, defaults={"reason": reason, "at": timezone.now()})
    subscriber = Subscriber.objects.select_for_update().filter(digest=digest).first()
    if subscriber:
        ends = {
            Suppression.Reason.BOUNCED: Subscriber.End.BOUNCED,
            Suppression.Reason.COMPLAINED: Subscriber.End.COMPLAINED,
        }
        end_subscription(subscriber, ends[Suppression.Reason(reason)])


def count_soft_failure(subscriber: Subscriber) -> None:
    """Count a passing failure; enough of them over weeks pause the subscription until its owner takes it up again."""
    now = timezone.now()
    last = subscriber.last_soft_failure_at
    if last is None or now - last > SOFT_MEMORY:
        subscriber.soft_failures, subscriber.first_soft_failure_at = 0, now
    subscriber.soft_failures += 1
    subscriber.last_soft_failure_at = now
    first = subscriber.first_soft_failure_at or now
    if subscriber.soft_failures >= SOFT_FAILURES and now - first >= SOFT_TIME:
        subscriber.paused_at = now
    subscriber.save(update_fields=["soft_failures", "first_soft_failure_at", "last_soft_failure_at", "paused_at"])


class Outcome(Enum):
    """What a report says: nobody is there, it was marked as spam, the reader wants no more, or a passing failure."""

    NOBODY = "nobody"
    COMPLAINT = "complaint"
    LEFT = "left"
    PASSING = "passing"


@transaction.atomic
def act_on_report(report: str, address: str, outcome: Outcome) -> bool:
    """Act on a report about an address; False where the same report has been acted upon before."""
    key = hashlib.sha256(report.encode()).hexdigest()
    _report, is_new = FailureReport.objects.get_or_create(key=key, defaults={"at": timezone.now()})
    if not is_new:
        return False
    conclude(address, outcome)
    return True


def record_failure(address: str, failure: Failure) -> None:
    """Draw the conclusions from a letter that was given up."""
    conclude(address, Outcome.NOBODY if failure.is_bad_address else Outcome.PASSING)


def conclude(address: str, outcome: Outcome) -> None:
    """Do what follows for an address from how a letter to it fared."""
    subscriber = Subscriber.objects.active().with_address(address).first()
    if outcome is Outcome.NOBODY:
        suppress(address, Suppression.Reason.BOUNCED)
    elif outcome is Outcome.COMPLAINT:
        suppress(address, Suppression.Reason.COMPLAINED)
    elif subscriber and outcome is Outcome.LEFT:
        end_subscription(subscriber, Subscriber.End.ASKED)
    elif subscriber:
        count_soft_failure(subscriber)


def note_bounce(number: int, address: str, code: str) -> bool:
    """Note that a letter that was sent came back; False where no such letter was sent to that address."""
    delivery = Delivery.objects.select_related("subscriber", "request").filter(pk=number).first()
    if delivery is None:
        return False
    sent_to = delivery.subscriber.address if delivery.subscriber else getattr(delivery.request, "address", "")
    if not sent_to or address_hash(sent_to) != address_hash(address):
        return False
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.FAILED, error=code)
    return True
