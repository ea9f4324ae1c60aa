"""PDF files: one that asks for a password is refused, what readers will miss in the others is said."""

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from pypdf import PdfWriter
from pypdf.constants import UserAccessPermissions
from pypdf.generic import BooleanObject, DictionaryObject, NameObject

from pages.demo.pdf import write_pdf
from site_core.media import pdf as reading
from site_core.media.pdf import read_pdf
from site_core.models import SiteDocument
from tests.factories import PDF, add_user

XHR = {"x-requested-with": "XMLHttpRequest"}


def written(title: str = "", *, tagged: bool = False, password: str | None = None, **encryption: Any) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if title:
        writer.add_metadata({"/Title": title})
    if tagged:
        marks = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
        writer.root_object[NameObject("/MarkInfo")] = marks
        writer.root_object[NameObject("/StructTreeRoot")] = DictionaryObject()
    if password is not None:
        writer.encrypt(password, "agare", **{"algorithm": "AES-256", **encryption})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def upload(client: Client, content: bytes, name: str = "rapport.pdf") -> Any:
    data = {"title": "Rapport", "files[]": ContentFile(content, name=name)}
    return client.post("/admin/documents/multiple/add/", data, headers=XHR).json()


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(add_user("Redaktörer"))
    return client


@pytest.mark.parametrize("algorithm", ["AES-256", "AES-128", "RC4-128"])
def test_a_pdf_with_a_password_is_refused(editor: Client, algorithm: str) -> None:
    answer = upload(editor, written("Rapport", password="hemligt", algorithm=algorithm))
    assert answer["success"] is False
    assert "skyddad med lösenord" in answer["error_message"]
    assert not SiteDocument.objects.exists()


def test_the_chooser_refuses_it_too(editor: Client) -> None:
    file = ContentFile(written(password="hemligt"), name="rapport.pdf")
    data = {"document-chooser-upload-title": "Rapport", "document-chooser-upload-file": file}
    assert "skyddad med lösenord" in str(editor.post("/admin/documents/chooser/create/", data).json())


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (write_pdf("Årsrapport", "VästKom", [("h1", "Årsrapport"), ("p", "Text.")]), []),
        (written("Årsrapport", tagged=True), []),
        (written("Årsrapport"), ["untagged"]),
        (written(tagged=True), ["untitled"]),
        (written("Microsoft Word - Rapport slutlig 2.docx", tagged=True), ["untitled"]),
        (written("rapport_2026.pdf", tagged=True), ["untitled"]),
        (written(), ["untagged", "untitled"]),
        # It opens without a password, and only its permissions are locked.
        (written("Årsrapport", tagged=True, password=""), []),
        (
            written("Årsrapport", tagged=True, password="", permissions_flag=UserAccessPermissions.PRINT),
            ["closed"],
        ),
        (PDF, ["unreadable"]),
        (written("Årsrapport")[:300], ["unreadable"]),
        (b"%PDF-1.7\n1 0 obj " + b"[" * 200_000, ["unreadable"]),
    ],
)
def test_what_readers_will_miss_is_noted(db: None, content: bytes, faults: list[str]) -> None:
    facts = read_pdf(ContentFile(content, name="rapport.pdf"))
    assert (facts.needs_password, facts.faults) == (False, faults)


def bomb(size: int) -> bytes:
    """Build a PDF whose catalogue lies in a stream that unpacks to much."""
    packed = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(10, 10)
    writer.write(packed)
    body = zlib.compress(b"1 0 <</Type/Catalog>> " + bytes(size), 9)
    stream = b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(body)
    return b"%PDF-1.7\n" + stream + body + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF"


