"""What readers rely on is not taken away by accident: not by any view, and not before its time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection

from pages.models import HomePage, StandardPage
from press.models import (
    Association,
    Municipality,
    PressContact,
    PressIndexPage,
    PressReleasePage,
    ReleaseContact,
    Topic,
)
from press.withdrawing import withdraw
from site_core.models import Menu, OrganisationSettings, SiteDocument, SiteImage
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    StandardPageFactory,
    add_document,
    add_user,
    blocks,
    make_public,
    publish,
)
from tests.site_core.test_publishing import edit_form

KEPT = "Går inte att ta bort"


@pytest.fixture
def admin(client: Client, db: None) -> Any:
    user = add_user(username="admin", is_superuser=True)
    client.force_login(user)
    return user


def addresses(item: Model) -> list[str]:
    """Every road of Wagtail's to deleting a thing."""
    app, name = item._meta.app_label, item._meta.model_name
    bulk = f"/admin/bulk/{app}/{name}/delete/?id={item.pk}&next=/admin/"
    if isinstance(item, SiteImage):
        return [f"/admin/images/{item.pk}/delete/", bulk, f"/admin/images/multiple/{item.pk}/delete/"]
    if isinstance(item, SiteDocument):
        return [f"/admin/documents/delete/{item.pk}/", bulk, f"/admin/documents/multiple/{item.pk}/delete/"]
    return [f"/admin/snippets/{app}/{name}/delete/{item.pk}/", bulk]


def everything_used(release: PressReleasePage) -> list[Any]:
    """Publish a release that uses one thing of each kind."""
    image, document, linked, portrait = ImageFactory(), add_document(), add_document("Bakgrund"), ImageFactory()
    topic = Topic.objects.create(name="Vård", slug="vard")
    place = Municipality.objects.get(slug="ale")
    contact = PressContactFactory(name="Anna Berg", photo=portrait)
    make_public(release, image, document)
    release = PressReleasePage.objects.get(pk=release.pk)
    release.body = blocks(
        release,
        ("text", f'<p><a linktype="document" id="{linked.pk}">Bakgrund</a></p>'),
        ("image", {"image": {"image": image.pk, "alt_text": "Bild", "decorative": False}, "caption": "", "credit": ""}),
    )
    release.topics.add(topic)
    release.municipalities.add(place)
    release.release_contacts.add(ReleaseContact(contact=contact))
    release.save_revision().publish()
    return [image, document, linked, portrait, topic, place, contact, place.association]


def test_nothing_that_a_live_page_uses_is_deleted_by_any_road(
    client: Client, release: PressReleasePage, admin: Any
) -> None:
    for item in everything_used(release):
        for address in addresses(item):
            if "/multiple/" in address:
                # Without a block of its own the refusal would end the test's.
                with transaction.atomic():
                    answer = client.post(address, headers={"x-requested-with": "XMLHttpRequest"})
                assert answer.json()["success"] is False
            else:
                asked = client.get(address).content.decode()
                assert KEPT in asked, address
                assert "Ja, ta bort" not in asked, address
                answer = client.post(address)
                assert KEPT in answer.content.decode(), address
            assert answer.status_code == 409, address
            assert type(item).objects.filter(pk=item.pk).exists(), address


def test_the_refusal_tells_where_with_true_numbers(client: Client, press_room: PressIndexPage, admin: Any) -> None:
    topic = Topic.objects.create(name="Vård", slug="vard")
    for number in range(12):
        release = PressReleasePageFactory(parent=press_room, title=f"Nummer {number}", live=False)
        release.topics.add(topic)
        release.save_revision().publish()
    html = client.get(f"/admin/snippets/press/topic/delete/{topic.pk}/").content.decode()
    assert "Ämne ”Vård”" in html
    assert "Det används på 12 ställen." in html
    assert f'<a href="/admin/pages/{release.pk}/edit/">Nummer 11</a>' in html
    usage = client.get(f"/admin/snippets/press/topic/usage/{topic.pk}/").content.decode()
    assert usage.count("Redigera pressmeddelande") + usage.count("Nummer ") >= 12
    assert "Använd 12 gånger" in client.get(f"/admin/snippets/press/topic/edit/{topic.pk}/").content.decode()


def test_what_is_scheduled_or_reviewed_keeps_what_it_uses(
    client: Client, press_room: PressIndexPage, admin: Any
) -> None:
    scheduled = PressReleasePageFactory(parent=press_room, title="Schemalagt", live=False)
    document, topic = add_document(), Topic.objects.create(name="Vård", slug="vard")
    attached = blocks(scheduled, ("document", {"document": document.pk, "title": ""}), field="attachments")
    scheduled.topics.add(topic)
    publish(scheduled, attachments=attached, topics=[topic], go_live_at=timezone.now() + timedelta(days=1))
    # What is typed after that does not count: the scheduled revision goes out.
    scheduled = PressReleasePage.objects.get(pk=scheduled.pk)
    scheduled.attachments, scheduled.topics = [], []
    scheduled.save()
    assert "Schemalagt" in client.post(f"/admin/documents/delete/{document.pk}/").content.decode()
    assert "Schemalagt" in client.post(f"/admin/snippets/press/topic/delete/{topic.pk}/").content.decode()
    draft = PressReleasePageFactory(parent=press_room, title="Granskas", live=False)
    image = ImageFactory()
    client.force_login(add_user("Redaktörer", username="anna"))
    form = edit_form(draft, image=image.pk, **{"action-submit": "1"})
    client.post(f"/admin/pages/{draft.pk}/edit/", form)
    client.force_login(admin)
    PressReleasePage.objects.filter(pk=draft.pk).update(image=None)
    assert "Granskas" in client.post(f"/admin/images/{image.pk}/delete/").content.decode()


