"""What stands around every page is right at once after a change, though it is kept between visits."""

from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pages.models import HomePage
from site_core.frame import KEY
from site_core.models import OrganisationSettings
from tests.factories import SectionPageFactory, blocks
from tests.site_core.test_navigation import LINK, add_menu


def test_a_second_visit_asks_for_no_menu(client: Client, home: HomePage) -> None:
    add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/")
    assert not [query for query in queries if "site_core_menu" in query["sql"]]


def test_a_changed_menu_is_shown_at_once(client: Client, home: HomePage) -> None:
    menu = add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    assert "Kontakt" in client.get("/").content.decode()
    menu.entries = blocks(menu, ("entry", {**LINK, "url": "/ny/", "label": "Ny post", "children": []}), field="entries")
    menu.save_revision().publish()
    assert "Ny post" in client.get("/").content.decode()


def test_a_changed_name_is_shown_at_once(client: Client, home: HomePage) -> None:
    organisation = OrganisationSettings.objects.create(site=home.get_site(), name="Före")
    assert "Före" in client.get("/").content.decode()
    organisation.name = "Efter"
    organisation.save()
    assert "Efter" in client.get("/").content.decode()


def test_a_page_that_is_taken_down_leaves_the_menu_at_once(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, slug="vard")
    add_menu("main", {"page": section.pk, "label": "Vården"})
    assert "Vården" in client.get("/").content.decode()
    section.unpublish()
    assert "Vården" not in client.get("/").content.decode()


def test_a_page_that_moves_is_linked_at_its_new_address(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, slug="vard")
    add_menu("main", {"page": section.pk, "label": "Vården"})
    client.get("/")
    section.slug = "halsa"
    section.save_revision().publish()
    assert '<a href="/halsa/">Vården</a>' in client.get("/").content.decode()


def test_what_somebody_read_while_the_change_was_under_way_is_not_kept(
    client: Client, home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    """Readers would have the old menu though the editor has been told that the new one is out."""
    menu = add_menu("main", {"url": "/kontakt/", "label": "Kontakt"})
    client.get("/")
    kept = cache.get(KEY)
    menu.entries = blocks(menu, ("entry", {**LINK, "url": "/ny/", "label": "Ny post", "children": []}), field="entries")
    with django_capture_on_commit_callbacks(execute=True):
        menu.save_revision().publish()
        # Another process, which does not see what is not committed yet, keeps what it has just read.
        cache.set(KEY, kept)
    assert "Ny post" in client.get("/").content.decode()
