"""`manage.py run_due`: one round of everything that is due, for sites without a scheduler of their own."""

from typing import Any

from django.core.management.base import BaseCommand

from site_core.scheduling import run_schedule, sweep_when_due


class Command(BaseCommand):
    help = "Do everything that is due, once. Run it every minute; running it twice at once does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        run_schedule()
        sweep_when_due()
