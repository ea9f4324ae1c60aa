"""Two connections at once, one of which may wait for the other: seen in the database, however busy the machine is."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

Answer = TypeVar("Answer")

# SQLite lets in one writer at a time, and that is its guard.
needs_row_locks = pytest.mark.skipif(connection.vendor != "postgresql", reason="Rows are locked on PostgreSQL")
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def meanwhile(first: Callable[[], Any], second: Callable[[], Answer], *, second_waits: bool) -> Answer:
    """Do one thing, and another before the first is committed; return what the second led to.

    A second that should wait is given time until it does; one that should not fails if it has to.
    """
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first()
            other = threads.submit(_by_itself, second, may_wait=second_waits)
            if not second_waits:
                return other.result()
            _until_it_waits(other)
        return other.result()


def _by_itself(act: Callable[[], Answer], may_wait: bool) -> Answer:
    try:
        if not may_wait:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '1s'")
        return act()
    finally:
        connection.close()


def _until_it_waits(other: "Future[Any]") -> None:
    with connection.cursor() as cursor:
        while not other.done():
            # What other connections do is read once in a transaction, unless that is forgotten.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
