"""Finding releases by year, topic and municipality."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import HomePage
from press.models import Association, Municipality, PressIndexPage, PressReleasePage, Topic
from site_core.municipalities import associations
from tests.factories import PressReleasePageFactory, add_user, publish

ROOM = "/pressmeddelanden/"


def add(
    room: PressIndexPage, title: str, year: int = 2026, topics: str = "", places: str = "", month: int = 5
) -> PressReleasePage:
    release = PressReleasePageFactory(parent=room, title=title, live=False)
    release.topics = [Topic.objects.get_or_create(slug=slug, name=slug.title())[0] for slug in topics.split()]
    release.municipalities = Municipality.objects.filter(slug__in=places.split())
    return publish(release, at=datetime(year, month, 1, 9, 0, tzinfo=timezone.get_default_timezone()))


@pytest.fixture
def releases(press_room: PressIndexPage) -> None:
    add(press_room, "A", 2024, "vard", "boras")
    add(press_room, "B", 2025, "vard skola", "boras alingsas")
    add(press_room, "C", 2025, "skola")


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [release.title for release in response.context["releases"]]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "CBA"),
        ("?ar=2025", "CB"),
        ("?ar=2023", ""),
        ("amne/vard/", "BA"),
        ("?amne=vard", "BA"),
        ("kommun/boras/", "BA"),
        ("amne/vard/?ar=2025", "B"),
        ("?ar=2025&amne=skola&kommun=alingsas", "B"),
        ("?ar=2024&amne=skola", ""),
        ("kommun/tanum/", ""),
    ],
)
def test_filters_combine(client: Client, releases: None, address: str, expected: str) -> None:
    assert sorted(titles(client, ROOM + address)) == sorted(expected)


def test_a_release_of_new_years_midnight_stands_in_one_year(client: Client, press_room: PressIndexPage) -> None:
    """It would be told in two years, and each year's count would be one too many."""
    midnight = datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
    publish(PressReleasePageFactory(parent=press_room, title="Nyår", live=False), at=midnight)
    publish(PressReleasePageFactory(parent=press_room, title="Nyss", live=False), at=midnight - timedelta(seconds=1))
    assert titles(client, f"{ROOM}?ar=2025") == ["Nyss"]
    assert titles(client, f"{ROOM}?ar=2026") == ["Nyår"]


def test_a_reader_of_a_long_list_hears_on_which_page_of_it_she_is(
    client: Client, press_room: PressIndexPage, settings: Any
) -> None:
    settings.PRESS_RELEASES_PER_PAGE = 1
    for title in "AB":
        add(press_room, title)
    html = client.get(f"{ROOM}?sida=2").content.decode()
    [current] = re.findall(r'<a [^>]*aria-current="page"[^>]*>(?:<span[^>]*>[^<]*</span>)?(\d+)', html)
    assert current == "2"


def test_each_choice_is_a_plain_link_with_its_count(client: Client, releases: None) -> None:
    html = client.get(f"{ROOM}amne/vard/").content.decode()
    for href, label, count in (
        (f"{ROOM}?ar=2025&amp;amne=vard", "2025", 1),
        (f"{ROOM}?ar=2024&amp;amne=vard", "2024", 1),
        (f"{ROOM}?amne=vard&amp;kommun=boras", "Borås", 2),
        (f"{ROOM}amne/skola/", "Skola", 2),
    ):
        assert f'<a href="{href}"><span>{label}</span> <span class="filters__count">{count}<' in html
    # What is chosen leads back.
    assert f'<a class="filters__chosen" aria-current="true" href="{ROOM}"><span>Vard</span>' in html


def test_a_count_is_what_one_finds_behind_the_link(client: Client, releases: None) -> None:
    for start in (ROOM, f"{ROOM}amne/vard/", f"{ROOM}?ar=2025"):
        for group in client.get(start).context["filters"]:
            for choice in group.choices:
                if not choice.is_chosen:
                    assert len(titles(client, choice.href)) == choice.count, choice


def test_counts_follow_what_is_published_and_taken_down(client: Client, press_room: PressIndexPage) -> None:
    first = add(press_room, "A", topics="vard")
    assert "1 pressmeddelande" in client.get(ROOM).content.decode()
    add(press_room, "B", topics="vard")
    assert "2 pressmeddelanden" in client.get(f"{ROOM}amne/vard/").content.decode()
    first.unpublish()
    assert "1 pressmeddelande" in client.get(f"{ROOM}amne/vard/").content.decode()


def test_combinations_are_kept_out_of_search_engines(client: Client, releases: None) -> None:
    for address, kept_out in ((ROOM, False), (f"{ROOM}amne/vard/", False), (f"{ROOM}amne/vard/?ar=2024", True)):
        assert ('content="noindex, follow"' in client.get(address).content.decode()) is kept_out


