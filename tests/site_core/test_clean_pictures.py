"""`manage.py clean_pictures`: what was stored before pictures were cleaned at upload."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from press.models import PressReleasePage
from site_core.models import SiteImage, SiteRendition
from tests.factories import make_public
from tests.site_core.test_private_media import s3_server, store  # noqa: F401 -- fixtures

SAMPLES = Path(__file__).with_name("samples")


def clean(**options: Any) -> str:
    told = io.StringIO()
    call_command("clean_pictures", stdout=told, stderr=told, **options)
    return told.getvalue()


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def stored_as_before(extension: str) -> SiteImage:
    """Store a picture as it was stored before: as it came, with a rendition that took its data over."""
    content = (SAMPLES / f"telefon.{extension}").read_bytes()
    plain = ContentFile((SAMPLES / "telefon.png").read_bytes(), name="telefon.png")
    image = SiteImage.objects.create(title="Bild", file=plain)
    name = default_storage.save(f"original_images/telefon.{extension}", ContentFile(content))
    SiteImage.objects.filter(pk=image.pk).update(file=name, file_size=len(content), file_hash="x" * 40)
    image = SiteImage.objects.get(pk=image.pk)
    rendition = image.get_rendition("width-40")
    dirty = default_storage.save("images/gammal.jpg", ContentFile((SAMPLES / "telefon.jpg").read_bytes()))
    SiteRendition.objects.filter(pk=rendition.pk).update(file=dirty)
    return image


@pytest.mark.parametrize("extension", ["jpg", "avif"])
def test_stored_pictures_are_cleaned_at_their_addresses(
    client: Client,
    release: PressReleasePage,
    store: str,  # noqa: F811
    extension: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = stored_as_before(extension)
    name = image.file.name
    assert "would be cleaned" in clean(dry_run=True)
    assert b"Hemlig" in stored(name)
    with django_capture_on_commit_callbacks(execute=True):
        told = clean()
    assert f"{image.pk} {name}: position, personal Exif fields" in told
    assert "1 pictures cleaned, 1 renditions made anew." in told
    content = stored(name)
    assert b"Hemlig" not in content
    assert b"GPS" not in content
    assert "Åsa Öberg".encode() in content
    image = SiteImage.objects.get()
    assert image.file_size == len(content)
    assert image.file_hash != "x" * 40
    rendition = SiteRendition.objects.get()
    assert b"Hemlig" not in stored(rendition.file.name)
    assert not default_storage.exists("images/gammal.jpg")
    make_public(release, image)
    assert client.get(rendition.url).status_code == 200
    assert clean() == "0 pictures cleaned, 0 renditions made anew.\n"


def test_a_picture_that_can_not_be_read_hides_no_other(db: None) -> None:
    missing, broken, dirty = stored_as_before("png"), stored_as_before("gif"), stored_as_before("webp")
    default_storage.delete(missing.file.name)
    broken.file.storage.overwrite(broken.file.name, ContentFile(b"GIF89a och sedan bara text"))
    told = io.StringIO()
    with pytest.raises(CommandError, match="2 pictures could not be read"):
        call_command("clean_pictures", stdout=told, stderr=told)
    assert f"{missing.pk} {missing.file.name}: can't be read" in told.getvalue()
    assert f"{broken.pk} {broken.file.name}: can't be read" in told.getvalue()
    assert b"Hemlig" not in stored(dirty.file.name)
