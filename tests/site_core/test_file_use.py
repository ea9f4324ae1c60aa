"""A file becomes public through an editor who may use it, and who knows what else holds it: on every road."""

import json
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.admin.panels import get_edit_handler
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.models import Collection, GroupPagePermission, Page, PageLogEntry, ReferenceIndex, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from pages.models import StandardPage
from press.models import PressContact, PressIndexPage, PressReleasePage
from site_core.media.references import file_fields, telling_fields
from site_core.media.using import UsableFilesMixin
from site_core.models import OrganisationSettings, SiteDocument, SiteImage, User
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
from tests.press.test_review import act
from tests.site_core.test_publishing import edit_form

REFUSED = "Du får inte använda den här filen."
SECRET_FILE, SECRET_TITLE = "Hemligt avtal", "Sjukhuset säljs i natt"
LINK = '<p>Läs <a linktype="document" id="{}">avtalet</a> här.</p>'


@pytest.fixture
def document(db: None) -> SiteDocument:
    return add_document(SECRET_FILE, "hemligt-avtal.pdf", size=1000)


@pytest.fixture
def image(db: None) -> SiteImage:
    return ImageFactory(title=SECRET_FILE)


@pytest.fixture
def secret(press_room: PressIndexPage, document: SiteDocument) -> PressReleasePage:
    """An embargoed release that holds the document."""
    release = PressReleasePageFactory(parent=press_room, title=SECRET_TITLE, live=False)
    attached = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    return publish(release, attachments=attached, go_live_at=timezone.now() + timedelta(days=1))


def page_form(page: Page, *body: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    form = {"title": page.title, "slug": page.slug, "lead": "En ingress.", "body": streamfield(body)}
    return nested_form_data({**form, "comments": inline_formset([]), **fields})


def with_file(kind: str, image: SiteImage, document: SiteDocument) -> dict[str, Any]:
    """Return what an editor sends who names a file's number in one way or another."""
    text = LINK.format(document.pk)
    return {
        "share image": {"share_image": image.pk},
        "figure": {"body": streamfield([("image", {"image": {"image": image.pk, "alt_text": "Bild"}, "caption": ""})])},
        "attachment": {"body": streamfield([("document", {"document": document.pk, "title": ""})])},
        "link": {"body": streamfield([("text", rich_text(text, features=["document-link"]))])},
        "link in a box": {
            "body": streamfield([("facts", {"title": "Fakta", "text": rich_text(text, features=["document-link"])})])
        },
    }[kind]


@pytest.mark.parametrize("kind", ["share image", "figure", "attachment", "link", "link in a box"])
@pytest.mark.parametrize("action", ["", "action-publish"])
def test_a_number_she_may_not_use_is_refused_next_to_the_field(
    client: Client,
    section_editor: User,
    section: StandardPage,
    image: SiteImage,
    document: SiteDocument,
    kind: str,
    action: str,
) -> None:
    client.force_login(section_editor)
    form = page_form(section, **with_file(kind, image, document), **({action: "1"} if action else {}))
    response = client.post(f"/admin/pages/{section.pk}/edit/", form)
    html = response.content.decode()
    assert response.status_code == 200
    errors = response.context["form"].errors.as_data()
    assert list(errors) == ["share_image" if kind == "share image" else "body"]
    assert REFUSED in html or json.dumps(REFUSED)[1:-1] in unescape(html)
    assert "En ingress." in html
    assert SECRET_FILE not in html
    assert "hemligt-avtal" not in html
    assert not section.revisions.exists()


def test_what_stood_there_when_she_began_stays(
    client: Client, section_editor: User, section: StandardPage, document: SiteDocument
) -> None:
    publish(section, body=blocks(section, ("text", LINK.format(document.pk))))
    client.force_login(section_editor)
    form = page_form(section, **with_file("attachment", ImageFactory(), document), **{"action-publish": "1"})
    assert client.post(f"/admin/pages/{section.pk}/edit/", form).status_code == 302
    assert StandardPage.objects.get(pk=section.pk).body[0].block_type == "document"


def test_her_own_collection_and_her_own_uploads_are_hers_to_use(
    client: Client, section_editor: User, section: StandardPage, own_collection: Collection, document: SiteDocument
) -> None:
    client.force_login(section_editor)
    mine = ImageFactory(collection=own_collection)
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=section_editor)
    form = page_form(section, share_image=mine.pk, body=with_file("link", mine, document)["body"])
    assert client.post(f"/admin/pages/{section.pk}/edit/", {**form, "action-publish": "1"}).status_code == 302
    assert client.get(document.url).status_code == 200


