"""A release that is not public shows nowhere: one walk over everything that a stranger can ask for."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext, get_active_log_context
from wagtail.models import PageViewRestriction

from press.leaks import find_leaks
from press.models import Municipality, PressIndexPage, PressReleasePage, ReleaseContact, Topic
from press.models.taxonomy import TopicQuerySet
from press.withdrawing import withdraw
from site_core.media.library import MediaLibrary, lent_library
from site_core.models import SiteImage
from tests.factories import (
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    add_document,
    add_user,
    blocks,
    publish,
)
from tests.site_core.test_publishing import edit_form

TITLE = "Hemligt avtal om sjukhuset"
AREAS = {
    "Sidan själv",
    "Bilagor",
    "Bilder",
    "Listor",
    "Flöden",
    "Sök",
    "Webbkartor",
    "Liknande pressmeddelanden och uppgifter för maskiner",
    "Omdirigeringar",
    "Gränssnitt",
    "Prenumeration",
    "Lösenord till andra sidor",
}
SECRET_TOPIC = "Sjukhusets försäljning"


@pytest.fixture
def secret(press_room: PressIndexPage) -> PressReleasePage:
    """A draft with everything that could give it away, and a public neighbour about the same topic."""
    publish(press_room)
    topic = Topic.objects.create(name="Vård", slug="vard")
    neighbour = PressReleasePageFactory(parent=press_room, title="Grannen", live=False)
    neighbour.topics.add(topic)
    publish(neighbour)
    image, photo, document = ImageFactory(licence="Fri"), ImageFactory(), add_document("Avtalet", "avtalet.pdf")
    release = PressReleasePageFactory(
        parent=press_room,
        title=TITLE,
        slug="hemligt-avtal",
        lead="Parterna har skrivit under i hemlighet, och ingen vet det ännu.",
        image=image,
        live=False,
    )
    release.topics.add(topic, Topic.objects.create(name=SECRET_TOPIC, slug="forsaljningen"))
    release.municipalities.add(Municipality.objects.get(name="Alingsås"))
    release.release_contacts.add(ReleaseContact(contact=PressContactFactory(photo=photo)))
    release.attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    release.save_revision()
    for picture in (image, photo):
        picture.get_rendition("width-480|format-webp")
    Redirect.objects.create(old_path="/kort", redirect_page=release)
    return release


def keep_draft(release: PressReleasePage) -> None:
    pass


def schedule(release: PressReleasePage) -> None:
    publish(release, go_live_at=timezone.now() + timedelta(hours=1))


def publish_and_withdraw(release: PressReleasePage) -> None:
    publish(release)
    release = PressReleasePage.objects.get(pk=release.pk)
    withdraw(release, "mistake", "Publicerades av misstag.", by=add_user("Chefredaktörer"))


def restrict(release: PressReleasePage) -> None:
    publish(release)
    PageViewRestriction.objects.create(page=release, restriction_type="password", password="hemlis")


def expire(release: PressReleasePage) -> None:
    publish(release)
    PressReleasePage.objects.get(pk=release.pk).unpublish()


STATES: list[Callable[[PressReleasePage], None]] = [keep_draft, schedule, publish_and_withdraw, restrict, expire]


def by_area(release: PressReleasePage) -> dict[str, list[Any]]:
    areas = defaultdict(list)
    for finding in find_leaks(PressReleasePage.objects.get(pk=release.pk)):
        areas[finding.area].append(finding)
    return areas


@pytest.mark.parametrize("bring_about", STATES)
def test_nothing_is_there(secret: PressReleasePage, bring_about: Callable[[PressReleasePage], None]) -> None:
    bring_about(secret)
    areas = by_area(secret)
    assert set(areas) == AREAS
    assert [finding for findings in areas.values() for finding in findings if not finding.is_closed] == []


def test_the_walk_sees_a_public_release_everywhere(secret: PressReleasePage) -> None:
    publish(secret)
    areas = by_area(secret)
    blind = [area for area, findings in areas.items() if all(finding.is_closed for finding in findings)]
    # A picture on a public page is public: that is told, and no leak. There is no interface that could tell anything,
    # another page's password opens nothing, and a topic is no secret once its release is out.
    assert sorted(blind) == ["Bilder", "Gränssnitt", "Lösenord till andra sidor", "Prenumeration"]
    assert "Redan offentlig: en publicerad sida använder den" in {finding.note for finding in areas["Bilder"]}


def test_a_new_version_of_a_scheduled_release_is_watched_too(secret: PressReleasePage) -> None:
    schedule(secret)
    later = add_document("Tillägget", "tillagget.pdf")
    draft = PressReleasePage.objects.get(pk=secret.pk).get_latest_revision_as_object()
    draft.attachments = blocks(draft, ("document", {"document": later.pk, "title": ""}), field="attachments")
    draft.go_live_at = timezone.now() + timedelta(hours=2)
    draft.save_revision().publish()
    addresses = [finding.address for finding in by_area(secret)["Bilagor"]]
    assert later.url in addresses


def test_an_editor_presses_a_button_and_sees_green_or_red(client: Client, secret: PressReleasePage) -> None:
    client.force_login(add_user("Redaktörer"))
    edit = client.get(f"/admin/pages/{secret.pk}/edit/").content.decode()
    address = f"/admin/press/{secret.pk}/embargokontroll/"
    assert address in edit
    html = client.get(address).content.decode()
    assert "ingenting av pressmeddelandet syns någonstans" in html
    assert "Läcka" not in html
    # The same PDF on a public page is a leak, and is shown as one.
    document_id = next(iter(secret.get_latest_revision_as_object().files().documents))
    other = PressReleasePage.objects.get(title="Grannen")
    publish(other, attachments=blocks(other, ("document", {"document": document_id, "title": ""}), field="attachments"))
    html = client.get(address).content.decode()
    assert "Läcka" in html
    assert "Redan offentlig: en publicerad sida använder den" in html


def test_a_release_scheduled_when_it_is_made_is_not_public_for_a_moment(
    client: Client, press_room: PressIndexPage
) -> None:
    client.force_login(add_user("Chefredaktörer"))
    new = PressReleasePage(title="Ny och hemlig", slug="ny-och-hemlig", lead="Hysch.")
    seen = []

    def note(instance: PressReleasePage, **kwargs: Any) -> None:
        seen.append(instance.live)

    post_save.connect(note, PressReleasePage)
    try:
        form = edit_form(new, go_live_at="2099-01-01 09:00", **{"action-publish": "1"})
        asked = client.post(f"/admin/pages/add/press/pressreleasepage/{press_room.pk}/", form)["Location"]
        client.post(asked, {"reason": "Ensam på jobbet."})
    finally:
        post_save.disconnect(note, PressReleasePage)
    assert PressReleasePage.objects.get(slug="ny-och-hemlig").scheduled_revision
    assert seen
    assert not any(seen)


def test_strangers_can_not_ask_for_the_check(client: Client, secret: PressReleasePage) -> None:
    response = client.get(f"/admin/press/{secret.pk}/embargokontroll/")
    assert response["Location"].startswith("/admin/login/")


def test_a_public_release_has_no_embargo_to_check(client: Client, release: PressReleasePage) -> None:
    client.force_login(add_user("Redaktörer"))
    html = client.get(f"/admin/press/{release.pk}/embargokontroll/").content.decode()
    assert "finns inget embargo att kontrollera" in html


def test_the_walk_sees_a_topic_that_is_told_of_too_early(
    secret: PressReleasePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TopicQuerySet, "offered", lambda topics: topics.all())
    leaks = [finding for finding in by_area(secret)["Prenumeration"] if not finding.is_closed]
    assert leaks
    assert SECRET_TOPIC in leaks[0].note


def test_a_walk_that_is_not_answered_finds_nothing_closed(secret: PressReleasePage, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["example.org"]
    assert not any(finding.is_closed for finding in by_area(secret)["Flöden"])


def test_the_walk_leaves_the_request_that_asks_as_it_was(client: Client, secret: PressReleasePage) -> None:
    editor = add_user("Redaktörer")
    client.force_login(editor)
    with LogContext(user=editor), MediaLibrary().lent(), override("en"), transaction.atomic():
        library = lent_library(SiteImage)
        by_area(secret)
        assert lent_library(SiteImage) is library is not None
        assert get_language() == "en"
        assert get_active_log_context().user == editor
        assert connection.in_atomic_block
    response = client.get(f"/admin/press/{secret.pk}/embargokontroll/")
    assert response.wsgi_request.user == editor
    assert SECRET_TOPIC not in response.content.decode()


def test_another_pages_password_does_not_lead_to_the_secret(client: Client, secret: PressReleasePage) -> None:
    other = PressReleasePage.objects.get(title="Grannen")
    PageViewRestriction.objects.create(page=other, restriction_type="password", password="hemlis")
    asked = by_area(secret)["Lösenord till andra sidor"]
    assert len(asked) == 2
    assert all(finding.is_closed for finding in asked)
