"""Asking for a page changes nothing."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)", re.IGNORECASE)
PATHS = [
    "/",
    "/halsa-och-vard/",
    "/om/",
    "/pressmeddelanden/",
    "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/",
    "/pressmeddelanden/millennium-blir-nytt-it-stod-for-varden/presspaket.zip",
    "/pressmeddelanden/?ar=2023&amne=halsa-och-vard",
    "/pressmeddelanden/kommun/boras/",
    "/pressmeddelanden/feed.atom",
    "/pressmeddelanden/amne/digitalt/feed.json",
    "/sitemap.xml",
    "/sitemap-pressmeddelanden.xml",
    "/nyheter.xml",
    "/sok/?q=kommunerna",
    "/prenumeration/",
    "/prenumeration/?amne=digitalt&kommun=boras",
    "/prenumeration/hantera/",
    "/finns-inte/",
    "/robots.txt",
    "/favicon.ico",
    "/.well-known/security.txt",
    "/admin/login/",
    "/livez",
    "/readyz",
]


@pytest.mark.django_db
def test_get_and_head_write_nothing(client: Client) -> None:
    call_command("load_demo", verbosity=0)
    for path in PATHS:
        # The first visitor has renditions made; they are a cache of what the images are, and nothing else.
        client.get(path)
        for method in (client.get, client.head):
            with CaptureQueriesContext(connection) as queries:
                method(path)
            assert [query["sql"] for query in queries if WRITES.match(query["sql"])] == [], path
