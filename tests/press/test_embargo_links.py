"""A journalist without an account reads a release before its time, and nobody else does."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from wagtail.models import PageLogEntry

from press.models import EmbargoLink, Municipality, PressIndexPage, PressReleasePage, ReleaseContact
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as now:
        yield now


@pytest.fixture
def waiting(press_room: PressIndexPage) -> PressReleasePage:
    """A release scheduled for nine o'clock, with a picture, a photo and a PDF."""
    release = PressReleasePageFactory(parent=press_room, title="Väntar på nio", image=ImageFactory(), live=False)
    release.release_contacts.add(ReleaseContact(contact=PressContactFactory(photo=ImageFactory())))
    release.municipalities.add(Municipality.objects.get(slug="boras"))
    document = add_document(name="hemligt.pdf")
    text = f'<p><a linktype="document" id="{document.pk}">filen</a></p>'
    attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    return publish(
        release, body=blocks(release, ("text", text)), attachments=attachments, go_live_at=NOW + timedelta(hours=1)
    )


@pytest.fixture
def link(waiting: PressReleasePage) -> EmbargoLink:
    return EmbargoLink.objects.create(
        release=waiting, recipient="Eva Ek, Nyheterna", expires_at=NOW + timedelta(days=1)
    )


def test_the_release_is_shown_below_a_banner_with_its_hour(client: Client, link: EmbargoLink) -> None:
    html = client.get(link.href).content.decode()
    assert html.index("Embargo till") < html.index("kl.\u00a009.00</time>") < html.index("<h1>Väntar på nio</h1>")
    assert "Bara för Eva Ek, Nyheterna." in html
    assert "Borås" in html


def test_no_cache_search_engine_or_other_site_learns_of_it(client: Client, link: EmbargoLink) -> None:
    response = client.get(link.href)
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    html = response.content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "og:image" not in html
    assert "ld+json" not in html
    assert "presspaket.zip" not in html


def test_its_files_work_through_the_link_and_only_through_it(client: Client, link: EmbargoLink) -> None:
    html = client.get(link.href).content.decode()
    addresses = {a for a in re.findall(r'(?:src|href|srcset)="([^" ]+)', html) if "/media/" in a or "/dokument/" in a}
    # Two pictures in three formats, and one document, linked twice under the same address.
    assert len([a for a in addresses if "/dokument/" in a]) == 1
    assert len([a for a in addresses if "/media/" in a]) >= 4
    for address in addresses:
        assert address.startswith(link.href)
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert client.get("/" + address.removeprefix(link.href)).status_code == 404


def test_a_link_opens_no_other_file(client: Client, link: EmbargoLink) -> None:
    other, picture = add_document(name="annat.pdf"), ImageFactory().get_rendition("width-100|format-webp")
    assert client.get(f"{link.href}dokument/{other.pk}/annat.pdf").status_code == 404
    assert client.get(f"{link.href}media/images/{picture.file.name.rpartition('/')[2]}").status_code == 404
    assert client.get(f"{link.href}media/images/finns-inte.webp").status_code == 404


def test_a_link_expires_and_is_revoked(client: Client, link: EmbargoLink, clock: Any) -> None:
    file = next(a for a in re.findall(r'href="([^" ]+)', client.get(link.href).content.decode()) if "/dokument/" in a)
    link.revoke()
    for address in (link.href, file):
        response = client.get(address)
        assert response.status_code == 410
        assert "Länken gäller inte längre" in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"
    EmbargoLink.objects.update(revoked_at=None)
    assert client.get(link.href).status_code == 200
    clock.shift(timedelta(days=1))
    assert client.get(link.href).status_code == 410


def test_a_made_up_link_opens_nothing(client: Client, link: EmbargoLink) -> None:
    key, _separator, signature = link.href.removeprefix("/embargo/").rstrip("/").partition(".")
    for token in (key, f"{key}.", f"{key}.{signature[:-1]}x", f"{'0' * 32}.{signature}", "x", "%00", "å.ä"):
        assert client.get(f"/embargo/{token}/").status_code == 404


def test_the_link_leads_to_the_page_once_it_is_public(client: Client, link: EmbargoLink, clock: Any) -> None:
    clock.shift(timedelta(hours=2))
    call_command("publish_scheduled")
    assert client.get(link.href)["Location"] == link.release.href


def test_the_scheduled_version_is_shown_and_not_a_later_draft(client: Client, link: EmbargoLink) -> None:
    draft = PressReleasePage.objects.get(pk=link.release_id).get_latest_revision_as_object()
    draft.title = "Senare tankar"
    draft.save_revision()
    html = client.get(link.href).content.decode()
    assert "Väntar på nio" in html
    assert "Senare tankar" not in html


def test_each_use_is_logged_and_a_head_request_is_none(client: Client, link: EmbargoLink) -> None:
    client.head(link.href)
    assert link.uses == []
    client.get(link.href)
    assert link.uses == [NOW]
    entry = PageLogEntry.objects.get(action="press.embargo_link_used")
    assert entry.message == "Embargolänk för Eva Ek, Nyheterna använd (sidan)"
    assert entry.user is None


def test_an_editor_makes_and_revokes_links(client: Client, waiting: PressReleasePage) -> None:
    client.force_login(add_user("Redaktörer"))
    address = f"/admin/press/{waiting.pk}/embargolankar/"
    assert address in client.get(f"/admin/pages/{waiting.pk}/edit/").content.decode()
    client.post(address, {"recipient": "Eva Ek, Nyheterna", "expires_at": "2026-03-03 12:00"})
    link = EmbargoLink.objects.get()
    assert link.expires_at == datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    html = client.get(address).content.decode()
    assert f"http://testserver{link.href}" in html
    assert "Inte än" in html
    Client().get(link.href)
    assert "1 gång" in client.get(address).content.decode()
    client.post(f"{address}{link.pk}/aterkalla/")
    html = client.get(address).content.decode()
    assert link.href not in html
    assert "Indragen" in html
    logged = PageLogEntry.objects.filter(action__startswith="press.embargo_link").values_list("action", flat=True)
    assert {action.rpartition("_")[2] for action in logged} == {"made", "used", "revoked"}


@pytest.mark.parametrize(
    ("expires_at", "message"),
    [
        ("2026-03-02 07:59", "Måndag 2 mars 2026 kl. 07.59 har passerat"),
        ("1 december 2026 kl. 09.00", "Välj en tid inom 60 dagar"),
        ("i morgon", "Skriv klockslaget också, till exempel ”3 mars 2026 kl. 08.00”."),
        ("2026-03-29 02:30", "Klockan blir aldrig 02.30 den 29 mars 2026"),
    ],
)
def test_a_time_that_will_not_do_is_told(
    client: Client, waiting: PressReleasePage, expires_at: str, message: str
) -> None:
    client.force_login(add_user("Redaktörer"))
    response = client.post(
        f"/admin/press/{waiting.pk}/embargolankar/", {"recipient": "Eva Ek", "expires_at": expires_at}
    )
    html = response.content.decode()
    assert message in html
    assert 'value="Eva Ek"' in html
    assert f'value="{expires_at}"' in html
    assert not EmbargoLink.objects.exists()


def test_strangers_make_no_links(client: Client, waiting: PressReleasePage, link: EmbargoLink) -> None:
    address = f"/admin/press/{waiting.pk}/embargolankar/"
    for path in (address, f"{address}{link.pk}/aterkalla/"):
        assert client.post(path)["Location"].startswith("/admin/login/")
    client.force_login(add_user(username="utan-grupp"))
    assert client.get(address).status_code in {302, 403}
    assert EmbargoLink.objects.get().is_valid
