"""`manage.py read_bounces`: act on letters that came back."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from subscriptions.dsn import read_mail
from subscriptions.mailbox import MailboxError, read_mailbox


class Command(BaseCommand):
    help = (
        "Act on one message from standard input, as a mail server pipes what comes to BOUNCE_EMAIL; "
        "or, with --mailbox, read the mailbox of BOUNCE_MAILBOX now instead of within five minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mailbox", action="store_true", help="read the mailbox of BOUNCE_MAILBOX")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["mailbox"]:
            self.stdout.write(read_mail(sys.stdin.buffer.read()))
            return
        if not settings.BOUNCE_MAILBOX:
            raise CommandError("BOUNCE_MAILBOX is not set")
        try:
            counts = read_mailbox(settings.BOUNCE_MAILBOX)
        except MailboxError as error:
            raise CommandError(f"The mailbox can't be read: {error}") from error
        for word, number in sorted(counts.items()):
            self.stdout.write(f"{number} {word}")
