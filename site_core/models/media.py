"""Images and documents: what an editor uploads."""

from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from site_core.media.addresses import file_address
from site_core.media.document_file import DocumentField
from site_core.media.labels import document_label, file_type_name
from site_core.media.pdf import fault_text
from site_core.media.pictures.fields import CleanPictureField
from site_core.media.uploads import validate_document


class FileFirstMixin:
    """Stores a new file before the record, so that what is noted of the file then is saved with the record."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        record: Any = self
        if record.file and not record.file._committed:
            record.file.save(record.file.name, record.file.file, save=False)
        super().save(*args, **kwargs)  # type: ignore[misc]


class SiteImage(FileFirstMixin, AbstractImage):
    """A picture with what a newspaper needs to print it: who took it and under which licence."""

    file = CleanPictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(
        _("photographer"),
        max_length=150,
        blank=True,
        help_text=_("Shown below the image as Photo: name."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=150,
        blank=True,
        help_text=_(
            "What others may do with the image, for example: Free to use by the press if the photographer is named."
        ),
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the image shows, for those who can't see it. Leave empty only if the image is decoration."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "credit",
        "licence",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        return self.alt_text

    @property
    def label(self) -> str:
        """Type and size of the original, as in "Jpg, 1,2 MB"."""
        extension = PurePosixPath(self.file.name).suffix[1:]
        return document_label(extension, self.file_size) if self.file_size else file_type_name(extension)


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]
        # A reader asks for a rendition by its file.
        indexes = [models.Index(fields=["file"], name="rendition_file")]


class SiteDocument(FileFirstMixin, AbstractDocument):
    """A file for readers, labelled with its type and size wherever it is linked."""

    file = DocumentField(_("file"), upload_to="documents", validators=[validate_document])
    # The name that the first file had stays in the address when the file is replaced.
    public_name = models.CharField(max_length=255, editable=False)
    # What readers will miss in a PDF, by the codes of media/pdf.py; None until somebody has looked.
    faults = models.JSONField(null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def url(self) -> str:
        return file_address(reverse("wagtaildocs_serve", args=[self.pk, self.public_name]))

    @property
    def download_name(self) -> str:
        """The public name with the ending that the present file has."""
        return f"{PurePosixPath(self.public_name).stem}{PurePosixPath(self.filename).suffix}"

    @property
    def label(self) -> str:
        """Type and size, as in "Pdf, 118 kB"."""
        return document_label(self.file_extension, self.get_file_size() or 0)

    @property
    def fault_text(self) -> str:
        """What readers will miss in a PDF, in words."""
        return fault_text(self.faults or [])
