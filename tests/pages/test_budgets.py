"""How many queries a page may cost, cold: the same for one item and for fifty."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from pages.models import HomePage
from press.models import Municipality, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from site_core.models import OrganisationSettings
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    SectionPageFactory,
    StandardPageFactory,
    add_document,
    blocks,
    publish,
)
from tests.site_core.test_navigation import add_menu

# What the pages cost, and no more.
BUDGETS = {"home": 10, "listing": 10, "release": 14, "bare release": 10, "section": 9, "standard": 9, "search": 12}


def cost(client: Client, path: str) -> int:
    """Count the queries of one visit with every cache empty."""
    client.get(path)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
    assert response.status_code == 200
    return len(queries)


@pytest.fixture
def site(press_room: PressIndexPage, home: HomePage) -> HomePage:
    """A site with a menu, an organisation and a section, as a real one has."""
    OrganisationSettings.objects.create(site=home.get_site(), name="VästKom", boilerplate="<p>Om oss.</p>")
    section = SectionPageFactory(parent=home, slug="vard", body=[])
    StandardPageFactory(parent=home, slug="om")
    add_menu("main", {"page": section.pk}, {"page": press_room.pk})
    add_menu("footer", {"page": press_room.pk})
    return home


def full_release(press_room: PressIndexPage, slug: str, items: int) -> PressReleasePage:
    """Add a release with so many of everything a release can hold."""
    release = PressReleasePageFactory(parent=press_room, slug=slug, image=ImageFactory(), live=False)
    page_link = f'<p><a linktype="page" id="{press_room.pk}">rummet</a></p>'
    for number in range(items):
        document = add_document(f"Bilaga {number}", size=1000)
        contact = PressContactFactory(photo=ImageFactory())
        release.release_contacts.add(ReleaseContact(contact=contact, sort_order=number))
        image = {"image": ImageFactory().pk, "alt_text": "Berg", "decorative": False}
        release.body.extend(
            blocks(
                release,
                ("text", f'{page_link}<p><a linktype="document" id="{document.pk}">fil</a></p>'),
                ("image", {"image": image, "caption": "", "credit": ""}),
                ("document", {"document": document.pk, "title": ""}),
                ("quote", {"text": "Ja.", "speaker": "Anna", "role": "", "organisation": ""}),
            )
        )
        release.attachments.extend(
            blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
        )
        release.topics.add(Topic.objects.get_or_create(name=f"Ämne {number}", slug=f"amne-{number}")[0])
    release.municipalities.set(Municipality.objects.all()[:items])
    return publish(release)


def test_a_release_with_everything(client: Client, site: HomePage, press_room: PressIndexPage) -> None:
    one, many = full_release(press_room, "en", 1), full_release(press_room, "flera", 12)
    assert cost(client, one.url) == cost(client, many.url) <= BUDGETS["release"]


def test_a_release_with_nothing_but_text(client: Client, site: HomePage, press_room: PressIndexPage) -> None:
    release = PressReleasePageFactory(parent=press_room, slug="enkelt")
    publish(release, body=blocks(release, ("text", "<p>Text.</p>")))
    assert cost(client, "/pressmeddelanden/enkelt/") <= BUDGETS["bare release"]


def add_releases(site: HomePage) -> None:
    room = PressIndexPage.objects.get()
    for _number in range(49):
        PressReleasePageFactory(parent=room)


def add_sections(site: HomePage) -> None:
    for _number in range(9):
        SectionPageFactory(parent=site)


def add_below_section(site: HomePage) -> None:
    section = site.get_children().get(slug="vard").specific
    for _number in range(49):
        StandardPageFactory(parent=section)


@pytest.mark.parametrize(
    ("name", "path", "add_many"),
    [
        ("listing", "/pressmeddelanden/", add_releases),
        ("home", "/", add_releases),
        ("home", "/", add_sections),
        ("section", "/vard/", add_below_section),
        ("standard", "/om/", add_releases),
        ("search", "/sok/?q=hänt", add_releases),
    ],
)
def test_many_cost_what_one_costs(
    client: Client,
    site: HomePage,
    press_room: PressIndexPage,
    name: str,
    path: str,
    add_many: Callable[[HomePage], None],
) -> None:
    PressReleasePageFactory(parent=press_room)
    StandardPageFactory(parent=site.get_children().get(slug="vard").specific)
    one = cost(client, path)
    add_many(site)
    assert cost(client, path) == one <= BUDGETS[name]
