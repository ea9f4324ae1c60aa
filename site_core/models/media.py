"""Images and documents: what an editor uploads."""

from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from site_core.media.addresses import file_address
from site_core.media.labels import document_label, file_type_name
from site_core.media.uploads import validate_document


class SiteImage(AbstractImage):
    """A picture with what a newspaper needs to print it: who took it and under which licence."""

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Wagtail's forms note a new file's size; what is added by a program has one too.
        if self.file and not self.file._committed:
            self._set_image_file_metadata()
        super().save(*args, **kwargs)

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


class SiteDocument(AbstractDocument):
    """A file for readers, labelled with its type and size wherever it is linked."""

    file = models.FileField(_("file"), upload_to="documents", validators=[validate_document])
    public_name = models.CharField(max_length=255, editable=False)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the name that the first file had stays in the address when the file is replaced."""
        if self.file and not self.file._committed:  # type: ignore[attr-defined]
            self._set_document_file_metadata()
            # The number in the address tells files of one name apart, so the name needs nothing added.
            name = PurePosixPath(self.file.name or "").name
            self.public_name = self.public_name or self.file.storage.get_valid_name(name)
        super().save(*args, **kwargs)

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
