"""The machinery that mailing is tried on: a database, a broker, a mail server and workers of its own, all real."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg2

ROOT = Path(__file__).resolve().parents[1]
# One address in so many does not exist.
GONE_EVERY = 100
SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Rig:
    """Starts what mailing needs, for one run; ends it all, by process, at the end."""

    def __init__(self, database: str, senders: int, is_rough: bool, **settings: Any) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mail-rig-"))
        self.letters = self.folder / "letters.log"
        self.letters.touch()
        self.is_rough = is_rough
        self.senders = senders
        self.mail_port, self.broker_port = free_port(), free_port()
        self.processes: dict[str, psutil.Popen] = {}
        self.database = database
        self.environment = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "DJANGO_SETTINGS_MODULE": "site_core.settings.production",
            "SECRET_KEY": "only-for-this-run-" * 4,
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "http://localhost",
            "TLS": "off",
            "LOG_LEVEL": "WARNING",
            "DATABASE_URL": f"{SERVER.rpartition('/')[0]}/{database}",
            "BROKER_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
            "DEFAULT_FROM_EMAIL": "nyheter@localhost",
            "MAIL_SENDERS": str(senders),
            "GRACE_MINUTES": "0",
            **{name: str(value) for name, value in settings.items()},
        }

    def __enter__(self) -> "Rig":
        connection = psycopg2.connect(SERVER)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {self.database}")
        connection.close()
        self.run("manage.py", "migrate", "--verbosity", "0")
        os.environ.update(self.environment)
        sys.path.insert(0, str(ROOT))
        return self

    def __exit__(self, *_error: object) -> None:
        for name in list(self.processes):
            self.kill(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.environment, check=True)

    def start(self, name: str, *command: str) -> None:
        log = (self.folder / f"{name}.log").open("a")
        self.processes[name] = psutil.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def start_mail_server(self) -> None:
        rough = ["--rough"] if self.is_rough else []
        command = [sys.executable, "benchmarks/smtp_sink.py", str(self.mail_port), str(self.letters), *rough]
        self.start("mail", *command)
        self.wait_for(self.mail_port)

    def start_broker(self) -> None:
        server = shutil.which("valkey-server") or shutil.which("redis-server") or ""
        self.start("broker", server, "--port", str(self.broker_port), "--bind", "127.0.0.1", "--save", "")
        self.wait_for(self.broker_port)

    def start_worker(self, name: str) -> None:
        options = ["--concurrency", str(self.senders), "--loglevel", "WARNING", "--hostname", f"{name}@%h"]
        self.start(name, sys.executable, "-m", "celery", "-A", "site_core", "worker", *options)

    def start_scheduler(self, name: str, every: int) -> None:
        self.start(name, sys.executable, "manage.py", "run_due", "--every", str(every))

    def wait_for(self, port: int) -> None:
        for _attempt in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            time.sleep(0.05)
        raise TimeoutError(port)

    def children(self, name: str) -> list[psutil.Process]:
        with contextlib.suppress(psutil.Error):
            return [child for child in self.processes[name].children() if child.is_running()]
        return []

    def kill(self, name: str) -> int:
        """End a process and its children as a failing machine would; return how many there were."""
        children = self.children(name)
        killed = 0
        for process in [*children, self.processes[name]]:
            with contextlib.suppress(psutil.Error):
                process.kill()
                killed += 1
        self.processes.pop(name).wait()
        return killed

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def accepted(self) -> list[tuple[str, str]]:
        """Return the Message-ID and the addressee of each letter that the mail server took."""
        lines = self.letters.read_text().splitlines()
        return [(line.split(" ")[0], line.split(" ")[1]) for line in lines]


def add_subscribers(number: int) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from subscriptions.addresses import address_hash
    from subscriptions.models import Frequency, Subscriber

    since = timezone.now() - timedelta(days=1)
    for start in range(0, number, 5000):
        addresses = [
            f"{'gone' if place % GONE_EVERY == 7 else 'reader'}-{place}@example.se"
            for place in range(start, min(start + 5000, number))
        ]
        Subscriber.objects.bulk_create(
            Subscriber(
                address=address,
                digest=address_hash(address),
                frequency=Frequency.IMMEDIATE,
                everything=True,
                confirmed_at=since,
            )
            for address in addresses
        )


def publish() -> None:
    from pages.models import HomePage
    from press.models import PressIndexPage, PressReleasePage

    room = PressIndexPage(title="Pressmeddelanden", slug="pressmeddelanden")
    HomePage.objects.get().add_child(instance=room)
    release = PressReleasePage(
        title="Kommunerna enas om en gemensam utbildning", slug="utbildning", lead="Det här har hänt. " * 20, live=False
    )
    room.add_child(instance=release)
    release.save_revision().publish()
