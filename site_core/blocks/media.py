"""Images, documents and films."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.blocks import CharBlock, StructBlock, StructValue, TextBlock
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock

from site_core.media.library import lent_library

from .links import URLBlock, WebAddressValue


class FromLibrary:
    """Makes a chooser take what it refers to from the page's media library, when one is lent."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        library = lent_library()
        return library.find(self.model_class, values) if library else super().bulk_to_python(values)  # type: ignore[attr-defined, misc]


class ImageChooserBlock(FromLibrary, WagtailImageChooserBlock):
    """An image, with its renditions."""


class DocumentChooserBlock(FromLibrary, WagtailDocumentChooserBlock):
    """A document."""


class AccessibleImageBlock(WagtailImageBlock):
    """An image with an alternative text for this place."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        chooser = ImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser


class FigureValue(StructValue):
    @property
    def photographer(self) -> str:
        """Who is credited: the image's own photographer unless this place names another."""
        return self["credit"] or (self["image"].credit if self["image"] else "")


class FigureBlock(StructBlock):
    """An image with caption and photographer."""

    image = AccessibleImageBlock(label=_("Image"))
    # Swedish has one word for what stands below a picture and another for what stands above a table.
    caption = CharBlock(label=pgettext_lazy("picture", "Caption"), required=False, max_length=250)
    credit = CharBlock(
        label=_("Photographer"), required=False, max_length=150, help_text=_("Only if another than the image's own.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Images and files")
        description = _("An image across the column, with caption and photographer.")
        template = "blocks/figure.html"
        preview_template = "blocks/figure_preview.html"
        value_class = FigureValue


class AttachmentValue(StructValue):
    @property
    def text(self) -> str:
        return self["title"] or (self["document"].title if self["document"] else "")


class AttachmentBlock(StructBlock):
    """A file to open, labelled with its type and size."""

    document = DocumentChooserBlock(label=_("Document"))
    title = CharBlock(
        label=_("Link text"),
        required=False,
        max_length=150,
        help_text=_("Only if another than the document's title. Type and size are added."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        group = _("Images and files")
        description = _("A link to a file. Its type and size are written out.")
        template = "blocks/attachment.html"
        preview_template = "blocks/attachment_preview.html"
        value_class = AttachmentValue

    def get_searchable_content(self, value: StructValue) -> list[str]:
        return [value.text]


class FilmBlock(StructBlock):
    """A film at another host: a link, because nothing may be fetched from there before the visitor asks."""

    title = CharBlock(label=_("Title"), max_length=120)
    url = URLBlock(label=_("Address"), help_text=_("The film's page, for example at Youtube or Vimeo."))
    length = CharBlock(label=_("Length"), required=False, max_length=20, help_text=_("For example: 3 min 20 s."))
    transcript = TextBlock(
        label=_("What is said and shown"),
        required=False,
        rows=4,
        help_text=_("The text alternative that the law asks for when the film itself has none."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        group = _("Images and files")
        description = _("A link to a film. Nothing is loaded from the other site until the visitor follows it.")
        template = "blocks/film.html"
        value_class = WebAddressValue
        preview_value = {
            "title": _("How the municipalities work together"),
            "url": "https://example.com/film",
            "length": "2 min",
            "transcript": "",
        }
