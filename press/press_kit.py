"""Everything a newsroom needs of one release, in one file."""

import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from site_core.blocks.text import block_texts
from site_core.models import OrganisationSettings
from site_core.text import plain_text, swedish_date

from .models import PressReleasePage

# Kits above this size, in bytes, are put together on disk instead of in memory.
MEMORY = 8_000_000
# Kits made twice of the same release are the same to the byte, so they carry no time of their own (zip begins in 1980).
NO_TIME = (1980, 1, 1, 0, 0, 0)
PACKED_ALREADY = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".pdf", ".zip", ".docx", ".xlsx", ".pptx"}
COPIED = 1_000_000


def write_press_kit(release: PressReleasePage, organisation: OrganisationSettings) -> IO[bytes]:
    """Put the kit of a public release together; the caller closes the file, which stands at its beginning."""
    kit = SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115 -- handed to the caller
    sums = []
    with ZipFile(kit, "w") as archive:
        for name, content in _contents(release, organisation):
            sums.append(f"{_add(archive, name, content)}  {name}")
        _add(archive, "SHA256SUMS.txt", iter([("\n".join(sums) + "\n").encode()]))
    kit.seek(0)
    return kit


def _add(archive: ZipFile, name: str, content: Iterator[bytes]) -> str:
    """Add a file piece by piece; return its checksum."""
    digest = hashlib.sha256()
    info = ZipInfo(name, NO_TIME)
    info.compress_type = ZIP_STORED if PurePosixPath(name).suffix in PACKED_ALREADY else ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with archive.open(info, "w") as entry:
        for piece in content:
            digest.update(piece)
            entry.write(piece)
    return digest.hexdigest()


def _contents(release: PressReleasePage, organisation: OrganisationSettings) -> Iterator[tuple[str, Iterator[bytes]]]:
    yield "pressmeddelande.txt", _lines(_release_text(release, organisation))
    if quotes := [part.value for part in release.body if part.block_type == "quote"]:
        yield "citat.txt", _lines(f"”{quote['text']}”\n– {quote.attribution}\n" for quote in quotes)
    if release.contacts:
        contacts = (
            "\n".join(part for part in (contact.name, contact.role, contact.telephone, contact.email) if part) + "\n"
            for contact in release.contacts
        )
        yield "presskontakter.txt", _lines(contacts)
    images = {f"bilder/{PurePosixPath(image.file.name).name}": image for image in release.images_offered}
    for name, image in images.items():
        yield name, _pieces(image.file)
    if images:
        yield (
            "bilder/bildtexter.txt",
            _lines(
                f"{name}\n{image.alt_text}\n{_('Photo')}: {image.credit}\n{image.licence}\n"
                for name, image in images.items()
            ),
        )
    documents = [part.value["document"] for part in release.attachments if part.value["document"]]
    for number, document in enumerate(dict.fromkeys(documents), start=1):
        yield f"bilagor/{number}-{document.download_name}", _pieces(document.file)


def _release_text(release: PressReleasePage, organisation: OrganisationSettings) -> Iterator[str]:
    yield f"{_('Press release')} {organisation.name}, {swedish_date(release.first_published_at)}\n"
    yield f"{release.title}\n"
    yield f"{release.lead}\n"
    for text in block_texts(release.body):
        yield f"{text}\n"
    for change in release.history:
        yield f"{swedish_date(change.at)}: {change.note}\n"
    if organisation.has_boilerplate:
        yield f"{organisation.name}\n{plain_text(organisation.boilerplate)}\n"
    yield f"{release.site_root_url}{release.href}"


def _lines(parts: Iterator[str] | list[str]) -> Iterator[bytes]:
    # The mark at the beginning tells older text editors that this is UTF-8; they also want both line ends.
    yield ("\ufeff" + "\n".join(parts) + "\n").replace("\n", "\r\n").encode()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file.open("rb") as stream:  # type: ignore[attr-defined]
        while piece := stream.read(COPIED):
            yield piece
