"""Writing in forms, running what is due, reading what came by mail, and writing what comes back."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import time_machine
from django.core import mail
from django.test import Client

from subscriptions import rounds
from subscriptions.models import Delivery
from subscriptions.tokens import message_id

EVERYTHING = {"scope": "allt", "frequency": "immediate"}
SENT = "Titta i din e-post"


def do_what_is_due() -> None:
    rounds.write_letters()
    rounds.send_letters()


def stamp(client: Client, path: str = "/prenumeration/", seconds: int = 10) -> str:
    """Return the stamp of a form that was opened so many seconds ago."""
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=seconds)):
        html = client.get(path).content.decode()
    return re.findall(r'name="stamp" value="([^"]+)"', html)[0]


def sign_up(client: Client, address: str = "anna@example.se", **values: Any) -> Any:
    """Fill in the form and send it, as somebody does who takes ten seconds for it."""
    wish = values or EVERYTHING
    return client.post("/prenumeration/", {"address": address, "stamp": stamp(client), **wish})


def letters_to(address: str) -> list[EmailMessage]:
    """Read what was sent to an address, from the bytes that went over the wire."""
    return [
        message_from_bytes(wire(message), policy=policy.default) for message in mail.outbox if message.to == [address]
    ]


def wire(message: Any) -> bytes:
    """Return what of a message goes over the wire."""
    return message.message().as_bytes(linesep="\r\n")


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return part.get_content().replace("\r\n", "\n") if part else ""


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    return part.get_content().replace("\r\n", "\n") if part else ""


def link_in(letter: EmailMessage, name: str) -> str:
    """Return the path of the link in a letter that leads to one of our forms."""
    return urlsplit(re.findall(rf"http\S+/prenumeration/{name}/\S+", text_of(letter))[0]).path


def confirm(client: Client, address: str = "anna@example.se") -> Any:
    """Press the button behind the newest letter's link."""
    do_what_is_due()
    return client.post(link_in(letters_to(address)[-1], "bekrafta"))


def notification(letter: Delivery, status: str = "5.1.1", action: str = "failed", **other: str) -> bytes:
    """Write what a mail server sends back, as RFC 3464 has it."""
    recipient = other.get("recipient", "anna@example.se")
    key = other.get("key", message_id(letter.pk))
    copied = other.get("copied", "message/rfc822")
    return f"""From: MAILER-DAEMON@mx.example.se
To: webmaster@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grans"

--grans
Content-Type: text/plain

I could not deliver it to <{recipient}>.

--grans
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.se

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--grans
Content-Type: {copied}

Message-ID: {key}
To: {recipient}
Subject: Nytt avtal

--grans--
""".replace("\n", "\r\n").encode()
