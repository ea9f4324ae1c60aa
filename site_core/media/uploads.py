"""Checks of what an editor uploads as a document: the content must be what the name says, and open to every reader."""

from typing import IO

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from .archives import OFFICE_PARTS, OLE, OPEN_DOCUMENT_TYPES, is_locked_office_document, look_into
from .labels import file_type_name, format_file_size

# The bytes `filetype` reads to recognise a format.
HEAD_SIZE = 8192
ZIP_BASED = {*OFFICE_PARTS, *OPEN_DOCUMENT_TYPES, "zip"}
TEXT = {"csv", "txt"}
# Excel's "Unicode text" has two bytes for each letter, and says so with its first two.
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")


def validate_document(file: File) -> None:
    """Refuse a document that is empty, too large, locked, with macros, or of another type than its name says.

    Raises ValidationError with a message for the editor. A stored file was checked when it came.
    """
    if getattr(file, "_committed", False):
        return
    extension = (file.name or "").rpartition(".")[2].lower()
    if not file.size:
        raise ValidationError(_("The file is empty. Choose another one."))
    if file.size > settings.DOCUMENT_MAX_UPLOAD_SIZE:
        raise ValidationError(
            _("The file is %(size)s. The largest allowed is %(limit)s."),
            params={
                "size": format_file_size(file.size),
                "limit": format_file_size(settings.DOCUMENT_MAX_UPLOAD_SIZE),
            },
        )
    position = file.tell()
    try:
        _check_content(file, extension)
    finally:
        file.seek(position)


def _check_content(file: IO[bytes], extension: str) -> None:
    file.seek(0)
    head = file.read(HEAD_SIZE)
    if extension in OFFICE_PARTS and head.startswith(OLE):
        _refuse_old_or_locked(file, extension)
    if extension in ZIP_BASED and head.startswith(b"PK\x03\x04"):
        _check_archive(file, extension)
    elif extension in TEXT:
        if not _is_text(head):
            raise _another(extension)
    elif extension in ZIP_BASED or (guess := filetype.guess(head)) is None or guess.extension != extension:
        raise _another(extension)


def _check_archive(file: IO[bytes], extension: str) -> None:
    facts = look_into(file)
    # A Word document is a zip archive too, but nobody who is offered a zip file expects one.
    if facts is None or extension not in facts.extensions:
        raise _another(extension)
    if facts.needs_password:
        raise locked_error()
    if facts.has_macros and extension != "zip":
        raise ValidationError(
            _("The file holds macros, which many readers' machines refuse. Save it without macros and try again.")
        )


def _refuse_old_or_locked(file: IO[bytes], extension: str) -> None:
    if is_locked_office_document(file):
        raise locked_error()
    raise ValidationError(
        _("The file is in the older format of %(program)s. Save it as .%(extension)s in the program and try again."),
        params={"program": file_type_name(extension), "extension": extension},
    )


def _is_text(head: bytes) -> bool:
    if head.startswith(WIDE_TEXT):
        return True
    return b"\0" not in head and filetype.guess(head) is None


def locked_error() -> ValidationError:
    return ValidationError(
        _("The file is protected with a password, so readers can't open it. Save it without one and try again.")
    )


def _another(extension: str) -> ValidationError:
    return ValidationError(
        _("The file is called .%(extension)s, but its content is something else. Save it anew and try again."),
        params={"extension": extension},
    )
