"""What machines are told: structured data, pictures to share, site maps and the press kit."""

import hashlib
import importlib
import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from lxml import etree
from PIL import Image

from pages.models import HomePage
from press.models import Municipality, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from press.withdrawing import withdraw
from site_core.choices import ChangeType
from site_core.models import OrganisationSettings
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    SectionPageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)

# Schema.org's vocabulary as Python classes: each property's annotation names the types it may hold.
VOCABULARY = importlib.import_module("msgspec_schemaorg.models")
# Google's extension of schema.org's actions: a text, on any of them.
EXTENSIONS = {"query-input"}
MORNING = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
QUOTE = {"text": "Det är bra.", "speaker": "Anna Berg", "role": "direktör", "organisation": "VästKom"}


@pytest.fixture
def organisation(home: HomePage) -> OrganisationSettings:
    return OrganisationSettings.objects.create(
        site=home.get_site(), name="VästKom", press_email="press@example.se", boilerplate="<p>Om <b>oss</b>.</p>"
    )


@pytest.fixture
def full(press_room: PressIndexPage, organisation: OrganisationSettings) -> PressReleasePage:
    """A release with everything that a newsroom or a machine is told of."""
    free, held = ImageFactory(title="Fri", credit="Eva Ek", licence="Fri att använda av pressen"), ImageFactory()
    document = add_document("Hela avtalet", "avtalet.pdf")
    release = PressReleasePageFactory(
        parent=press_room, title='Nytt "avtal" </script>', slug="avtal", lead="Så här är det.", image=free, live=False
    )
    release.topics.add(Topic.objects.create(name="Vård", slug="vard"))
    release.municipalities.add(Municipality.objects.get(slug="boras"))
    release.release_contacts.add(ReleaseContact(contact=PressContactFactory(name="Bo Ek", email="bo@example.se")))
    image = {"image": held.pk, "alt_text": "Berg", "decorative": False}
    body = blocks(
        release,
        ("text", "<p>Första stycket.</p>"),
        ("quote", QUOTE),
        ("image", {"image": image, "caption": "", "credit": ""}),
    )
    attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    with time_machine.travel(MORNING, tick=False):
        return publish(release, body=body, attachments=attachments)


def graph(client: Client, address: str) -> list[dict[str, Any]]:
    html = client.get(address).content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    content = json.loads(data)
    assert content["@context"] == "https://schema.org"
    return content["@graph"]