def test_drafts_keep_nothing_and_open_without_what_is_gone(
    client: Client, release: PressReleasePage, admin: Any
) -> None:
    draft = release.get_latest_revision_as_object()
    contact: Any = PressContactFactory()
    topic, document = Topic.objects.create(name="Vård", slug="vard"), add_document()
    draft.release_contacts.add(ReleaseContact(contact=contact))
    draft.topics.add(topic)
    draft.attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.save_revision()
    gone: list[Any] = [contact, topic, document]
    for item in gone:
        client.post(addresses(item)[0])
        assert not type(item).objects.filter(pk=item.pk).exists()
    assert client.get(f"/admin/pages/{release.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{release.pk}/revisions/{draft.latest_revision_id}/view/").status_code == 200


def test_settings_and_menus_keep_what_they_link_to(client: Client, home: HomePage, admin: Any) -> None:
    page = publish(StandardPageFactory(parent=home, title="Kontakt", live=False))
    settings = OrganisationSettings.objects.create(
        site=home.get_site(), boilerplate=f'<p><a linktype="page" id="{page.pk}">Kontakt</a></p>'
    )
    assert str(settings) in client.get(f"/admin/pages/{page.pk}/delete/").content.decode()
    settings.delete()
    menu: Any = Menu(place="main")
    menu.entries = [("entry", {"page": page, "url": "", "label": "", "children": []})]
    menu.save()
    assert str(menu) in client.get(f"/admin/pages/{page.pk}/delete/").content.decode()
    # A menu that is published is what every page shows.
    assert "avpublicera" in client.post(f"/admin/snippets/site_core/menu/delete/{menu.pk}/").content.decode()
    menu.unpublish()
    client.post(f"/admin/snippets/site_core/menu/delete/{menu.pk}/")
    assert not Menu.objects.exists()


def linked_page(home: HomePage) -> tuple[StandardPage, StandardPage]:
    page = publish(StandardPageFactory(parent=home, title="Målet", live=False))
    other = StandardPageFactory(parent=home, title="Länkaren", live=False)
    publish(other, body=blocks(other, ("text", f'<p><a linktype="page" id="{page.pk}">Dit</a></p>')))
    return page, other


@pytest.mark.parametrize("bulk", [False, True])
def test_a_page_that_others_link_to_goes_only_when_an_administrator_says_so_twice(
    client: Client, home: HomePage, admin: Any, bulk: bool
) -> None:
    page, _other = linked_page(home)
    address = (
        f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}&next=/admin/" if bulk else f"/admin/pages/{page.pk}/delete/"
    )
    answer = client.post(address, {"next": "/admin/"})
    assert answer.status_code == 409
    assert "Länkaren" in answer.content.decode()
    assert 'name="anda"' in answer.content.decode()
    client.post(address, {"next": "/admin/", "anda": "on"})
    assert not StandardPage.objects.filter(pk=page.pk).exists()


def test_links_from_what_goes_too_and_from_drafts_do_not_count(client: Client, home: HomePage, admin: Any) -> None:
    page, other = linked_page(home)
    other.move(page, "last-child")
    client.post(f"/admin/pages/{page.pk}/delete/")
    assert not StandardPage.objects.filter(pk=page.pk).exists()


def test_the_release_that_replaces_another_stays(
    client: Client, release: PressReleasePage, press_room: PressIndexPage, admin: Any
) -> None:
    new = publish(PressReleasePageFactory(parent=press_room, title="Det nya", live=False))
    withdraw(release, "replaced", "Fel.", by=admin, replacement=new)
    html = client.post(f"/admin/pages/{new.pk}/delete/", {"anda": "on"}).content.decode()
    assert "Nytt avtal" in html
    assert 'name="anda"' not in html
    # The one that is replaced may go, and its withdrawal with it.
    client.post(f"/admin/pages/{release.pk}/delete/")
    assert not PressReleasePage.objects.filter(pk=release.pk).exists()


def test_a_refusal_tells_nothing_of_a_page_that_the_editor_may_not_see(
    client: Client, home: HomePage, press_room: PressIndexPage
) -> None:
    topic = Topic.objects.create(name="Vård", slug="vard")
    secret = PressReleasePageFactory(parent=press_room, title="Hemligt", live=False)
    secret.topics.add(topic)
    publish(secret, topics=[topic], go_live_at=timezone.now() + timedelta(days=1))
    chief: Any = add_user("Chefredaktörer", username="chef")
    group: Any = chief.groups.get()
    group.page_permissions.all().delete()
    client.force_login(chief)
    html = client.get(f"/admin/snippets/press/topic/delete/{topic.pk}/").content.decode()
    assert KEPT in html
    assert "Hemligt" not in html
    assert "1 sida som du inte har rätt att se" in html


def test_a_collection_with_files_in_it_stays(client: Client, admin: Any) -> None:
    collection = Collection.get_first_root_node().add_child(name="Pressbilder")
    SiteDocument.objects.filter(pk=add_document().pk).update(collection=collection)
    client.post(f"/admin/collections/{collection.pk}/delete/")
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_commands_and_programs_are_not_held_back(release: PressReleasePage) -> None:
    for item in everything_used(release):
        if not isinstance(item, Municipality | Association | SiteImage):
            item.delete()
    assert not PressContact.objects.exists()
