"""Links to documents say what they lead to, wherever they stand."""

from django.test import Client

from press.models import PressReleasePage
from site_core.models import OrganisationSettings, SiteDocument
from tests.factories import add_document, blocks, home_page, publish

SUFFIX = "(Pdf, 118\u00a0kB, öppnas i nytt fönster)</a>"


def page_with_document(client: Client, release: PressReleasePage, document: SiteDocument) -> str:
    text = f'<p>Läs <a linktype="document" id="{document.pk}">hela <b>rapporten</b></a> i dag.</p>'
    body = blocks(release, ("text", text), ("document", {"document": document.pk, "title": "Bilagan"}))
    attachments = blocks(release, ("document", {"document": document.pk, "title": ""}), field="attachments")
    publish(release, body=body, attachments=attachments)
    return client.get(release.url).content.decode()


def test_the_label_is_inside_every_link(client: Client, release: PressReleasePage) -> None:
    document = add_document("Pressmeddelandet i sin helhet")
    html = page_with_document(client, release, document)
    opening = f'<a href="{document.url}" target="_blank" rel="noopener">'
    assert f"{opening}hela <b>rapporten</b> {SUFFIX} i dag." in html
    assert f"{opening}Bilagan {SUFFIX}" in html
    assert f"{opening}Pressmeddelandet i sin helhet {SUFFIX}" in html


def test_no_new_window_is_announced_when_none_opens(client: Client, release: PressReleasePage) -> None:
    site = home_page().get_site()
    OrganisationSettings.objects.create(site=site, name="VästKom", documents_open_in_new_window=False)
    document = add_document()
    html = page_with_document(client, release, document)
    assert f'<a href="{document.url}">hela <b>rapporten</b> (Pdf, 118\u00a0kB)</a>' in html
    assert "nytt fönster" not in html
    assert "_blank" not in html


def test_a_removed_document_leaves_its_words(client: Client, release: PressReleasePage) -> None:
    publish(release, body=blocks(release, ("text", '<p>Läs <a linktype="document" id="999">rapporten</a>.</p>')))
    assert "<a>rapporten</a>" in client.get(release.url).content.decode()
