"""Where pictures come in: the form field that an editor meets, and the model field that every road leads through."""

from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from wagtail.images.fields import WagtailImageField as PictureFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from .preparing import check_upload, picture_size, prepare_picture


class CheckedPictureField(PictureFormField):
    """Wagtail's field, which unpacks a picture before it asks how large it is, and keeps all that is in the file."""

    def to_python(self, data: Any) -> Any:
        file = FileField.to_python(self, data)
        if file is None:
            return None
        prepared = check_upload(file)
        return SimpleUploadedFile(prepared.name, prepared.content, content_type="")


class CleanPictureFile(WagtailImageFieldFile):
    """A stored picture. Whichever way it comes, nothing that must not be published reaches the store."""

    def save(self, name: str, content: File, save: bool = True) -> None:
        content.seek(0)
        prepared = prepare_picture(name, content.read())
        stored = ContentFile(prepared.content, name=prepared.name)
        super().save(prepared.name, stored, save=False)
        self.instance.file_size = stored.size
        stored.seek(0)
        self.instance.file_hash = hash_filelike(stored)
        if save:
            self.instance.save()

    def get_image_dimensions(self) -> tuple[int, int]:
        """Read width and height from the header: Wagtail unpacks the whole picture for them."""
        was_closed = self.closed
        self.open()
        try:
            return picture_size(self)
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)


class CleanPictureField(WagtailImageField):
    """The field of images. To the migrations it is Wagtail's own: nothing about it concerns the database."""

    attr_class = CleanPictureFile

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs
