"""Handing letters over to the mail server or the provider.

smtplib's own `sendmail` parses both addresses anew for each letter and waits for an answer four times. Ours have been
checked when they were typed, and a server that takes several commands at once (RFC 2920) gets them so, already while
the letter before is being noted.
"""

from smtplib import SMTP, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from .mime import AddressedLetter

# RFC 5321, section 4.3.2: the replies that let a letter go on.
OK, WILL_FORWARD, GO_AHEAD = 250, 251, 354


class Courier:
    """Hands letters over, one after another: over SMTP as they are, else by the mail backend. Close it at the end."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()
        # For whom the server has been asked to take a letter, and may be waiting for its text.
        self._begun = ""

    def open(self, letter: AddressedLetter) -> None:
        """Be connected, and free to hand this letter over; raises OSError or SMTPException."""
        if self._begun not in ("", letter.address):
            self.close()
        self._backend.open()

    def begin(self, letter: AddressedLetter) -> None:
        """Ask the server to take this letter next, if it can be asked before it is listened to.

        What it answers is read, and what goes wrong is told, when the letter is handed over.
        """
        smtp = self._smtp()
        if smtp is None or self._begun or not smtp.has_extn("pipelining"):
            return
        self._begun = letter.address
        try:
            smtp.send("".join(f"{command}\r\n" for command in self._commands(letter)))
        except (OSError, SMTPException):
            self.close()

    def hand_over(self, letter: AddressedLetter) -> None:
        """Hand a letter over on an open connection; raises OSError, SMTPException or what a provider's backend does.

        After an error the connection may be in any state: close it.
        """
        smtp = self._smtp()
        if smtp is None:
            self._backend.send_messages([letter.as_message()])
            return
        smtp.ehlo_or_helo_if_needed()
        self.begin(letter)
        if self._begun:
            self._read_answers(smtp, letter)
        else:
            self._ask_in_turn(smtp, letter)
        smtp.send(letter.as_bytes().replace(b"\r\n.", b"\r\n..") + b".\r\n")
        self._begun = ""
        _check("text", letter, *smtp.getreply())

    def close(self) -> None:
        """Take leave of the server; where it waits for a letter's text, without a word that it would take for that."""
        smtp = self._smtp()
        if smtp and self._begun:
            smtp.close()
        self._begun = ""
        try:
            self._backend.close()
        except (OSError, SMTPException):
            self._backend.connection = None

    def _smtp(self) -> SMTP | None:
        smtp = getattr(self._backend, "connection", None)
        return smtp if isinstance(smtp, SMTP) else None

    def _commands(self, letter: AddressedLetter) -> tuple[str, str, str]:
        return f"MAIL FROM:<{settings.BOUNCE_EMAIL}>", f"RCPT TO:<{letter.address}>", "DATA"

    def _ask_in_turn(self, smtp: SMTP, letter: AddressedLetter) -> None:
        for command in self._commands(letter):
            _check(command, letter, *smtp.docmd(command))

    def _read_answers(self, smtp: SMTP, letter: AddressedLetter) -> None:
        """Read what the server says to each command, to the last, and raise what it refused first."""
        refused: SMTPException | None = None
        for command in self._commands(letter):
            try:
                _check(command, letter, *smtp.getreply())
            except SMTPServerDisconnected as error:
                raise refused or error from None
            except SMTPException as error:
                refused = refused or error
                if command == "DATA":
                    self._begun = ""
        if refused:
            raise refused


def _check(said: str, letter: AddressedLetter, code: int, words: bytes) -> None:
    """Raise what a server refuses; a refused addressee by an exception of its own."""
    if said.startswith("RCPT"):
        if code not in (OK, WILL_FORWARD):
            raise SMTPRecipientsRefused({letter.address: (code, words)})
    elif code != (GO_AHEAD if said == "DATA" else OK):
        raise SMTPResponseException(code, words)
