"""The body of a page: which blocks its story may be told with."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue

from .anchors import anchors
from .links import CallToActionBlock
from .media import AttachmentBlock, FigureBlock, FilmBlock
from .notices import FactBoxBlock
from .text import HeadingBlock, QuoteBlock, RichTextBlock, TableBlock, check_heading_order


class BodyBlock(StreamBlock):
    """Everything a page body can hold, in the order that editors use it most."""

    text = RichTextBlock()
    heading = HeadingBlock()
    quote = QuoteBlock()
    image = FigureBlock()
    document = AttachmentBlock()
    facts = FactBoxBlock()
    call_to_action = CallToActionBlock()
    table = TableBlock()
    film = FilmBlock()

    class Meta:
        template = "blocks/body.html"

    def clean(self, value: Any) -> StreamValue:
        cleaned = super().clean(value)
        errors: dict[int, ValidationError] = check_heading_order(cleaned)
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return {**context, "places": list(zip(value, anchors(value), strict=True))}


class AttachmentsBlock(StreamBlock):
    """The files that go with a press release."""

    document = AttachmentBlock()
