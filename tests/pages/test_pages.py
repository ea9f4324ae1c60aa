"""The home page, the sections and how addresses find their pages."""

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from pages.models import HomePage
from press.models import PressIndexPage, PressReleasePage
from tests.factories import PressReleasePageFactory, SectionPageFactory, StandardPageFactory, publish


def test_the_home_page_tells_the_mission_the_sections_and_the_news(
    client: Client, home: HomePage, release: PressReleasePage
) -> None:
    publish(home, mission="Vi för samman 49 kommuner.", subscribe_text="Vill du veta mer?")
    SectionPageFactory(parent=home, title="Vård", statement="Vården hör ihop.")
    SectionPageFactory(parent=home, title="Hemligt", live=False)
    html = client.get("/").content.decode()
    assert '<h1 class="hero__mission">Vi för samman 49\u00a0kommuner.</h1>' in html
    assert "Vården hör ihop." in html
    assert "Hemligt" not in html
    assert '<a href="/pressmeddelanden/nytt-avtal/">Nytt avtal</a>' in html
    assert (
        '<form class="subscribe" method="post" action="/prenumeration/"><p id="prenumerera">Vill du veta mer?' in html
    )
    for name in ("Skaraborg", "Fyrbodal", "Göteborgsregionen", "Boråsregionen Sjuhärad", "Åmål", "Öckerö"):
        assert name in html


def test_the_home_page_shows_as_many_releases_as_the_editor_chose(
    client: Client, home: HomePage, press_room: PressIndexPage
) -> None:
    for _number in range(4):
        publish(PressReleasePageFactory(parent=press_room, live=False))
    publish(home, newest_count=3)
    assert client.get("/").content.decode().count('class="release-list__title"') == 3


def test_an_empty_site_has_a_home_page_of_its_own(client: Client, home: HomePage) -> None:
    html = client.get("/").content.decode()
    assert "Inga pressmeddelanden har publicerats ännu." in html
    assert '<html lang="sv">' in html


def test_a_section_lists_the_pages_below_it_in_order(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, slug="vard")
    for title in ("Först", "Sedan"):
        StandardPageFactory(parent=section, title=title)
    StandardPageFactory(parent=section, title="Utkast", live=False)
    html = client.get("/vard/").content.decode()
    assert html.index("Först") < html.index("Sedan")
    assert "Utkast" not in html


def test_the_breadcrumb_leads_home_by_way_of_the_section(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, title="Vård", slug="vard")
    below = StandardPageFactory(parent=section, slug="elevhalsa")
    html = client.get(below.url).content.decode()
    assert '<li><a href="/">Hem</a></li>\n<li><a href="/vard/">Vård</a></li>' in html


@pytest.mark.parametrize("path", ["/vard/vard/", "/elevhalsa/", "/vard/finns-inte/", "/vard/elevhalsa/mer/", "/%00/"])
def test_addresses_of_nothing_are_not_found(client: Client, home: HomePage, path: str) -> None:
    section = SectionPageFactory(parent=home, slug="vard")
    StandardPageFactory(parent=section, slug="elevhalsa")
    assert client.get(path).status_code == 404


def test_pages_with_the_same_slug_are_told_apart(client: Client, home: HomePage) -> None:
    one, other = SectionPageFactory(parent=home, slug="ett"), SectionPageFactory(parent=home, slug="tva")
    StandardPageFactory(parent=one, slug="ett", title="Under ett")
    StandardPageFactory(parent=other, slug="ett", title="Under två")
    assert "<h1>Under ett</h1>" in client.get("/ett/ett/").content.decode()
    assert "<h1>Under två</h1>" in client.get("/tva/ett/").content.decode()


def test_a_draft_is_not_found(client: Client, home: HomePage) -> None:
    StandardPageFactory(parent=home, slug="utkast", live=False)
    assert client.get("/utkast/").status_code == 404


def test_an_alias_shows_its_source(client: Client, home: HomePage) -> None:
    source = StandardPageFactory(parent=home, slug="kalla", title="Källan")
    source.create_alias(update_slug="alias")
    assert "<h1>Källan</h1>" in client.get("/alias/").content.decode()


@pytest.mark.parametrize("which", ["home", "section", "page"])
def test_a_restriction_covers_everything_below_it(client: Client, home: HomePage, which: str) -> None:
    section = SectionPageFactory(parent=home, slug="vard")
    page = StandardPageFactory(parent=section, slug="elevhalsa")
    restricted = {"home": home, "section": section, "page": page}[which]
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/vard/elevhalsa/").status_code == 302


def test_a_password_page_can_be_opened_with_the_password(client: Client, home: HomePage) -> None:
    page = StandardPageFactory(parent=home, slug="hemlig", title="Hemlig")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
    )
    asked = client.get("/hemlig/")
    assert "Sidan kräver lösenord" in asked.content.decode()
    assert "Hemlig</h1>" not in asked.content.decode()
    form = {"password": "sesam", "return_url": "/hemlig/"}
    client.post(f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", form)
    assert "<h1>Hemlig</h1>" in client.get("/hemlig/").content.decode()


def test_a_moved_page_is_found_at_its_new_address(client: Client, home: HomePage) -> None:
    one, other = SectionPageFactory(parent=home, slug="ett"), SectionPageFactory(parent=home, slug="tva")
    page = StandardPageFactory(parent=one, slug="sida", title="Sidan")
    page.move(other, pos="last-child")
    assert client.get("/ett/sida/")["Location"] == "/tva/sida/"
    assert "<h1>Sidan</h1>" in client.get("/tva/sida/").content.decode()


def test_the_tree_is_sound(home: HomePage) -> None:
    call_command("fixtree", interactive=False, verbosity=0)
    assert HomePage.find_problems() == ([], [], [], [], [])


def test_a_restriction_above_an_alias_covers_what_lies_below_it(client: Client, home: HomePage) -> None:
    section = SectionPageFactory(parent=home, slug="sluten")
    source = StandardPageFactory(parent=home, slug="kalla")
    alias = source.create_alias(parent=section, update_slug="alias")
    middle = StandardPageFactory(parent=alias, slug="mitten")
    StandardPageFactory(parent=middle, slug="lovet")
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/sluten/alias/mitten/lovet/").status_code == 302


def test_a_restriction_on_the_root_of_the_tree_covers_everything(client: Client, home: HomePage) -> None:
    StandardPageFactory(parent=home, slug="om")
    PageViewRestriction.objects.create(page=home.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/").status_code == 302
    assert client.get("/om/").status_code == 302


def test_home_leads_to_no_press_room_that_is_not_there(client: Client, press_room: PressIndexPage) -> None:
    """A reader who follows the link, or a program that follows the feed, would find nothing."""
    assert press_room.href in client.get("/").content.decode()
    press_room.unpublish()
    assert press_room.href not in client.get("/").content.decode()
