"""Mails thousands while everything breaks, and counts.

`python benchmarks/mail_survives.py [--subscribers N] [--kills N]`. Workers and schedulers are killed with -9 again and
again, the mail server refuses, delays, drops connections and is away for a while, so is the broker, one address in a
hundred does not exist, and tasks lie in the queue that this version does not know. At the end everybody has the letter
once, save for at most one more for each process that was killed.
"""

import argparse
import random
import sys
import time
from collections import Counter

import django
from mail_rig import GONE_EVERY, Rig, add_subscribers, publish


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=900, help="the longest it may take")
    options = parser.parse_args()
    with Rig("site_mail_survives", senders=2, is_rough=True, MAIL_LEASE=6, MAIL_FIRST_WAIT=1) as rig:
        return survive(rig, options)


def survive(rig: Rig, options: argparse.Namespace) -> int:
    django.setup()
    from django.db.models import Count

    from subscriptions.models import Delivery, Subscriber

    chance = random.Random(7)  # noqa: S311 -- chance, no secret
    add_subscribers(options.subscribers)
    rig.start_broker()
    rig.start_mail_server()
    workers, schedulers = ["worker-1", "worker-2"], ["scheduler-1", "scheduler-2"]
    for name in workers:
        rig.start_worker(name)
    for name in schedulers:
        rig.start_scheduler(name, every=2)
    publish()
    send_unknown_tasks()
    started, killed, events = time.monotonic(), 0, Counter[str]()
    ends = started + options.seconds
    breaks = breaking_points(options.kills)
    while time.monotonic() < ends:
        time.sleep(0.4)
        done = Delivery.objects.exclude(state=Delivery.State.WAITING).count()
        if breaks and done >= breaks[0] * options.subscribers:
            breaks.pop(0)
            killed += break_something(rig, chance, workers, schedulers, events)
        if not breaks and done == options.subscribers:
            break
    took = time.monotonic() - started
    states = dict(Delivery.objects.values_list("state").annotate(Count("pk")))
    ended = Subscriber.objects.filter(end_reason=Subscriber.End.BOUNCED).count()
    return judge(rig, options.subscribers, killed, states, ended, took, events)


def breaking_points(kills: int) -> list[float]:
    """Return at which part of the mailing, from the beginning to nearly the end, something breaks."""
    return [0.95 * number / kills for number in range(kills)]


def break_something(rig: Rig, chance: random.Random, workers: list, schedulers: list, events: Counter) -> int:
    """Break one thing; return how many processes that may have been sending were killed."""
    kind = chance.choices(["child", "worker", "scheduler", "mail", "broker"], [5, 3, 1, 1, 1])[0]
    events[kind] += 1
    if kind == "child":
        children = rig.children(chance.choice(workers))
        if children:
            chance.choice(children).kill()
        return len(children[:1])
    if kind == "worker":
        name = chance.choice(workers)
        killed = rig.kill(name)
        rig.start_worker(name)
        return killed
    if kind == "scheduler":
        name = chance.choice(schedulers)
        killed = rig.kill(name)
        rig.start_scheduler(name, every=2)
        return killed
    rig.kill(kind)
    time.sleep(3)
    if kind == "mail":
        # The letter that a server took just before it died was answered for by nobody: that is a kill as well.
        rig.start_mail_server()
        return 2 * rig.senders
    rig.start_broker()
    return 0


def send_unknown_tasks() -> None:
    """Leave what another version of the site may leave in the queue."""
    from site_core.celery import app

    app.send_task("subscriptions.tasks.send_one", args=[1, "anna@example.se"])
    app.send_task("subscriptions.tasks.send_letters", kwargs={"batch": 3})


def judge(rig: Rig, number: int, killed: int, states: dict[str, int], ended: int, took: float, events: Counter) -> int:
    letters = rig.accepted()
    per_reader = Counter(address for _message, address in letters)
    identities = {address: set() for address in per_reader}
    for message, address in letters:
        identities[address].add(message)
    gone = sum(1 for place in range(number) if place % GONE_EVERY == 7)
    repeats = sum(count - 1 for count in per_reader.values())
    checks = {
        "everybody has the letter": len(per_reader) == number - gone,
        "at most one repeat for each process killed": repeats <= killed,
        "repeats have the same Message-ID": all(len(found) == 1 for found in identities.values()),
        "the rows say the same": states == {"sent": number - gone, "failed": gone},
        "those that do not exist were ended": ended == gone,
    }
    print(f"{number} subscribers, {took:.0f} s; broke {dict(events)}; {killed} killed that may have been sending")
    print(f"{len(letters)} letters taken, {repeats} repeated, {gone} addresses gone; rows: {states}")
    for name, holds in checks.items():
        print(f"{'ok  ' if holds else 'FAIL'} {name}")
    if not all(checks.values()):
        for name in rig.processes:
            print(f"--- {name}\n{rig.log(name)[-1500:]}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
