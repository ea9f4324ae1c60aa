"""Letters that come back: delivery status notifications (RFC 3464) and mailed requests to end a subscription."""

import re
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from .failures import BAD_ADDRESS, ENHANCED, Outcome, act_on_report, note_bounce
from .models import Subscriber
from .subscribing import leave
from .tokens import LEAVE, InvalidToken, read_message_id, read_token

# What a message was.
BOUNCE, LEFT, UNKNOWN, OTHER = "bounce", "left", "unknown", "other"
LEAVING = re.compile(r"\bavsluta\s+(\S+)", re.IGNORECASE)


def read_mail(raw: bytes) -> str:
    """Act on one message to the address that letters come from; return in a word what it was.

    Anybody can write a message that looks like a report. One is believed only if it names the Message-ID, which nobody
    can guess, of a letter that was sent to the very address it reports about.
    """
    # The parser's older policy: the newer one fails on headers that are malformed.
    message = message_from_bytes(raw)
    if wish := LEAVING.search(_subject(message)):
        return _leave(wish.group(1))
    report = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    if report is None:
        return OTHER
    return _act_on(message, report)


def _subject(message: Message) -> str:
    written = str(message.get("Subject", ""))
    try:
        return str(make_header(decode_header(written)))
    except (HeaderParseError, LookupError, ValueError):
        return written


def _leave(token: str) -> str:
    try:
        (number,) = read_token(LEAVE, token)
    except (InvalidToken, ValueError):
        return OTHER
    leave(number, Subscriber.End.ASKED)
    return LEFT


def _act_on(message: Message, report: Message) -> str:
    letter = _sent_letter(message)
    if letter is None:
        return UNKNOWN
    blocks = report.get_payload()
    acted = [_act_on_recipient(letter, block) for block in blocks if isinstance(block, Message)]
    return next((word for word in acted if word), OTHER)


def _act_on_recipient(letter: int, block: Message) -> str:
    """Act on what a report says of one addressee; empty where it says nothing that matters."""
    address = str(block.get("Final-Recipient", "")).partition(";")[2].strip().strip("<>")
    status, action = ENHANCED.search(str(block.get("Status", ""))), str(block.get("Action", "")).strip().lower()
    if not address or not status or action != "failed":
        return ""
    code = status.group()
    original = str(block.get("Original-Recipient", "")).partition(";")[2].strip()
    address = next((given for given in (original, address) if given and note_bounce(letter, given, code)), "")
    if not address:
        return UNKNOWN
    act_on_report(f"dsn {letter} {code}", address, Outcome.NOBODY if BAD_ADDRESS.match(code) else Outcome.PASSING)
    return BOUNCE


def _sent_letter(message: Message) -> int | None:
    """Find which letter came back, by the Message-ID in the copy of it that the report holds."""
    for part in message.walk():
        # The report itself has a Message-ID of its server's.
        text = str(part.get("Message-ID", "")) if part is not message else ""
        if part.get_content_type() == "text/rfc822-headers":
            text = str(part.get_payload(decode=True) or "")
        if (letter := read_message_id(text)) is not None:
            return letter
    return None
