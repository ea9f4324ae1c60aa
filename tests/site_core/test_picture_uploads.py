"""What an editor is told about a picture that can't be used, on each road that pictures take; nothing is left of it."""

import errno
import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import Client, override_settings
from PIL import Image
from wagtail.models import UploadedFile

from site_core.models import SiteDocument, SiteImage
from tests.factories import PDF, add_user

SAMPLES = Path(__file__).with_name("samples")
XHR = {"x-requested-with": "XMLHttpRequest"}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """Build a PNG whose pixels are all black and packed very small."""
    header = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 60, height: int = 40, mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 120 if mode == "L" else (120, 90, 60, 10)[: len(mode)]).save(
        out, "JPEG", **options
    )
    return out.getvalue()


def claimed(content: bytes, width: int, height: int) -> bytes:
    """Let a JPEG's header claim another size."""
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("L").convert(mode).save(out, kind, **options)
    return out.getvalue()


def animated(frames: int) -> bytes:
    """Build a GIF of many frames of one pixel each."""
    frame = b"!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0"
    return b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


DAMAGED, MANY, NONE = "skadad", "för många bildpunkter", "ingen bild som kan användas"
REFUSED = [
    ("stor.png", png(30_000, 30_000), MANY),
    ("stor.png", png(12_000, 9_000), MANY),
    ("stor.jpg", claimed(jpeg(), 16_000, 12_438), MANY),
    ("stor.jpg", claimed(jpeg(), 65_000, 65_000), MANY),
    ("stor.webp", b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0VP8L\0\0\0\0", MANY),
    ("stor.gif", b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;", MANY),
    ("ingen.gif", b"<html><script>alert(1)</script></html>", NONE),
    ("ingen.gif", b"GIF89a och sedan bara text", DAMAGED),
    ("ingen.gif", b"GIF89a", DAMAGED),
    ("avbruten.jpg", saved("JPEG", quality=95)[:-400], DAMAGED),
    ("avbruten.png", saved("PNG")[:-400], DAMAGED),
    ("avbruten.webp", saved("WEBP", lossless=True)[:-400], DAMAGED),
    ("avbruten.heic", (SAMPLES / "telefon.heic").read_bytes()[:3000], DAMAGED),
    ("avbruten.avif", (SAMPLES / "telefon.avif").read_bytes()[:3000], DAMAGED),
    ("bara-huvudet.jpg", b"\xff\xd8\xff\xe0", DAMAGED),
    ("bara-huvudet.png", b"\x89PNG\r\n\x1a\n", DAMAGED),
    ("profilbomb.png", png(8, 8, chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(200_000_000), 9))), DAMAGED),
    ("tom.png", b"", "tom"),
    ("ingenting.png", png(0, 0), DAMAGED),
    ("ritning.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', NONE),
    ("ritning.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "någon av dessa typer"),
    ("skannad.tiff", saved("TIFF"), "någon av dessa typer"),
    ("skannad.png", saved("TIFF"), NONE),
    ("utan-andelse", saved("PNG"), "någon av dessa typer"),
    ("foto.png", jpeg(), "är en JPEG-bild"),
    ("foto.heic", jpeg(), "är en JPEG-bild"),
    ("film.gif", animated(3000), "fler än 1000"),
]
TAKEN = [
    ("tryck.jpg", jpeg(mode="CMYK")),
    ("gra.jpg", jpeg(mode="L")),
    ("stegvis.jpg", saved("JPEG", progressive=True)),
    ("djup.png", saved("PNG", "I;16")),
    ("halvgenomskinlig.png", saved("PNG", "RGBA")),
    ("gra-genomskinlig.png", saved("PNG", "LA")),
    ("palett.png", saved("PNG", "P")),
    ("ett.png", saved("PNG", "1")),
    ("smal.png", png(1, 5_000)),
    ("bred.png", png(20_000, 2)),
    ("en.gif", animated(1)),
    ("ror-sig.gif", animated(200)),
    ("textbomb.png", png(8, 8, chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9)))),
    ("telefon.heic", (SAMPLES / "telefon.heic").read_bytes()),
    ("telefon.HEIC", (SAMPLES / "telefon.heic").read_bytes()),
    ("telefon.heif", (SAMPLES / "telefon.heic").read_bytes()),
    ("ny.avif", (SAMPLES / "telefon.avif").read_bytes()),
]


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(add_user("Redaktörer"))
    return client


