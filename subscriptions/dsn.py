"""Letters that come back: delivery status notifications (RFC 3464) and mailed requests to end a subscription."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

from .failures import BAD_ADDRESS, Outcome, act_on_report, note_bounce
from .models import Subscriber
from .subscribing import leave
from .tokens import LEAVE, InvalidToken, read_token

OUR_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
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
    key = _sent_key(message)
    if key is None:
        return "unknown"
    blocks = report.get_payload()
    acted = [_act_on_recipient(key, block) for block in blocks if isinstance(block, EmailMessage)]
    return next((word for word in acted if word), "other")


def _act_on_recipient(key: UUID, block: EmailMessage) -> str:
    """Act on what a report says of one addressee; empty where it says nothing that matters."""
    address = str(block.get("Final-Recipient", "")).partition(";")[2].strip().strip("<>")
    status, action = str(block.get("Status", "")).strip(), str(block.get("Action", "")).strip().lower()
    if not address or action != "failed":
        return ""
    original = str(block.get("Original-Recipient", "")).partition(";")[2].strip()
    address = next((given for given in (original, address) if given and note_bounce(key, given, status[:20])), "")
    if not address:
        return "unknown"
    act_on_report(f"dsn {key} {status}", address, Outcome.NOBODY if BAD_ADDRESS.match(status) else Outcome.PASSING)
    return "bounce"


def _sent_key(message: EmailMessage) -> UUID | None:
    """Find the Message-ID of the letter that came back, in the copy of it that the report holds."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822":
            # The copy is a message of its own, below this part.
            continue
        text = str(part.get("Message-ID", "")) if part is not message else ""
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload(decode=True) or b"")
        if found := OUR_ID.search(text):
            return UUID(found.group(1))
    return None
