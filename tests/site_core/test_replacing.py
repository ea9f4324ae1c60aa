"""Replacing a file that readers rely on: who may, what is asked, and what is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, ModelLogEntry, PageLogEntry

from press.models import PressIndexPage, PressReleasePage
from site_core.models import FormerFile, PublicChange, SiteDocument, SiteImage
from subscriptions.models import Announcement
from tests.factories import (
    PDF,
    ImageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    add_document,
    add_user,
    blocks,
    make_public,
    publish,
)

NEW = PDF + b"det nya"


def replace(client: Client, item: Any, **data: Any) -> Any:
    """Send the form of a document or image with another file."""
    if isinstance(item, SiteImage):
        file = SimpleUploadedFile("ny.png", get_test_image_file(size=(700, 500)).file.getvalue(), "image/png")
        return client.post(f"/admin/images/{item.pk}/", {"title": item.title, "file": file, **data})
    file = SimpleUploadedFile("ny.pdf", NEW, "application/pdf")
    return client.post(f"/admin/documents/edit/{item.pk}/", {"title": item.title, "file": file, **data})


def read(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def picture(**fields: Any) -> SiteImage:
    return ImageFactory(collection=Collection.get_first_root_node(), **fields)


@pytest.fixture
def chief(client: Client, db: None) -> Any:
    user = add_user("Chefredaktörer", username="chef", first_name="Eva", last_name="Ek")
    client.force_login(user)
    return user


@pytest.fixture
def document(release: PressReleasePage) -> SiteDocument:
    document = add_document("Rapport")
    make_public(release, document)
    return document


def test_an_editor_who_may_not_publish_replaces_nothing_public(
    client: Client, release: PressReleasePage, document: SiteDocument
) -> None:
    anna = add_user("Redaktörer", username="anna")
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=anna)
    image = picture(uploaded_by_user=anna)
    publish(release, image=image)
    client.force_login(anna)
    for item in (document, image):
        before = item.file.name
        html = replace(client, item, title="Nytt namn", replacement_note="Rättat.").content.decode()
        assert "du får inte publicera det som använder den" in html
        assert "Används på: Nytt avtal" in html
        assert "Nytt namn" in html
        assert type(item).objects.get(pk=item.pk).file.name == before
        assert default_storage.exists(before)
    # The forms of many uploads at once take no file.
    for item, kind, short in ((document, "document", "doc"), (image, "image", "image")):
        prefix = f"{short}-{item.pk}"
        file = SimpleUploadedFile("ny.pdf", NEW, "application/pdf")
        sent = {f"{prefix}-title": "Rapport", f"{prefix}-file": file}
        assert client.post(f"/admin/{kind}s/multiple/{item.pk}/", sent).json()["success"]
        assert type(item).objects.get(pk=item.pk).file.name == item.file.name
    # What is no file may be mended.
    client.post(f"/admin/documents/edit/{document.pk}/", {"title": "Årsrapport"})
    assert SiteDocument.objects.get(pk=document.pk).title == "Årsrapport"


def test_a_minor_replacement_needs_a_note_and_keeps_the_former_file(
    client: Client, release: PressReleasePage, document: SiteDocument, chief: Any
) -> None:
    former, address = document.file.name, document.url
    assert "Skriv vad som är nytt i filen." in replace(client, document, title="Ny titel").content.decode()
    assert SiteDocument.objects.get(pk=document.pk).file.name == former
    replace(client, document, replacement_note="Rättat kommatecken.", replacement_kind="minor")
    assert read(client.get(address)) == NEW
    kept = FormerFile.objects.get()
    assert (kept.file.name, kept.replaced_by, kept.note) == (former, chief, "Rättat kommatecken.")
    page = client.get(f"/admin/tidigare-filer/sitedocument/{document.pk}/").content.decode()
    assert "Rättat kommatecken." in page
    assert "Eva Ek" in page
    handed = client.get(f"/admin/tidigare-filer/sitedocument/{document.pk}/{kept.pk}/")
    assert read(handed).startswith(PDF)
    assert "attachment" in handed["Content-Disposition"]
    assert (
        f"/admin/tidigare-filer/sitedocument/{document.pk}/"
        in client.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    )
    assert PublicChange.objects.filter(page=release, kind="major").count() == 0
    assert ModelLogEntry.objects.get(action="site_core.file_replaced").message == (
        "Filen ”Rapport” byttes: Rättat kommatecken."
    )
    assert PageLogEntry.objects.filter(page=release.pk, action="site_core.file_replaced").exists()
    # Nobody but editors finds the former one.
    client.logout()
    assert client.get(f"/admin/tidigare-filer/sitedocument/{document.pk}/{kept.pk}/").status_code == 302
    assert client.get(f"/media/{former}").status_code == 404


@pytest.mark.parametrize("tell", [False, True])
def test_a_major_replacement_shows_in_the_history_of_every_live_page(
    client: Client,
    release: PressReleasePage,
    press_room: PressIndexPage,
    document: SiteDocument,
    chief: Any,
    tell: bool,
) -> None:
    other = PressReleasePageFactory(parent=press_room, live=False)
    text = f'<p><a linktype="document" id="{document.pk}">Rapporten</a></p>'
    other = publish(other, body=blocks(other, ("text", text)))
    draft = PressReleasePageFactory(parent=press_room, live=False)
    draft.attachments = blocks(draft, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.save()
    Announcement.objects.all().delete()
    sent = {"replacement_tell": "on"} if tell else {}
    replace(client, document, replacement_note="Beloppet är ändrat.", replacement_kind="major", **sent)
    for page in (release, other):
        page = PressReleasePage.objects.get(pk=page.pk)
        assert [change.note for change in page.history] == ["Beloppet är ändrat."]
        assert page.is_updated
        assert "Beloppet är ändrat." in client.get(page.url).content.decode()
        assert page.tell_subscribers
    assert not PublicChange.objects.filter(page=draft).exists()
    assert Announcement.objects.count() == (2 if tell else 0)


def test_a_picture_is_replaced_in_the_same_way(client: Client, release: PressReleasePage, chief: Any) -> None:
    image = picture()
    publish(release, image=image)
    assert client.get(release.url).status_code == 200
    former = image.file.name
    replace(client, image, replacement_note="Bättre skärpa.")
    image = SiteImage.objects.get(pk=image.pk)
    assert (image.width, image.height) == (700, 500)
    assert default_storage.exists(former)
    assert client.get(release.url).status_code == 200
    assert image.former_files.get().note == "Bättre skärpa."
    assert client.get(f"/media/{former}").status_code == 404


def test_what_only_drafts_use_is_replaced_without_a_question(
    client: Client, press_room: PressIndexPage, chief: Any
) -> None:
    draft = PressReleasePageFactory(parent=press_room, live=False)
    document = add_document()
    draft.attachments = blocks(draft, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.save()
    former = str(document.file.name)
    assert "Vad är nytt i filen?" not in client.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    replace(client, document)
    assert not FormerFile.objects.exists()
    assert not default_storage.exists(former)


def test_what_is_scheduled_is_replaced_by_who_may_publish(
    client: Client, press_room: PressIndexPage, chief: Any
) -> None:
    document = add_document()
    release = PressReleasePageFactory(parent=press_room, title="Sedan", live=False)
    attached = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    publish(release, attachments=attached, go_live_at=timezone.now() + timedelta(days=1))
    anna = add_user("Redaktörer", username="anna")
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=anna)
    client.force_login(anna)
    assert "du får inte publicera" in replace(client, document, replacement_note="Nytt.").content.decode()
    client.force_login(chief)
    assert replace(client, document, replacement_note="Nytt.").status_code == 302
    assert not PublicChange.objects.exists()


def test_a_portrait_of_a_press_contact_belongs_to_the_releases_that_show_it(
    client: Client, release: PressReleasePage, chief: Any
) -> None:
    portrait = picture()
    contact = PressContactFactory(photo=portrait)
    release.release_contacts.create(contact=contact)
    release.save_revision().publish()
    assert "Vad är nytt i filen?" in client.get(f"/admin/images/{portrait.pk}/").content.decode()
    replace(client, portrait, replacement_note="Nytt porträtt.", replacement_kind="major")
    # The history of a release tells of its text and files, not of every portrait.
    assert not PublicChange.objects.filter(kind="major").exists()
    assert portrait.former_files.count() == 1


def test_the_former_files_go_when_their_document_goes(
    document: SiteDocument, django_capture_on_commit_callbacks: Any
) -> None:
    name = default_storage.save("documents/gammal.pdf", ContentFile(PDF))
    FormerFile.objects.create(document=document, file=name)
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not default_storage.exists(name)
