"""A stored document: what is noted of it when it comes, whichever way it comes."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from django.db.models import FileField
from django.db.models.fields.files import FieldFile


class DocumentFile(FieldFile):
    """A file whose size, hash and public name are noted when it is stored."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        super().save(name, content, save=False)
        document: Any = self.instance
        document._set_document_file_metadata()
        # What was found in a former file says nothing of this one.
        document.faults = None
        # The number in the address tells files of one name apart, so the name needs nothing added.
        document.public_name = document.public_name or self.storage.get_valid_name(PurePosixPath(name).name)
        if save:
            document.save()


class DocumentField(FileField):
    """The field of documents. To the migrations it is Django's own: nothing about it concerns the database."""

    attr_class = DocumentFile

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", list(args), dict(kwargs)
