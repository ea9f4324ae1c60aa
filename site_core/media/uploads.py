"""Checks of what an editor uploads: the content must be what the name says."""

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from .labels import format_file_size

# The bytes `filetype` reads to recognise a format.
HEAD_SIZE = 8192
# Open Document files are zip archives; `filetype` recognises them by their first entry, some writers put another first.
ZIP_BASED = {"docx", "ods", "odt", "pptx", "xlsx", "zip"}
TEXT = {"csv", "txt"}


def validate_document(file: File) -> None:
    """Refuse a document that is empty, too large, or of another type than its name says.

    Raises ValidationError with a message for the editor.
    """
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
    if not _content_matches(file, extension):
        raise ValidationError(
            _("The file is called .%(extension)s, but its content is something else. Save it anew and try again."),
            params={"extension": extension},
        )


def _content_matches(file: File, extension: str) -> bool:
    position = file.tell()
    file.seek(0)
    head = file.read(HEAD_SIZE)
    file.seek(position)
    if extension in TEXT:
        return b"\0" not in head and filetype.guess(head) is None
    if extension in ZIP_BASED:
        return head.startswith(b"PK\x03\x04")
    guess = filetype.guess(head)
    return guess is not None and guess.extension == extension
