"""Headings, running text, quotes and tables."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue, TextBlock
from wagtail.blocks import RichTextBlock as WagtailRichTextBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail.rich_text import RichText

from site_core.quotations import bare_quotation
from site_core.rich_text_links import validate_rich_text_links
from site_core.text import plain_text

from .samples import SAMPLE_SENTENCE

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


class HeadingBlock(StructBlock):
    """A heading of the second or third level; the first is the page's title."""

    text = CharBlock(label=_("Heading"), max_length=120)
    level = ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Main heading (h2)")), ("h3", _("Sub-heading (h3)"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        description = _("Divides the text. Readers with a screen reader jump between headings.")
        template = "blocks/heading.html"
        preview_value = {"text": _("What happens now"), "level": "h2"}

    def get_searchable_content(self, value: StructValue) -> list[str]:
        return [value["text"]]


class RichTextBlock(WagtailRichTextBlock):
    """Running text.

    It renders as it is stored: `{% render_body %}` resolves the links and documents of a whole body in one go, so that
    the number of queries does not grow with the number of paragraphs.
    """

    def __init__(self, features: list[str] | None = None, **kwargs: Any) -> None:
        validators = [validate_rich_text_links, *kwargs.pop("validators", ())]
        super().__init__(features=features or TEXT_FEATURES, validators=validators, **kwargs)

    def render(self, value: RichText, context: dict[str, Any] | None = None) -> SafeString:
        return mark_safe(value.source)  # noqa: S308 -- Wagtail cleaned the source when it was saved

    def render_basic(self, value: RichText, context: dict[str, Any] | None = None) -> SafeString:
        return self.render(value, context)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        description = _("Paragraphs, lists and links.")
        preview_value = f"<p>{SAMPLE_SENTENCE}</p>"


class QuoteValue(StructValue):
    @property
    def attribution(self) -> str:
        """The speaker with role and organisation, as in "Anna Berg, director, VästKom"."""
        return ", ".join(str(part) for part in (self["speaker"], self["role"], self["organisation"]) if part)


def _bare(quote: StructValue) -> StructValue:
    quote["text"] = bare_quotation(quote["text"] or "")
    return quote


class QuoteBlock(StructBlock):
    """What somebody said, with who said it."""

    text = TextBlock(
        label=_("Quote"),
        rows=3,
        max_length=800,
        help_text=_(
            "Quotation marks are added. A dash or marks around the whole quote, typed by habit, are taken away."
        ),
    )
    speaker = CharBlock(label=_("Speaker"), max_length=100, help_text=_("First name and surname."))
    role = CharBlock(label=_("Role"), max_length=120, required=False, help_text=_("For example: director."))
    organisation = CharBlock(label=_("Organisation"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Text")
        description = _("A person's own words, set large, with name and role.")
        template = "blocks/quote.html"
        value_class = QuoteValue
        preview_value = {
            "text": _("Together we reach further than each of us could alone."),
            "speaker": "Anna Berg",
            "role": _("director"),
            "organisation": "VästKom",
        }

    def bulk_to_python(self, values: Iterable[Any]) -> list[StructValue]:
        # Wherever a quote is read, and not only where it is written: older ones were stored with their marks.
        return [_bare(value) for value in super().bulk_to_python(values)]

    def clean(self, value: StructValue) -> StructValue:
        cleaned = _bare(super().clean(value))
        if value["text"] and not cleaned["text"]:
            message = ValidationError(gettext("Write what was said: there is nothing but marks."))
            raise StructBlockValidationError(block_errors={"text": message})
        return cleaned

    def get_searchable_content(self, value: StructValue) -> list[str]:
        return [value["text"], value.attribution]


class TableBlock(TypedTableBlock):
    """A table with typed columns, a caption and a header row."""

    text = CharBlock(label=_("Text"), required=False)
    number = CharBlock(label=_("Number"), required=False)
    rich_text = RichTextBlock(label=_("Text with links"), required=False, features=["bold", "link"])

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Text")
        description = _("Figures in rows and columns. The first row is the header.")
        template = "blocks/table.html"
        preview_value = {
            "caption": _("Municipalities in each association"),
            "columns": [
                {"type": "text", "heading": _("Association")},
                {"type": "number", "heading": _("Municipalities")},
            ],
            "rows": [{"values": ["Skaraborg", "15"]}, {"values": ["Fyrbodal", "14"]}],
        }

    def clean(self, value: TypedTable) -> TypedTable:
        cleaned = super().clean(value)
        # Without one, a screen reader announces a table of so many rows and nothing else (WCAG 2.2, 1.3.1).
        if not self.is_deferred_validation and not cleaned.caption:
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(gettext("Write a caption that says what the table shows."))]
            )
        return cleaned


def check_heading_order(stream: Any) -> dict[int, ValidationError]:
    """Return an error for each sub-heading that has no main heading above it (WCAG 2.2, 1.3.1)."""
    errors = {}
    main_heading_seen = False
    for index, child in enumerate(stream):
        if child.block_type != "heading":
            continue
        if child.value["level"] == "h2":
            main_heading_seen = True
        elif not main_heading_seen:
            errors[index] = ValidationError(
                gettext("A sub-heading needs a main heading above it. Choose “Main heading (h2)”.")
            )
    return errors


def block_texts(stream: Any) -> list[str]:
    """Return the words of each block of a body, without markup."""
    texts = []
    for part in stream:
        words = part.block.get_searchable_content(part.value)
        texts.append(plain_text(" ".join(str(word) for word in words)))
    return [text for text in texts if text]


def stream_text(stream: Any) -> str:
    """Return the words of a body, without markup, for the search index."""
    return plain_text(" ".join(str(part) for part in stream.stream_block.get_searchable_content(stream)))
