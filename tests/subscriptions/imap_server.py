"""A mailbox in memory behind Twisted's IMAP server."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from twisted.cred.checkers import InMemoryUsernamePasswordDatabaseDontUse
from twisted.cred.portal import IRealm, Portal
from twisted.internet import reactor as the_reactor
from twisted.internet.protocol import Factory
from twisted.internet.threads import blockingCallFromThread
from twisted.mail import imap4
from zope.interface import implementer

USER, PASSWORD = "studsar@example.se", "hemligt: å/ö"
reactor: Any = the_reactor


@implementer(imap4.IMessage, imap4.IMessageFile)
class Message:
    def __init__(self, number: int, raw: bytes) -> None:
        self.number, self.raw, self.flags = number, raw, set[str]()

    def getUID(self) -> int:
        return self.number

    def getFlags(self) -> set[str]:
        return self.flags

    def getSize(self) -> int:
        return len(self.raw)

    def isMultipart(self) -> bool:
        return False

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.raw)


@implementer(imap4.IMailbox)
class Mailbox:
    """What tests put into it, and what becomes of it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.numbers = count(1)

    def add(self, raw: bytes) -> None:
        self.messages.append(Message(next(self.numbers), raw))

    @property
    def left(self) -> list[tuple[bytes, set[str]]]:
        """The first line and the flags of each message that has not been deleted."""
        return [(message.raw.partition(b"\r\n")[0], message.flags) for message in self.messages]

    def getUIDValidity(self) -> int:
        return 1

    def getFlags(self) -> list[str]:
        return [r"\Seen", r"\Deleted"]

    def getMessageCount(self) -> int:
        return len(self.messages)

    def getRecentCount(self) -> int:
        return 0

    def isWriteable(self) -> bool:
        return True

    def addListener(self, listener: Any) -> None: ...

    def removeListener(self, listener: Any) -> None: ...

    def fetch(self, messages: Any, uid: bool) -> list[tuple[int, Message]]:
        messages.last = len(self.messages) + 1 if not uid else next(reversed(self.messages), Message(0, b"")).number
        return [
            (place, message)
            for place, message in enumerate(self.messages, start=1)
            if (message.number if uid else place) in messages
        ]

    def store(self, messages: Any, flags: list[str], mode: int, uid: bool) -> dict[int, set[str]]:
        for _place, message in self.fetch(messages, uid):
            message.flags |= set(flags)
        return {}

    def expunge(self) -> list[int]:
        gone = [place for place, message in enumerate(self.messages, start=1) if r"\Deleted" in message.flags]
        self.messages = [message for message in self.messages if r"\Deleted" not in message.flags]
        return gone


@implementer(IRealm)
class Realm:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    def requestAvatar(self, name: bytes, mind: Any, *interfaces: Any) -> Any:
        account = imap4.MemoryAccount(name.decode())
        account.addMailbox("INBOX", self.mailbox)
        return imap4.IAccount, account, lambda: None


class Server(Factory):
    def __init__(self, mailbox: Mailbox) -> None:
        checker = InMemoryUsernamePasswordDatabaseDontUse()
        checker.addUser(USER.encode(), PASSWORD.encode())
        self.portal = Portal(Realm(mailbox), [checker])

    def buildProtocol(self, address: Any) -> Any:
        protocol = imap4.IMAP4Server()
        protocol.challengers[b"PLAIN"] = imap4.PLAINCredentials
        protocol.portal = self.portal
        return protocol


@contextmanager
def serve(mailbox: Mailbox) -> Iterator[int]:
    """Serve a mailbox on a port of this machine, which is returned."""
    if not reactor.running:
        threading.Thread(target=reactor.run, kwargs={"installSignalHandlers": False}, daemon=True).start()
    port = blockingCallFromThread(reactor, reactor.listenTCP, 0, Server(mailbox), interface="127.0.0.1")
    try:
        yield port.getHost().port
    finally:
        blockingCallFromThread(reactor, port.stopListening)
