"""How fast a large mailing goes, beside a bare loop, and how much memory it takes.

`python benchmarks/mail_speed.py [--subscribers 100000] [--senders 2] [--bare 20000]`. A release goes to all subscribers
through Celery, Valkey or Redis and PostgreSQL to a mail server on the same machine. Before and after, the same server
gets letters that were written out before the clock started, from as many processes with a connection each that do
nothing else, by smtplib's own `sendmail`. What can be compared between machines is the ratio, and the memory.
"""

import argparse
import multiprocessing
import smtplib
import sys
import threading
import time
from typing import Any

import django
import psutil
from mail_rig import Rig, add_subscribers, publish

LIMIT_RATIO, LIMIT_MEMORY = 0.7, 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=100_000)
    parser.add_argument("--senders", type=int, default=2)
    parser.add_argument("--bare", type=int, default=20_000, help="letters of the bare loop")
    options = parser.parse_args()
    with Rig("site_mail_speed", senders=options.senders, is_rough=False) as rig:
        django.setup()
        return measure(rig, options)


def measure(rig: Rig, options: argparse.Namespace) -> int:
    from django.db.models import Max

    from subscriptions.models import Delivery, Mailing

    add_subscribers(options.subscribers)
    rig.start_broker()
    rig.start_mail_server()
    bare_before = bare_rate(rig, options)
    rig.start_worker("worker")
    time.sleep(8)
    publish()
    memory = Memory(rig)
    rig.start_scheduler("scheduler", every=5)
    mailing = Mailing.objects.filter(kind="immediate")
    wait_until(mailing.filter(finished_at__isnull=False).exists)
    peak = memory.stop()
    letters = Delivery.objects.filter(state=Delivery.State.SENT)
    sent, last = letters.count(), letters.aggregate(last=Max("sent_at"))["last"]
    opened, prepared = mailing.values_list("opened_at", "prepared_at").get()
    seconds = (last - opened).total_seconds()
    rate = sent / seconds
    bare = (bare_before + bare_rate(rig, options)) / 2
    print(f"{sent} letters: prepared in {(prepared - opened).total_seconds():.0f} s, all sent after {seconds:.0f} s")
    print(f"{rate:.0f} letters a second, {bare:.0f} by the bare loop: ratio {rate / bare:.2f} (at least {LIMIT_RATIO})")
    print(f"a worker's memory: at most {peak:.0f} MB (under {LIMIT_MEMORY})")
    return 0 if sent == options.subscribers and rate / bare >= LIMIT_RATIO and peak < LIMIT_MEMORY else 1


def wait_until(holds: Any) -> None:
    while not holds():
        time.sleep(0.2)


def bare_rate(rig: Rig, options: argparse.Namespace) -> float:
    """Return how many ready letters a second the same mail server takes from as many connections."""
    each = options.bare // options.senders
    barrier = multiprocessing.get_context("fork").Barrier(options.senders + 1)
    letters = ready_letters(each)
    processes = [
        multiprocessing.get_context("fork").Process(target=hand_over, args=(rig.mail_port, letters, barrier))
        for _sender in range(options.senders)
    ]
    for process in processes:
        process.start()
    barrier.wait()
    started = time.monotonic()
    for process in processes:
        process.join()
    return each * options.senders / (time.monotonic() - started)


def hand_over(port: int, letters: list[tuple[str, bytes]], barrier: Any) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        barrier.wait()
        for address, letter in letters:
            connection.sendmail("nyheter@localhost", [address], letter)


def ready_letters(number: int) -> list[tuple[str, bytes]]:
    """Write out letters just as the site does."""
    from subscriptions.composing import compose_news
    from subscriptions.mime import AddressedLetter, Links, Stencil, bulk_headers
    from subscriptions.models import Announcement

    announcement = Announcement(
        is_new=True,
        title="Kommunerna enas om en gemensam utbildning",
        summary="Det här har hänt. " * 20,
        address="http://localhost/pressmeddelanden/utbildning/",
    )
    stencil = Stencil(compose_news(announcement), bulk_headers())
    token = "1234567.1xVaVP.3WQXGTQWE9DRP1Vu0JuGRW0blwV5xv-AOigPg11my-0"  # noqa: S105
    address = f"http://localhost/prenumeration/avsluta/{token}/"
    links = Links(address, address, f"mailto:nyheter@localhost?subject=avsluta%20{token}")
    letters = (AddressedLetter(stencil, f"reader-{place}@example.se", place, links) for place in range(number))
    return [(letter.address, letter.as_bytes()) for letter in letters]


class Memory:
    """Watches how much memory the workers take, in megabytes that are resident."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.peak = 0.0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        while not self.is_over.wait(0.5):
            for process in [self.rig.processes["worker"], *self.rig.children("worker")]:
                try:
                    self.peak = max(self.peak, process.memory_info().rss / 1e6)
                except psutil.Error:
                    continue

    def stop(self) -> float:
        self.is_over.set()
        self.thread.join()
        return self.peak


if __name__ == "__main__":
    sys.exit(main())
