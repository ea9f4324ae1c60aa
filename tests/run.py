"""Runs the tests on SQLite, and on PostgreSQL where there is one: `python -m tests.run [--all] [pytest arguments]`.

A browser sees the same pages on both. Where both run, the walks are made on PostgreSQL, as the site is run, and on
SQLite only those in which much is written at once, which it bears differently.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.services import find_chromium, find_common_face, find_postgresql, find_valkey

WALKS = Path("tests/browser")
WALKED_ON_BOTH = {"test_autosave.py", "test_communicator.py"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="fail if a service is missing")
    options, pytest_arguments = parser.parse_known_args()

    postgresql, valkey, chromium = find_postgresql(), find_valkey(), find_chromium()
    services = {
        "PostgreSQL": postgresql,
        "Valkey or Redis": valkey,
        "Chromium": chromium,
        "Arial or Liberation Sans": find_common_face(),
    }
    missing = [name for name, found in services.items() if not found]
    print(f"Not found, so not tested with: {', '.join(missing)}" if missing else "All services found", flush=True)
    if missing and options.all:
        return 1

    others = [f"--ignore={walk}" for walk in sorted(WALKS.glob("test_*.py")) if walk.name not in WALKED_ON_BOTH]
    results = [_pytest([*pytest_arguments, *(others if postgresql else [])], "sqlite")]
    if postgresql:
        results.append(_pytest(pytest_arguments, "postgresql", TEST_DATABASE_URL=postgresql))
    return max(results)


def _pytest(arguments: list[str], name: str, **environment: str) -> int:
    print(f"\nTests on {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "--create-db", "-n", "2", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
