"""How much CPU an uncached page costs on gunicorn, beside the start page of a bare Wagtail project.

    python benchmarks/page_cpu.py [--requests 300] [--database postgres://…]

Both sites run in turn with one gunicorn worker, no debugging, and cached template loaders. The figure is the worker's
own user and system time divided by the number of requests, so other work on the machine disturbs it little. What can be
compared between machines is the ratio of the two.
"""

import argparse
import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "release": "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/",
    "release, text only": "/pressmeddelanden/cybersakerhet-ovas-tillsammans/",
    "listing": "/pressmeddelanden/",
    "home": "/",
    "section": "/halsa-och-vard/",
}
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="page-cpu-"))
    try:
        with bare_site(folder) as base:
            bare = cost(base, "/", options.requests)
        print(f"bare Wagtail start page: {bare:.2f} ms of CPU")
        with our_site(folder, options.database) as base:
            for name, path in PAGES.items():
                ours = cost(base, path, options.requests)
                print(f"{name}: {ours:.2f} ms of CPU, {ours / bare:.2f} of the bare start page")
    finally:
        shutil.rmtree(folder)


def cost(base: str, path: str, requests: int) -> float:
    """Return the milliseconds of CPU that one request costs the workers."""
    fetch(base, path, 20)
    before = cpu_seconds()
    fetch(base, path, requests)
    return (cpu_seconds() - before) * 1000 / requests


def fetch(base: str, path: str, times: int) -> None:
    """Ask for a page over one connection that is kept open, as a proxy does."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=20)
    for _time in range(times):
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        assert response.status == 200
    connection.close()


def cpu_seconds() -> float:
    """Add up what gunicorn's workers have used, from /proc/PID/stat (proc(5), fields 14 and 15)."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == running.pid:
                total += int(fields[11]) + int(fields[12])
    return total / TICKS


running: subprocess.Popen[bytes]


@contextlib.contextmanager
def serve(folder: Path, application: str, environment: dict[str, str]) -> Iterator[str]:
    global running
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    command += ["--worker-class", "gthread", "--threads", "2", "--no-control-socket", "--log-level", "error"]
    running = subprocess.Popen(command, cwd=folder, env=environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(100):
            try:
                fetch(base, "/", 1)
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        running.terminate()
        running.wait(15)


@contextlib.contextmanager
def bare_site(folder: Path) -> Iterator[str]:
    """Make a project with `wagtail start`, as it comes, without debugging."""
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run([wagtail, "start", "bare"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    site = folder / "bare"
    quiet = site / "bare" / "settings" / "quiet.py"
    quiet.write_text(
        "from .base import *\nDEBUG = False\nSECRET_KEY = 'benchmark'\nALLOWED_HOSTS = ['*']\n"
        "STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bare.settings.quiet"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=site, env=environment, check=True)
    with serve(site, "bare.wsgi", environment) as base:
        yield base


@contextlib.contextmanager
def our_site(folder: Path, database: str) -> Iterator[str]:
    """Load the demonstration under the production settings."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_core.settings.production",
        "SECRET_KEY": "benchmark",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "http://127.0.0.1",
        "TLS": "off",
        "DATABASE_URL": database or f"sqlite:///{folder / 'ours.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "LOAD_DEMO": "1",
        "LOG_LEVEL": "ERROR",
    }
    for command in (["prepare", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
    with serve(ROOT, "site_core.wsgi", environment) as base:
        yield base


if __name__ == "__main__":
    main()
