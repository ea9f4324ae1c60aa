"""A password opens what it is for, and its form tells nothing of anything else."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from pages.models import HomePage
from press.models import PressIndexPage
from tests.factories import PressReleasePageFactory, StandardPageFactory, add_user

SECRET = "Hemligt avtal om sjukhuset"
PASSWORD = "hemlis"


@pytest.fixture
def restricted(home: HomePage) -> PageViewRestriction:
    page = StandardPageFactory(parent=home, title="Styrelsens rum", slug="styrelsen")
    return PageViewRestriction.objects.create(page=page, restriction_type="password", password=PASSWORD)


def address_of(restriction: PageViewRestriction, page_id: int) -> str:
    return f"/_util/authenticate_with_password/{restriction.pk}/{page_id}/"


def facts(response: Any) -> tuple[Any, ...]:
    return response.status_code, sorted(response.headers.items()), response.content


def test_it_says_the_same_of_a_draft_of_any_other_page_and_of_none(
    client: Client, restricted: PageViewRestriction, press_room: PressIndexPage
) -> None:
    draft = PressReleasePageFactory(parent=press_room, title=SECRET, slug="hemligt-avtal", live=False)
    hidden = StandardPageFactory(parent=restricted.page, title=SECRET, live=False)
    others = [press_room.pk, draft.pk, hidden.pk, Page.objects.order_by("pk").last().pk + 1]
    client.get("/finns-inte/")
    for ask in (client.get, lambda address: client.post(address, {"password": PASSWORD})):
        answers, counts = [], []
        for number in others:
            with CaptureQueriesContext(connection) as queries:
                answers.append(facts(ask(address_of(restricted, number))))
            counts.append(len(queries))
        assert answers[0][0] == 404
        assert all(answer == answers[0] for answer in answers)
        assert len(set(counts)) == 1
    unknown = client.get(f"/_util/authenticate_with_password/{restricted.pk + 1}/{restricted.page_id}/")
    assert unknown.status_code == 404
    assert not client.session.get(PageViewRestriction.passed_view_restrictions_session_key)


def test_another_restriction_opens_nothing(
    client: Client, restricted: PageViewRestriction, press_room: PressIndexPage
) -> None:
    for kind in ("password", "login"):
        other = PageViewRestriction.objects.create(page=press_room, restriction_type=kind, password=PASSWORD)
        assert client.get(address_of(other, restricted.page_id)).status_code == 404
    assert client.get(address_of(other, press_room.pk)).status_code == 404


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/styrelsen/?sida=2", "/styrelsen/?sida=2"),
        ("https://example.org/", "/styrelsen/"),
        ("//example.org/", "/styrelsen/"),
        ("/\\example.org", "/styrelsen/"),
        ("/\t/example.org", "/styrelsen/"),
        ("javascript:alert(1)", "/styrelsen/"),
        ("", "/styrelsen/"),
    ],
)
def test_the_right_password_leads_back_and_never_away(
    client: Client, restricted: PageViewRestriction, back: str, leads_to: str
) -> None:
    address = address_of(restricted, restricted.page_id)
    assert address in client.get("/styrelsen/").content.decode()
    wrong = client.post(address, {"password": "gissning", "return_url": back})
    assert wrong.status_code == 200
    assert "no-store" in wrong["Cache-Control"]
    assert client.post(address, {"password": PASSWORD, "return_url": back})["Location"] == leads_to
    assert client.get("/styrelsen/").status_code == 200


def test_a_page_below_a_restriction_is_opened_by_it(client: Client, restricted: PageViewRestriction) -> None:
    below = StandardPageFactory(parent=restricted.page, slug="protokoll")
    address = address_of(restricted, below.pk)
    assert address in client.get("/styrelsen/protokoll/").content.decode()
    assert client.post(address, {"password": PASSWORD, "return_url": "/styrelsen/protokoll/"}).status_code == 302


def test_a_collections_password_leads_nowhere_else_either(client: Client, db: None) -> None:
    root = Collection.get_first_root_node()
    collections = [root.add_child(name=name) for name in ("Med lösenord", "För inloggade")]
    by_password, by_login = (
        CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, password=PASSWORD)
        for collection, kind in zip(collections, ("password", "login"), strict=True)
    )
    assert client.get(f"/dokument/losenord/{by_login.pk}/").status_code == 404
    address = f"/dokument/losenord/{by_password.pk}/"
    html = client.get(address).content.decode()
    assert "lösenord" in html
    assert "Med lösenord" not in html
    for back in ("https://example.org/", "//example.org", "/\\example.org"):
        assert client.post(address, {"password": PASSWORD, "return_url": back})["Location"] == "/"


def test_there_is_one_form_to_log_in(client: Client, db: None) -> None:
    response = client.get("/_util/login/?next=/styrelsen/")
    assert response["Location"] == "/admin/login/?next=/styrelsen/"
    client.force_login(add_user("Redaktörer"))
    away = client.get("/admin/login/?next=https://example.org/")
    assert "example.org" not in away.headers.get("Location", "")
