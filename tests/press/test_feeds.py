"""Feeds that any reader understands, with the whole text, and that tell of corrections and withdrawals."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import time_machine
from django.test import Client
from lxml import etree
from wagtail.models import PageViewRestriction

from press.models import Municipality, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from press.withdrawing import withdraw
from site_core.choices import ChangeType
from site_core.models import OrganisationSettings
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)

ROOM = "/pressmeddelanden/"
ATOM = "{http://www.w3.org/2005/Atom}"
MORNING = datetime(2026, 3, 2, 7, 5, tzinfo=UTC)
# The structure that RFC 4287 asks of a feed, as a RELAX NG schema of our own.
SCHEMA = Path(__file__).with_name("atom.rng")


@pytest.fixture
def full(press_room: PressIndexPage) -> PressReleasePage:
    """A published release with something of everything."""
    OrganisationSettings.objects.create(site=press_room.get_site(), name="VästKom")
    document = add_document("Avtalet & bilagan", "avtalet.pdf")
    release = PressReleasePageFactory(
        parent=press_room, title="Nytt <avtal> & mer", slug="avtal", lead="Så här är det.", live=False
    )
    release.topics.add(Topic.objects.create(name="Vård", slug="vard"))
    release.municipalities.add(Municipality.objects.get(slug="boras"))
    release.release_contacts.add(ReleaseContact(contact=PressContactFactory(name="Anna Berg", photo=ImageFactory())))
    page_link = f'<a linktype="page" id="{press_room.pk}">rummet</a>'
    document_link = f'<a linktype="document" id="{document.pk}">filen</a>'
    image = {"image": ImageFactory().pk, "alt_text": "Berg", "decorative": False}
    quote = {"text": "Ja.", "speaker": "Eva", "role": "chef", "organisation": ""}
    body = blocks(
        release,
        ("text", f"<p>Läs i {page_link} och {document_link}.</p>"),
        ("image", {"image": image, "caption": "", "credit": ""}),
        ("quote", quote),
    )
    attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    with time_machine.travel(MORNING, tick=False):
        return publish(release, body=body, attachments=attachments)


def parse(client: Client, form: str, base: str = ROOM) -> Any:
    response = client.get(f"{base}feed.{form}")
    assert response.status_code == 200
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def read_json(client: Client, base: str = ROOM) -> dict[str, Any]:
    response = client.get(f"{base}feed.json")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return json.loads(response.content)


@pytest.mark.parametrize(("form", "version"), [("atom", "atom10"), ("rss", "rss20")])
def test_a_real_parser_reads_the_feed(client: Client, full: PressReleasePage, form: str, version: str) -> None:
    feed = parse(client, form)
    assert feed.version == version
    assert feed.feed.title == "VästKom: Pressmeddelanden"
    [entry] = feed.entries
    assert entry.title in {"Nytt <avtal> & mer", "Nytt &lt;avtal&gt; &amp; mer"}
    assert entry.id == f"urn:uuid:{full.translation_key}"
    assert entry.link == "http://localhost/pressmeddelanden/avtal/"
    assert {tag.term for tag in entry.tags} == {"Vård", "Borås"}
    assert entry.published_parsed[:5] == (2026, 3, 2, 7, 5)
    assert entry.enclosures[0].href.startswith("http://localhost/dokument/")
    assert entry.enclosures[0].type == "application/pdf"
    assert entry.enclosures[0].length == "118000"
    assert "Anna Berg" in entry.content[0].value


def test_the_atom_feed_keeps_to_the_schema(client: Client, full: PressReleasePage) -> None:
    withdraw(add_another(full), "outdated", "Gäller inte längre.", by=add_user("Chefredaktörer"))
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    for base in (ROOM, f"{ROOM}amne/vard/", f"{ROOM}kommun/tanum/"):
        document = etree.fromstring(client.get(f"{base}feed.atom").content)
        schema.assertValid(document)
        for moment in document.iter(f"{ATOM}updated", f"{ATOM}published"):
            assert datetime.fromisoformat(moment.text).tzinfo


def add_another(release: PressReleasePage) -> PressReleasePage:
    return publish(PressReleasePageFactory(parent=release.get_parent(), title="Ett annat avtal", live=False))


def test_the_json_feed_has_what_version_1_1_asks_for(client: Client, full: PressReleasePage) -> None:
    feed = read_json(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "sv"
    assert feed["home_page_url"] == "http://localhost/pressmeddelanden/"
    assert feed["feed_url"] == "http://localhost/pressmeddelanden/feed.json"
    [item] = feed["items"]
    assert item["id"] == f"urn:uuid:{full.translation_key}"
    assert item["title"] == "Nytt <avtal> & mer"
    assert item["tags"] == ["Vård", "Borås"]
    assert item["date_published"].startswith("2026-03-02T07:05:00+00:00")
    [attachment] = item["attachments"]
    assert attachment["mime_type"] == "application/pdf"
    assert attachment["size_in_bytes"] == 118_000
    assert attachment["title"] == "Avtalet & bilagan"
    assert "delningsbild-" in item["image"]


def test_the_full_text_stands_on_its_own_with_whole_addresses(client: Client, full: PressReleasePage) -> None:
    html = read_json(client)["items"][0]["content_html"]
    assert '<a href="http://localhost/pressmeddelanden/">rummet</a>' in html
    assert 'href="http://localhost/dokument/' in html
    assert "filen (Pdf, 118\u00a0kB)" in html
    assert 'src="http://localhost/media/images/' in html
    assert 'srcset="/' not in html
    assert " /media" not in html.replace("http://localhost/media", "")
    # Buttons and anchors are for the page itself.
    assert "<button" not in html
    assert "Länk till citatet" not in html


def test_a_feed_is_sent_again_only_when_it_has_changed(client: Client, full: PressReleasePage) -> None:
    for form in ("atom", "rss", "json"):
        address = f"{ROOM}feed.{form}"
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    publish(full, lead="En rättad ingress.")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200
    empty = f"{ROOM}kommun/tanum/feed.atom"
    tag = client.get(empty)["ETag"]
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        assert client.get(empty, headers={"if-none-match": tag}).status_code == 304


def test_an_entry_is_the_same_after_its_address_has_changed(client: Client, full: PressReleasePage) -> None:
    before = read_json(client)["items"][0]
    publish(full, slug="annan-adress")
    after = read_json(client)["items"][0]
    assert after["id"] == before["id"]
    assert after["url"] == "http://localhost/pressmeddelanden/annan-adress/"


def test_a_major_change_is_told_first_and_dated(client: Client, full: PressReleasePage) -> None:
    with time_machine.travel(MORNING + timedelta(days=3), tick=False):
        publish(full, change_type=ChangeType.MAJOR, change_note="Beloppet är rättat.")
    item = read_json(client)["items"][0]
    assert item["summary"] == "Uppdaterat: Beloppet är rättat. Så här är det."
    assert item["date_modified"].startswith("2026-03-05")
    assert item["date_published"].startswith("2026-03-02")


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_withdrawn_release_is_told_of(client: Client, full: PressReleasePage, form: str) -> None:
    withdraw(full, "outdated", "Avtalet har upphört.", by=add_user("Chefredaktörer"))
    [entry] = parse(client, form).entries
    assert entry.title.startswith("Återkallat: Nytt")
    assert entry.summary == "Avtalet har upphört."
    assert entry.id == f"urn:uuid:{full.translation_key}"
    assert "Läs i" not in str(entry)


def test_of_a_release_published_by_mistake_nothing_is_told_but_that(client: Client, full: PressReleasePage) -> None:
    withdraw(full, "mistake", "Publicerades av misstag.", by=add_user("Chefredaktörer"))
    [item] = read_json(client)["items"]
    assert item["title"] == "Återkallat: pressmeddelande från 2\u00a0mars\u00a02026"
    assert item["url"] == "http://localhost/pressmeddelanden/"
    assert item["content_html"] == "Publicerades av misstag."
    assert "avtal" not in json.dumps(item).lower()


def test_each_topic_and_municipality_has_feeds_of_its_own(client: Client, full: PressReleasePage) -> None:
    add_another(full)
    assert len(read_json(client)["items"]) == 2
    for base in (f"{ROOM}amne/vard/", f"{ROOM}kommun/boras/"):
        assert [item["title"] for item in read_json(client, base)["items"]] == ["Nytt <avtal> & mer"]
    assert read_json(client, f"{ROOM}kommun/tanum/")["items"] == []
    assert read_json(client, f"{ROOM}amne/vard/")["title"] == "VästKom: Pressmeddelanden, Vård"


@pytest.mark.parametrize(
    "address", ["amne/finns-inte/feed.atom", "kommun/x/feed.rss", "feed.xml", "annat/vard/feed.json", "avtal/feed.atom"]
)
def test_there_is_no_feed_of_nothing(client: Client, full: PressReleasePage, address: str) -> None:
    assert client.get(ROOM + address).status_code == 404


def test_what_xml_can_not_hold_breaks_no_feed(client: Client, full: PressReleasePage) -> None:
    PressReleasePage.objects.filter(pk=full.pk).update(title="Avtal\x0b\x01 nu", lead="Rad\x08er")
    assert parse(client, "atom").entries[0].title == "Avtal nu"
    assert parse(client, "rss").entries[0].title == "Avtal nu"


def test_pages_tell_where_their_feeds_are(client: Client, full: PressReleasePage) -> None:
    for page, base in (("/", ROOM), (ROOM, ROOM), (f"{ROOM}amne/vard/", f"{ROOM}amne/vard/")):
        html = client.get(page).content.decode()
        for form, mime_type in (
            ("atom", "application/atom+xml"),
            ("rss", "application/rss+xml"),
            ("json", "application/feed+json"),
        ):
            assert f'<link rel="alternate" type="{mime_type}"' in html
            assert f'href="{base}feed.{form}"' in html


def test_at_most_fifty_entries_the_newest(client: Client, press_room: PressIndexPage) -> None:
    for number in range(52):
        release = PressReleasePageFactory(parent=press_room, title=f"Nummer {number}", live=False)
        publish(release, at=MORNING + timedelta(hours=number))
    items = read_json(client)["items"]
    assert len(items) == 50
    assert items[0]["title"] == "Nummer 51"


@pytest.mark.parametrize("kind", ["mistake", "replaced", "outdated"])
@pytest.mark.parametrize("where", ["release", "press room"])
def test_a_withdrawn_release_below_a_restriction_is_told_nowhere(
    client: Client, full: PressReleasePage, press_room: PressIndexPage, kind: str, where: str
) -> None:
    replacement = publish(PressReleasePageFactory(parent=press_room, live=False))
    withdraw(full, kind, "Fel.", by=add_user("Chefredaktörer"), replacement=replacement if kind == "replaced" else None)
    assert "Återkallat" in client.get(f"{ROOM}feed.json").content.decode()
    restricted = full if where == "release" else press_room
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    for form in ("atom", "rss", "json"):
        assert "Återkallat" not in client.get(f"{ROOM}feed.{form}").content.decode()
    assert not PressReleasePage.objects.with_public_notice().exists()


def expire(release: PressReleasePage) -> None:
    release.unpublish(set_expired=True)


def restrict(release: PressReleasePage) -> None:
    PageViewRestriction.objects.create(page=release, restriction_type="password", password="hemlis")


@pytest.mark.parametrize("take_away", [PressReleasePage.unpublish, expire, restrict])
def test_what_is_no_longer_current_and_then_taken_away_is_told_nowhere(
    client: Client, full: PressReleasePage, take_away: Callable[[PressReleasePage], None]
) -> None:
    withdraw(full, "outdated", "Gäller inte längre.", by=add_user("Chefredaktörer"))
    places = [f"{ROOM}feed.{form}" for form in ("atom", "rss", "json")] + [
        f"{ROOM}amne/vard/feed.json",
        "/sok/?q=avtal",
    ]
    places += ["/sitemap-pressmeddelanden.xml"]

    def telling() -> list[str]:
        texts = {place: client.get(place).content.decode() for place in places}
        return [place for place, text in texts.items() if "avtal/" in text or "Gäller inte" in text]

    assert telling() == places
    take_away(PressReleasePage.objects.get(pk=full.pk))
    assert telling() == []
    assert "Gäller inte" not in client.get(f"{ROOM}avtal/").content.decode()
    assert client.get(f"{ROOM}avtal/").status_code == (200 if take_away is restrict else 404)
