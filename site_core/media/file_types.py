"""The register of all kinds of files that are taken in and served: what they are called, for machines and for people.

Nothing is asked of the machine: on a slim one `mimetypes` knows neither the formats of office programs nor WebP.
Media types: https://www.iana.org/assignments/media-types/.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

UNKNOWN = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class FileType:
    """A kind of file: its media type, and its name in running text."""

    media_type: str
    label: str


DOCUMENTS = {
    "csv": FileType("text/csv", "Csv"),
    "docx": FileType(f"{OFFICE}.wordprocessingml.document", "Word"),
    "odp": FileType(f"{OPEN_DOCUMENT}.presentation", "Odp"),
    "ods": FileType(f"{OPEN_DOCUMENT}.spreadsheet", "Ods"),
    "odt": FileType(f"{OPEN_DOCUMENT}.text", "Odt"),
    "pdf": FileType("application/pdf", "Pdf"),
    "pptx": FileType(f"{OFFICE}.presentationml.presentation", "Powerpoint"),
    "rtf": FileType("application/rtf", "Rtf"),
    "txt": FileType("text/plain", "Text"),
    "xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", "Excel"),
    "zip": FileType("application/zip", "Zip"),
}
PICTURES = {
    "avif": FileType("image/avif", "Avif"),
    "gif": FileType("image/gif", "Gif"),
    "heic": FileType("image/heic", "Heic"),
    "heif": FileType("image/heif", "Heif"),
    "jpeg": FileType("image/jpeg", "Jpeg"),
    "jpg": FileType("image/jpeg", "Jpg"),
    "png": FileType("image/png", "Png"),
    "webp": FileType("image/webp", "Webp"),
}
FILE_TYPES = {**DOCUMENTS, **PICTURES}


def media_type(name: str) -> str:
    """Return the media type of a file by the ending of its name."""
    known = FILE_TYPES.get(PurePosixPath(name).suffix[1:].lower())
    return known.media_type if known else UNKNOWN
