"""`manage.py load_demo`: fill an empty site with the demonstration."""

import os
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from pages.demo.loader import is_loaded, load

ADMIN = "admin"


class Command(BaseCommand):
    help = "Load the demonstration site, once: a site that has content is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--local-admin",
            action="store_true",
            help=f"also create the administrator '{ADMIN}', with the password in DEMO_ADMIN_PASSWORD or a random one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("The site has content already: nothing was changed.")
        else:
            load()
            self.stdout.write(self.style.SUCCESS("The demonstration is loaded."))
        if options["local_admin"]:
            self._create_admin()

    def _create_admin(self) -> None:
        users = get_user_model().objects
        if users.filter(username=ADMIN).exists():
            return
        password = os.environ.get("DEMO_ADMIN_PASSWORD") or secrets.token_urlsafe(12)
        users.create_superuser(ADMIN, "admin@localhost", password)
        shown = "the one in DEMO_ADMIN_PASSWORD" if os.environ.get("DEMO_ADMIN_PASSWORD") else password
        self.stdout.write(f"Administrator: {ADMIN}, password: {shown}")
