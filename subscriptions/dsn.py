"""Letters that come back: delivery status notifications (RFC 3464) and mailed requests to end a subscription."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from .failures import BAD_ADDRESS, Outcome, act_on_report, note_bounce
from .models import Subscriber
from .subscribing import leave
from .tokens import LEAVE, InvalidToken, read_message_id, read_token

LEAVING = re.compile(r"\bavsluta\s+(\S+)", re.IGNORECASE)


def read_mail(raw: bytes) -> str:
    """Act on one message to the address that letters come from; return in a word what it was.

    Anybody can write a message that looks like a report. One is believed only if it names the Message-ID, which nobody
    can guess, of a letter that was sent to the very address it reports about.
    """
    message = message_from_bytes(raw, policy=policy.default)
    if wish := LEAVING.search(str(message.get("Subject", ""))):
        return _leave(wish.group(1))
    report = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    if report is None:
        return "other"
    return _act_on(message, report)


def _leave(token: str) -> str:
    try:
        (number,) = read_token(LEAVE, token)
    except (InvalidToken, ValueError):
        return "other"
    leave(number, Subscriber.End.ASKED)
    return "left"


def _act_on(message: EmailMessage, report: EmailMessage) -> str:
    letter = _sent_letter(message)
    if letter is None:
        return "unknown"
    blocks = report.get_payload()
    acted = [_act_on_recipient(letter, block) for block in blocks if isinstance(block, EmailMessage)]
    return next((word for word in acted if word), "other")


def _act_on_recipient(letter: int, block: EmailMessage) -> str:
    """Act on what a report says of one addressee; empty where it says nothing that matters."""
    address = str(block.get("Final-Recipient", "")).partition(";")[2].strip().strip("<>")
    status, action = str(block.get("Status", "")).strip(), str(block.get("Action", "")).strip().lower()
    if not address or action != "failed":
        return ""
    original = str(block.get("Original-Recipient", "")).partition(";")[2].strip()
    address = next((given for given in (original, address) if given and note_bounce(letter, given, status[:20])), "")
    if not address:
        return "unknown"
    act_on_report(f"dsn {letter} {status}", address, Outcome.NOBODY if BAD_ADDRESS.match(status) else Outcome.PASSING)
    return "bounce"


def _sent_letter(message: EmailMessage) -> int | None:
    """Find which letter came back, by the Message-ID in the copy of it that the report holds."""
    for part in message.walk():
        # The report itself has a Message-ID of its server's.
        text = str(part.get("Message-ID", "")) if part is not message else ""
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload(decode=True) or b"")
        if (letter := read_message_id(text)) is not None:
            return letter
    return None
