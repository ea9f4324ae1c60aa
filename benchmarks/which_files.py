"""Whether the time of an answer tells which numbers files have that are not public.

`python benchmarks/which_files.py [--rounds 300]`. A stranger asks in turn for documents that nothing uses, that a draft
uses, that lie in a collection for some, and that do not exist, through every middleware, on a database of its own with
thousands of files. The differences between kinds are set against those between two groups of numbers that no file has.
"""

import argparse
import random
import sys
import time
from typing import Any

import django
from equal_times import judge
from mail_rig import Rig

KINDS = ("none", "none too", "unused", "in a draft", "in a closed collection")
# So many files of each kind; the first are asked for to warm up.
FILES, WARM_UP = 2000, 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args()
    settings = {"BROKER_URL": "", "DJANGO_SETTINGS_MODULE": "site_core.settings.development"}
    with Rig("site_which_files", senders=1, is_rough=False, **settings):
        django.setup()
        return measure(options.rounds)


def add_files() -> dict[str, list[int]]:
    """Fill the site, and return the numbers of each kind of file."""
    from wagtail.models import Collection, CollectionViewRestriction

    from pages.models import HomePage
    from press.models import PressIndexPage, PressReleasePage
    from site_core.models import SiteDocument

    room = HomePage.objects.get().add_child(instance=PressIndexPage(title="Pressmeddelanden", slug="press"))
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    SiteDocument.objects.bulk_create(
        SiteDocument(title="Avtal", file="documents/avtal.pdf", public_name="avtal.pdf", collection=place)
        for place in [root] * (2 * FILES) + [closed] * FILES
    )
    numbers = list(SiteDocument.objects.order_by("pk").values_list("pk", flat=True))
    drafted = numbers[FILES : 2 * FILES]
    for number in range(0, FILES, 50):
        attached = [{"document": place, "title": ""} for place in drafted[number : number + 50]]
        draft = PressReleasePage(title=f"Utkast {number}", lead="Hysch.", live=False)
        draft.attachments = draft.attachments.stream_block.to_python(
            [{"type": "document", "value": value} for value in attached]
        )
        room.add_child(instance=draft)
    unknown = range(numbers[-1] + 1, numbers[-1] + 1 + 2 * FILES)
    return {
        "none": list(unknown[:FILES]),
        "none too": list(unknown[FILES:]),
        "unused": numbers[:FILES],
        "in a draft": drafted,
        "in a closed collection": numbers[2 * FILES :],
    }


def measure(rounds: int) -> int:
    from django.test import Client

    numbers = add_files()
    chance = random.Random(3)  # noqa: S311 -- chance, no secret
    for those in numbers.values():
        chance.shuffle(those)
    client = Client(headers={"host": "localhost"})
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for turn in range(rounds + WARM_UP):
        kinds = list(KINDS)
        chance.shuffle(kinds)
        for kind in kinds:
            spent = ask(client, f"/dokument/{numbers[kind][turn]}/avtal.pdf")
            if turn >= WARM_UP:
                times[kind].append(spent)
    return judge(times, "none")


def ask(client: Any, address: str) -> float:
    started = time.perf_counter()
    response = client.get(address)
    spent = time.perf_counter() - started
    assert response.status_code == 404, response.status_code
    return spent * 1000


if __name__ == "__main__":
    sys.exit(main())
