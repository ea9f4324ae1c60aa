"""`manage.py prepare`: what must be done once before new code serves, safe to start in several places at once."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from wagtail.models import Site

# Any number will do, as long as all versions of the site use the same one.
LOCK = 4_900_2026


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock of the database's own, which a killed process lets go of; SQLite's file lock needs no help."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Command(BaseCommand):
    help = "Migrate the database and tell the site its address; with LOAD_DEMO=1, load the demonstration as well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--local-admin",
            action="store_true",
            help="also create the demonstration's administrator, as load_demo does",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        administrator = options["local_admin"] or bool(os.environ.get("DEMO_ADMIN_PASSWORD"))
        with one_at_a_time():
            call_command("migrate", interactive=False, verbosity=options["verbosity"], stdout=self.stdout)
            set_address(settings.WAGTAILADMIN_BASE_URL)
            if os.environ.get("LOAD_DEMO") == "1":
                call_command("load_demo", local_admin=administrator, stdout=self.stdout)


def set_address(base_url: str) -> None:
    """Give the default site the host and port that its pages are read at, for canonical links and feeds."""
    parts = urlsplit(base_url)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not parts.hostname:
        return
    address = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    if (site.hostname, site.port) != address:
        site.hostname, site.port = address
        site.save()
