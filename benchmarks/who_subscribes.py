"""Whether the time of an answer tells who subscribes.

`python benchmarks/who_subscribes.py [--rounds 200]`. The form is sent in turn with addresses that subscribe, that have
left, that are suppressed and that nobody knows, through every middleware, on a database of its own with 20 000
subscribers. The differences between kinds are set against those between two groups of unknown addresses.
"""

import argparse
import random
import re
import sys
import time
from typing import Any

import django
from equal_times import judge
from mail_rig import Rig, add_subscribers

KINDS = ("unknown", "unknown too", "subscriber", "former", "suppressed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    options = parser.parse_args()
    # The development settings need no collected static files; nothing else differs that matters here.
    settings = {"BROKER_URL": "", "DJANGO_SETTINGS_MODULE": "site_core.settings.development"}
    with Rig("site_who_subscribes", senders=1, is_rough=False, **settings):
        django.setup()
        return measure(options.rounds)


def measure(rounds: int) -> int:
    from django.test import Client
    from django.utils import timezone

    from subscriptions.addresses import address_hash
    from subscriptions.models import Subscriber, Suppression

    add_subscribers(20_000)
    chance = random.Random(3)  # noqa: S311 -- chance, no secret
    now = timezone.now()
    Subscriber.objects.filter(pk__lte=5000).update(ended_at=now)
    Suppression.objects.bulk_create(
        Suppression(digest=address_hash(f"reader-{place}@example.se"), reason="bounced", at=now)
        for place in range(15_000, 20_000)
    )
    client = Client(headers={"host": "localhost"})
    html = client.get("/prenumeration/").content.decode()
    form = {
        "scope": "allt",
        "frequency": "immediate",
        "stamp": re.findall(r'name="stamp" value="([^"]+)"', html)[0],
    }
    time.sleep(4)
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(rounds + 20):
        kinds = list(KINDS)
        chance.shuffle(kinds)
        for kind in kinds:
            place = {"subscriber": 6000, "former": 1000, "suppressed": 15_000}.get(kind, 900_000) + number
            address = f"reader-{place}{'x' if kind == 'unknown too' else ''}@example.se"
            spent = send(client, {**form, "address": address}, number)
            if number >= 20:
                times[kind].append(spent)
    return judge(times, "unknown")


def send(client: Any, form: dict[str, str], number: int) -> float:
    started = time.perf_counter()
    # Each from a client of its own, so that no limit is met.
    response = client.post("/prenumeration/", form, REMOTE_ADDR=f"198.51.{number % 250}.{len(form['address']) % 250}")
    spent = time.perf_counter() - started
    assert response.status_code == 200, response.status_code
    return spent * 1000


if __name__ == "__main__":
    sys.exit(main())
