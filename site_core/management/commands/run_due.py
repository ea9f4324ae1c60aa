"""`manage.py run_due`: one round of everything that is due, or one round after the other."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from site_core.scheduling import run_round

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do everything that is due. Running it twice at once does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on for ever, with so long between rounds")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["every"]:
            run_round()
            return
        while True:
            started = time.monotonic()
            # A database that is away for a while must not end the scheduler.
            try:
                run_round()
            except Exception:
                logger.exception("What was due could not be done")
            finally:
                close_old_connections()
            time.sleep(max(options["every"] - (time.monotonic() - started), 1))
