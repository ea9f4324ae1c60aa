"""Finds what a machine has for the tests to use: PostgreSQL, Valkey or Redis, Chromium, and a common face."""

import os
import shutil
import socket
import subprocess

import psycopg2


def find_postgresql() -> str:
    """Return the address of a database server that lets us in, or nothing."""
    for address in (os.environ.get("TEST_DATABASE_URL"), "postgres://postgres@127.0.0.1:5432/postgres"):
        if not address or not address.startswith("postgres"):
            continue
        try:
            psycopg2.connect(address, connect_timeout=2).close()
        except psycopg2.OperationalError:
            continue
        return address
    return ""


def find_valkey() -> str:
    """Return the address of a Valkey or Redis server, or nothing."""
    address = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/15")
    host, _separator, port = address.removeprefix("redis://").partition("/")[0].partition(":")
    try:
        socket.create_connection((host, int(port or 6379)), timeout=1).close()
    except OSError:
        return ""
    return address


def find_chromium() -> str:
    """Return the path of a Chromium, or nothing."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), "")


def find_common_face() -> str:
    """Return the name of a face that the style sheets fall back on while their own are coming, or nothing."""
    if not (command := shutil.which("fc-list")):
        return ""
    families = subprocess.run([command, ":", "family"], capture_output=True, text=True, check=True).stdout
    return next((name for name in ("Liberation Sans", "Arial") if name in families), "")
