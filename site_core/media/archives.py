"""Looks into files that are zip archives (Office Open XML, OpenDocument, plain zip) without unpacking them."""

import struct
from dataclasses import dataclass
from typing import IO
from zipfile import BadZipFile, ZipFile

# How much of a file's list of contents, and of one entry of it, is ever read.
MOST_LISTED = 4_000_000
MOST_READ = 1_000_000
ENCRYPTED = 1

END, END64_PLACE = b"PK\5\6", b"PK\6\7"
CONTENT_TYPES, MANIFEST = "[Content_Types].xml", "META-INF/manifest.xml"
# The main part of an Office document, by its media type (ECMA-376); those with macros have others.
OFFICE_PARTS = {
    "docx": (b"wordprocessingml.document.main+xml",),
    "xlsx": (b"spreadsheetml.sheet.main+xml",),
    "pptx": (b"presentationml.presentation.main+xml", b"presentationml.slideshow.main+xml"),
}
OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
# Folders, and lists of programs that may be empty.
OPEN_DOCUMENT_LISTS = ("/", "script-lc.xml", "script-lb.xml")
# An Office document with a password, or one of the formats before 2007, is an OLE container.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class ArchiveFacts:
    """What a zip archive is."""

    extensions: frozenset[str]
    has_macros: bool
    needs_password: bool


def look_into(stream: IO[bytes]) -> ArchiveFacts | None:
    """Say what an archive is: which extensions it may have; None for what is none, or lists too much."""
    try:
        if _length_of_list(stream) > MOST_LISTED:
            return None
        with ZipFile(stream) as archive:
            return _facts(archive)
    except (BadZipFile, struct.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError):
        return None


def is_locked_office_document(content: IO[bytes]) -> bool:
    """Tell whether an OLE container is an Office document with a password, and not one of an older format."""
    content.seek(0)
    return OLE_ENCRYPTED in content.read()


def _facts(archive: ZipFile) -> ArchiveFacts:
    names = archive.namelist()
    locked = any(entry.flag_bits & ENCRYPTED for entry in archive.infolist())
    extensions = {"zip"}
    if CONTENT_TYPES in names:
        types = _read(archive, CONTENT_TYPES)
        extensions = {name for name, parts in OFFICE_PARTS.items() if any(part in types for part in parts)} or {"zip"}
    elif "mimetype" in names:
        declared = _read(archive, "mimetype").strip()
        extensions = {name for name, kind in OPEN_DOCUMENT_TYPES.items() if declared == kind} or {"zip"}
        locked = locked or (MANIFEST in names and b"encryption-data" in _read(archive, MANIFEST))
    return ArchiveFacts(frozenset(extensions), any(_is_macro(name) for name in names), locked)


def _read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(MOST_READ)


def _is_macro(name: str) -> bool:
    """Recognise programs in Office documents (VBA, macro sheets of Excel 4) and in OpenDocument files."""
    lower = name.lower()
    in_open_document = lower.startswith(("basic/", "scripts/")) and not lower.endswith(OPEN_DOCUMENT_LISTS)
    return lower.endswith("vbaproject.bin") or "/macrosheets/" in lower or in_open_document


def _length_of_list(stream: IO[bytes]) -> int:
    """Return how many bytes the list of contents has, from the record at the end (APPNOTE.TXT, 4.3.14 to 4.3.16)."""
    size = stream.seek(0, 2)
    start = max(size - 22 - 65_535, 0)
    stream.seek(start)
    tail = stream.read()
    found = tail.rfind(END)
    if found < 0:
        raise BadZipFile
    length: int = struct.unpack_from("<L", tail, found + 12)[0]
    if found >= 20 and tail[found - 20 : found - 16] == END64_PLACE:
        stream.seek(struct.unpack_from("<Q", tail, found - 12)[0] + 40)
        length = max(struct.unpack("<Q", stream.read(8))[0], 0 if length == 0xFFFFFFFF else length)
    return length
