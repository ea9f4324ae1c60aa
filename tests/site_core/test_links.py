"""An address that an editor writes leads where it says, in every field, or it is refused."""

import html
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.rich_text import RichText

from press.models import PressReleasePage
from site_core.media.rich_text import labelled_html
from site_core.models import Menu, OrganisationSettings
from site_core.models.navigation import load_menus
from site_core.validators import is_safe_link, validate_link, validate_web_address
from tests.factories import add_user, blocks, home_page, publish

GOOD = [
    "https://example.se",
    "HTTPS://Example.se/Sida?a=b#c",
    "https://example.se:8443/@anna",
    "https://åre.se/å",
    "https://xn--re-yia.se",
    "mailto:anna@example.se?subject=Hej%20du",
    "tel:+46101234567",
    "tel:010-123 45 67",
    "/kontakt/",
    "/sok/?q=a//b",
    "/",
]
BAD = [
    "/\\example.org",
    "/\t/example.org",
    "/\n/example.org",
    "//",
    "//example.org",
    "///example.org",
    "\\\\example.org",
    "/%5Cexample.org",
    "/%09/example.org",
    "/%2Fexample.org",
    "/a/..//example.org",
    "/\u200b/example.org",
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "JavaScript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,hej",
    "vbscript:x",
    "file:///C:/hemligt.docx",
    "https://vastkom.se@example.org",
    "https://vastkom.se:pw@example.org/",
    "https:/\\example.org",
    "https:example.org",
    "https://example。org",
    "https://еxample.org",
    "https://exam\u00adple.org",
    "https://example.org/\u202egpj.exe",
    "http://",
    "mailto:",
    "mailto:anna@example.se%0abcc:x@example.org",
    "tel:",
    "tel:javascript",
    "kontakt",
    " ",
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_leads_somewhere_is_taken(address: str) -> None:
    validate_link(address)


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_is_none_or_deceives_is_refused(address: str) -> None:
    for validate in (validate_link, validate_web_address):
        with pytest.raises(ValidationError):
            validate(address)
    assert not is_safe_link(address, anchors=True)


def text_block(url: str) -> dict[str, Any]:
    """What the editor sends of running text with one link."""
    return {
        "blocks": [
            {
                "key": "a",
                "text": "Läs mer",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 7, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
    }


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/\\example.org", "//example.org", "javascript:alert(1)", "https://a.se@b.se"])
def test_running_text_with_such_a_link_is_refused_at_its_block(address: str) -> None:
    body = PressReleasePage._meta.get_field("body").stream_block
    block = body.child_blocks["text"]
    widget = block.field.widget
    source = widget.value_from_datadict({"text": json.dumps(text_block(address))}, {}, "text")
    with pytest.raises(ValidationError, match="Läs mer"):
        block.clean(RichText(source))
    with pytest.raises(ValidationError, match="Läs mer"):
        OrganisationSettings._meta.get_field("boilerplate").clean(source, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "field", "address"),
    [
        ("external", "external-link-chooser-url", "/\\example.org"),
        ("external", "external-link-chooser-url", "//example.org"),
        ("phone", "phone-link-chooser-phone_number", "javascript"),
        ("anchor", "anchor-link-chooser-url", "a b"),
    ],
)
def test_the_dialogues_refuse_it_too(client: Client, name: str, field: str, address: str) -> None:
    client.force_login(add_user("Redaktörer"))
    answer = client.post(reverse(f"wagtailadmin_choose_page_{name}_link"), {field: address}).json()
    assert answer["step"] == f"{name}_link"
    assert "error" in answer["html"]


@pytest.mark.django_db
def test_a_redirect_leads_to_no_such_address(client: Client) -> None:
    client.force_login(add_user(is_superuser=True))
    form = {"old_path": "/gammal/", "redirect_link": "//example.org", "is_permanent": "on", "site": ""}
    client.post(reverse("wagtailredirects:add"), form)
    assert not Redirect.objects.exists()
    Redirect.objects.create(old_path="/gammal", redirect_link="//example.org")
    assert client.get("/gammal/").status_code == 404


@pytest.mark.django_db
def test_what_was_stored_before_leads_nowhere(client: Client, release: PressReleasePage) -> None:
    menu = Menu(place="main")
    entry: dict[str, Any] = {"page": None, "url": "/\\example.org", "label": "Fel", "children": []}
    menu.entries = blocks(menu, ("entry", entry), field="entries")
    menu.save()
    assert load_menus()["main"] == []
    organisation = OrganisationSettings(site=home_page().get_site(), press_email="press@example.se")
    account = {"service": "LinkedIn", "url": "//example.org"}
    organisation.social_links = blocks(organisation, ("account", account), field="social_links")
    organisation.save()
    body = blocks(
        release,
        ("text", '<p><a href="//example.org/x">ett</a> <a href="https://example.se/">två</a> <a href="#c">tre</a></p>'),
        ("film", {"title": "Film", "url": "/\\example.org", "length": "", "transcript": ""}),
        ("call_to_action", {"page": None, "url": "java\tscript:x", "label": "Gör så här", "note": ""}),
    )
    publish(release, body=body)
    page = html.unescape(client.get(release.url).content.decode())
    assert "example.org" not in page
    assert "script:x" not in page
    assert '<a>ett</a> <a href="https://example.se/">två</a> <a href="#c">tre</a>' in page
    assert labelled_html('<a href="java&#9;script:x">a</a>', new_window=False) == "<a>a</a>"
