"""`manage.py run_due`: one round of everything that is due, for sites without a scheduler of their own."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Publish and unpublish what is due. Run it every minute; running it twice at once does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("publish_scheduled", stdout=self.stdout, stderr=self.stderr)
