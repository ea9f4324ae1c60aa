"""What 10 000 releases cost beside 100: time and queries of lists, feed and search, and a worker's memory.

    python benchmarks/many_releases.py [--releases 10000] [--rounds 40] [--server postgres://postgres@127.0.0.1:5432]

Makes two databases on the server, one with 100 releases and one with many, and asks for the same addresses in both in
turn, each in a process of its own, so that what else the machine does disturbs both alike. Times are medians of whole
requests through every middleware. What can be compared between machines is the ratio. "Warm" is as visitors meet it;
"after a publication" is with every cache emptied before each request.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[1]
FEW = 100
LIMIT = 1.5
PER_PAGE = 20
WORDS = ["vården", "kommunerna", "skolan", "avtal", "budget", "resor", "klimat", "digital", "trygghet"]
WORDS += ["samverkan", "beslut", "plan", "stöd", "region"]
ADDRESSES = {
    "listing": "/pressmeddelanden/",
    "filtered listing": "/pressmeddelanden/?amne=amne-1&kommun=boras",
    "page 400 (or the last)": "/pressmeddelanden/?sida={page}",
    "feed": "/pressmeddelanden/feed.atom",
    "search, 25 hits in both": "/sok/?q=ovanligt",
    "search, a hit on every page": "/sok/?q=kommunerna",
}
# Told, and no reason to fail: it finds a hundred times as much.
TOLD = {"search, a hit on every page"}
RARE = 25


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--releases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker)
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    workers = [start_worker(options.server, number) for number in (FEW, options.releases)]
    failed = False
    for cold in (False, True):
        print("After a publication, every cache empty (told only)" if cold else "Warm")
        for name in ADDRESSES:
            few, many = [], []
            for _round in range(options.rounds):
                few.append(ask(workers[0], name, cold=cold))
                many.append(ask(workers[1], name, cold=cold))
            times = [statistics.median(answer["ms"] for answer in answers) for answers in (few, many)]
            queries = [answers[-1]["queries"] for answers in (few, many)]
            ratio = times[1] / times[0]
            failed |= queries[0] != queries[1] or (not cold and name not in TOLD and ratio > LIMIT)
            told = f"{times[0]:6.1f} ms {times[1]:6.1f} ms  ratio {ratio:4.2f}  queries {queries[0]}, {queries[1]}"
            print(f"  {name:28} {told}", flush=True)
    before = ask(workers[1], "listing", cold=False)["memory"]
    for _round in range(10):
        for name in ADDRESSES:
            for _request in range(20):
                last = ask(workers[1], name, cold=False)
    print(
        f"Memory of the worker: {before:.1f} MB, after {10 * 20 * len(ADDRESSES)} more requests {last['memory']:.1f} MB"
    )
    for worker in workers:
        worker.stdin.close()  # type: ignore[union-attr]
        worker.wait(30)
    sys.exit(f"Over the limit of {LIMIT}" if failed else 0)


def start_worker(server: str, number: int) -> subprocess.Popen[str]:
    database = f"many_releases_{number}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "site_core.settings.development",
        "DATABASE_URL": f"{server}/{database}",
        "MEDIA_ROOT": str(ROOT / "var" / database),
        "PYTHONPATH": str(ROOT),
    }
    create_database(server, database)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, __file__, "--worker", str(number)]
    worker = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    print(f"{number} releases: {read(worker)['ready']:.0f} s to make", flush=True)
    return worker


def create_database(server: str, name: str) -> None:
    import psycopg2

    connection = psycopg2.connect(f"{server}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()


def read(worker: subprocess.Popen[str]) -> dict[str, Any]:
    output: IO[str] = worker.stdout  # type: ignore[assignment]
    line = output.readline()
    return json.loads(line)


def ask(worker: subprocess.Popen[str], name: str, *, cold: bool) -> dict[str, Any]:
    stdin: IO[str] = worker.stdin  # type: ignore[assignment]
    stdin.write(json.dumps([name, cold]) + "\n")
    stdin.flush()
    return read(worker)


def work(number: int) -> None:
    """Fill the database, then answer for one request a line."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from wagtail.models import Site

    started = time.monotonic()
    fill(number)
    say(ready=time.monotonic() - started)
    client = Client(headers={"host": "localhost"})
    page = min(400, number // PER_PAGE)
    for line in sys.stdin:
        name, cold = json.loads(line)
        address = ADDRESSES[name].format(page=page)
        if cold:
            cache.clear()
            Site.clear_site_root_paths_cache()
        connection.force_debug_cursor = False
        start = time.perf_counter()
        response = client.get(address)
        elapsed = (time.perf_counter() - start) * 1000
        assert response.status_code == 200, (address, response.status_code)
        if cold:
            cache.clear()
            Site.clear_site_root_paths_cache()
        say(ms=elapsed, queries=count_queries(client, address), memory=resident_megabytes())


def say(**values: float) -> None:
    print(json.dumps(values), flush=True)


def count_queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def fill(number: int) -> None:
    """Make so many releases over twenty years, about eight topics and all municipalities, and put them in the index."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from wagtail.models import Page

    from pages.models import HomePage
    from press.models import Municipality, PressIndexPage, PressReleasePage, Topic

    home = HomePage.objects.get()
    room = PressIndexPage(title="Pressmeddelanden", slug="pressmeddelanden", live=True)
    home.add_child(instance=room)
    topics = [Topic.objects.create(name=f"Ämne {n}", slug=f"amne-{n}") for n in range(8)]
    places, boras = list(Municipality.objects.all()), Municipality.objects.get(slug="boras")
    content_type = ContentType.objects.get_for_model(PressReleasePage)
    first = datetime(2006, 1, 1, 9, 0, tzinfo=UTC)
    step = timedelta(days=20 * 365) / number
    pages = [
        Page(
            path=PressReleasePage._get_path(room.path, room.depth + 1, n + 1),
            depth=room.depth + 1,
            title=f"{WORDS[n % 14].title()} och {WORDS[n * 5 % 13]} {n}",
            draft_title=f"Release {n}",
            slug=f"release-{n}",
            url_path=f"{room.url_path}release-{n}/",
            live=True,
            first_published_at=first + n * step,
            last_published_at=first + n * step,
            content_type=content_type,
            locale=home.locale,
        )
        for n in range(number)
    ]
    Page.objects.bulk_create(pages, batch_size=1000)
    Page.objects.filter(pk=room.pk).update(numchild=number)
    for n, page in enumerate(Page.objects.filter(depth=room.depth + 1).order_by("path")):
        rare = "ovanligt" if n < RARE else "vanligt"
        lead = f"{WORDS[n % 14]} {WORDS[n * 3 % 14]} i länet, {rare}. Så säger kommunerna."
        release = PressReleasePage(page_ptr=page, lead=lead, body=[("text", f"<p>{' '.join(WORDS)} {n}</p>")])
        release.__dict__.update({k: v for k, v in page.__dict__.items() if not k.startswith("_")})
        release.public_updated_at = page.first_published_at
        release.save_base(raw=True)
    numbers = list(PressReleasePage.objects.order_by("pk").values_list("pk", flat=True))
    through = PressReleasePage.topics.through
    through.objects.bulk_create(
        [through(pressreleasepage_id=pk, topic=topics[n % 2]) for n, pk in enumerate(numbers)]
        + [through(pressreleasepage_id=pk, topic=topics[2 + n % 6]) for n, pk in enumerate(numbers)],
        batch_size=5000,
    )
    through = PressReleasePage.municipalities.through
    through.objects.bulk_create(
        [
            through(pressreleasepage_id=pk, municipality=place)
            for n, pk in enumerate(numbers)
            for place in (places[n % len(places)], boras)
            if place != boras or n % 2
        ],
        ignore_conflicts=True,
        batch_size=5000,
    )
    PressReleasePage.objects.relist()
    call_command("update_index", verbosity=0, chunk_size=500, stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
