"""`manage.py serve`: the site on one's own machine, with what is due done every minute."""

import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.runserver import Command as RunserverCommand

INTERVAL = 60


class Command(RunserverCommand):
    help = "Serve the site on this machine. For development and a first look, never for the public."

    def handle(self, *args: Any, **options: Any) -> None:
        # A reloader would start a second process, and with it a second clock.
        super().handle(*args, **{**options, "use_reloader": False})

    def on_bind(self, server_port: int) -> None:
        threading.Thread(target=self._run_due_every_minute, daemon=True).start()
        host = f"[{self.addr}]" if self._raw_ipv6 else self.addr  # type: ignore[attr-defined]
        mail = getattr(settings, "EMAIL_FILE_PATH", None)
        self.stdout.write(f"The site:   http://{host}:{server_port}/")
        self.stdout.write(f"The editor: http://{host}:{server_port}/admin/")
        self.stdout.write(f"Mail goes to {mail or settings.EMAIL_HOST}. Stop with Ctrl-C.")

    def _run_due_every_minute(self) -> None:
        call_command("run_due", every=INTERVAL, stdout=self.stdout, stderr=self.stderr)
