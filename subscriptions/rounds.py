"""One round of everything that is due. Safe to run twice at once, late, or only half."""

from .announcing import open_due
from .digests import open_digests
from .mailbox import read_when_due
from .preparing import finish_mailings, prepare_all
from .retention import clean_when_due
from .sending import send_due
from .subscribing import handle_requests


def open_letters() -> None:
    """Answer forms, and begin the mailings whose time has come."""
    handle_requests()
    open_due()
    open_digests()


def write_letters() -> None:
    """Turn everything that is due into letters that wait to be sent."""
    open_letters()
    finish_writing()


def finish_writing() -> None:
    """Write what has been begun, a letter for each reader, and take away what need not be kept."""
    prepare_all()
    clean_when_due()


def read_what_came_back() -> None:
    """Act on letters that came back, and on mailed wishes to leave."""
    read_when_due()


def send_letters() -> int:
    """Send what waits, and note which mailings that has finished; return how many letters were sent."""
    sent = send_due()
    finish_mailings()
    return sent
