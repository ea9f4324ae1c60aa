"""Letters as the bytes that go over the wire.

A letter to many is written out once. What differs from reader to reader (the address, the Message-ID, two links) is put
into a stencil, so that a letter costs little more than the sending of it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from .composing import LEAVE_HERE, MANAGE_HERE, Letter, organisation
from .tokens import mail_domain, message_id

# RFC 2045, section 6.7: no line of quoted-printable is longer than 76 characters.
PIECE = 70
UNSAFE = re.compile(r"[\r\n<>]")
POLICY = SMTP.clone(max_line_length=76)


def common_headers() -> dict[str, str]:
    """Return the headers of every letter: who it is from, and that no answering machine should answer (RFC 3834)."""
    ours = organisation()
    sender = formataddr((ours.short_name, settings.SUBSCRIPTION_FROM_EMAIL))
    headers = {"From": sender, "Auto-Submitted": "auto-generated"}
    if reply_to := ours.press_email or ours.email:
        headers["Reply-To"] = reply_to
    return headers


def bulk_headers() -> dict[str, str]:
    """Return the headers of every letter to many (RFC 2919 for the list's name)."""
    domain = mail_domain()
    return {**common_headers(), "Precedence": "bulk", "List-Id": f"<prenumeration.{domain}>"}


class Stencil:
    """A letter with the same headers for everybody, and room for what is each reader's own."""

    def __init__(self, letter: Letter, headers: Mapping[str, str]) -> None:
        self.letter = letter
        self.headers = dict(headers)
        message = EmailMessage(policy=POLICY)
        for name, value in headers.items():
            message[name] = value
        message["Subject"] = letter.subject
        message.set_content(letter.text, cte="quoted-printable")
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        self._pieces = _split(message.as_bytes())

    def fill(self, own_headers: Mapping[str, str], manage: str = "", leave: str = "") -> bytes:
        """Return the whole message. The headers are put first, as they are: they must be ASCII and safe."""
        links = {MANAGE_HERE: _soft_broken(manage), LEAVE_HERE: _soft_broken(leave)}
        head = "".join(f"{name}: {value}\r\n" for name, value in own_headers.items())
        return head.encode("ascii") + b"".join(
            piece if isinstance(piece, bytes) else links[piece] for piece in self._pieces
        )


def _split(message: bytes) -> list[bytes | str]:
    """Cut a message where links go, also where quoted-printable has broken the mark that stands there over lines."""
    marks = {mark: "(?:=\r\n)?".join(mark) for mark in (MANAGE_HERE, LEAVE_HERE)}
    pieces: list[bytes | str] = []
    end = 0
    for found in re.finditer("|".join(f"({pattern})" for pattern in marks.values()).encode(), message):
        pieces += [message[end : found.start()], list(marks)[(found.lastindex or 1) - 1]]
        end = found.end()
    return [*pieces, message[end:]]


def _soft_broken(link: str) -> bytes:
    """Write a link, which holds nothing that quoted-printable would encode, on lines of its own that a reader joins."""
    lines = [link[start : start + PIECE] for start in range(0, len(link), PIECE)]
    return "=\r\n".join(["", *lines, ""]).encode("ascii")


@dataclass(frozen=True)
class Links:
    """A reader's own links in a letter to many."""

    manage: str
    leave: str
    mailto: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers that mail programs make their own button of (RFC 2369 and RFC 8058)."""
        return {
            "List-Unsubscribe": f"<{self.leave}>,\r\n <{self.mailto}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


NO_LINKS = Links("", "", "")


class AddressedLetter:
    """A letter with its addressee, ready to go."""

    def __init__(self, stencil: Stencil, address: str, delivery_id: int, links: Links = NO_LINKS) -> None:
        if UNSAFE.search(address):
            raise ValueError("An address that would break out of a header or a command")
        self.stencil, self.address, self.links = stencil, address, links
        self.own_headers = {
            "To": address,
            "Message-ID": message_id(delivery_id),
            "Date": formatdate(),
            **(links.headers if links.leave else {}),
        }

    def as_bytes(self) -> bytes:
        """Return what goes over the wire."""
        return self.stencil.fill(self.own_headers, self.links.manage, self.links.leave)

    def as_message(self) -> "ReadyMessage":
        """Return the letter for a mail backend of Django's or of django-anymail's."""
        return ReadyMessage(self)


class ReadyMessage(EmailMultiAlternatives):
    """A letter as mail backends know it: in parts for those that call a provider, whole for all others."""

    def __init__(self, letter: AddressedLetter) -> None:
        content = letter.stencil.letter.with_links(letter.links.manage, letter.links.leave)
        super().__init__(content.subject, content.text, settings.BOUNCE_EMAIL, [letter.address])
        self.attach_alternative(content.html, "text/html")
        own = {name: value.replace("\r\n", "") for name, value in letter.own_headers.items()}
        self.extra_headers = {**letter.stencil.headers, **own}
        self.raw = letter.as_bytes()

    def message(self) -> "RawMessage":  # type: ignore[override]
        return RawMessage(self.raw)


class RawMessage:
    """What Django's backends ask of a message: its bytes."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        return self.raw if linesep == "\r\n" else self.raw.replace(b"\r\n", linesep.encode())

    def get_charset(self) -> None:
        return None
