"""Serving renditions."""

from django.test import Client

from tests.factories import ImageFactory


def test_a_rendition_is_served_and_asked_for_anew_only_when_it_may_have_changed(client: Client, db: None) -> None:
    address = ImageFactory().get_rendition("width-100|format-webp").url
    response = client.get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert b"".join(response).startswith(b"RIFF")
    assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405
