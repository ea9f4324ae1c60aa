"""The organisation's settings: its facts, colours and stylesheet."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from pages.models import HomePage
from site_core.colours import NIGHT, PAPER, contrast, lighten_until_readable, validate_brand_colour
from site_core.models import OrganisationSettings
from site_core.validators import validate_organisation_number
from tests.contracts.test_source import ROOT
from tests.factories import add_user


@pytest.mark.parametrize("number", ["222000-0315", "2220000315", "212000-1355", "556036-0793"])
def test_organisation_numbers_are_taken(number: str) -> None:
    validate_organisation_number(number)


@pytest.mark.parametrize("number", ["222000-0316", "22200-0315", "000000-0000", "191212121212", "abc", "811218-9876"])
def test_what_is_no_organisation_number_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="inget organisationsnummer"):
        validate_organisation_number(number)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "message"), [("#ffcc00", "för ljus"), ("röd", "sex siffror"), ("#12345", "sex siffror")]
)
def test_colours_that_would_be_hard_to_read_are_refused(colour: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        validate_brand_colour(colour)


@pytest.mark.parametrize("colour", ["#0b4a52", "#8F370F", "#000000"])
def test_dark_colours_are_taken_and_made_light_for_the_dark_scheme(colour: str) -> None:
    validate_brand_colour(colour)
    assert contrast(lighten_until_readable(colour.lower()), NIGHT) >= 7


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    assert re.findall(r"--paper: (#\w+);", tokens) == [PAPER, NIGHT]


def test_every_text_colour_of_the_stylesheet_is_readable() -> None:
    tokens = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    for scheme in tokens.split("@media (prefers-color-scheme: dark)"):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6});", scheme))
        for ground in ("paper", "tint"):
            for ink in ("ink", "muted", "brand", "signal"):
                assert contrast(colours[ink], colours[ground]) >= 7, (ink, ground)
            assert contrast(colours["control"], colours[ground]) >= 4.5


def test_own_colours_come_as_a_small_stylesheet_with_a_version(client: Client, home: HomePage) -> None:
    organisation = OrganisationSettings.objects.create(site=home.get_site(), name="VästKom", brand_colour="#3B1F5C")
    address = re.search(r'href="(/varumarke-\w+\.css)"', client.get("/").content.decode())
    assert address is not None
    response = client.get(address[1])
    assert response["Content-Type"] == "text/css"
    assert "--brand:#3b1f5c" in response.content.decode()
    assert "immutable" in response["Cache-Control"]
    organisation.brand_colour = "#1f3b5c"
    organisation.save()
    assert client.get(address[1]).status_code == 404


def test_a_site_with_its_own_colours_only_asks_for_no_stylesheet(client: Client, home: HomePage) -> None:
    assert "varumarke" not in client.get("/").content.decode()
    assert client.get("/varumarke-0.css").status_code == 404


def test_a_reader_never_makes_settings(client: Client, home: HomePage) -> None:
    client.get("/")
    assert not OrganisationSettings.objects.exists()


def test_a_chief_editor_fills_in_settings_that_were_never_saved(client: Client, home: HomePage) -> None:
    client.force_login(add_user("Chefredaktörer"))
    site = home.get_site()
    form = {
        "name": "VästKom",
        "boilerplate": "null",
        "organisation_number": "222000-0315",
        "social_links-count": "0",
        "documents_open_in_new_window": "on",
    }
    response = client.post(f"/admin/settings/site_core/organisationsettings/{site.pk}/", form)
    assert response.status_code == 302
    assert OrganisationSettings.objects.get(site=site).name == "VästKom"
