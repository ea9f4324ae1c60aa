"""`manage.py read_bounces`: act on a letter that came back."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from subscriptions.dsn import read_mail


class Command(BaseCommand):
    help = "Act on one message from standard input, as a mail server or fetchmail pipes what comes to BOUNCE_EMAIL."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(read_mail(sys.stdin.buffer.read()))
