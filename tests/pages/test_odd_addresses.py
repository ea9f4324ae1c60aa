"""Whatever is typed into an address or the search box is answered with a page, and never with an error of ours."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.models import Municipality, PressIndexPage, Topic
from tests.factories import PressReleasePageFactory, publish

ROOM = "/pressmeddelanden/"
# Anything that a browser can send, and what people, scanners and old links do send.
ODD = st.one_of(
    st.text(max_size=60),
    st.integers(-(10**20), 10**20).map(str),
    st.sampled_from(
        ["", "2025", "vard", "boras", "1", "0", "-1", "²", "٣", "\x00", "1e3", "2025-02-30", "../..", "'--", "%"]
    ),
)
NAMES = st.sampled_from(["ar", "amne", "kommun", "sida", "q", "typ", "ordning", "preview", "x"])
QUERY = st.lists(st.tuples(NAMES, ODD), max_size=6)
PATHS = st.one_of(
    st.sampled_from([ROOM, "/sok/", "/", f"{ROOM}amne/vard/", f"{ROOM}kommun/boras/", "/sitemap.xml", "/nyheter.xml"]),
    st.sampled_from(["feed.atom", "feed.rss", "feed.json", "amne/vard/feed.json"]).map(lambda name: ROOM + name),
    ODD.map(lambda text: f"{ROOM}amne/{quote(text)}/"),
    ODD.map(lambda text: f"{ROOM}kommun/{quote(text)}/feed.rss"),
    ODD.map(lambda text: f"{ROOM}{quote(text)}/presspaket.zip"),
    ODD.map(lambda text: f"/embargo/{quote(text, safe='')}/"),
    ODD.map(lambda text: f"/dokument/{quote(text)}/x.pdf"),
    ODD.map(lambda text: f"/media/images/{quote(text)}"),
    ODD.map(lambda text: f"/media/original_images/{quote(text)}"),
    ODD.map(lambda text: f"/{quote(text)}"),
    ODD.map(lambda text: f"/sitemap-{quote(text)}.xml"),
)
ANSWERS = {200, 301, 302, 400, 404}


@pytest.fixture
def room(press_room: PressIndexPage) -> PressIndexPage:
    release = PressReleasePageFactory(parent=press_room, slug="avtal", live=False)
    release.topics.add(Topic.objects.create(name="Vård", slug="vard"))
    release.municipalities.add(Municipality.objects.get(slug="boras"))
    publish(release)
    return press_room


def ask(client: Client, address: str, **headers: str) -> int:
    response = client.get(address, headers=headers)
    if response.streaming:
        b"".join(response)
    return response.status_code


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=PATHS, query=QUERY)
def test_every_address_is_answered(client: Client, room: Any, path: str, query: list[tuple[str, str]]) -> None:
    encoded = urlencode(query, errors="surrogatepass")
    assert ask(client, f"{path}?{encoded}" if encoded else path) in ANSWERS, (path, query)


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.one_of(ODD, st.text(max_size=300), st.text(alphabet="\"'*()-+:^~&|!<> aå\\NEARORAND", max_size=40)))
def test_every_search_is_answered(client: Client, room: Any, words: str) -> None:
    assert ask(client, "/sok/?" + urlencode({"q": words}, errors="surrogatepass")) == 200


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.one_of(ODD, st.from_regex(r"bytes=[0-9]{0,20}-[0-9]{0,20}(,[0-9]*-)?", fullmatch=True)))
def test_every_range_and_tag_is_answered(client: Client, room: Any, value: str) -> None:
    printable = "".join(character for character in value if 31 < ord(character) < 127)
    for name in ("range", "if-none-match", "if-range", "if-modified-since"):
        assert ask(client, f"{ROOM}feed.json", **{name: printable}) in {200, 206, 304, 412, 416}


def test_ten_kilobytes_in_the_search_box_are_cut(client: Client, room: PressIndexPage) -> None:
    response = client.get("/sok/", {"q": "vård " * 2048})
    assert response.status_code == 200
    assert len(response.context["search"].words) <= 200
