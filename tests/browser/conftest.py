"""A real server with the demonstration on it, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import find_chromium

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "losenord-for-webblasaren"
# Each worker of a parallel run has a server of its own.
DATABASE = f"site_browser_test_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that is served as `make serve` does it."""
    folder = tmp_path_factory.mktemp("browser")
    address = os.environ.get("TEST_DATABASE_URL", "")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_core.settings.development",
        "DATABASE_URL": _fresh_database(address) if address else f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "BASE_URL": base,
        "LOAD_DEMO": "1",
        "DEMO_ADMIN_PASSWORD": PASSWORD,
    }
    prepare = [sys.executable, "manage.py", "prepare", "--local-admin", "--verbosity", "0"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True)
    log = (folder / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", f"127.0.0.1:{port}"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait_until_ready(base)
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


def _wait_until_ready(base: str) -> None:
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
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=server, locale="sv-SE", timezone_id="Europe/Stockholm", reduced_motion="reduce"
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def editor(context: BrowserContext) -> Page:
    """A page where somebody has logged in."""
    page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Användarnamn").fill("admin")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url("**/admin/")
    return page