@pytest.fixture(autouse=True)
def store(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield tmp_path


def stored_files(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


def upload(client: Client, name: str, content: bytes, **fields: str) -> Any:
    data = {"title": "Bild", "files[]": ContentFile(content, name=name), **fields}
    return client.post("/admin/images/multiple/add/", data, headers=XHR).json()


@pytest.mark.parametrize(("name", "content", "message"), REFUSED, ids=[f"{row[0]}-{row[2]}" for row in REFUSED])
def test_a_picture_that_can_not_be_used_is_refused_in_words(
    editor: Client, store: Path, name: str, content: bytes, message: str
) -> None:
    answer = upload(editor, name, content)
    assert answer["success"] is False
    assert message in answer["error_message"]
    assert not SiteImage.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored_files(store) == []


@override_settings(WAGTAILIMAGES_MAX_UPLOAD_SIZE=1000)
def test_a_file_that_is_too_large_is_refused_with_both_sizes(editor: Client) -> None:
    answer = upload(editor, "stor.jpg", jpeg() + bytes(2000))
    assert answer["error_message"] == "Filen är på 3\u00a0kB. Den får vara högst 1\u00a0kB."


@pytest.mark.parametrize(("name", "content"), TAKEN, ids=[row[0] for row in TAKEN])
def test_unusual_pictures_are_taken_and_shown(editor: Client, name: str, content: bytes) -> None:
    answer = upload(editor, name, content)
    assert answer["success"] is True, answer
    image = SiteImage.objects.get()
    for spec in ("max-165x165", "width-480|format-avif", "fill-1200x630|format-jpeg", "fill-144x144|format-webp"):
        assert image.get_rendition(spec).width


def test_the_chooser_says_what_is_wrong_next_to_the_field(editor: Client, store: Path) -> None:
    file = ContentFile(png(12_000, 9_000), name="stor.png")
    data = {"image-chooser-upload-title": "Bild", "image-chooser-upload-file": file}
    response = editor.post("/admin/images/chooser/create/", data)
    assert response.status_code == 200
    assert "för många bildpunkter" in str(response.json())
    assert stored_files(store) == []


def test_the_chooser_takes_a_picture_from_a_phone(editor: Client) -> None:
    file = ContentFile((SAMPLES / "telefon.heic").read_bytes(), name="IMG_1.HEIC")
    data = {"image-chooser-upload-title": "Bild", "image-chooser-upload-file": file, "image-chooser-upload-credit": ""}
    assert editor.post("/admin/images/chooser/create/", data).json()["step"] == "chosen"
    # The field was shown, and left empty.
    assert SiteImage.objects.get().credit == ""


def own_image(client: Client) -> SiteImage:
    """Add a picture that whoever is logged in has uploaded."""
    owner = int(client.session["_auth_user_id"])
    return SiteImage.objects.create(title="Bild", file=ContentFile(jpeg(), name="forra.jpg"), uploaded_by_user_id=owner)


def replace(client: Client, image: SiteImage, file: ContentFile, **fields: str) -> Any:
    data = {"title": "Ny titel", "alt_text": "", "credit": "", "licence": "", "description": "", "tags": "", **fields}
    return client.post(f"/admin/images/{image.pk}/", {**data, "file": file})


def test_a_picture_is_replaced_by_a_clean_one_or_not_at_all(editor: Client, store: Path) -> None:
    image = own_image(editor)
    former = image.file.name
    response = replace(editor, image, ContentFile(jpeg()[:-300], name="avbruten.jpg"))
    assert response.status_code == 200
    assert "skadad" in response.content.decode()
    assert SiteImage.objects.get().file.name == former
    assert SiteImage.objects.get().file.size
    response = replace(editor, image, ContentFile((SAMPLES / "telefon.jpg").read_bytes(), name="IMG_1.jpg"))
    assert response.status_code == 302
    image = SiteImage.objects.get()
    assert (image.width, image.height, image.title) == (60, 40, "Ny titel")
    assert b"Hemlig" not in image.file.read()
    assert former not in [str(path.relative_to(store)) for path in stored_files(store)]


def test_the_photographer_named_in_the_file_is_suggested(editor: Client) -> None:
    answer = upload(editor, "foto.jpg", (SAMPLES / "telefon.jpg").read_bytes())
    assert 'value="Åsa Öberg"' in answer["form"]
    assert SiteImage.objects.get().credit == "Åsa Öberg"


def test_what_waits_for_its_form_is_clean_too(db: None) -> None:
    raw = ContentFile((SAMPLES / "telefon.jpg").read_bytes(), name="foto.jpg")
    kind = ContentType.objects.get_for_model(SiteImage)
    waiting = UploadedFile.objects.create(for_content_type=kind, file=raw)
    assert b"Hemlig" not in waiting.file.read()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes the first kilobyte of each file and is full then."""
    whole = FileSystemStorage._save  # type: ignore[attr-defined]

    def _save(self: FileSystemStorage, name: str, content: Any) -> str:
        whole(self, name, ContentFile(content.read(1000)))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", _save)


def test_a_full_disk_is_said_and_leaves_nothing(editor: Client, store: Path, full_disk: None) -> None:
    answer = upload(editor, "foto.jpg", jpeg())
    assert answer["success"] is False
    assert "kunde inte sparas" in answer["error_message"]
    file = ContentFile(PDF, name="rapport.pdf")
    answer = editor.post("/admin/documents/multiple/add/", {"title": "Rapport", "files[]": file}, headers=XHR).json()
    assert "kunde inte sparas" in answer["error_message"]
    assert stored_files(store) == []
    assert not SiteImage.objects.exists()
    assert not SiteDocument.objects.exists()


def test_a_full_disk_takes_no_former_file_away(editor: Client, store: Path, request: pytest.FixtureRequest) -> None:
    image = own_image(editor)
    former = image.file.read()
    assert editor.get(f"/admin/images/{image.pk}/").status_code == 200
    before = stored_files(store)
    request.getfixturevalue("full_disk")
    response = replace(editor, image, ContentFile(jpeg(), name="ny.jpg"))
    assert "kunde inte sparas" in response.content.decode()
    assert SiteImage.objects.get().file.read() == former
    assert stored_files(store) == before


def test_heic_is_offered_by_the_file_dialogue(editor: Client) -> None:
    page = editor.get("/admin/images/multiple/add/").content.decode()
    assert "image/heic" in page
    assert "heif" in page
    assert {"heic", "heif"} <= set(settings.WAGTAILIMAGES_EXTENSIONS)


def test_the_plain_form_takes_and_refuses_the_same(editor: Client, store: Path) -> None:
    def send(name: str, content: bytes) -> Any:
        return editor.post("/admin/images/add/", {"title": "Bild", "file": ContentFile(content, name=name), "tags": ""})

    refused = send("ingen.gif", b"<html></html>")
    assert refused.status_code == 200
    assert "ingen bild som kan användas" in refused.content.decode()
    assert stored_files(store) == []
    assert send("foto.heic", (SAMPLES / "telefon.heic").read_bytes()).status_code == 302
    assert SiteImage.objects.get().filename == "foto.jpg"