def test_snippets_and_settings_ask_too(
    client: Client, section_editor: User, image: SiteImage, document: SiteDocument
) -> None:
    client.force_login(section_editor)
    contact: Any = PressContactFactory()
    form = {"name": "Anna", "telephone": "010-123 45 67", "photo": image.pk}
    for address in (
        "/admin/snippets/press/presscontact/add/",
        f"/admin/snippets/press/presscontact/edit/{contact.pk}/",
    ):
        html = client.post(address, form).content.decode()
        assert REFUSED in html
        assert SECRET_FILE not in html
    assert not PressContact.objects.filter(photo=image).exists()
    setting = OrganisationSettings.objects.create(site=Site.objects.get(), name="VästKom")
    boilerplate = rich_text(LINK.format(document.pk), features=["link", "document-link"])
    form = {"name": "VästKom", "social_links-count": "0", "boilerplate": boilerplate}
    client.post(f"/admin/settings/site_core/organisationsettings/{setting.site_id}/", form)
    client.logout()
    assert client.get(document.url).status_code == 404


def test_every_form_that_can_hold_a_file_asks() -> None:
    for model in ReferenceIndex.indexed_models:
        if not (file_fields(model) or telling_fields(model)) or model._meta.app_label.startswith("wagtail"):
            continue
        is_setting = issubclass(model, BaseSiteSetting)
        handler = get_setting_edit_handler(model) if is_setting else get_edit_handler(model)
        assert issubclass(handler.get_form_class(), UsableFilesMixin), model


def by_the_editor(client: Client, release: PressReleasePage, user: User) -> Any:
    client.force_login(user)
    draft = release.get_latest_revision_as_object()
    attached = streamfield(
        [("document", {"document": part.value["document"].pk, "title": ""}) for part in draft.attachments]
    )
    form = edit_form(draft, **nested_form_data({"attachments": attached}), **{"action-publish": "1"})
    return client.post(f"/admin/pages/{release.pk}/edit/", form)


def without_review(client: Client, release: PressReleasePage, user: User) -> Any:
    client.force_login(user)
    address = f"/admin/press/{release.pk}/utan-granskning/{release.latest_revision_id}/"
    return client.post(address, {"reason": "Bråttom."})


def by_schedule(client: Client, release: PressReleasePage, user: User) -> Any:
    draft = release.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision()
    return without_review(client, PressReleasePage.objects.get(pk=release.pk), user)


def by_approval(client: Client, release: PressReleasePage, user: User) -> Any:
    writer = add_user("Redaktörer", username="skribent")
    release.get_latest_revision().as_object()
    workflow = release.get_workflow()
    workflow.start(PressReleasePage.objects.get(pk=release.pk), writer)
    return act(client, PressReleasePage.objects.get(pk=release.pk), "approve", user)


ROADS: list[Callable[[Client, PressReleasePage, User], Any]] = [by_the_editor, without_review, by_schedule, by_approval]


@pytest.fixture
def other(press_room: PressIndexPage, document: SiteDocument) -> PressReleasePage:
    """Another draft, with the same file, put there by who may use it."""
    release = PressReleasePageFactory(parent=press_room, title="Något annat", live=False)
    release.attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    release.save()
    release.save_revision()
    return PressReleasePage.objects.get(pk=release.pk)


def is_out(release: PressReleasePage) -> bool:
    return PressReleasePage.objects.filter(pk=release.pk, live=True).exists() or bool(
        PressReleasePage.objects.get(pk=release.pk).scheduled_revision
    )


