"""A real server with the demonstration on it, and a real browser."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import find_chromium

# What drives the browser runs a loop in this thread, from within which Django takes no question to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "losenord-for-webblasaren"
ADD_PEOPLE = """
from django.contrib.auth.models import Group
from site_core.models import User
for name, group in {groups!r}.items():
    email = f"{{name}}@example.se"
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        name, email, {password!r}, first_name=name.title()
    )
    user.groups.add(Group.objects.get(name=group))
"""
# Each worker of a parallel run has a server of its own.
DATABASE = f"site_browser_test_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


class Letters:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[tuple[str, EmailMessage]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    def text_to(self, address: str) -> str:
        """Return the text of the newest letter to an address."""
        letter = [letter for to, letter in self.taken if to == address][-1]
        part = letter.get_body(("plain",))
        return str(part.get_content()) if part else ""

    def link_to(self, address: str, name: str) -> str:
        """Return the link in the newest letter to an address that leads to one of the forms."""
        return re.findall(rf"http\S+/prenumeration/{name}/\S+", self.text_to(address))[0]


@pytest.fixture(scope="session")
def letters() -> Iterator[Letters]:
    """Letters that the site sends over real SMTP."""
    taker = Letters()
    controller = Controller(taker, hostname="127.0.0.1", port=taker.port)
    controller.start()
    yield taker
    controller.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="session")
def settings_of_server(tmp_path_factory: pytest.TempPathFactory, letters: Letters) -> dict[str, str]:
    """The environment of the site that the browser visits."""
    folder = tmp_path_factory.mktemp("browser")
    address = os.environ.get("TEST_DATABASE_URL", "")
    base = f"http://127.0.0.1:{free_port()}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_core.settings.development",
        "DATABASE_URL": _fresh_database(address) if address else f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "BASE_URL": base,
        "EMAIL_URL": f"smtp://127.0.0.1:{letters.port}",
        "LOAD_DEMO": "1",
        "DEMO_ADMIN_PASSWORD": PASSWORD,
    }


@pytest.fixture
def on_server(server: str, settings_of_server: dict[str, str]) -> Callable[[str], None]:
    """Changes what the server has stored, as time or an administrator would."""

    def run(code: str) -> None:
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        subprocess.run(command, cwd=ROOT, env=settings_of_server, check=True)

    return run


@pytest.fixture
def add_people(on_server: Callable[[str], None]) -> Callable[..., None]:
    """Lets people log in, each in a group; those who can already stay as they are."""

    def add(**groups: str) -> None:
        on_server(ADD_PEOPLE.format(groups=groups, password=PASSWORD))

    return add


@pytest.fixture
def do_what_is_due(server: str, settings_of_server: dict[str, str]) -> Callable[[], None]:
    """Makes a round, which the server does once a minute."""

    def make_round() -> None:
        command = [sys.executable, "manage.py", "run_due"]
        subprocess.run(command, cwd=ROOT, env=settings_of_server, check=True)

    return make_round


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, settings_of_server: dict[str, str]) -> Iterator[str]:
    """The address of a site that is served as `make serve` does it."""
    environment = settings_of_server
    base = environment["BASE_URL"]
    prepare = [sys.executable, "manage.py", "prepare", "--local-admin", "--verbosity", "0"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
    log = (tmp_path_factory.mktemp("server") / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", urlsplit(base).netloc], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        wait_until_ready(base)
        yield base
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _fresh_database(address: str) -> str:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    return f"{address.rpartition('/')[0]}/{DATABASE}"


def wait_until_ready(base: str) -> None:
    """Wait for a server that has just been started."""
    for _attempt in range(150):
        try:
            urllib.request.urlopen(f"{base}/readyz", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(base)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser, server: str) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser of its own for somebody."""
    contexts: list[BrowserContext] = []

    def begin() -> BrowserContext:
        context = browser.new_context(
            base_url=server, locale="sv-SE", timezone_id="Europe/Stockholm", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context: Callable[[], BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def log_in_as(new_context: Callable[[], BrowserContext]) -> Callable[[str], Page]:
    """Logs somebody in, in a browser of her own."""

    def begin(name: str) -> Page:
        page = new_context().new_page()
        page.goto("/admin/")
        log_in(page, name)
        page.wait_for_url("**/admin/")
        return page

    return begin


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def editor(context: BrowserContext) -> Page:
    """A page where the administrator has logged in."""
    page = context.new_page()
    page.goto("/admin/")
    log_in(page)
    page.wait_for_url("**/admin/")
    return page


def log_in(page: Page, user: str = "admin") -> None:
    """Fill in the log-in page."""
    page.get_by_label("Användarnamn").fill(user)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
