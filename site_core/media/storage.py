"""Where uploaded files go and what they are called there."""

import secrets
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.encoding import filepath_to_uri
from django.utils.text import slugify

from .addresses import file_address


class SafeNameMixin:
    """Names stored files in lower case with hyphens, without å, ä, ö and spaces."""

    def get_valid_name(self, name: str) -> str:
        path = PurePosixPath(name)
        return f"{slugify(path.stem) or 'fil'}{path.suffix.lower()}"

    def get_alternative_name(self, file_root: str, file_ext: str) -> str:
        # Django separates its random part with an underscore.
        alternative: Any = super().get_alternative_name(file_root, file_ext)  # type: ignore[misc]
        return alternative.replace("_", "-").lower()


class OwnAddressMixin:
    """Gives files addresses on the site itself, which decides at each request who may have them."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        return file_address(f"{settings.MEDIA_URL}{filepath_to_uri(name or '')}")


class MediaStorage(SafeNameMixin, OwnAddressMixin, FileSystemStorage):
    """The media folder on this machine. A file is there whole or not at all, also when the disk is full."""

    def overwrite(self, name: str, content: File) -> None:
        """Put other content in the place of a stored file, whose name and address stay."""
        self._written_aside(name, content).replace(self.path(name))

    def _save(self, name: str, content: File) -> str:
        aside = self._written_aside(name, content)
        while (place := Path(self.path(name))).exists():
            name = self.get_available_name(name)
        aside.rename(place)
        return name

    def _written_aside(self, name: str, content: File) -> Path:
        """Write a file under a name that nobody asks for; take away what there is of it when that fails."""
        aside = f"{name}.{secrets.token_hex(4)}.part"
        try:
            # Wrapped, so that Django copies what is in a temporary file: its way to move it loses a short write.
            return Path(self.path(super()._save(aside, File(content))))  # type: ignore[misc]
        except BaseException:
            Path(self.path(aside)).unlink(missing_ok=True)
            raise
