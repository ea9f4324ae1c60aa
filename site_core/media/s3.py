"""Files in an S3-compatible store, which nobody but the site itself reads."""

from storages.backends.s3 import S3Storage

from .storage import OwnAddressMixin, SafeNameMixin


class S3MediaStorage(SafeNameMixin, OwnAddressMixin, S3Storage):
    """A bucket. Files are private there; the site reads them and passes them on."""
