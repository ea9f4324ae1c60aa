"""A page whose time is over is gone everywhere at its minute, though no scheduler runs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from wagtail.models import Page

from pages.models import HomePage
from press.leaks import find_leaks
from press.models import EmbargoLink, PressIndexPage, PressReleasePage, Topic
from site_core.media.privacy import is_public
from tests.factories import (
    ImageFactory,
    PressReleasePageFactory,
    SectionPageFactory,
    StandardPageFactory,
    add_document,
    blocks,
    publish,
)
from tests.site_core.test_navigation import add_menu

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
END = NOW + timedelta(hours=1)
ROOM = "/pressmeddelanden/"
TITLE = "Nytt avtal om vården"


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def ending(clock: Any, press_room: PressIndexPage) -> PressReleasePage:
    """A published release with a file, a picture and a topic, whose time ends in an hour; a related one stays."""
    topic = Topic.objects.create(name="Vård", slug="vard")
    for title in (TITLE, "Det som är kvar"):
        release = PressReleasePageFactory(
            parent=press_room, title=title, lead=f"{title}!", live=False, image=ImageFactory()
        )
        release.topics.add(topic)
        release.attachments = blocks(
            release, ("document", {"document": add_document(title).pk, "title": ""}), field="attachments"
        )
        publish(release, **({"expire_at": END} if title == TITLE else {}))
    return PressReleasePage.objects.get(title=TITLE)


def test_everything_of_a_release_is_gone_at_its_minute(clock: Any, client: Client, ending: PressReleasePage) -> None:
    assert client.get(ending.href).status_code == 200
    before = [client.get(address).content.decode() for address in (ROOM, "/", f"{ROOM}feed.json")]
    assert all(TITLE in html for html in before)
    clock.move_to(END)
    assert Page.objects.get(pk=ending.pk).live
    # Nothing that any process keeps for a while may bring it back: the caches are as they were.
    assert [finding for finding in find_leaks(ending) if not finding.is_closed] == []
    assert "Det som är kvar" in client.get(ROOM).content.decode()


def test_counts_are_right_at_the_minute_though_they_are_kept(
    clock: Any, client: Client, ending: PressReleasePage
) -> None:
    clock.move_to(END - timedelta(seconds=1))
    assert client.get(ROOM).context["facets"].total == 2
    clock.move_to(END)
    facets = client.get(ROOM).context["facets"]
    assert (facets.total, facets.topics) == (1, [("vard", "Vård", 1)])
    assert facets.until is None


def test_a_later_end_brings_it_back_at_once(clock: Any, client: Client, ending: PressReleasePage) -> None:
    clock.move_to(END)
    assert client.get(ending.href).status_code == 404
    publish(ending, expire_at=END + timedelta(days=1))
    assert client.get(ending.href).status_code == 200
    assert TITLE in client.get(ROOM).content.decode()


def test_an_embargo_link_does_not_outlive_the_release(clock: Any, client: Client, ending: PressReleasePage) -> None:
    link = EmbargoLink.objects.create(release=ending, recipient="Eva Ek", expires_at=END + timedelta(days=3))
    clock.move_to(END)
    response = client.get(link.href)
    assert response.status_code == 410
    assert TITLE not in response.content.decode()


def test_files_and_pictures_that_only_it_used_are_closed(clock: Any, ending: PressReleasePage) -> None:
    files: list[Any] = [ending.attachments[0].value["document"], ending.image]
    assert [is_public(file) for file in files] == [True, True]
    clock.move_to(END)
    assert [is_public(file) for file in files] == [False, False]


def test_no_menu_crumb_or_link_leads_to_a_page_that_is_over(clock: Any, client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, title="Kortlivad", slug="kort", body=[])
    below = StandardPageFactory(parent=section, title="Under", slug="under")
    linking = StandardPageFactory(parent=home, title="Länkar", slug="lankar")
    link = f'<p><a linktype="page" id="{section.pk}">dit</a></p>'
    call = {"page": section.pk, "url": "", "label": "Gå dit", "note": ""}
    publish(linking, body=blocks(linking, ("text", link), ("call_to_action", call)))
    add_menu("main", {"page": section.pk}, {"url": "/annat/", "label": "Annat"})
    publish(section, expire_at=END)
    for address in ("/", "/lankar/", "/kort/under/"):
        assert 'href="/kort/"' in client.get(address).content.decode(), address
    clock.move_to(END)
    for address in ("/", "/lankar/", "/kort/under/", "/sitemap.xml", "/sok/?q=kortlivad"):
        html = client.get(address).content.decode()
        assert 'href="/kort/"' not in html, address
        assert "Kortlivad" not in html, address
    assert client.get("/kort/").status_code == 404
    assert client.get(below.url).status_code == 200


def test_a_menu_that_is_over_is_shown_no_longer(clock: Any, client: Client, home: HomePage) -> None:
    menu = add_menu("main", {"url": "/nu/", "label": "Nu"})
    menu.expire_at = END
    menu.save()
    assert 'href="/nu/"' in client.get("/").content.decode()
    clock.move_to(END)
    assert 'href="/nu/"' not in client.get("/").content.decode()


def test_a_press_room_that_is_over_answers_at_none_of_its_addresses(
    clock: Any, client: Client, press_room: PressIndexPage, release: PressReleasePage
) -> None:
    publish(press_room, expire_at=END)
    addresses = (ROOM, f"{ROOM}feed.atom", f"{ROOM}?ar=2026")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    clock.move_to(END)
    cache.clear()
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
