"""Saves one page of each kind as a file, for checks from outside: `python -m tests.save_pages FOLDER`."""

import os
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command
from django.test import Client

PATHS = {
    "home": "/",
    "section": "/regional-utveckling/",
    "page": "/om/",
    "listing": "/pressmeddelanden/",
    "topic": "/pressmeddelanden/amne/digitalt/",
    "filtered": "/pressmeddelanden/?ar=2023&amne=halsa-och-vard",
    "municipality": "/pressmeddelanden/kommun/ale/",
    "release": "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/",
    "report": "/pressmeddelanden/ny-rapport-om-nara-vard/",
    "search": "/sok/?q=kommunerna",
    "no-hits": "/sok/?q=giraff",
    "subscribe": "/prenumeration/?amne=digitalt",
    "subscription-link": "/prenumeration/hantera/",
    "not-found": "/finns-inte/",
}


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "site_core.settings.development",
            "DATABASE_URL": f"sqlite:///{temporary}/site.sqlite3",
            "MEDIA_ROOT": f"{temporary}/media",
            "LOAD_DEMO": "1",
        }
        django.setup()
        call_command("prepare", verbosity=0)
        client = Client(headers={"host": "127.0.0.1"})
        for name, path in PATHS.items():
            (folder / f"{name}.html").write_bytes(client.get(path).content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
