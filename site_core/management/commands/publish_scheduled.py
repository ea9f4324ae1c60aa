"""`manage.py publish_scheduled`: Wagtail's own stops at the first failure and does not bear two at once."""

from typing import Any

from django.core.management.base import CommandError
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand

from site_core.scheduling import run_schedule


class Command(WagtailCommand):
    help = "Publish and unpublish what is due. Run it every minute; running it twice at once does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
        elif failures := run_schedule():
            raise CommandError(f"{failures} could not be done: see the log")
