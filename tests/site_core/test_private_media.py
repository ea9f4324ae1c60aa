"""Files are public exactly while something public uses them, wherever they are stored."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.test import Client
from django.test.utils import override_settings
from moto.server import ThreadedMotoServer
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex

from pages.models import HomePage
from press.models import PressIndexPage, PressReleasePage, ReleaseContact
from site_core.media.privacy import repair_references
from site_core.models import OrganisationSettings, SiteDocument, SiteImage
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


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The folder of files, and a store that speaks S3."""
    if request.param == "folder":
        yield "folder"
        return
    keys = {"region_name": "eu-north-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    endpoint = request.getfixturevalue("s3_server")
    client = boto3.client("s3", endpoint_url=endpoint, **keys)
    client.create_bucket(Bucket="media", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    options = {
        "bucket_name": "media",
        "endpoint_url": endpoint,
        "region_name": "eu-north-1",
        "access_key": "x",
        "secret_key": "x",
        "addressing_style": "path",
        "file_overwrite": False,
    }
    backend = {"BACKEND": "site_core.media.s3.S3MediaStorage", "OPTIONS": options}
    with override_settings(STORAGES={**settings.STORAGES, "default": backend}):
        bucket: Any = storages["default"].bucket  # type: ignore[attr-defined]
        yield "s3"
        bucket.objects.all().delete()
        client.delete_bucket(Bucket="media")


def status(client: Client, address: str, **headers: str) -> int:
    return client.get(address, headers=headers).status_code


def read(response: Any) -> bytes:
    return b"".join(response)


@pytest.fixture
def draft(press_room: PressIndexPage) -> PressReleasePage:
    return PressReleasePageFactory(parent=press_room, live=False)


def test_a_file_is_public_while_a_live_page_uses_it(client: Client, draft: PressReleasePage, store: str) -> None:
    document, image = add_document(), ImageFactory()
    addresses = [document.url, image.get_rendition("width-100|format-webp").url]
    assert [status(client, address) for address in addresses] == [404, 404]
    draft.attachments = blocks(draft, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.image = image
    draft.save_revision()
    assert [status(client, address) for address in addresses] == [404, 404]
    draft.save_revision().publish()
    assert [status(client, address) for address in addresses] == [200, 200]
    Page.objects.get(pk=draft.pk).specific.unpublish()
    assert [status(client, address) for address in addresses] == [404, 404]


def test_an_edit_that_drops_a_file_and_a_deletion_take_it_away(client: Client, draft: PressReleasePage) -> None:
    dropped, kept = add_document("Ett"), add_document("Två")
    make_public(draft, dropped, kept)
    assert (status(client, dropped.url), status(client, kept.url)) == (200, 200)
    make_public(draft, kept)
    assert (status(client, dropped.url), status(client, kept.url)) == (404, 200)
    Page.objects.get(pk=draft.pk).delete()
    assert status(client, kept.url) == 404


def test_a_link_in_running_text_makes_a_document_public(client: Client, draft: PressReleasePage) -> None:
    document = add_document()
    text = f'<p><a linktype="document" id="{document.pk}">fil</a></p>'
    publish(draft, body=blocks(draft, ("text", text)))
    assert status(client, document.url) == 200


def test_a_draft_of_a_live_page_makes_nothing_public(client: Client, release: PressReleasePage) -> None:
    document = add_document()
    draft = release.get_latest_revision_as_object()
    draft.attachments = blocks(draft, ("document", {"document": document.pk, "title": ""}), field="attachments")
    draft.save_revision()
    assert status(client, document.url) == 404


def test_a_contacts_photo_is_public_through_the_release_that_names_her(client: Client, draft: PressReleasePage) -> None:
    photo = ImageFactory()
    draft.release_contacts = [ReleaseContact(contact=PressContactFactory(photo=photo))]
    address = photo.get_rendition("fill-144x144|format-webp").url
    draft.save_revision()
    assert status(client, address) == 404
    publish(draft)
    assert status(client, address) == 200


def test_what_the_organisations_settings_use_is_public(client: Client, home: HomePage) -> None:
    document = add_document()
    boilerplate = f'<p><a linktype="document" id="{document.pk}">Stadgar</a></p>'
    OrganisationSettings.objects.create(site=home.get_site(), name="VästKom", boilerplate=boilerplate)
    assert status(client, document.url) == 200


def test_a_restricted_pages_files_are_for_those_who_are_let_in(client: Client, draft: PressReleasePage) -> None:
    document = add_document()
    make_public(draft, document)
    group = Group.objects.create(name="Styrelsen")
    restriction = PageViewRestriction.objects.create(page=draft, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(group)
    assert status(client, document.url) == 404
    member = add_user()
    member.groups.add(group)
    client.force_login(member)
    response = client.get(document.url)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_private_collection_stays_private(client: Client, draft: PressReleasePage) -> None:
    collection = Collection.get_first_root_node().add_child(name="Internt")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document = add_document()
    SiteDocument.objects.filter(pk=document.pk).update(collection=collection)
    make_public(draft, document)
    assert status(client, document.url) == 302


def test_editors_see_what_is_not_public_and_no_cache_keeps_it(client: Client, db: None) -> None:
    document, image = add_document(), ImageFactory()
    client.force_login(add_user("Redaktörer"))
    for address in (document.url, image.get_rendition("width-100").url, image.file.url):
        response = client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_an_original_is_offered_where_its_licence_says_what_others_may_do(
    client: Client, draft: PressReleasePage
) -> None:
    free, held = ImageFactory(licence="Fri att använda av pressen"), ImageFactory()
    make_public(draft, free, held)
    response = client.get(free.file.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert status(client, held.file.url) == 404


def test_a_conditional_request_learns_nothing_of_what_is_not_public(client: Client, draft: PressReleasePage) -> None:
    document, image = add_document(), ImageFactory()
    make_public(draft, document, image)
    addresses = [document.url, image.get_rendition("width-100").url]
    tags = {address: client.get(address)["ETag"] for address in addresses}
    assert [status(client, address, **{"if-none-match": tags[address]}) for address in addresses] == [304, 304]
    PressReleasePage.objects.get(pk=draft.pk).unpublish()
    for address in addresses:
        assert status(client, address, **{"if-none-match": tags[address]}) == 404
        assert status(client, address, **{"if-none-match": "*"}) == 404
        assert status(client, address, **{"if-modified-since": "Mon, 23 Nov 2026 08:00:00 GMT"}) == 404
        assert status(client, address, range="bytes=0-10") == 404
        assert client.head(address).status_code == 404


def test_a_replaced_file_keeps_its_address(client: Client, draft: PressReleasePage, store: str) -> None:
    document = add_document(name="Årsrapport 2026.pdf")
    make_public(draft, document)
    address = document.url
    assert address.endswith("/arsrapport-2026.pdf")
    first = client.get(address)
    document = SiteDocument.objects.get(pk=document.pk)
    document.file = ContentFile(PDF + b"ny", name="ny-version.pdf")
    document.save()
    assert SiteDocument.objects.get(pk=document.pk).url == address
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert read(second) == PDF + b"ny"
    assert 'filename="arsrapport-2026.pdf"' in second["Content-Disposition"]
    assert client.get(f"/dokument/{document.pk}/ny-version.pdf")["Location"] == address


def test_parts_of_a_file_can_be_asked_for(client: Client, draft: PressReleasePage, store: str) -> None:
    document = add_document(size=1000)
    make_public(draft, document)
    whole = client.get(document.url)
    content = read(whole)
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["Content-Length"] == "1000"
    for wanted, start, end in (("bytes=0-9", 0, 9), ("bytes=990-", 990, 999), ("bytes=-10", 990, 999)):
        part = client.get(document.url, headers={"range": wanted})
        assert part.status_code == 206
        assert part["Content-Range"] == f"bytes {start}-{end}/1000"
        assert read(part) == content[start : end + 1]
    assert client.get(document.url, headers={"range": "bytes=1000-"})["Content-Range"] == "bytes */1000"
    assert status(client, document.url, range="bytes=0-9", **{"if-range": '"another"'}) == 200
    assert status(client, document.url, range="bytes=9-0") == 416
    assert status(client, document.url, range="rader=1-2") == 200
    assert "Content-Range" not in client.head(document.url, headers={"range": "bytes=0-9"})


def test_a_rendition_is_served_with_its_type_and_kept_for_a_while(client: Client, draft: PressReleasePage) -> None:
    image = ImageFactory()
    make_public(draft, image)
    address = image.get_rendition("width-100|format-webp").url
    response = client.get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=600, s-maxage=60"
    assert read(response).startswith(b"RIFF")
    assert not response.cookies
    assert client.post(address).status_code == 405


def test_a_record_whose_file_is_gone_gives_404(client: Client, draft: PressReleasePage, store: str) -> None:
    document = add_document()
    make_public(draft, document)
    default_storage.delete(str(document.file))
    assert status(client, document.url) == 404


def test_the_sweep_repairs_what_a_crash_left(client: Client, draft: PressReleasePage) -> None:
    document = add_document()
    make_public(draft, document)
    repair_references()
    references = ReferenceIndex.get_references_to(document)
    row = references.get()
    row.delete()
    assert status(client, document.url) == 404
    assert repair_references() == 1
    assert status(client, document.url) == 200
    # A reference that the page no longer holds, and one from a page that is gone.
    stale = add_document("Gammal")
    for number in (str(draft.pk), "999999"):
        row.pk, row.object_id, row.to_object_id = None, number, str(stale.pk)
        row.save()
    assert repair_references() == 2
    assert ReferenceIndex.get_references_to(stale).count() == 0
    assert repair_references() == 0


def test_asking_who_may_read_costs_few_queries(
    client: Client, draft: PressReleasePage, django_assert_max_num_queries: Any
) -> None:
    document, image = add_document(), ImageFactory()
    make_public(draft, document, image)
    address = SiteImage.objects.get(pk=image.pk).get_rendition("width-100").url
    client.get(address)
    for path in (document.url, address):
        with django_assert_max_num_queries(5):
            client.get(path)
