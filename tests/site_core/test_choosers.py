"""A chooser counts under any name and at any depth: for readers, for privacy, for embargo links and for the walk."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import format_html_join
from wagtail.blocks import CharBlock, ListBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock as PlainDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as PlainImageChooserBlock
from wagtail.models import ReferenceIndex

from press.leaks import find_leaks
from press.models import EmbargoLink, PressIndexPage, PressReleasePage
from site_core.blocks.media import AccessibleImageBlock, DocumentChooserBlock, ImageChooserBlock
from site_core.blocks.text import RichTextBlock
from site_core.media.references import all_files, own_files
from site_core.models import SiteDocument, SiteImage
from tests.factories import ImageFactory, PressReleasePageFactory, add_document, blocks, publish


class Shown(StructBlock):
    """Shows all its parts, one after another, as a template of its own would."""

    def render(self, value: Any, context: Any = None) -> Any:
        return format_html_join("", "{}", ((part.render_as_block(context),) for part in value.bound_blocks.values()))


def person_block(image: type, document: type) -> StructBlock:
    return Shown([("name", CharBlock()), ("portrait", image(required=False)), ("cv", document(required=False))])


@pytest.fixture
def odd_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the body blocks that nobody has thought of: choosers with other names, in lists in structs, in tables."""
    body = PressReleasePage._meta.get_field("body").stream_block
    new = {
        "team": Shown([("people", ListBlock(person_block(ImageChooserBlock, DocumentChooserBlock)))]),
        "plain_team": Shown([("people", ListBlock(person_block(PlainImageChooserBlock, PlainDocumentChooserBlock)))]),
        "mixed": StructBlock([("parts", StreamBlock([("face", AccessibleImageBlock()), ("note", RichTextBlock())]))]),
        "sheet": TypedTableBlock([("file", DocumentChooserBlock()), ("picture", ImageChooserBlock())]),
    }
    for name, block in new.items():
        block.set_name(name)
        monkeypatch.setitem(body.child_blocks, name, block)


def team(name: str, image: SiteImage, document: SiteDocument) -> tuple[str, Any]:
    person = {"name": "Anna Berg", "portrait": image.pk, "cv": document.pk}
    return name, {"people": [{"type": "item", "value": person, "id": "1"}]}


def mixed(image: SiteImage, document: SiteDocument) -> tuple[str, Any]:
    face = {"image": image.pk, "alt_text": "Anna", "decorative": False}
    note = f'<p><a linktype="document" id="{document.pk}">fil</a></p>'
    return "mixed", {"parts": [{"type": "face", "value": face, "id": "1"}, {"type": "note", "value": note, "id": "2"}]}


def sheet(image: SiteImage, document: SiteDocument) -> tuple[str, Any]:
    columns = [{"type": "file", "heading": "Fil"}, {"type": "picture", "heading": "Bild"}]
    return "sheet", {"caption": "Filer", "columns": columns, "rows": [{"values": [document.pk, image.pk]}]}


BUILDERS = {
    "team": lambda image, document: team("team", image, document),
    "plain_team": lambda image, document: team("plain_team", image, document),
    "mixed": mixed,
    "sheet": sheet,
}


@pytest.fixture(params=BUILDERS)
def waiting(request: pytest.FixtureRequest, odd_blocks: None, press_room: PressIndexPage) -> PressReleasePage:
    release = PressReleasePageFactory(parent=press_room, title="Nya chefer på plats", live=False)
    raw = BUILDERS[request.param](ImageFactory(), add_document("Meriter", "meriter.pdf", size=1000))
    release.body = blocks(release, raw)
    release.save_revision()
    return release


def addresses_in(html: str) -> set[str]:
    return {
        address for address in re.findall(r'(?:src|href)="([^"]+)', html) if re.search("/media/|/dokument/", address)
    }


def test_readers_get_what_it_holds_and_strangers_only_then(client: Client, waiting: PressReleasePage) -> None:
    link = EmbargoLink.objects.create(
        release=waiting, recipient="Eva Ek", expires_at=timezone.now() + timedelta(days=1)
    )
    shown = addresses_in(client.get(link.href).content.decode())
    assert len(shown) == 2, "the picture and the file"
    for address in shown:
        assert client.get(address).status_code == 200
        assert client.get(address.removeprefix(link.href.rstrip("/"))).status_code == 404
    walked = {finding.area for finding in find_leaks(waiting)}
    assert {"Bilder", "Bilagor"} <= walked
    publish(waiting)
    shown = addresses_in(client.get(waiting.url).content.decode())
    assert len(shown) == 2
    assert {client.get(address).status_code for address in shown} == {200}


def test_what_it_holds_is_what_wagtails_index_holds(waiting: PressReleasePage) -> None:
    draft = waiting.get_latest_revision_as_object()
    draft.save()
    kept = ReferenceIndex.get_references_for_object(draft)
    names = {(kind, int(number)) for kind, number in kept.values_list("to_content_type__model", "to_object_id")}
    files = own_files(draft)
    told = {("siteimage", number) for number in files.images} | {("sitedocument", number) for number in files.documents}
    assert told == {name for name in names if name[0].startswith("site")}
    assert len(told) == 2
    assert all_files(draft) == files


@pytest.mark.parametrize("name", ["team", "mixed", "sheet"])
def test_many_cost_no_more_queries_than_one(
    client: Client, odd_blocks: None, press_room: PressIndexPage, name: str
) -> None:
    counted = []
    for number in (1, 6):
        release = PressReleasePageFactory(parent=press_room, live=False)
        parts = [BUILDERS[name](ImageFactory(), add_document(size=1000)) for _number in range(number)]
        publish(release, body=blocks(release, *parts))
        client.get(release.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(release.url)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_a_picture_offered_to_the_press_is_offered_from_any_block(
    client: Client, odd_blocks: None, press_room: PressIndexPage
) -> None:
    release = PressReleasePageFactory(parent=press_room, live=False)
    image = ImageFactory(title="Porträttet", licence="Fri att använda av pressen")
    publish(release, body=blocks(release, team("team", image, add_document(size=1000))))
    assert image.file.url in client.get(release.url).content.decode()


def test_a_picture_shown_twice_keeps_the_text_of_each_place(client: Client, press_room: PressIndexPage) -> None:
    image = ImageFactory()
    release = PressReleasePageFactory(parent=press_room, live=False)
    places = [
        ("image", {"image": {"image": image.pk, "alt_text": text, "decorative": False}, "caption": "", "credit": ""})
        for text in ("Huset från norr", "Huset från söder")
    ]
    html = client.get(publish(release, body=blocks(release, *places)).url).content.decode()
    assert 'alt="Huset från norr"' in html
    assert 'alt="Huset från söder"' in html
