"""Documents of office programs: looked into without being unpacked, and served as what they are on any machine."""

import io
import mimetypes
import struct
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from press.models import PressReleasePage
from site_core.media.file_types import DOCUMENTS, FILE_TYPES, media_type
from site_core.media.uploads import validate_document
from site_core.models import SiteDocument
from tests.factories import make_public

OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    "docx": f"{OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet.main+xml",
    "pptx": f"{OFFICE}.presentationml.presentation.main+xml",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
# What https://www.iana.org/assignments/media-types/ lists.
MEDIA_TYPES = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}.text",
    "ods": f"{OPEN_DOCUMENT}.spreadsheet",
    "odp": f"{OPEN_DOCUMENT}.presentation",
}


def zipped(**entries: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(extension: str, main: str = "", /, **more: Any) -> bytes:
    types = f'<Types><Override PartName="/x.xml" ContentType="{main or MAIN_PARTS[extension]}"/></Types>'
    return zipped(**{"[Content_Types].xml": types, "x.xml": "<x/>", **more})


def open_document(extension: str, **more: str | bytes) -> bytes:
    return zipped(**{"mimetype": MEDIA_TYPES[extension], "content.xml": "<x/>", **more})


def locked_zip() -> bytes:
    plain = zipped(**{"a.txt": "hej"})
    at = plain.index(b"PK\1\2") + 8
    return plain[:at] + struct.pack("<H", 1) + plain[at + 2 :]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100)
# Four million names of nothing.
LONG_LIST = b"PK\3\4" + bytes(5_000_000) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 5_000_000, 4, 0)

HONEST = [
    *[(f"brev.{extension}", office(extension)) for extension in MAIN_PARTS],
    *[(f"brev.{extension}", open_document(extension)) for extension in ("odt", "ods", "odp")],
    ("bilder.zip", zipped(**{"a.txt": "hej"})),
    ("visning.pptx", office("pptx", f"{OFFICE}.presentationml.slideshow.main+xml")),
    # Lists of programs that are empty, as some versions of LibreOffice write them.
    ("brev.odt", open_document("odt", **{"Basic/script-lc.xml": "<x/>"})),
    ("stor.xlsx", office("xlsx", **{"xl/bomb.xml": bytes(50_000_000)})),
    ("unicode.txt", "Åmål".encode("utf-16")),
    ("gammal.csv", "kommun;antal\nÅmål;3\n".encode("cp1252")),
    ("brev.rtf", b"{\\rtf1\\ansi hej}"),
]
ANOTHER, PASSWORD, MACROS = "innehåller något annat", "lösenord", "makron"
REFUSED = [
    ("brev.docx", zipped(**{"word/document.xml": "<x/>"}), ANOTHER),
    ("brev.docx", zipped(**{"a.txt": "hej"}), ANOTHER),
    ("brev.docx", office("xlsx"), ANOTHER),
    ("brev.docx", open_document("odt"), ANOTHER),
    ("brev.odt", office("docx"), ANOTHER),
    ("brev.docx", b"PK\3\4" + bytes(200), ANOTHER),
    ("brev.docx", office("docx")[:-30], ANOTHER),
    ("brev.docx", LONG_LIST, ANOTHER),
    ("brev.zip", office("docx"), ANOTHER),
    ("brev.docx", office("docx", "application/vnd.ms-word.document.macroEnabled.main+xml"), ANOTHER),
    ("brev.docx", office("docx", **{"word/vbaProject.bin": "x"}), MACROS),
    ("bok.xlsx", office("xlsx", **{"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS),
    ("brev.odt", open_document("odt", **{"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
    ("brev.docx", LOCKED, PASSWORD),
    ("bok.xlsx", LOCKED, PASSWORD),
    ("brev.odt", open_document("odt", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), PASSWORD),
    ("bilder.zip", locked_zip(), PASSWORD),
    ("brev.docx", OLE, "äldre format av Word"),
    ("lista.csv", office("xlsx"), ANOTHER),
    ("lista.csv", b"\x89PNG\r\n\x1a\n" + bytes(20), ANOTHER),
]


@pytest.mark.parametrize(("name", "content"), HONEST, ids=[row[0] for row in HONEST])
def test_honest_files_are_taken(name: str, content: bytes) -> None:
    validate_document(ContentFile(content, name=name))


@pytest.mark.parametrize(("name", "content", "message"), REFUSED, ids=[f"{row[0]}-{row[2]}" for row in REFUSED])
def test_what_readers_could_not_open_or_trust_is_refused(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        validate_document(ContentFile(content, name=name))


@pytest.fixture
def slim_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose tables of media types are empty."""
    empty = mimetypes.MimeTypes(filenames=())
    for table in (*empty.types_map, *empty.types_map_inv):
        table.clear()
    monkeypatch.setattr(mimetypes, "_db", empty)
    monkeypatch.setattr(mimetypes, "inited", True)
    assert mimetypes.guess_type("a.pdf") == (None, None)


@pytest.mark.parametrize(("extension", "kind"), [*MEDIA_TYPES.items(), ("pdf", "application/pdf"), ("csv", "text/csv")])
def test_a_file_is_served_and_announced_as_what_it_is(
    client: Client, release: PressReleasePage, slim_machine: None, extension: str, kind: str
) -> None:
    document = SiteDocument.objects.create(title="Brev", file=ContentFile(b"x" * 2000, name=f"Brev Å.{extension}"))
    make_public(release, document)
    assert client.get(document.url)["Content-Type"] == kind
    page = client.get(release.url).content.decode()
    assert f'"encodingFormat": "{kind}"' in page or f'"encodingFormat":"{kind}"' in page
    for feed in ("feed.atom", "feed.rss", "feed.json"):
        assert kind in client.get(f"{release.get_parent().url}{feed}").content.decode()


def test_everything_that_may_be_uploaded_is_in_the_register(slim_machine: None) -> None:
    accepted: Any = settings.WAGTAILDOCS_EXTENSIONS
    assert set(accepted) == set(DOCUMENTS)
    assert set(settings.WAGTAILIMAGES_EXTENSIONS) <= set(FILE_TYPES)
    assert media_type("BILD.WEBP") == "image/webp"
    assert media_type("bild.avif") == "image/avif"
    assert media_type("okand.xyz") == "application/octet-stream"
