"""Parts of addresses."""

from django.urls.converters import StringConverter


class FileNameConverter(StringConverter):
    """A file's name: anything but control characters, which no file has and PostgreSQL refuses to look for."""

    regex = r"[^/\x00-\x1f\x7f]+"