def test_each_selection_has_one_address_that_counts(client: Client, releases: None) -> None:
    html = client.get(f"{ROOM}?amne=vard").content.decode()
    assert f'<link rel="canonical" href="http://localhost{ROOM}amne/vard/">' in html
    assert f'href="{ROOM}amne/vard/feed.atom"' in html


def test_a_topic_has_a_page_of_its_own(client: Client, releases: None) -> None:
    Topic.objects.filter(slug="vard").update(description="Om vård i länet.")
    html = client.get(f"{ROOM}amne/vard/").content.decode()
    assert "<h1>Vard</h1>" in html
    assert "Om vård i länet." in html


@pytest.mark.parametrize(
    "address",
    [
        "?ar=abc",
        "?ar=0",
        "?ar=99999999999",
        "?ar=1",
        "?ar=²025",
        "?amne=finns-inte",
        "?kommun=%00",
        "amne/finns-inte/",
        "kommun/finns-inte/",
        "?sida=2",
        "?sida=0",
        "?sida=x",
        "amne/",
        "amne/vard/mer/",
    ],
)
def test_what_can_not_be_is_not_found(client: Client, releases: None, address: str) -> None:
    assert client.get(ROOM + address).status_code == 404


def test_an_empty_choice_is_a_friendly_page(client: Client, releases: None) -> None:
    html = client.get(f"{ROOM}kommun/tanum/").content.decode()
    assert "Här finns inga pressmeddelanden" in html


def test_all_49_municipalities_are_there_with_their_associations(db: None) -> None:
    assert Municipality.objects.count() == 49
    members = {association.name: len(association.municipalities) for association in associations()}
    assert {one.name: one.municipalities.count() for one in Association.objects.all()} == members
    assert Municipality.objects.get(name="Härryda").slug == "harryda"


def test_municipalities_and_topics_are_the_editors_to_change(client: Client, db: None) -> None:
    client.force_login(add_user("Chefredaktörer"))
    client.post("/admin/snippets/press/topic/add/", {"name": "Resor", "slug": "resor", "description": ""})
    assert Topic.objects.get().name == "Resor"
    assert client.get("/admin/snippets/press/municipality/").status_code == 200


def test_the_editor_chooses_municipalities_by_association(client: Client, press_room: PressIndexPage) -> None:
    client.force_login(add_user("Redaktörer"))
    html = client.get(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/").content.decode()
    skaraborg = html.index("<label>Skaraborgs kommunalförbund")
    assert skaraborg < html.index("Skövde", skaraborg)
    assert "js/admin-grouped-checkboxes.js" in html


def test_related_releases_share_topics_the_most_shared_first(client: Client, press_room: PressIndexPage) -> None:
    release = add(press_room, "Huvudsaken", topics="vard skola")
    add(press_room, "En gemensam", 2026, "vard", month=6)
    add(press_room, "Båda", 2020, "vard skola")
    add(press_room, "Ingen", 2026, "resor")
    assert [page.title for page in release.related] == ["Båda", "En gemensam"]
    html = client.get(release.url).content.decode()
    assert "Mer om samma sak" in html
    assert f'<a href="{ROOM}amne/vard/">Vard</a>' in html


def test_a_listing_costs_the_same_for_one_release_and_for_fifty(client: Client, press_room: PressIndexPage) -> None:
    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    add(press_room, "En", topics="vard", places="boras")
    addresses = [ROOM, f"{ROOM}amne/vard/", f"{ROOM}?ar=2026&kommun=boras", f"{ROOM}feed.atom", f"{ROOM}feed.json"]
    few = [cost(address) for address in addresses]
    for number in range(25):
        add(press_room, f"Nummer {number}", topics=f"vard skola-{number}", places="boras alingsas")
    assert [cost(address) for address in addresses] == few


def test_a_list_that_is_behind_shows_nothing_that_is_not_public(client: Client, press_room: PressIndexPage) -> None:
    draft = PressReleasePageFactory(parent=press_room, title="Utkastet", live=False)
    PressReleasePage.objects.filter(pk=draft.pk).update(listed_on=timezone.now())
    for address in (ROOM, "/", f"{ROOM}feed.json", "/nyheter.xml"):
        assert "Utkastet" not in client.get(address).content.decode()


def test_a_restriction_above_takes_releases_off_the_list(
    client: Client, home: HomePage, press_room: PressIndexPage
) -> None:
    release: Any = add(press_room, "Sluten")
    restriction = release.view_restrictions.create(restriction_type="login")
    release.refresh_from_db()
    assert release.listed_on is None
    assert titles(client, ROOM) == []
    restriction.delete()
    assert titles(client, ROOM) == ["Sluten"]