def node(nodes: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    [found] = [one for one in nodes if one["@type"] == kind]
    return found


def check(one: dict[str, Any]) -> None:
    """Check that schema.org has a node's type and each of its properties, and that each may hold what it holds."""
    kind = getattr(VOCABULARY, one["@type"])
    known: dict[str, str] = {}
    for ancestor in reversed(kind.__mro__):
        known |= {name: str(allowed) for name, allowed in getattr(ancestor, "__annotations__", {}).items()}
    for name, value in one.items():
        if name.startswith("@") or name in EXTENSIONS:
            continue
        assert name in known, f"{one['@type']} has no {name}"
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and "@type" in part:
                names = [ancestor.__name__ for ancestor in getattr(VOCABULARY, part["@type"]).__mro__]
                assert any(re.search(rf"\b{ancestor}\b", known[name]) for ancestor in names), (name, part["@type"])
                check(part)


def test_every_node_is_made_of_what_schema_org_has(client: Client, full: PressReleasePage, home: HomePage) -> None:
    SectionPageFactory(parent=home, slug="vard")
    publish(full, change_type=ChangeType.MAJOR, change_note="Beloppet är rättat.")
    for address, kinds in (
        (full.url, {"NewsArticle", "Organization", "BreadcrumbList"}),
        ("/", {"Organization", "WebSite"}),
        ("/pressmeddelanden/", {"BreadcrumbList"}),
        ("/vard/", {"BreadcrumbList"}),
    ):
        nodes = graph(client, address)
        assert {one["@type"] for one in nodes} == kinds
        for one in nodes:
            check(one)


def test_a_release_is_described_as_an_article(client: Client, full: PressReleasePage) -> None:
    publish(full, change_type=ChangeType.MAJOR, change_note="Beloppet är rättat.")
    article = node(graph(client, full.url), "NewsArticle")
    assert article["headline"] == 'Nytt "avtal" </script>'
    assert article["datePublished"] == "2026-03-02T08:05:00+01:00"
    assert article["inLanguage"] == "sv-SE"
    assert article["image"]["creditText"] == "Eva Ek"
    assert article["encoding"][0]["encodingFormat"] == "application/pdf"
    assert article["encoding"][0]["contentUrl"].startswith("http://localhost/dokument/")
    assert article["correction"][0]["text"] == "Beloppet är rättat."
    assert article["spatialCoverage"] == [{"@type": "AdministrativeArea", "name": "Borås"}]
    assert article["publisher"] == {"@id": "http://localhost/#organisation"}
    sender = node(graph(client, full.url), "Organization")
    assert sender["@id"] == "http://localhost/#organisation"
    assert sender["contactPoint"]["email"] == "press@example.se"


def test_a_breadcrumb_leads_from_the_home_page_to_the_page(client: Client, full: PressReleasePage) -> None:
    crumbs = node(graph(client, full.url), "BreadcrumbList")["itemListElement"]
    assert [crumb["item"] for crumb in crumbs] == [
        "http://localhost/",
        "http://localhost/pressmeddelanden/",
        "http://localhost/pressmeddelanden/avtal/",
    ]


def test_a_picture_is_drawn_for_a_release_without_one_once(client: Client, release: PressReleasePage) -> None:
    html = client.get(release.url).content.decode()
    [address] = re.findall(r'<meta property="og:image" content="http://localhost([^"]+)">', html)
    response = client.get(address)
    picture = Image.open(BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(response.content) < 100_000
    [stored] = default_storage.listdir("share_images")[1][-1:]
    drawn = default_storage.get_modified_time(f"share_images/{stored}")
    assert client.get(address).content == response.content
    assert default_storage.get_modified_time(f"share_images/{stored}") == drawn
    # Another title is another picture, at another address.
    renamed = publish(release, title="Ett helt annat avtal " * 12)
    assert renamed.share_image_address != address
    assert client.get(renamed.share_image_address).status_code == 200
    assert client.get(address).status_code == 404


def test_an_editors_own_picture_is_shared_instead(client: Client, full: PressReleasePage) -> None:
    assert "delningsbild" not in client.get(full.url).content.decode()


def locations(client: Client, address: str) -> dict[str, str]:
    response = client.get(address)
    assert response["Content-Type"].startswith("application/xml")
    document = etree.fromstring(response.content)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return {entry.findtext(f"{space}loc"): entry.findtext(f"{space}lastmod") for entry in document}


def test_the_site_map_lists_what_is_public_with_the_day_readers_know(client: Client, full: PressReleasePage) -> None:
    publish(HomePage.objects.get())
    draft = PressReleasePageFactory(parent=full.get_parent(), title="Utkastet", live=False)
    everything = {
        page: changed
        for section in locations(client, "/sitemap.xml")
        for page, changed in locations(client, section.removeprefix("http://testserver")).items()
    }
    assert everything[f"http://testserver{full.href}"] == "2026-03-02"
    assert "http://testserver/" in everything
    assert "http://testserver/pressmeddelanden/amne/vard/" in everything
    assert "http://testserver/pressmeddelanden/kommun/boras/" in everything
    assert f"http://testserver{draft.href}" not in everything


def test_the_news_map_has_the_last_two_days(client: Client, full: PressReleasePage) -> None:
    with time_machine.travel(MORNING + timedelta(days=1, hours=23), tick=False):
        assert list(locations(client, "/nyheter.xml")) == [f"http://testserver{full.href}"]
        text = client.get("/nyheter.xml").content.decode()
    assert "<news:name>VästKom</news:name><news:language>sv</news:language>" in text
    assert "<news:title>Nytt &quot;avtal&quot; &lt;/script&gt;</news:title>" in text
    with time_machine.travel(MORNING + timedelta(days=2, minutes=1), tick=False):
        assert locations(client, "/nyheter.xml") == {}


def open_kit(client: Client, release: PressReleasePage) -> ZipFile:
    response = client.get(f"{release.url}presspaket.zip")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{release.slug}.zip"'
    return ZipFile(BytesIO(b"".join(response)))


def test_the_press_kit_has_everything_and_its_checksums(client: Client, full: PressReleasePage) -> None:
    kit = open_kit(client, full)
    names = kit.namelist()
    text = kit.read("pressmeddelande.txt").decode("utf-8-sig")
    for part in ('Nytt "avtal"', "Så här är det.", "Första stycket.", "Om oss.", "http://localhost/pressmeddelanden/"):
        assert part in text
    assert "”Det är bra.”\r\n– Anna Berg, direktör, VästKom" in kit.read("citat.txt").decode("utf-8-sig")
    assert "bo@example.se" in kit.read("presskontakter.txt").decode("utf-8-sig")
    captions = kit.read("bilder/bildtexter.txt").decode("utf-8-sig")
    assert "Foto: Eva Ek" in captions
    assert "Fri att använda av pressen" in captions
    # The picture whose licence says nothing is not given away.
    pictures = [name for name in names if name.startswith("bilder/") and not name.endswith(".txt")]
    assert len(pictures) == 1
    assert full.image is not None
    assert Image.open(BytesIO(kit.read(pictures[0]))).width == full.image.width
    assert "bilagor/1-avtalet.pdf" in names
    lines = [line.split("  ") for line in kit.read("SHA256SUMS.txt").decode().splitlines()]
    sums = {name: digest for digest, name in lines}
    assert set(sums) == set(names) - {"SHA256SUMS.txt"}
    assert all(hashlib.sha256(kit.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_the_press_kit_never_holds_a_draft(client: Client, full: PressReleasePage) -> None:
    draft = full.get_latest_revision_as_object()
    draft.title, draft.lead = "Hemlig rubrik", "Hemlig ingress"
    draft.body = blocks(draft, ("text", "<p>Hemligt stycke.</p>"))
    secret = add_document("Hemlig bilaga", "hemlig.pdf")
    draft.attachments = blocks(draft, ("document", {"document": secret.pk, "title": ""}), field="attachments")
    draft.save_revision()
    kit = open_kit(client, full)
    assert not any("hemlig" in name for name in kit.namelist())
    assert "Hemlig" not in "".join(kit.read(name).decode() for name in kit.namelist() if name.endswith(".txt"))


def test_there_is_no_press_kit_of_what_is_not_public(client: Client, full: PressReleasePage) -> None:
    address = f"{full.url}presspaket.zip"
    withdraw(full, "outdated", "Gäller inte.", by=add_user("Chefredaktörer"))
    assert client.get(address).status_code == 404
    PressReleasePage.objects.get(pk=full.pk).unpublish()
    assert client.get(address).status_code == 404


def test_two_kits_of_one_release_are_the_same(client: Client, full: PressReleasePage) -> None:
    with time_machine.travel(MORNING, tick=False):
        first = b"".join(client.get(f"{full.url}presspaket.zip"))
    assert b"".join(client.get(f"{full.url}presspaket.zip")) == first


def test_the_page_offers_the_kit_and_the_originals_with_their_terms(client: Client, full: PressReleasePage) -> None:
    html = client.get(full.url).content.decode()
    assert f'href="{full.href}presspaket.zip"' in html
    assert full.image is not None
    assert f'<a href="{full.image.file.url}">' in html
    assert "Fri att använda av pressen" in html
    assert client.get(full.image.file.url).status_code == 200


def test_each_quote_has_an_address_that_lasts(client: Client, full: PressReleasePage) -> None:
    second = {**QUOTE, "text": "Ännu ett citat."}
    body = full.get_latest_revision_as_object().body
    body.append(("quote", second))
    release = publish(full, body=body)
    html = client.get(release.url).content.decode()
    anchors = re.findall(r'<figure class="quote" id="(citat-[^"]+)">', html)
    assert len(set(anchors)) == 2
    for anchor in anchors:
        assert f'<a href="#{anchor}">Länk till citatet</a>' in html
    assert 'data-copy="”Det är bra.” – Anna Berg, direktör, VästKom"' in html
    again = publish(release, lead="Annan ingress.")
    assert re.findall(r'id="(citat-[^"]+)">', client.get(again.url).content.decode()) == anchors
