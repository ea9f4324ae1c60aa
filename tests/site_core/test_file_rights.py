"""Who inside the house may have a file, and what a stranger learns of one that is not public: nothing."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, Page

from press.models import PressIndexPage, ReleaseContact
from site_core.models import SiteDocument, User
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

ATTACHED = "attachments"


def attach(page: Any, document: SiteDocument) -> Any:
    return blocks(page, ("document", {"document": document.pk, "title": ""}), field=ATTACHED)


def statuses(client: Client, *addresses: str) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_an_editor_gets_the_files_of_her_collection_and_no_others(
    client: Client, section_editor: User, own_collection: Collection
) -> None:
    document, image = add_document(size=1000), ImageFactory(licence="Fri")
    mine, picture = add_document(size=1000), ImageFactory(collection=own_collection)
    SiteDocument.objects.filter(pk=mine.pk).update(collection=own_collection)
    client.force_login(section_editor)
    others = [document.url, f"/dokument/{document.pk}/gissat.pdf", image.get_rendition("width-100").url, image.file.url]
    assert statuses(client, *others) == [404] * 4
    assert statuses(client, mine.url, picture.get_rendition("width-100").url, picture.file.url) == [200] * 3
    SiteDocument.objects.filter(pk=document.pk).update(uploaded_by_user=section_editor)
    assert statuses(client, document.url) == [200], "what she uploaded herself"
    unknown = ["/dokument/0/fil.pdf", "/dokument/99999/fil.pdf", "/media/images/x.png", "/media/original_images/x.png"]
    for group in ("Redaktörer", ""):
        client.force_login(add_user(group, username=f"till-{group}", is_superuser=not group))
        assert statuses(client, *unknown) == [404] * 4


def test_wagtails_own_views_of_a_file_follow_the_collection(client: Client, section_editor: User) -> None:
    document, image = add_document("Hemligt avtal", size=1000), ImageFactory(title="Hemlig bild")
    client.force_login(section_editor)
    for address in (
        f"/admin/documents/{document.pk}/",
        f"/admin/documents/usage/{document.pk}/",
        f"/admin/documents/{document.pk}/delete/",
        f"/admin/documents/chooser/{document.pk}/",
        f"/admin/documents/chooser/chosen-multiple/?id={document.pk}",
        "/admin/documents/chooser/",
        "/admin/documents/",
        f"/admin/images/{image.pk}/",
        f"/admin/images/usage/{image.pk}/",
        f"/admin/images/{image.pk}/delete/",
        f"/admin/images/{image.pk}/generate_url/",
        f"/admin/images/{image.pk}/generate_url/output/",
        f"/admin/images/{image.pk}/preview/original/",
        f"/admin/images/chooser/{image.pk}/",
        f"/admin/images/chooser/chosen-multiple/?id={image.pk}",
        f"/admin/images/chooser/{image.pk}/select_format/",
        "/admin/images/chooser/",
        "/admin/images/",
    ):
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        assert response.get("Content-Type", "").startswith(("text/html", "application/json")), address
        assert b"Hemlig" not in content, address
    choose = f"/admin/images/chooser/{image.pk}/select_format/"
    posted = client.post(choose, {"image-chooser-insertion-format": "left", "image-chooser-insertion-alt_text": "x"})
    assert b"Hemlig" not in posted.content


def test_who_may_edit_a_page_gets_what_it_uses_and_what_its_draft_holds(
    client: Client, section_editor: User, section: Page
) -> None:
    used, in_draft, elsewhere = (add_document(name=f"fil-{number}.pdf", size=1000) for number in range(3))
    draft = StandardPageFactory(parent=section, live=False)
    text = '<p><a linktype="document" id="{}">fil</a></p>'
    draft.body = blocks(draft, ("text", text.format(used.pk)))
    draft.save()
    live = section.specific.get_latest_revision_as_object()
    live.body = blocks(live, ("text", text.format(in_draft.pk)))
    live.save_revision()
    client.force_login(section_editor)
    assert statuses(client, used.url, in_draft.url, elsewhere.url) == [200, 200, 404]
    client.logout()
    assert statuses(client, used.url, in_draft.url) == [404, 404]


def everything_told(client: Client, address: str, method: str, **headers: str) -> tuple[Any, ...]:
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address, headers=headers)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, sorted(response.headers.items()), content, len(queries)


def test_a_stranger_can_not_tell_a_private_file_from_none(client: Client, press_room: PressIndexPage) -> None:
    unused, drafted, internal = (add_document(name="avtal.pdf", size=1000) for _number in range(3))
    photo = ImageFactory()
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    SiteDocument.objects.filter(pk=internal.pk).update(collection=collection)
    draft = PressReleasePageFactory(parent=press_room, live=False)
    draft.release_contacts.add(ReleaseContact(contact=PressContactFactory(photo=photo)))
    draft.attachments = attach(draft, drafted)
    draft.save()
    picture = ImageFactory(title="Hemlig")
    name = photo.get_rendition("width-100").url
    alike = [
        [f"/dokument/{number}/avtal.pdf" for number in (unused.pk, drafted.pk, internal.pk, internal.pk + 1, 99999)],
        [name, "/media/images/finns-inte.jpg"],
        [photo.file.url, picture.file.url, "/media/original_images/finns-inte.png"],
    ]
    client.get("/finns-inte/")
    for addresses in alike:
        for method, headers in (
            ("get", {}),
            ("head", {}),
            ("get", {"if-none-match": "*"}),
            ("get", {"range": "bytes=0-1"}),
        ):
            # Each twice: what a process has read once, such as the kinds of content there are, it keeps.
            for address in addresses:
                client.get(address)
            told = [everything_told(client, address, method, **headers) for address in addresses]
            assert told[0][0] == 404
            assert all(answer == told[0] for answer in told), addresses


def test_a_collections_log_in_is_asked_for_where_the_file_is_used(client: Client, press_room: PressIndexPage) -> None:
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = add_document(size=1000)
    SiteDocument.objects.filter(pk=document.pk).update(collection=collection)
    assert statuses(client, document.url) == [404]
    release = PressReleasePageFactory(parent=press_room, live=False)
    publish(release, attachments=attach(release, document))
    assert statuses(client, document.url) == [302]
