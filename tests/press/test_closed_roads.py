"""No address of the admin tells of a closed draft to those outside, whatever it is for."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Collection, GroupPagePermission, Site

from pages.models import SectionPage
from press.closing import close
from press.models import PressContact, PressIndexPage, PressReleasePage, Topic
from site_core.models import FormerFile, User
from tests.admin_addresses import admin_addresses
from tests.factories import (
    ImageFactory,
    PressReleasePageFactory,
    SectionPageFactory,
    StandardPageFactory,
    add_document,
    add_user,
    blocks,
    home_page,
)

TITLE, LEAD, SLUG = "Hemlig nedläggning av sjukhuset", "Sjukhuset läggs ned den första mars.", "hemlig-nedlaggning"

FILES = "Siffrorna bakom beslutet", "Den tomma salen"


@dataclass
class Secret:
    """A closed draft with everything that could tell of it."""

    release: PressReleasePage
    author: User
    linking: PressReleasePage
    numbers: dict[str, Any]
    # What the draft alone uses, and is kept from those outside as it is.
    files: tuple[str, ...]

    def told_in(self, response: Any, *, with_links: bool = True) -> list[str]:
        text = readable(response)
        links = re.findall(rf"/(?:pages|press|fore|choose-page)/{self.release.pk}/[\w/-]*", text)
        return [word for word in (TITLE, LEAD, SLUG, *self.files) if word in text] + (links if with_links else [])


def readable(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b" ".join(book.read(name) for name in book.namelist())
    text = content.decode(errors="replace")
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text) + response.headers.get(
        "Location", ""
    )


def make_secret(press_room: PressIndexPage, *, is_closed: bool = True) -> Secret:
    """Make a draft and all that could tell of it; the chief editor had edited, locked and submitted it."""
    author = add_user("Redaktörer", username="forfattare", email="forfattare@example.se")
    chief = add_user("Chefredaktörer", username="chef", email="chef@example.se")
    admin = add_user(username="admin", is_superuser=True, email="admin@example.se")
    document, image = add_document(title=FILES[0]), ImageFactory(title=FILES[1])
    for item in (document, image):
        log(item, "wagtail.create", user=author)
    former = FormerFile.objects.create(document=document, file=ContentFile(b"x", name=f"{SLUG}.pdf"), note=TITLE)
    release = PressReleasePageFactory(
        parent=press_room, title=TITLE, slug=SLUG, lead=LEAD, live=False, has_unpublished_changes=True, owner=author
    )
    release.image = image
    release.attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    contact = PressContact.objects.create(name="Eva Ek", telephone="010-123 45 67")
    release.release_contacts.create(contact=contact)
    topic = Topic.objects.create(name="Vård", slug="vard-prov")
    release.topics = [topic]
    release.save()
    revision = release.save_revision(user=chief)
    for user in (chief, admin):
        log(release, "wagtail.edit", user=user, revision=revision)
    state = release.get_workflow().start(release, chief)
    PressReleasePage.objects.filter(pk=release.pk).update(locked=True, locked_by=chief, locked_at=timezone.now())
    linking = PressReleasePageFactory(parent=press_room, title="Öppet utkast", live=False, owner=chief)
    linking.body = blocks(linking, ("text", f'<p><a linktype="page" id="{release.pk}">Läs mer</a></p>'))
    linking.save()
    linking.save_revision(user=chief)
    redirect = Redirect.objects.create(old_path="/gammal", redirect_page=release, site=Site.objects.get())
    if is_closed:
        close(release, [], [], by=author)
    numbers = {
        # Every number that may be a page's is the closed draft's.
        **dict.fromkeys(
            ["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk", "object_id", "_0"], release.pk
        ),
        "_1": "earliest",
        "_2": "latest",
        "revision_id": revision.pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": state.current_task_state_id,
        "task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
        "workflow_pk": state.workflow_id,
        "action_name": "approve",
        "document_id": document.pk,
        "doc_id": document.pk,
        "image_id": image.pk,
        "redirect_id": redirect.pk,
        "collection_id": Collection.get_first_root_node().pk,
        "app_label": "press",
        "app_name": "press",
        "model_name": "pressreleasepage",
        "content_type_app_name": "press",
        "content_type_model_name": "pressreleasepage",
        "wagtail_bulk_action app_label": "wagtailcore",
        "wagtail_bulk_action model_name": "page",
        "wagtailsettings:edit app_name": "site_core",
        "wagtailsettings:edit model_name": "organisationsettings",
        "wagtailsettings:preview_on_edit app_name": "site_core",
        "wagtailsettings:preview_on_edit model_name": "organisationsettings",
        "wagtailadmin_api:documents:detail pk": document.pk,
        "wagtailadmin_api:images:detail pk": image.pk,
        "former_files kind": "sitedocument",
        "former_files pk": document.pk,
        "former_file kind": "sitedocument",
        "former_file pk": document.pk,
        "former_file number": former.pk,
        "press_merge_tag kind": topic.KIND,
        "press_merge_tag pk": topic.pk,
        "press_retire_tag kind": topic.KIND,
        "press_retire_tag pk": topic.pk,
        "filter_spec": "original",
        "action": "delete",
        "closing_id": release.closing.pk if is_closed else 1,
        "link_id": 1,
        "session_id": 0,
        "uploaded_file_id": 1,
        "uidb64": "x",
        "token": "x",
        "pk": release.pk,
    }
    for kind, number in (
        ("wagtailsnippets_press_presscontact", contact.pk),
        ("wagtailsnippets_press_topic", topic.pk),
        ("wagtaildocs_chooser", document.pk),
        ("wagtailimages_chooser", image.pk),
        ("wagtailadmin_workflows", state.workflow_id),
        ("wagtailusers_users", author.pk),
    ):
        for view in ("edit", "delete", "usage", "usage_results", "history", "history_results", "copy", "chosen"):
            numbers[f"{kind}:{view} pk"] = number
    return Secret(PressReleasePage.objects.get(pk=release.pk), author, linking, numbers, FILES if is_closed else ())


# What is asked of some views beside their bare address.
QUERIES = {
    "wagtailadmin_explore": "?q=sjukhuset&search_all=1",
    "wagtailadmin_explore_root": "?q=sjukhuset&search_all=1",
    "wagtailadmin_pages:search": "?q=sjukhuset",
    "wagtailadmin_choose_page_search": "?q=sjukhuset",
    "wagtailadmin_choose_page_chosen_multiple": "?id={page_id}",
    "wagtail_bulk_action": "?id={page_id}",
    "wagtailadmin_api:pages:listing": "?search=sjukhuset",
    "wagtailadmin_api:pages:find": "?id={page_id}",
    "wagtailimages_chooser:chosen_multiple": "?id={image_id}",
    "wagtaildocs_chooser:chosen_multiple": "?id={document_id}",
    "wagtaildocs:index": "?q=siffrorna",
}
EXPORTS = "locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages"
# They end the walk, or are there to fail.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test"}
# What does something to a page.
POSTED = re.compile(r"/admin/(pages|press|editing-sessions|prenumeration/fore|api/main/pages)/\D*\d+/")
FOR_EDITORS = re.compile(
    r"/admin/($|pages|press|editing-sessions|prenumeration|api|choose|bulk|reports|documents|images"
    r"|sidor|tidigare-filer|borttagna-utkast|snippets/press/(topic|presscontact)/(usage|delete))"
)
# What stores a page's number links to it, and the link then leads nowhere.
STORE_THE_NUMBER = re.compile(r"/admin/redirects/")


def roads(secret: Secret) -> list[str]:
    addresses = [(name, address) for name, address in admin_addresses(secret.numbers) if name not in LEFT_OUT]
    more = [address + QUERIES[name].format(**secret.numbers) for name, address in addresses if name in QUERIES]
    reports = dict(addresses)
    more += [
        f"{reports[f'wagtailadmin_reports:{report}']}?export={form}" for report in EXPORTS for form in ("csv", "xlsx")
    ]
    room = secret.release.get_parent().pk
    more += [
        f"/admin/pages/{room}/",
        f"/admin/pages/{room}/?q=sjukhuset",
        f"/admin/pages/{room}/results/?has_child_pages=false",
        f"/admin/choose-page/{room}/",
        f"/admin/choose-page/{room}/?page_type=press.pressreleasepage",
        f"/admin/choose-page/?target_pages[]={secret.release.pk}&user_perms=move_to",
        f"/admin/api/main/pages/?child_of={room}&for_explorer=1",
        f"/admin/api/main/pages/?child_of={room}",
        f"/admin/api/main/pages/?descendant_of={room}",
        f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={room}",
        f"/admin/bulk/wagtailcore/page/move/?id={secret.release.pk}&id={secret.linking.pk}",
        f"/admin/pages/{room}/history/",
        f"/admin/pages/{secret.linking.pk}/edit/",
        f"/admin/pages/{secret.linking.pk}/history/",
        f"/admin/pages/{secret.linking.pk}/view_draft/",
        f"/admin/pages/{secret.linking.pk}/revisions/compare/earliest...latest/",
    ]
    return [address for _name, address in addresses] + more


def told_to(client: Client, user: User, secret: Secret, addresses: list[str]) -> dict[str, list[str]]:
    client.force_login(user)
    client.raise_request_exception = False
    told = {}
    for address in addresses:
        for ask in (client.get, client.post) if POSTED.match(address) else (client.get,):
            if words := secret.told_in(ask(address), with_links=not STORE_THE_NUMBER.match(address)):
                told[f"{ask.__name__} {address}"] = words
    return told


# What only administrators reach is walked by one.
def for_editors(addresses: list[str]) -> list[str]:
    return [address for address in addresses if FOR_EDITORS.match(address)]


def test_no_address_of_the_admin_tells_an_administrator_outside(client: Client, press_room: PressIndexPage) -> None:
    secret = make_secret(press_room)
    assert told_to(client, User.objects.get(username="admin"), secret, roads(secret)) == {}
    assert PressReleasePage.objects.filter(pk=secret.release.pk, live=False, title=TITLE).exists()


def test_no_address_of_the_admin_tells_a_chief_editor_outside(client: Client, press_room: PressIndexPage) -> None:
    secret = make_secret(press_room)
    assert told_to(client, User.objects.get(username="chef"), secret, for_editors(roads(secret))) == {}


def test_those_inside_find_it_on_their_usual_roads(client: Client, press_room: PressIndexPage) -> None:
    secret = make_secret(press_room)
    told = told_to(client, secret.author, secret, [road for road in for_editors(roads(secret)) if "?" in road])
    assert len(told) > 15


def test_a_sections_editor_is_told_of_no_draft_elsewhere(client: Client, press_room: PressIndexPage) -> None:
    secret = make_secret(press_room, is_closed=False)
    section = SectionPageFactory(parent=home_page(), title="Hälsa")
    editor = section_editor(section)
    own = StandardPageFactory(parent=section, title="Mitt utkast", live=False)
    assert told_to(client, editor, secret, for_editors(roads(secret))) == {}
    assert "Mitt utkast" in client.get("/admin/choose-page/search/?q=utkast").content.decode()
    assert "Mitt utkast" in client.get(f"/admin/pages/{section.pk}/").content.decode()
    assert client.get(f"/admin/pages/{own.pk}/edit/").status_code == 200


def test_a_sections_editor_links_to_what_is_live_and_reads_no_draft_title_of_it(
    client: Client, release: PressReleasePage
) -> None:
    release.title = "Nytt namn som ingen får veta"
    release.save_revision()
    client.force_login(section_editor(SectionPageFactory(parent=home_page(), title="Hälsa")))
    for address in ("/admin/choose-page/search/?q=avtal", f"/admin/choose-page/{release.get_parent().pk}/"):
        answer = readable(client.get(address))
        assert "Nytt avtal" in answer
        assert "ingen får veta" not in answer


def section_editor(section: SectionPage) -> User:
    """Somebody whose rights end where one section ends."""
    group = Group.objects.create(name="Hälsa och vård")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=section, permission=Permission.objects.get(codename=codename)
        )
    return add_user("Hälsa och vård", username="sektion", email="sektion@example.se")
