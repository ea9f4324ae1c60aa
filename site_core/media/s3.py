"""Files in an S3-compatible store, which nobody but the site itself reads."""

from django.core.files import File
from storages.backends.s3 import S3Storage

from .storage import OwnAddressMixin, SafeNameMixin


class S3MediaStorage(SafeNameMixin, OwnAddressMixin, S3Storage):
    """A bucket. Files are private there; the site reads them and passes them on."""

    def overwrite(self, name: str, content: File) -> None:
        """Put other content in the place of a stored file, whose name and address stay."""
        self._save(name, content)
