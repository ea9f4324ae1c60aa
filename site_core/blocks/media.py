"""Images, documents and films."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.query import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructValue, TextBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock as WagtailImageBlock


def prefetch_renditions(images: Sequence[Any]) -> None:
    """Fetch every rendition of some images in one query."""
    rendition_model = get_image_model().get_rendition_model()
    prefetch_related_objects(
        [image for image in images if image],
        Prefetch("renditions", queryset=rendition_model.objects.all(), to_attr="prefetched_renditions"),
    )


class AccessibleImageBlock(WagtailImageBlock):
    """An image with an alternative text for this place, its renditions fetched for all images of a body at once."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        images = super().bulk_to_python(values)
        prefetch_renditions(images)
        return images


class FigureValue(StructValue):
    @property
    def photographer(self) -> str:
        """Who is credited: the image's own photographer unless this place names another."""
        return self["credit"] or (self["image"].credit if self["image"] else "")


class FigureBlock(StructBlock):
    """An image with caption and photographer."""

    image = AccessibleImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = CharBlock(
        label=_("Photographer"), required=False, max_length=150, help_text=_("Only if another than the image's own.")
    )

    class Meta:
        icon = "image"
        label = _("Image")
        group = _("Images and files")
        description = _("An image across the column, with caption and photographer.")
        template = "blocks/figure.html"
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
        preview_value = {
            "title": _("How the municipalities work together"),
            "url": "https://example.com/film",
            "length": "2 min",
            "transcript": "",
        }
