"""Where uploaded files go and what they are called there."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
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
    """The media folder on this machine."""
