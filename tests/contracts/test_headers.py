"""Security headers and cookies, over every kind of answer the site gives."""

import html5lib
import pytest
from django.test import Client

from press.models import PressReleasePage
from tests.factories import ImageFactory, add_document, add_user, make_public
from tests.site_core.test_publishing import edit_form

PUBLIC = [
    "/",
    "/pressmeddelanden/",
    "/pressmeddelanden/?ar=2026",
    "/pressmeddelanden/kommun/boras/",
    "/pressmeddelanden/nytt-avtal/",
    "/pressmeddelanden/nytt-avtal/presspaket.zip",
    "/pressmeddelanden/feed.atom",
    "/pressmeddelanden/feed.json",
    "/sitemap.xml",
    "/sok/",
    "/sok/?q=avtal",
    "/prenumeration/",
    "/prenumeration/hantera/",
    "/finns-inte/",
]
STRICT = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_strict_and_can_be_cached_for_all(
    client: Client, release: PressReleasePage, path: str
) -> None:
    response = client.get(path)
    assert directives(response["Content-Security-Policy"]) == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_editors_rooms_have_a_policy_of_their_own(client: Client, db: None) -> None:
    client.force_login(add_user(is_superuser=True))
    response = client.get("/admin/")
    assert "script-src 'self' 'unsafe-inline'" in directives(response["Content-Security-Policy"])
    assert "frame-ancestors 'self'" in directives(response["Content-Security-Policy"])


def test_a_document_can_run_nothing(client: Client, release: PressReleasePage) -> None:
    document = add_document()
    make_public(release, document)
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_an_image_can_run_nothing(client: Client, release: PressReleasePage) -> None:
    image = ImageFactory()
    make_public(release, image)
    response = client.get(image.get_rendition("width-100").url)
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["../documents/rapport.pdf", "..%2Fdocuments%2Frapport.pdf", "finns-inte.jpg", ".."])
def test_strangers_get_renditions_alone_from_the_media_folder(
    client: Client, release: PressReleasePage, name: str
) -> None:
    make_public(release, add_document())
    assert client.get(f"/media/images/{name}").status_code == 404
    assert client.get("/media/documents/rapport.pdf").status_code == 404


def test_a_preview_may_be_framed_by_the_editor_and_run_the_editors_tools(
    client: Client, release: PressReleasePage
) -> None:
    client.force_login(add_user(is_superuser=True))
    address = f"/admin/pages/{release.pk}/edit/preview/"
    client.post(address, edit_form(release))
    for shown in (client.get(address), release.make_preview_request()):
        policy = directives(shown["Content-Security-Policy"])
        assert {"script-src 'self' 'unsafe-inline'", "frame-ancestors 'self'"} <= policy


@pytest.mark.parametrize("path", PUBLIC)
def test_the_first_link_of_a_page_skips_what_stands_before_its_content(
    client: Client, release: PressReleasePage, path: str
) -> None:
    """Who uses the keyboard would go through the whole menu on each page."""
    response = client.get(path)
    if not response["Content-Type"].startswith("text/html"):
        return
    page = html5lib.parse(response.content, namespaceHTMLElements=False)
    first = page.find("body").find(".//a")
    target = first.get("href").removeprefix("#")
    assert page.find(f".//main[@id='{target}']") is not None