def test_a_parser_that_eats_memory_or_time_is_stopped(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert read_pdf(ContentFile(bomb(300_000_000), name="bomb.pdf")).faults == ["unreadable"]
    greedy = tmp_path / "greedy.py"
    limits = reading.READER.read_text(encoding="utf-8").replace("MOST_SECONDS = 10", "MOST_SECONDS = 1")
    greedy.write_text(limits.replace("content = sys.stdin.buffer.read()", "while True: pass"), encoding="utf-8")
    monkeypatch.setattr(reading, "READER", greedy)
    assert read_pdf(ContentFile(PDF, name="rapport.pdf")).faults == ["unreadable"]
    greedy.write_text(limits.replace("content = sys.stdin.buffer.read()", "bytes(2_000_000_000)"), encoding="utf-8")
    assert read_pdf(ContentFile(PDF, name="rapport.pdf")).faults == ["unreadable"]


def test_the_editor_is_warned_and_not_stopped(editor: Client) -> None:
    answer = upload(editor, written())
    assert answer["success"] is True
    assert "Varning: Pdf:en saknar taggar" in answer["form"]
    assert "Pdf:en saknar en egen titel" in answer["form"]
    document = SiteDocument.objects.get()
    page = editor.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    assert "Varning: Pdf:en saknar taggar" in page
    text = editor.get(f"/admin/dokument/{document.pk}/brister/").json()["text"]
    assert text.startswith("Varning: Pdf:en saknar taggar")
    # What was found says nothing of the next file.
    better = ContentFile(written("Årsrapport", tagged=True), name="battre.pdf")
    data = {"title": "Rapport", "file": better, "tags": ""}
    assert editor.post(f"/admin/documents/edit/{document.pk}/", data).status_code == 302
    document.refresh_from_db()
    assert document.faults == []
    assert document.filename == "battre.pdf"
    assert document.public_name == "rapport.pdf"
    assert "Varning" not in editor.get(f"/admin/documents/edit/{document.pk}/").content.decode()


def test_a_report_lists_them_for_those_who_may_mend_them(client: Client, db: None) -> None:
    client.force_login(add_user("Redaktörer", username="berit"))
    upload(client, written(), "otaggad.pdf")
    upload(client, written("Bra", tagged=True), "bra.pdf")
    chief = Client()
    chief.force_login(add_user("Chefredaktörer", username="cecilia"))
    page = chief.get("/admin/rapporter/pdf-filer/").content.decode()
    assert page.count("Pdf:en saknar taggar") == 1
    assert chief.get("/admin/rapporter/pdf-filer/?export=csv").status_code == 200
    stranger = Client()
    assert stranger.get("/admin/rapporter/pdf-filer/").status_code == 302
    outsider = add_user(username="david")
    outsider.groups.add(Group.objects.create(name="Bara in"))
    Group.objects.get(name="Bara in").permissions.add(
        *Group.objects.get(name="Redaktörer").permissions.filter(codename="access_admin")
    )
    stranger.force_login(outsider)
    assert stranger.get("/admin/rapporter/pdf-filer/").status_code == 302
    number = SiteDocument.objects.latest("pk").pk
    answer = stranger.get(f"/admin/dokument/{number}/brister/", headers=XHR)
    assert answer.status_code == stranger.get("/admin/dokument/999999/brister/", headers=XHR).status_code == 404


def test_those_that_came_before_are_looked_at_by_a_command(db: None) -> None:
    plain = SiteDocument.objects.create(title="A", file=ContentFile(written(), name="a.pdf"))
    locked = SiteDocument.objects.create(title="B", file=ContentFile(written(password="x"), name="b.pdf"))
    other = SiteDocument.objects.create(title="C", file=ContentFile(b"hej", name="c.txt"))
    told = io.StringIO()
    call_command("check_pdfs", stdout=told)
    assert told.getvalue().splitlines() == [
        f"{plain.pk} {plain.file.name}: untagged, untitled",
        f"{locked.pk} {locked.file.name}: locked",
    ]
    assert SiteDocument.objects.get(pk=other.pk).faults is None
    told = io.StringIO()
    call_command("check_pdfs", stdout=told)
    assert told.getvalue() == ""
