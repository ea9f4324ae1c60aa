"""No heading is shown above nothing, whatever is missing."""

from datetime import timedelta
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.utils import timezone

from pages.models import HomePage
from press.models import PressContact, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from site_core.models import OrganisationSettings, SiteDocument, SiteImage
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    StandardPageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)

HEADINGS = {"h2", "h3", "h4"}
# An element that holds a heading and is there for what stands below it.
SECTIONS = {"section", "nav", "aside"}
SEEN = {"img", "picture", "svg", "video", "input", "button", "hr", "table"}


def bare_headings(html: str) -> list[str]:
    """Return the headings with nothing before the next of their rank or the end of their part, and empty sections."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    parents = {child: parent for parent in tree.iter() for child in parent}
    bare = [
        "".join(element.itertext()).strip()
        for element in tree.iter()
        if element.tag in HEADINGS and not _something_after(element, parents)
    ]
    return bare + [element.tag for element in tree.iter() if element.tag in SECTIONS and _is_bare(element)]


def _is_bare(element: Any) -> bool:
    return not "".join(element.itertext()).strip() and not any(
        str(part.tag).rpartition("}")[2] in SEEN for part in element.iter()
    )


def _something_after(heading: Any, parents: dict[Any, Any]) -> bool:
    parent = parents[heading]
    if parent.tag in HEADINGS | SECTIONS | {"div", "header", "article", "li", "td"}:
        for sibling in list(parent)[list(parent).index(heading) + 1 :]:
            if sibling.tag in HEADINGS and sibling.tag <= heading.tag:
                return False
            if not _is_bare(sibling):
                return True
    return False


def release_with(press_room: PressIndexPage) -> PressReleasePage:
    """Publish a release with one of everything, then take away what it refers to, behind the editors' backs."""
    document, image = add_document(), ImageFactory()
    page = publish(StandardPageFactory(parent=press_room.get_parent(), live=False))
    contact, topic = PressContactFactory(photo=ImageFactory()), Topic.objects.create(name="Vård", slug="vard")
    release = PressReleasePageFactory(
        parent=press_room, title="Med allt", live=False, image=image, image_caption="Bild"
    )
    shown = {"image": {"image": image.pk, "alt_text": "Bild", "decorative": False}, "caption": "Text", "credit": ""}
    figure = ("image", shown)
    attached = ("document", {"document": document.pk, "title": "Rapport"})
    body = [
        ("text", "<p>Ingång.</p>"),
        ("heading", {"text": "Läs rapporten", "level": "h2"}),
        attached,
        ("heading", {"text": "Bilder", "level": "h2"}),
        ("heading", {"text": "Från öarna", "level": "h3"}),
        figure,
        ("heading", {"text": "Anmäl dig", "level": "h2"}),
        ("call_to_action", {"page": page.pk, "url": "", "label": "", "note": "Före fredag"}),
        ("heading", {"text": "Fakta", "level": "h2"}),
        ("facts", {"title": "Kort om", "text": "<p></p>"}),
        ("heading", {"text": "Tom text", "level": "h2"}),
        ("text", '<p data-block-key="x"></p>'),
        ("heading", {"text": "Till sist", "level": "h2"}),
        ("heading", {"text": "Sista ordet", "level": "h3"}),
        ("text", "<p>Slut.</p>"),
        ("heading", {"text": "Ingenting", "level": "h3"}),
    ]
    release.release_contacts.add(ReleaseContact(contact=contact))
    return publish(
        release,
        body=blocks(release, *body),
        attachments=blocks(release, attached, field="attachments"),
        topics=[topic],
    )


def take_everything_away(release: PressReleasePage) -> None:
    for model in (SiteDocument, SiteImage, PressContact, Topic):
        for item in model.objects.all():
            item.delete()
    for page in release.get_parent().get_siblings().exclude(pk=release.get_parent().pk):
        page.delete()


def test_a_release_with_everything_shows_its_headings(client: Client, press_room: PressIndexPage) -> None:
    release = release_with(press_room)
    html = client.get(release.url).content.decode()
    for heading in ("Läs rapporten", "Bilder", "Från öarna", "Anmäl dig", "Till sist", "Sista ordet", "Bilagor"):
        assert f">{heading}</h" in html, heading
    for heading in ("Fakta", "Kort om", "Tom text", "Ingenting"):
        assert f">{heading}<" not in html, heading
    assert bare_headings(html) == []


def test_no_heading_is_left_when_everything_is_gone(client: Client, press_room: PressIndexPage) -> None:
    release = release_with(press_room)
    take_everything_away(release)
    html = client.get(release.url).content.decode()
    assert bare_headings(html) == []
    for heading in ("Läs rapporten", "Bilder", "Från öarna", "Anmäl dig", "Bilagor", "Presskontakter", "Vad handlar"):
        assert f">{heading}" not in html, heading
    assert ">Till sist</h2>" in html
    for form in ("atom", "rss", "json"):
        feed = client.get(f"/pressmeddelanden/feed.{form}").content.decode()
        for heading in ("Läs rapporten", "Presskontakter", "&lt;ul&gt;&lt;/ul&gt;", "<ul></ul>"):
            assert heading not in feed


def test_an_emptied_boilerplate_has_no_heading(client: Client, release: PressReleasePage) -> None:
    OrganisationSettings.objects.create(
        site=release.get_site(), name="VästKom", boilerplate='<p data-block-key="a"> </p>', visiting_address="Gatan 1"
    )
    html = client.get(release.url).content.decode()
    assert "Om VästKom" not in html
    assert bare_headings(html) == []


@pytest.mark.parametrize("path", ["/", "/pressmeddelanden/", "/sok/?q=inget", "/prenumeration/"])
def test_a_site_without_anything_has_no_bare_heading(
    client: Client, home: HomePage, press_room: PressIndexPage, path: str
) -> None:
    assert bare_headings(client.get(path).content.decode()) == []


def test_a_topic_without_releases_and_a_retired_one_have_none(client: Client, press_room: PressIndexPage) -> None:
    Topic.objects.create(name="Vård", slug="vard", retired_at=timezone.now())
    assert bare_headings(client.get("/pressmeddelanden/amne/vard/").content.decode()) == []


def test_a_draft_shown_before_its_time_has_none(client: Client, press_room: PressIndexPage) -> None:
    draft = PressReleasePageFactory(parent=press_room, live=False)
    link = draft.embargo_links.create(recipient="DN", expires_at=timezone.now() + timedelta(days=1))
    assert bare_headings(client.get(link.href).content.decode()) == []


def test_the_rooms_of_an_editor_have_none(client: Client, press_room: PressIndexPage) -> None:
    client.force_login(add_user(username="admin", is_superuser=True))
    draft = PressReleasePageFactory(parent=press_room, live=False)
    topic = Topic.objects.create(name="Vård", slug="vard")
    for path in (
        "/admin/",
        "/admin/borttagna-utkast/",
        f"/admin/press/{draft.pk}/embargolankar/",
        f"/admin/press/amne/{topic.pk}/sla-ihop/",
        f"/admin/tidigare-filer/sitedocument/{add_document().pk}/",
        "/admin/prenumeration/",
    ):
        main = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
        assert bare_headings(f"<main{main}</main>") == [], path
