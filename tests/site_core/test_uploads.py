"""What may be uploaded, and what it is called then."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from site_core.media.uploads import validate_document
from site_core.models import SiteDocument
from tests.factories import PDF, add_user


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", PDF),
        ("RAPPORT.PDF", PDF),
        ("brev.odt", zipped()),
        ("lista.csv", "kommun;antal\nÅmål;3\n".encode()),
        ("text.rtf", b"{\\rtf1\\ansi hej}"),
    ],
)
def test_honest_files_are_taken(name: str, content: bytes) -> None:
    validate_document(ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rapport.pdf", b"<html><script>alert(1)</script></html>"),
        ("rapport.pdf", b"MZ\x90\x00" + b"\0" * 300),
        ("brev.docx", PDF),
        ("lista.csv", b"\x7fELF\x02\x01\x01\0"),
        ("lista.txt", PDF),
        ("utan-andelse", b"hej"),
    ],
)
def test_a_file_that_is_something_else_than_its_name_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError, match="innehåller något annat"):
        validate_document(ContentFile(content, name=name))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(ValidationError, match="tom"):
        validate_document(ContentFile(b"", name="rapport.pdf"))


@override_settings(DOCUMENT_MAX_UPLOAD_SIZE=1000)
def test_a_too_large_file_is_refused_with_both_sizes() -> None:
    with pytest.raises(ValidationError) as refused:
        validate_document(ContentFile(PDF + b" " * 2000, name="rapport.pdf"))
    assert refused.value.messages == ["Filen är på 2\u00a0kB. Den får vara högst 1\u00a0kB."]


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Årsrapport för Åmål 2026.PDF", "arsrapport-for-amal-2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("???.pdf", "fil.pdf"),
        ("under_streck.pdf", "under_streck.pdf"),
    ],
)
def test_stored_names_are_plain(name: str, stored: str) -> None:
    assert default_storage.get_valid_name(name.rpartition("/")[2]) == stored


def test_two_files_with_one_name_are_both_kept_under_plain_names(db: None) -> None:
    first, second = (
        SiteDocument.objects.create(title="Rapport", file=ContentFile(PDF, name="Rapport Å.pdf")) for _ in range(2)
    )
    assert first.filename == "rapport-a.pdf"
    assert second.filename.startswith("rapport-a-")
    assert second.filename == second.filename.lower()


def upload(client: Client, name: str, content: bytes) -> dict[str, object]:
    client.force_login(add_user("Redaktörer"))
    file = ContentFile(content, name=name)
    return client.post(
        "/admin/documents/multiple/add/",
        {"title": "Rapport", "files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()


def test_an_editor_uploads_a_document(client: Client, db: None) -> None:
    assert upload(client, "Årsrapport.pdf", PDF)["success"] is True
    assert SiteDocument.objects.get().filename == "arsrapport.pdf"


def test_an_editor_is_told_what_is_wrong_with_a_document(client: Client, db: None) -> None:
    answer = upload(client, "rapport.pdf", b"<script>alert(1)</script>")
    assert answer["success"] is False
    assert "innehåller något annat" in str(answer["error_message"])
    assert not SiteDocument.objects.exists()


def test_svg_is_refused_as_an_image(client: Client, db: None) -> None:
    client.force_login(add_user("Redaktörer"))
    svg = ContentFile(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', name="bild.svg")
    answer = client.post(
        "/admin/images/multiple/add/", {"title": "Bild", "files[]": svg}, headers={"x-requested-with": "XMLHttpRequest"}
    ).json()
    assert answer["success"] is False
