"""The menus."""

import html
import json
import re

import pytest
from django.test import Client
from wagtail.models import Page

from pages.models import HomePage
from site_core.models import Menu
from site_core.models.navigation import load_menus
from tests.factories import SectionPageFactory, StandardPageFactory, add_user, blocks

LINK = {"page": None, "url": "", "label": ""}


def add_menu(place: str, *entries: dict[str, object]) -> Menu:
    menu = Menu(place=place)
    raw = [("entry", {**LINK, "children": [], **entry}) for entry in entries]
    menu.entries = blocks(menu, *raw, field="entries")
    menu.save()
    return menu


def child(page: Page, label: str = "") -> dict[str, object]:
    return {"type": "item", "value": {**LINK, "page": page.pk, "label": label}}


def test_entries_lead_to_pages_and_addresses(home: HomePage) -> None:
    section = SectionPageFactory(parent=home, title="Vård", slug="vard")
    below = StandardPageFactory(parent=section, title="Elevhälsa", slug="elevhalsa")
    add_menu(
        "main",
        {"page": section.pk, "children": [child(below, "Skolans hälsa")]},
        {"url": "https://example.se/", "label": "Intranät"},
    )
    first, second = load_menus()["main"]
    assert (first.label, first.href) == ("Vård", "/vard/")
    assert [(link.label, link.href) for link in first.children] == [("Skolans hälsa", "/vard/elevhalsa/")]
    assert (second.label, second.href) == ("Intranät", "https://example.se/")


def test_pages_that_are_not_public_are_left_out(home: HomePage) -> None:
    draft = SectionPageFactory(parent=home, live=False)
    add_menu("main", {"page": draft.pk}, {"url": "/kontakt/", "label": "Kontakt", "children": [child(draft)]})
    assert [(link.label, link.children) for link in load_menus()["main"]] == [("Kontakt", [])]


def test_a_draft_of_a_menu_is_seen_in_preview_only(client: Client, home: HomePage) -> None:
    menu = add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    menu.save_revision().publish()
    menu.entries = blocks(menu, ("entry", {**LINK, "url": "/ny/", "label": "Ny post", "children": []}), field="entries")
    menu.save_revision()
    assert "Kontakt" in client.get("/").content.decode()
    assert "Ny post" not in client.get("/").content.decode()
    response = menu.get_latest_revision_as_object().make_preview_request()
    assert "Ny post" in response.content.decode()


def test_readers_see_where_they_are(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, title="Vård", slug="vard")
    below = StandardPageFactory(parent=section, slug="elevhalsa")
    add_menu("main", {"page": section.pk})
    assert '<a href="/vard/" aria-current="page">Vård</a>' in client.get(section.url).content.decode()
    assert '<a href="/vard/" aria-current="true">Vård</a>' in client.get(below.url).content.decode()
    assert '<a href="/vard/">Vård</a>' in client.get("/").content.decode()


def test_the_way_home_is_marked_on_the_home_page_alone(client: Client, home: HomePage) -> None:
    """Everything lies below the home page: a reader would be told that she is at home wherever she is."""
    section = SectionPageFactory(parent=home, title="Vård", slug="vard")
    below = StandardPageFactory(parent=section, slug="elevhalsa")
    add_menu("main", {"page": home.pk, "label": "Hem"})
    assert '<a href="/" aria-current="page">Hem</a>' in client.get("/").content.decode()
    for page in (section, below):
        assert '<a href="/">Hem</a>' in client.get(page.url).content.decode()
        assert not re.search(r'class="wordmark"[^>]*aria-current', client.get(page.url).content.decode())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"url": "", "label": "Tom"}, "Välj en sida eller skriv en adress"),
        ({"url": "kontakt", "label": "Kontakt"}, "Skriv hela adressen"),
        ({"url": "javascript:alert(1)", "label": "Ond"}, "Skriv hela adressen"),
        ({"url": "//example.se", "label": "Halv"}, "Skriv hela adressen"),
        ({"url": "/kontakt/", "label": ""}, "Skriv vad länken leder till"),
    ],
)
def test_a_faulty_entry_is_refused_next_to_its_field(
    client: Client, home: HomePage, entry: dict[str, str], message: str
) -> None:
    client.force_login(add_user(is_superuser=True))
    form = {
        "place": "main",
        "entries-count": "1",
        "entries-0-deleted": "",
        "entries-0-order": "0",
        "entries-0-type": "entry",
        "entries-0-id": "",
        "entries-0-value-page": "",
        "entries-0-value-url": entry["url"],
        "entries-0-value-label": entry["label"],
        "entries-0-value-children-count": "0",
        "action-publish": "1",
    }
    response = client.post("/admin/snippets/site_core/menu/add/", form)
    assert response.status_code == 200
    # The editor's blocks come as JSON inside the markup.
    assert json.dumps(message)[1:-1] in html.unescape(response.content.decode())
    assert not Menu.objects.exists()


def test_there_is_one_menu_for_each_place(client: Client, home: HomePage) -> None:
    add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    client.force_login(add_user(is_superuser=True))
    response = client.post(
        "/admin/snippets/site_core/menu/add/", {"place": "main", "entries-count": "0", "action-publish": "1"}
    )
    assert "Den menyn finns redan" in response.content.decode()
