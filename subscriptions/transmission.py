"""One letter over an open SMTP connection.

smtplib's own `sendmail` parses both addresses anew for each letter, which takes as long as all else that it does. Ours
have been checked when they were typed.
"""

from smtplib import SMTP, SMTPRecipientsRefused, SMTPResponseException

OK, WILL_FORWARD = 250, 251


def transmit(smtp: SMTP, sender: str, address: str, letter: bytes) -> None:
    """Hand a letter over; raises SMTPRecipientsRefused, another SMTPException or OSError."""
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.docmd("MAIL", f"FROM:<{sender}>")
    if code != OK:
        raise SMTPResponseException(code, words)
    code, words = smtp.docmd("RCPT", f"TO:<{address}>")
    if code not in (OK, WILL_FORWARD):
        raise SMTPRecipientsRefused({address: (code, words)})
    code, words = smtp.data(letter)
    if code != OK:
        raise SMTPResponseException(code, words)