@pytest.mark.parametrize("road", ROADS)
def test_publishing_what_an_embargoed_release_holds_asks_first_and_is_logged(
    client: Client, secret: PressReleasePage, other: PressReleasePage, road: Callable[..., Any]
) -> None:
    chief = add_user("Chefredaktörer", username="chef")
    response = road(client, other, chief)
    question = f"/admin/sidor/{other.pk}/filer/"
    assert response["Location"].startswith(question)
    assert not is_out(other)
    html = client.get(question).content.decode()
    assert f"Filen ”{SECRET_FILE}” hör till något som inte är publicerat: pressmeddelande ”{SECRET_TITLE}”." in html
    assert not is_out(other), "asking publishes nothing"
    client.post(question)
    entry = PageLogEntry.objects.get(page=other.pk, action="site_core.held_file_published")
    assert (entry.user, entry.data["file"]) == (chief, SECRET_FILE)
    assert SECRET_FILE in entry.message
    state = PressReleasePage.objects.get(pk=other.pk)
    if road is by_approval:
        act(client, state, "approve", chief)
    else:
        without_review(client, state, chief)
    assert is_out(other)


@pytest.mark.parametrize("road", ROADS)
def test_nobody_publishes_a_file_she_may_not_use(
    client: Client, section_editor: User, press_room: PressIndexPage, other: PressReleasePage, road: Callable[..., Any]
) -> None:
    group = section_editor.groups.get()
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=press_room, permission=permission)
    if road is by_approval:
        other.get_workflow().workflow_tasks.get().task.specific.groups.add(group)
    response = road(client, other, User.objects.get(pk=section_editor.pk))
    question = f"/admin/sidor/{other.pk}/filer/"
    assert response["Location"].startswith(question)
    html = client.get(question).content.decode()
    assert "fil som du inte får använda" in html
    assert SECRET_FILE not in html
    client.post(question)
    assert not is_out(other)
    assert not PageLogEntry.objects.filter(action="site_core.held_file_published").exists()


def test_a_file_that_is_public_is_nobodys_secret(
    client: Client, secret: PressReleasePage, press_room: PressIndexPage, document: SiteDocument
) -> None:
    first = PressReleasePageFactory(parent=press_room, live=False)
    publish(first, attachments=blocks(first, ("document", {"document": document.pk, "title": ""}), field="attachments"))
    second = PressReleasePageFactory(parent=press_room, live=False)
    second.attachments = blocks(second, ("document", {"document": document.pk, "title": ""}), field="attachments")
    second.save_revision()
    without_review(client, PressReleasePage.objects.get(pk=second.pk), add_user("Chefredaktörer", username="chef"))
    assert is_out(second)


def test_the_question_names_a_release_only_to_who_may_see_it(
    client: Client,
    section_editor: User,
    section: StandardPage,
    own_collection: Collection,
    secret: PressReleasePage,
    document: SiteDocument,
) -> None:
    SiteDocument.objects.filter(pk=document.pk).update(collection=own_collection)
    client.force_login(section_editor)
    form = page_form(section, **with_file("link", ImageFactory(), document), **{"action-publish": "1"})
    question = client.post(f"/admin/pages/{section.pk}/edit/", form)["Location"]
    html = client.get(question).content.decode()
    assert "som du inte har tillgång till" in html
    assert SECRET_TITLE not in html
    assert client.get(document.url).status_code == 200, "her own collection's"
    client.logout()
    assert client.get(document.url).status_code == 404


def test_publishing_in_bulk_asks_too(
    client: Client, secret: PressReleasePage, section: StandardPage, document: SiteDocument
) -> None:
    page = StandardPageFactory(parent=section, live=False)
    page.body = blocks(page, ("text", LINK.format(document.pk)))
    page.save_revision()
    client.force_login(add_user("Chefredaktörer", username="chef"))
    response = client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {"include_descendants": ""})
    assert response["Location"].startswith(f"/admin/sidor/{page.pk}/filer/")
    assert not StandardPage.objects.get(pk=page.pk).live


def test_the_question_is_for_who_may_edit_the_page(
    client: Client, section_editor: User, other: PressReleasePage
) -> None:
    client.force_login(section_editor)
    assert client.get(f"/admin/sidor/{other.pk}/filer/").status_code == 404, "a draft elsewhere is no page of hers"
