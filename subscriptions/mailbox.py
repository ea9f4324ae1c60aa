"""The mailbox that letters come back to, read over IMAP (RFC 9051) where BOUNCE_MAILBOX names one.

What a machine has written about our letters, and the mailed wish to leave, is acted upon and deleted. All else is left
there, marked as read, for people. A message that was acted upon when the connection broke is acted upon again, which
changes nothing.
"""

import logging
import ssl
from collections import Counter
from datetime import timedelta
from imaplib import IMAP4, IMAP4_SSL
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError

from site_core.models import Heartbeat

from .dsn import BOUNCE, LEFT, read_mail

logger = logging.getLogger(__name__)

NAME, EVERY = "subscription-mailbox", timedelta(minutes=5)
# In seconds, for each answer of the server's.
TIMEOUT = 20
# A report comes first in its message; what is cut off is the copy of our own letter.
MOST_BYTES = 1_000_000
MOST_MESSAGES = 500
UNREADABLE = "unreadable"


class MailboxError(Exception):
    """The mailbox can't be read; the words are the server's."""


def read_when_due() -> None:
    """Read the mailbox, if there is one, every five minutes; a server that is away is asked again the next time."""
    if not settings.BOUNCE_MAILBOX or not Heartbeat.is_older_than(NAME, EVERY):
        return
    Heartbeat.beat(NAME)
    try:
        counts = read_mailbox(settings.BOUNCE_MAILBOX)
    except MailboxError as error:
        kind = type(error.__cause__ or error).__qualname__
        logger.error("The mailbox can't be read: %s. For more, run: manage.py read_bounces --mailbox", kind)
    else:
        if counts:
            logger.info("The mailbox held: %s", ", ".join(f"{n} {word}" for word, n in counts.items()))


def read_mailbox(mailbox: dict[str, Any]) -> Counter[str]:
    """Act on what has come since the last time; return how many messages were what. Raises MailboxError.

    `mailbox`: where it is and who may read it, as `StrictEnv.mailbox` has it.
    """
    try:
        with _connect(mailbox) as box:
            _open(box, mailbox)
            unread = _answer(box.uid("SEARCH", "UNSEEN UNDELETED"))[0] or b""
            counts = Counter(_act_on(box, number.decode()) for number in unread.split()[:MOST_MESSAGES])
            _answer(box.expunge())
    except (OSError, IMAP4.error) as error:
        raise MailboxError(str(error)) from error
    return counts


def _connect(mailbox: dict[str, Any]) -> IMAP4:
    host, port = mailbox["HOST"], mailbox["PORT"]
    if mailbox["TLS"]:
        return IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    return IMAP4(host, port, timeout=TIMEOUT)


def _open(box: IMAP4, mailbox: dict[str, Any]) -> None:
    # RFC 4616: unlike LOGIN, it takes any letter in a password.
    box.authenticate("PLAIN", lambda _challenge: f"\0{mailbox['USER']}\0{mailbox['PASSWORD']}".encode())
    folder = mailbox["FOLDER"].replace("\\", r"\\").replace('"', r"\"")
    _answer(box.select(f'"{folder}"'))


def _act_on(box: IMAP4, number: str) -> str:
    """Act on one message; one that can't be read is left with the rest, and holds up no other."""
    fetched = _answer(box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
    raw = next((item[1] for item in fetched if isinstance(item, tuple)), b"")
    try:
        word = read_mail(raw)
    except (InterfaceError, OperationalError):
        # The database is away: this is no fault of the message's, which is read the next time.
        raise
    except Exception as error:
        logger.error("A message in the mailbox can't be read: %s", type(error).__name__)
        word = UNREADABLE
    _answer(box.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)" if word in (BOUNCE, LEFT) else r"(\Seen)"))
    return word


def _answer(response: tuple[str, list[Any]]) -> list[Any]:
    """Return what the server answered; imaplib itself raises for BAD but not for NO."""
    kind, data = response
    if kind != "OK":
        raise IMAP4.error(b" ".join(word for word in data if isinstance(word, bytes)).decode(errors="replace"))
    return data
