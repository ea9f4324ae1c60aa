"""The list of releases."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from wagtail.models import PageViewRestriction

from press.models import PressIndexPage, PressReleasePage
from tests.factories import PressReleasePageFactory

START = datetime(2024, 1, 1, tzinfo=UTC)


def titles(client: Client, path: str = "/pressmeddelanden/") -> list[str]:
    return re.findall(r'<h2 class="release-list__title"><a href="[^"]+">(.*?)</a>', client.get(path).content.decode())


@pytest.fixture
def five(press_room: PressIndexPage) -> list[PressReleasePage]:
    return [
        PressReleasePageFactory(parent=press_room, title=f"Nummer {n}", first_published_at=START + timedelta(days=n))
        for n in range(5)
    ]


def test_the_newest_comes_first(client: Client, five: list[PressReleasePage]) -> None:
    assert titles(client) == [f"Nummer {n}" for n in (4, 3, 2, 1, 0)]


def test_only_what_is_public_is_listed(client: Client, five: list[PressReleasePage]) -> None:
    five[0].unpublish()
    PageViewRestriction.objects.create(page=five[1], restriction_type=PageViewRestriction.LOGIN)
    assert titles(client) == [f"Nummer {n}" for n in (4, 3, 2)]


@override_settings(PRESS_RELEASES_PER_PAGE=2)
def test_pages_of_the_list_lead_to_each_other(client: Client, five: list[PressReleasePage]) -> None:
    assert titles(client, "/pressmeddelanden/?sida=2") == ["Nummer 2", "Nummer 1"]
    html = client.get("/pressmeddelanden/?sida=2").content.decode()
    assert '<a rel="prev" href="/pressmeddelanden/">Föregående</a>' in html
    assert '<a rel="next" href="?sida=3">Nästa</a>' in html
    assert 'aria-current="page"' in html
    assert "<title>Pressmeddelanden, sida 2 av 3" in html


@pytest.mark.parametrize("number", ["0", "-1", "99", "abc", "1e3", "²", "9" * 50, ""])
def test_pages_that_do_not_exist_are_not_found(client: Client, five: list[PressReleasePage], number: str) -> None:
    assert client.get("/pressmeddelanden/", {"sida": number}).status_code == 404


def test_an_empty_press_room_says_so(client: Client, press_room: PressIndexPage) -> None:
    assert "Inga pressmeddelanden har publicerats ännu." in client.get("/pressmeddelanden/").content.decode()


def test_a_restricted_release_is_not_shown_to_strangers(client: Client, five: list[PressReleasePage]) -> None:
    PageViewRestriction.objects.create(page=five[0].get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(five[0].url).status_code == 302
    assert "/admin/login/" in client.get(five[0].url)["Location"]
